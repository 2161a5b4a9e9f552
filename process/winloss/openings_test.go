package winloss_test

import (
	"fmt"
	"math"
	"testing"

	"pgregory.net/rapid"

	"milstolpe/process"
	"milstolpe/process/forecast"
	"milstolpe/process/processtest"
	"milstolpe/process/winloss"
)

var (
	thisQuarter = process.Calendar{}.Period(process.Quarter, processtest.Day("2026-10-01"))
	nextQuarter = thisQuarter.Next()
)

// sold is a team that has opened 40 deals. Ten were won, worth 10,000 … 100,000 kronor, five of them after 20 days and five after 40; ten were lost
// after 60 days, and twenty after 100.
func sold(t *testing.T) *processtest.Story {
	t.Helper()
	s := processtest.NewStory(t, "a")
	day := processtest.Day("2026-03-02")
	for i := range 40 {
		id := process.DealID(fmt.Sprintf("d%02d", i))
		s.Open(id, day.String(), processtest.Kronor(int64(i+1)*10_000))
		how, after := process.Won, 20
		switch {
		case i >= 20:
			how, after = process.Lost, 100
		case i >= 10:
			how, after = process.Lost, 60
		case i >= 5:
			after = 40
		}
		s.Close(id, how, day.AddDays(after).String(), nil)
	}
	return s
}

// The median size is the fifth of ten values, 50,000; the median time that of 5 × 20 and 5 × 40 days, 20. Seen from 1 October, deals that are
// opened until 31 December − 20 days = 11 December usually close in the quarter.
//
// Of 40 opened deals, 5 are won within 20 days (12.5 %) and 10 within 40 (25 %); nothing ended in between, nothing is cut off. Opened evenly on
// the 72 days from 1 October to 11 December, a deal has from 91 to 20 days left: on the 20 days with 20 … 39 left 12.5 % are won in time, on the
// 52 with 40 … 91 left 25 %. The mean is (20·0.125 + 52·0.25)/72 = 15.5/72 = 0.2152778.
//
// Missing 1,000,000: 1,000,000 / (50,000 · 0.2152778) = 92.903, so 93 deals.
func TestHowManyDealsMustBeOpenedByHand(t *testing.T) {
	s := sold(t)
	o := winloss.OpeningsFor(s.Model(), thisQuarter, processtest.Day("2026-10-01"), forecast.Scope{}, 1_000_000_00)
	if o.Advice != winloss.OpenMore || o.Won != 10 || o.Size != 50_000_00 || o.Days != 20 || o.Deals != 93 {
		t.Fatalf("%+v, want 93 deals of 50,000", o)
	}
	if o.From != processtest.Day("2026-10-01") || o.By != processtest.Day("2026-12-11") {
		t.Errorf("opened from %s to %s, want 1 October to 11 December", o.From, o.By)
	}
	processtest.Near(t, "the share won in time", o.Share, 15.5/72, 1e-9)
	// The interval of the size: 10/2 − 1.2816·√10/2 = 5 − 2.026 = 2.97, so the second value from either end: 20,000 and 90,000. That of the share
	// is Beta(0.2152778·42, 0.7847222·42), with 40 closed deals and 2: 0.1378 and 0.2985 are its 10 and 90 %. Fewer: √(ln²(9/5) + ln²(0.2985/0.2153)) =
	// √(0.5878² + 0.3269²) = 0.6726, and 92.903·e^−0.6726 = 47.4. More: √(ln²(5/2) + ln²(0.2153/0.1378)) = √(0.9163² + 0.4462²) = 1.0192,
	// and 92.903·e^1.0192 = 257.4.
	if o.AtLeast != 48 || o.AtMost != 258 {
		t.Errorf("between %d and %d, want 48 and 258", o.AtLeast, o.AtMost)
	}
}

// From 1 October deals are not yet to be opened for the next quarter: one opened before 1 January − 20 days = 12 December is usually won too
// soon. On every one of the 90 days from 12 December to 11 March: with u days from 12 December on, it has 109 − u days to the end of March, and
// 19 − u to the day before New Year. Not yet 20 of those are ever left, so nothing is won before the quarter; 40 days or more are left on the first
// 70 days, 39 … 20 on the last 20. The mean is (70·0.25 + 20·0.125)/90 = 0.2222222, and 1,000,000 / (50,000·0.2222222) = 90.
func TestDealsForALaterPeriodAreOpenedLater(t *testing.T) {
	o := winloss.OpeningsFor(sold(t).Model(), nextQuarter, processtest.Day("2026-10-01"), forecast.Scope{}, 1_000_000_00)
	if o.Advice != winloss.OpenMore || o.From != processtest.Day("2026-12-12") || o.By != processtest.Day("2027-03-11") || o.Deals != 90 {
		t.Errorf("%+v, want 90 deals from 12 December to 11 March", o)
	}
}

func TestWhatElseIsSaidOfDealsToOpen(t *testing.T) {
	s := sold(t)
	m := s.Model()
	for _, c := range []struct {
		name    string
		day     string
		missing float64
		want    winloss.Advice
	}{
		{"the forecast is the target", "2026-10-01", 0, winloss.NothingToOpen},
		{"the forecast is above the target", "2026-10-01", -5, winloss.NothingToOpen},
		{"the last day", "2026-12-11", 1, winloss.OpenMore}, // 31 December − 20 days
		{"a day after it", "2026-12-12", 1, winloss.TooLateToOpen},
		{"before the eighth was won", "2026-03-22", 1, winloss.TooFewWon}, // five were won on that day, five on 11 April
		{"after it", "2026-04-11", 1, winloss.OpenMore},
		{"two years after the last was won", "2028-04-11", 1, winloss.TooFewWon}, // the last is of 11 April 2026, 731 days before
	} {
		period := process.Calendar{}.Period(process.Quarter, processtest.Day(c.day))
		o := winloss.OpeningsFor(m, period, processtest.Day(c.day), forecast.Scope{}, c.missing)
		if o.Advice != c.want {
			t.Errorf("%s: %+v, want advice %d", c.name, o, c.want)
		}
		if (o.Deals > 0) != (c.want == winloss.OpenMore) {
			t.Errorf("%s: says %d deals", c.name, o.Deals)
		}
	}
	late := winloss.OpeningsFor(m, thisQuarter, processtest.Day("2026-12-20"), forecast.Scope{}, 1)
	if late.CountsIn != processtest.Day("2027-01-09") { // 20 December + 20 days
		t.Errorf("a deal opened on 20 December is usually won on %s, want 9 January", late.CountsIn)
	}
	if few := winloss.OpeningsFor(m, thisQuarter, processtest.Day("2026-03-22"), forecast.Scope{}, 1); few.Won != 5 {
		t.Errorf("%d deals were won by 22 March, want 5", few.Won)
	}
}

// What became known later changes nothing that is said of an earlier day.
func TestOpeningsOfAPastDayRestOnWhatWasKnownThen(t *testing.T) {
	s := sold(t)
	ask := func() winloss.Openings {
		return winloss.OpeningsFor(s.Model(), thisQuarter, processtest.Day("2026-10-01"), forecast.Scope{}, 1_000_000_00)
	}
	before := ask()
	s.Open("later", "2026-10-02", processtest.Kronor(5_000_000))
	s.Close("later", process.Won, "2026-10-03", nil)
	s.Add("", &process.DealClosed{Stamp: processtest.Known("2026-10-05"), Deal: "d30", Outcome: process.Won, On: processtest.Day("2026-06-10")})
	if after := ask(); after != before {
		t.Errorf("%+v, and before more became known %+v", after, before)
	}
}

// Bo has won three deals and Anna ten: for Bo it cannot be told yet. When he has won nine, of 400,000 each, it is his size that counts, and the
// share of everybody's deals: the chance is the same for all.
func TestASellersOwnDealsSayHowLargeTheyAre(t *testing.T) {
	s := sold(t)
	day := processtest.Day("2026-10-01")
	open := func(n int) {
		for i := range n {
			id := process.DealID(fmt.Sprintf("bo%d%d", n, i))
			s.Add("", &process.DealOpened{Stamp: processtest.Known("2026-05-04"), Deal: id, On: processtest.Day("2026-05-04"), Process: "p", Version: "v1", Seller: "bo", Value: processtest.Kronor(400_000)})
			s.Close(id, process.Won, "2026-06-03", nil) // after 30 days
		}
	}
	of := func(who process.PersonID) winloss.Openings {
		return winloss.OpeningsFor(s.Model(), thisQuarter, day, forecast.Scope{Seller: who}, 1_000_000_00)
	}
	open(3)
	if o := of("bo"); o.Advice != winloss.TooFewWon || o.Won != 3 {
		t.Errorf("Bo: %+v, want that three are too few", o)
	}
	open(6)
	anna, bo := of("anna"), of("bo")
	if bo.Advice != winloss.OpenMore || bo.Size != 400_000_00 || bo.Days != 30 || bo.By != processtest.Day("2026-12-01") {
		t.Errorf("Bo: %+v, want 400,000 and 30 days", bo)
	}
	if anna.Size != 50_000_00 || anna.Days != 20 {
		t.Errorf("Anna: %+v, want 50,000 and 20 days", anna)
	}
	// 49 deals: 5 won after 20 days, 9 after 30, 5 after 40. Opened from 1 October to 1 December, a deal has 91 … 30 days left: 40 or more on 52
	// days, 30 … 39 on 10. (52·19 + 10·14)/(49·62) = 1128/3038.
	processtest.Near(t, "Bo's share", bo.Share, 1128.0/3038, 1e-9)
}

// Renewals are of another process: ten of them, all won after 20 days, worth 50,000 each. The team has opened 40 deals of the one and 10 of the
// other, so a new deal is won in time on (40·0.2152778 + 10·1)/50 of the days above, where every renewal has its 20 days.
func TestProcessesCountByHowManyDealsOfThemAreOpened(t *testing.T) {
	s := sold(t)
	s.Add("", &process.VersionPublished{Stamp: processtest.Known("2020-01-01"), Process: "q", Version: "q1", Definition: processtest.DefinitionOf("b")})
	for i := range 10 {
		id := process.DealID(fmt.Sprintf("q%d", i))
		s.Add("", &process.DealOpened{
			Stamp: processtest.Known("2026-03-02"), Deal: id, On: processtest.Day("2026-03-02"), Process: "q", Version: "q1", Seller: "bo", Value: processtest.Kronor(50_000),
		})
		s.Close(id, process.Won, "2026-03-22", nil)
	}
	of := func(who process.PersonID) winloss.Openings {
		return winloss.OpeningsFor(s.Model(), thisQuarter, processtest.Day("2026-10-01"), forecast.Scope{Seller: who}, 1_000_000_00)
	}
	processtest.Near(t, "the team's share", of("").Share, (40*15.5/72+10)/50, 1e-9)
	processtest.Near(t, "Anna's share", of("anna").Share, 15.5/72, 1e-9)
	processtest.Near(t, "Bo's share, who has only renewals", of("bo").Share, 1, 1e-9)
}

// A deal without a value, an open one, and one marked as a duplicate tell nothing of the size; the open one is at risk until it was last looked at.
func TestDealsThatTellNothingOfTheSize(t *testing.T) {
	s := sold(t)
	s.Open("free", "2026-03-02", nil)
	s.Close("free", process.Won, "2026-03-03", nil)
	s.Open("twice", "2026-03-02", processtest.Kronor(9_000_000))
	s.Close("twice", process.Void, "2026-03-03", nil)
	s.Open("new", "2026-09-30", processtest.Kronor(9_000_000))
	o := winloss.OpeningsFor(s.Model(), thisQuarter, processtest.Day("2026-10-01"), forecast.Scope{}, 1_000_000_00)
	if o.Won != 10 || o.Size != 50_000_00 {
		t.Errorf("%+v, want ten deals with 50,000 in the middle", o)
	}
	// 42 deals at risk: one is won on the first day, then the new one is no longer watched. F(20) = 1/42 + 41/42·5/40 and F(40) =
	// 1/42 + 41/42·10/40, each on as many of the 72 days as above.
	want := (20*(1.0/42+41.0/42*5/40) + 52*(1.0/42+41.0/42*10/40)) / 72
	processtest.Near(t, "the share won in time", o.Share, want, 1e-9)
}

// With every deal won in time it still says so many, and that it may take more.
func TestAllDealsAreWon(t *testing.T) {
	s := processtest.NewStory(t, "a")
	for i := range 8 {
		id := process.DealID(fmt.Sprintf("d%d", i))
		s.Open(id, "2026-03-02", processtest.Kronor(100_000))
		s.Close(id, process.Won, "2026-03-12", nil)
	}
	o := winloss.OpeningsFor(s.Model(), thisQuarter, processtest.Day("2026-10-01"), forecast.Scope{}, 1_000_000_00)
	if o.Share != 1 || o.Deals != 10 || o.AtLeast != 10 || o.AtMost <= 10 {
		t.Errorf("%+v, want 10 deals or more", o)
	}
}

func TestMoreMissingMoneyNeverNeedsFewerDeals(t *testing.T) {
	m := sold(t).Model()
	rapid.Check(t, func(t *rapid.T) {
		day := processtest.Day("2026-04-11").AddDays(rapid.IntRange(0, 200).Draw(t, "day"))
		period := process.Calendar{}.Period(process.Quarter, day).Next()
		less := rapid.Float64Range(1, 1e9).Draw(t, "less")
		more := less + rapid.Float64Range(0, 1e9).Draw(t, "more")
		few, many := winloss.OpeningsFor(m, period, day, forecast.Scope{}, less), winloss.OpeningsFor(m, period, day, forecast.Scope{}, more)
		if few.Advice != winloss.OpenMore || few.Deals < 1 {
			t.Fatalf("%+v, want some deals", few)
		}
		if many.Deals < few.Deals || many.AtLeast < few.AtLeast || many.AtMost < few.AtMost {
			t.Errorf("%v needs %+v, and %v fewer: %+v", less, few, more, many)
		}
		if few.AtLeast > few.Deals || few.Deals > few.AtMost {
			t.Errorf("%d is not between %d and %d", few.Deals, few.AtLeast, few.AtMost)
		}
	})
}

// A team that loses fewer deals, so that twice the share is won, needs half as many.
func TestTwiceTheShareNeedsHalfAsMany(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		won, lost := rapid.IntRange(8, 30).Draw(r, "won"), rapid.IntRange(0, 40).Draw(r, "lost")
		needed := func(lost int) float64 {
			s := processtest.NewStory(t, "a")
			for i := range won + lost {
				id, how := process.DealID(fmt.Sprintf("d%03d", i)), process.Won
				if i >= won {
					how = process.Lost
				}
				s.Open(id, "2026-03-02", processtest.Kronor(10_000))
				s.Close(id, how, "2026-03-22", nil)
			}
			return float64(winloss.OpeningsFor(s.Model(), thisQuarter, processtest.Day("2026-10-01"), forecast.Scope{}, 100_000_000_00).Deals)
		}
		// won/(won + lost) is twice won/(2·won + 2·lost).
		if many, half := needed(won+2*lost), needed(lost); math.Abs(many/2-half) > 1 {
			t.Errorf("%v deals are needed, and with twice the share %v", many, half)
		}
	})
}

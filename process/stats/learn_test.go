package stats_test

import (
	"math"
	"testing"

	"gonum.org/v1/gonum/mathext"
	"pgregory.net/rapid"

	"milstolpe/process/stats"
)

var (
	start     = stats.Standing{}
	halfway   = stats.Standing{Passed: 1}
	halfStall = stats.Standing{Passed: 1, Stalled: true}
)

// One required milestone, two deals, calibration day 100. The first is opened on
// day 0, passes on day 10 and is won on day 30; the second is opened on day 0 and
// lost on day 20.
func twoDeals() []stats.History {
	return []stats.History{
		{Opened: 0, Closed: 30, Ending: stats.Won, Stays: []stats.Spell{{Passed: 0, From: 0, To: 10}, {Passed: 1, From: 10, To: 30}}},
		{Opened: 0, Closed: 20, Ending: stats.Lost, Stays: []stats.Spell{{Passed: 0, From: 0, To: 20}}},
	}
}

func TestANewTeamStartsFromItsOwnAnswer(t *testing.T) {
	l := stats.Fit(100, nil, stats.Params{Required: 1, Answer: 4})
	// base = (0 + 2·4/10)/(0 + 2) = 0.4; prior(0) = 0.4^(2/2), prior(1) = 0.4^(1/2)
	near(t, "base", l.Base, 0.4)
	near(t, "chance at the start", l.Chance(start), 0.4)
	near(t, "chance halfway", l.Chance(halfway), math.Sqrt(0.4))
	// a third of the odds: c/(c + 3·(1 − c))
	near(t, "chance stalled", l.Chance(halfStall), math.Sqrt(0.4)/(math.Sqrt(0.4)+3*(1-math.Sqrt(0.4))))
	// Nothing has ended: K(60) = 1 − 2^(−60/60) = ½.
	near(t, "win within 60", l.Win(start, 60), 0.4/2)
	near(t, "lose within 60", l.Lose(start, 60), 0.6/2)
	near(t, "win on days 61 to 120", l.Within(start, 60, 120), 0.4/4)
	if h := l.HalfWay(start); h != 60 {
		t.Errorf("HalfWay = %d, want 60", h)
	}
	near(t, "base of those who do not know", stats.BaseRate(0, 0, 0), 0.25)
}

func TestTwoDealsAreAsWorkedByHand(t *testing.T) {
	l := stats.Fit(100, twoDeals(), stats.Params{Required: 1, Answer: 5})
	if l.Closed != 2 || l.Won != 1 {
		t.Errorf("closed %d, won %d, want 2, 1", l.Closed, l.Won)
	}
	near(t, "base", l.Base, 2./4) // (1 + 2·0.5)/(2 + 2)
	// At the start: ten days with 30 … 21 days to the win, twenty with 20 … 1 to
	// the loss. Nothing is cut off, so the curve counts: 20/30 lost within 20
	// days, 10/30 won within 30.
	near(t, "lost at the start within 20", l.At(start).Curve.Lost(20), 2./3)
	near(t, "won at the start within 20", l.At(start).Curve.Won(20), 0)
	near(t, "won at the start within 25", l.At(start).Curve.Won(25), 5./30)
	near(t, "q at the start", l.At(start).Curve.Q(), 1./3)
	if n, w := l.At(start).Deals, l.At(start).Wins; n != 2 || w != 1 {
		t.Errorf("deals at the start %d, wins %d, want 2, 1", n, w)
	}
	near(t, "chance at the start", l.Chance(start), (2./3+8*0.5)/10)
	// Halfway: prior ½^(1/2); one deal, twenty days, all won: q = 1.
	near(t, "prior halfway", l.At(halfway).Prior, math.Sqrt(0.5))
	near(t, "chance halfway", l.Chance(halfway), (1+8*math.Sqrt(0.5))/9)
	// Pooled: thirty days won after 30 … 1, twenty lost after 20 … 1, so in the
	// first ten days 10 of 50 days are followed by each, and q = 3/5.
	near(t, "K(10)", l.Pooled.Won(10)/l.Pooled.Q(), (10./50)/(3./5))
	near(t, "win within 10", l.Win(halfway, 10), (1*10./20+8*math.Sqrt(0.5)/3)/9)
	near(t, "lose within 10", l.Lose(halfway, 10), (8*(1-math.Sqrt(0.5))/2)/9)
	if !l.At(start).MostlyStart() {
		t.Error("two deals are more than the starting value")
	}
}

func TestACloseOnTheCalibrationDayIsNotKnownYet(t *testing.T) {
	deals := twoDeals()
	l := stats.Fit(20, deals, stats.Params{Required: 1, Answer: 5})
	if l.Closed != 0 || l.At(start).Deals != 0 {
		t.Errorf("closed before day 20: %d, at the start %d, want 0", l.Closed, l.At(start).Deals)
	}
	if got, want := l.At(start).Days, (stats.Tally{Censored: 30}); got != want {
		t.Errorf("days at the start %+v, want %+v", got, want)
	}
	if got, want := stats.Fit(21, deals, stats.Params{Required: 1}).At(start).Days, (stats.Tally{Censored: 10, Lost: 20}); got != want {
		t.Errorf("a day later %+v, want %+v", got, want)
	}
	if l := stats.Fit(0, deals, stats.Params{Required: 1}); l.At(start).Days != (stats.Tally{}) {
		t.Error("deals opened on the calibration day are counted")
	}
}

func TestDaysAreSplitWherePatienceRunsOut(t *testing.T) {
	written := []stats.StallLimit{{Days: 4, Known: true}}
	l := stats.Fit(100, twoDeals(), stats.Params{Required: 1, Answer: 5, Written: written})
	// Day u is stalled if u − entered > 4: days 0 … 4 move, so 5 + 5 of the days
	// at the start move and 5 + 15 are stalled.
	stalled := stats.Standing{Stalled: true}
	if got, want := l.At(start).Days, (stats.Tally{Won: 5, Lost: 5}); got != want {
		t.Errorf("moving %+v, want %+v", got, want)
	}
	if got, want := l.At(stalled).Days, (stats.Tally{Won: 5, Lost: 15}); got != want {
		t.Errorf("stalled %+v, want %+v", got, want)
	}
	if n := l.At(stalled).Deals; n != 2 {
		t.Errorf("deals that stalled: %d, want 2", n)
	}
	near(t, "prior of the stalled", l.At(stalled).Prior, l.Chance(start)/(l.Chance(start)+3*(1-l.Chance(start))))
	if l.StandingAfter(0, 4).Stalled || !l.StandingAfter(0, 5).Stalled || l.StandingAfter(1, 500).Stalled {
		t.Error("StandingAfter does not follow the patience")
	}
}

func TestPatienceIsLearnedFromStepsUpwardsAndWins(t *testing.T) {
	var deals []stats.History
	for wait := 1; wait <= 8; wait++ {
		deals = append(deals, stats.History{Opened: 0, Closed: wait + 3, Ending: stats.Won, Stays: []stats.Spell{
			{Passed: 0, From: 0, To: wait}, {Passed: 1, From: wait, To: 999},
		}})
	}
	// A withdrawal leads downwards and a loss nowhere: neither is a wait.
	deals = append(
		deals,
		stats.History{Opened: 0, Closed: 90, Ending: stats.Lost, Stays: []stats.Spell{
			{Passed: 1, From: 0, To: 80}, {Passed: 0, From: 80, To: 90},
		}},
		stats.History{Opened: 0, Stays: []stats.Spell{{Passed: 0, From: 0, To: 95}, {Passed: 1, From: 95, To: 999}}},
	)
	l := stats.Fit(95, deals, stats.Params{Required: 1})
	// At the start 1 … 8: the seventh is 7. With one passed, 3 days each; the step
	// on day 95 is not known before day 95.
	if got, want := l.Patience(0), (stats.StallLimit{Days: 7, Known: true}); got != want {
		t.Errorf("patience at the start %+v, want %+v", got, want)
	}
	if got, want := l.Patience(1), (stats.StallLimit{Days: 3, Known: true}); got != want {
		t.Errorf("patience with one passed %+v, want %+v", got, want)
	}
	// The eighth win comes on day 8 + 3 = 11, and counts from day 12.
	if got := stats.Fit(11, deals, stats.Params{Required: 1}).Patience(1); got.Known {
		t.Errorf("patience from seven waits: %+v", got)
	}
}

// One deal of ten days whose place is unknown, won: base = (1 + 2·0.5)/(1 + 2) = ⅔. All its days are days of a deal of which nothing is
// known: q = 1, and half of them are followed by a win within five days, so K(5) = ½.
func TestADealWhosePlaceIsUnknownCountsAsAnAverageOne(t *testing.T) {
	unknown := stats.Standing{Unknown: true}
	l := stats.Fit(100, []stats.History{{Opened: 0, Closed: 10, Ending: stats.Won}}, stats.Params{Required: 1, Answer: 5})
	if l.Closed != 1 || l.Won != 1 || l.At(start).Deals != 0 || l.At(unknown).Deals != 1 {
		t.Errorf("closed %d, won %d, at the start %d, unknown %d, want 1, 1, 0, 1", l.Closed, l.Won, l.At(start).Deals, l.At(unknown).Deals)
	}
	near(t, "pooled within 5", l.Pooled.Won(5), 0.5)
	near(t, "win within 5 from the start", l.Win(start, 5), l.Base*0.5)
	near(t, "chance", l.Chance(unknown), (1+8*2./3)/9)
	near(t, "win within 5", l.Win(unknown, 5), (0.5+8*2./3*0.5)/9)
}

// A deal lost after two days (2 and 1 to go) and one that is open since yesterday (1 day until it was last looked at). At risk are 3 days
// on r = 1 and 1 on r = 2: Flost(1) = ⅓, S = ⅔, Flost(2) = ⅓ + ⅔ = 1. The open one was first seen one day before: E(1) = ⅓, so n = 1⅓.
// base = (0 + 2·0.5)/(1 + 2) = ⅓, q = 0, and the chance is (0 + 8·⅓)/(1⅓ + 8) = 2/7.
func TestAnOpenDealIsEvidenceTheMoreTheLongerItWasWatched(t *testing.T) {
	deals := []stats.History{
		{Opened: 0, Closed: 2, Ending: stats.Lost, Stays: []stats.Spell{{From: 0, To: 2}}},
		{Opened: 9, Stays: []stats.Spell{{From: 9, To: 999}}},
	}
	f := stats.Fit(10, deals, stats.Params{Answer: 5}).At(start)
	near(t, "n", f.N, 4./3)
	near(t, "chance", f.Chance, 2./7)
	if f.Deals != 1 {
		t.Errorf("%d closed deals, want 1", f.Deals)
	}
	// While nothing has ended at all, an open deal is no evidence.
	if n := stats.Fit(10, deals[1:], stats.Params{Answer: 5}).At(start).N; n != 0 {
		t.Errorf("n is %v while nothing has ended", n)
	}
}

func TestADealThatComesBackIsOneDeal(t *testing.T) {
	deals := []stats.History{{Opened: 0, Closed: 40, Ending: stats.Lost, Stays: []stats.Spell{
		{Passed: 0, From: 0, To: 10}, {Passed: 1, From: 10, To: 20}, {Passed: 0, From: 20, To: 40},
	}}}
	l := stats.Fit(100, deals, stats.Params{Required: 1})
	if f := l.At(start); f.Deals != 1 || f.Days.Lost != 30 {
		t.Errorf("%d deals, %d days, want 1, 30", f.Deals, f.Days.Lost)
	}
}

func TestIntervalIsTheMiddleOfABetaDistribution(t *testing.T) {
	// With no deals and base ½ at the start it is that of the starting value's two deals, Beta(1, 1): every chance is as likely.
	low, high := stats.Fit(100, nil, stats.Params{Required: 0, Answer: 5}).Interval(start)
	near(t, "low", low, 0.1)
	near(t, "high", high, 0.9)

	// Two deals of 10 days and one of 20, in one stay each: (10 + 10 + 20)²/(100 + 100 + 400) = 8/3 equal ones, and the starting value's
	// two. Both stays of the one that comes back are one deal's days.
	one := func(ending stats.Event, days int) stats.History {
		return stats.History{Closed: days, Ending: ending, Stays: []stats.Spell{{From: 0, To: days}}}
	}
	back := stats.History{Closed: 30, Ending: stats.Lost, Stays: []stats.Spell{{From: 0, To: 5}, {Passed: 1, From: 5, To: 15}, {From: 15, To: 30}}}
	l := stats.Fit(100, []stats.History{one(stats.Won, 10), one(stats.Lost, 10), back}, stats.Params{Required: 1, Answer: 5})
	f := l.At(start)
	near(t, "worth", f.EffectiveSize, 8./3)
	low, high = f.Interval()
	k := 8./3 + 2
	near(t, "P(X < low)", mathext.RegIncBeta(f.Chance*k, (1-f.Chance)*k, low), 0.1)
	near(t, "P(X < high)", mathext.RegIncBeta(f.Chance*k, (1-f.Chance)*k, high), 0.9)
}

func drawHistories(t *rapid.T) []stats.History {
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) stats.History {
		day := rapid.IntRange(0, 900).Draw(t, "opened")
		d := stats.History{Opened: day, Ending: stats.Event(rapid.IntRange(0, 2).Draw(t, "ending"))}
		if rapid.IntRange(0, 9).Draw(t, "place unknown") == 0 {
			d.Closed = day + rapid.IntRange(0, 400).Draw(t, "days")
			return d
		}
		for range rapid.IntRange(1, 6).Draw(t, "stays") {
			s := stats.Spell{Passed: rapid.IntRange(0, 3).Draw(t, "passed"), From: day}
			day += rapid.IntRange(1, 200).Draw(t, "days")
			s.To = day
			d.Stays = append(d.Stays, s)
		}
		d.Closed = day
		return d
	}), 0, 40).Draw(t, "deals")
}

func TestChancesAreChancesWhateverHappened(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		terms := stats.Params{Required: 3, Answer: rapid.Float64Range(0.5, 9.5).Draw(t, "answer")}
		l := stats.Fit(rapid.IntRange(0, 2500).Draw(t, "calibration day"), drawHistories(t), terms)
		if n := len(l.All()); n != 8 {
			t.Fatalf("%d standings, want 8", n)
		}
		for _, f := range l.All() {
			s := f.Standing
			if f.Chance <= 0 || f.Chance >= 1 || f.Prior <= 0 || f.Prior >= 1 {
				t.Fatalf("%+v: chance %g, prior %g", s, f.Chance, f.Prior)
			}
			low, high := l.Interval(s)
			if !(low >= 0 && low < high && high <= 1) {
				t.Fatalf("%+v: interval %g to %g of chance %g", s, low, high, f.Chance)
			}
			for h := 1; h <= stats.Horizon; h += 7 {
				if l.Win(s, h) < l.Win(s, h-1)-1e-12 || l.Lose(s, h) < l.Lose(s, h-1)-1e-12 {
					t.Fatalf("%+v: falls at %d", s, h)
				}
				if l.Win(s, h)+l.Lose(s, h) > 1+1e-9 || l.Win(s, h) > f.Chance+1e-9 || l.Lose(s, h) > 1-f.Chance+1e-9 {
					t.Fatalf("%+v: win %g, lose %g within %d, chance %g", s, l.Win(s, h), l.Lose(s, h), h, f.Chance)
				}
			}
			if h := l.HalfWay(s); l.Win(s, h) < l.Win(s, stats.Horizon)/2 || h > 1 && l.Win(s, h-1) >= l.Win(s, stats.Horizon)/2 {
				t.Fatalf("%+v: HalfWay = %d", s, h)
			}
		}
		near(t, "beyond the horizon", l.Win(start, 5000), l.Win(start, stats.Horizon))
	})
}

func TestTheShareWonComesToTheChance(t *testing.T) {
	// All ends are within 30 days, so after 1095 the tails are 2^(−1065/30) short.
	l := stats.Fit(100, append(twoDeals(), stats.History{Opened: 80, Stays: []stats.Spell{{From: 80, To: 999}}}), stats.Params{Required: 1})
	for _, f := range l.All() {
		near(t, "win(1095)", l.Win(f.Standing, stats.Horizon), f.Chance)
		near(t, "lose(1095)", l.Lose(f.Standing, stats.Horizon), 1-f.Chance)
	}
}

func TestTheWholeOfALearnedIsTheSumOfItsDays(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c, deals := rapid.IntRange(0, 2500).Draw(t, "calibration day"), drawHistories(t)
		days, closed := 0, 0
		for _, d := range deals {
			end := c
			if d.Ending != stats.Open && d.Closed < c {
				end = d.Closed
				closed++
			}
			if len(d.Stays) > 0 {
				last := d.Stays[len(d.Stays)-1].To
				days += max(0, min(end, last)-d.Opened)
			}
		}
		l := stats.Fit(c, deals, stats.Params{Required: 3})
		got := 0
		for _, f := range l.All() {
			got += f.Days.Won + f.Days.Lost + f.Days.Censored
		}
		if got != days || l.Closed != closed {
			t.Fatalf("%d days, %d closed, want %d, %d", got, l.Closed, days, closed)
		}
	})
}

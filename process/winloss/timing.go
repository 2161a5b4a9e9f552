package winloss

import (
	"cmp"
	"slices"

	"milstolpe/process"
	"milstolpe/process/forecast"
	"milstolpe/process/sales"
)

// Timing is when won deals closed against when they were said to (model, section 9).
type Timing struct {
	Deals  []DealTiming // won deals with a seller's date or a likely date, latest close first
	Seller DateMisses   // the expected close as first recorded
	Likely DateMisses   // the likely win date as it stood on the day of the first milestone
	Both   struct {     // the same two over the deals that have both, so that they can be compared
		Seller, Likely DateMisses
	}
	Moved    int // deals whose expected close was moved
	Dated    int // deals that had one
	Moves    int // times, in all
	DaysMost int // days that the date of one deal was moved in all, the most
}

// DealTiming is one won deal. Late is in days: positive when the close came later than was said.
type DealTiming struct {
	Deal       *sales.Deal
	Closed     process.Date
	Expected   process.Date // as first recorded; zero: never
	Late       int
	Moves      int
	MovedDays  int          // from the first date to the last; positive: later
	FirstStep  process.Date // day of the first milestone; zero: none before the close
	Likely     process.Date // as it stood then; zero: not known
	LikelyLate int
}

// DateMisses sums up how far dates were off, in days.
type DateMisses struct {
	Deals  int
	Median int // positive: later than said
	Usual  int // median of the absolute differences
	Later  int // deals that came later than said
	OnTime int // within a week either way
}

// onTime is how many days either way still count as on time.
const onTime = 7

// TimingOf looks at the deals of a scope that were won in the days from one to another, both included, as known today.
func TimingOf(m *forecast.Model, from, to process.Date, in forecast.Scope) *Timing {
	t := &Timing{}
	var seller, likely, bothSeller, bothLikely []int
	for _, d := range m.Team().EveryDeal() {
		c := d.CloseOn(m.Today())
		if c == nil || c.Outcome != process.Won || c.On < from || c.On > to || !in.HoldsClose(m, d, c) {
			continue
		}
		dt, ok := dealTiming(m, d, c)
		if !ok {
			continue
		}
		t.Deals = append(t.Deals, dt)
		if dt.Expected != 0 {
			seller = append(seller, dt.Late)
			t.Dated++
			t.Moves += dt.Moves
			t.DaysMost = max(t.DaysMost, dt.MovedDays)
			if dt.Moves > 0 {
				t.Moved++
			}
		}
		if dt.Likely != 0 {
			likely = append(likely, dt.LikelyLate)
		}
		if dt.Expected != 0 && dt.Likely != 0 {
			bothSeller, bothLikely = append(bothSeller, dt.Late), append(bothLikely, dt.LikelyLate)
		}
	}
	slices.SortStableFunc(t.Deals, func(a, b DealTiming) int { return cmp.Compare(b.Closed, a.Closed) })
	t.Seller, t.Likely = dateMisses(seller), dateMisses(likely)
	t.Both.Seller, t.Both.Likely = dateMisses(bothSeller), dateMisses(bothLikely)
	return t
}

func dealTiming(m *forecast.Model, d *sales.Deal, c *sales.Close) (t DealTiming, ok bool) {
	t = DealTiming{Deal: d, Closed: c.On, Expected: d.FirstExpectedClose()}
	if t.Expected != 0 {
		t.Late = c.On.Sub(t.Expected)
		t.Moves, t.MovedDays = d.DateMoves(c.Known)
	}
	if t.FirstStep = firstStep(d, c.Known); t.FirstStep != 0 {
		if chance, placed := m.Chance(d, t.FirstStep); placed {
			t.Likely = chance.Likely
			t.LikelyLate = c.On.Sub(t.Likely)
		}
	}
	return t, t.Expected != 0 || t.Likely != 0
}

// firstStep is the day on which the deal's first milestone became known, if that was before its close was.
func firstStep(d *sales.Deal, closed process.Date) process.Date {
	first := closed
	for _, mark := range d.MarksOn(closed - 1) {
		first = min(first, mark.Stamp.Known)
	}
	if first == closed {
		return 0
	}
	return first
}

func dateMisses(days []int) DateMisses {
	misses := DateMisses{Deals: len(days), Median: median(days)}
	absolute := make([]int, len(days))
	for i, d := range days {
		absolute[i] = max(d, -d)
		if d > 0 {
			misses.Later++
		}
		if absolute[i] <= onTime {
			misses.OnTime++
		}
	}
	misses.Usual = median(absolute)
	return misses
}

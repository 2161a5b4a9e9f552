package winloss

import (
	"math"

	"milstolpe/process"
	"milstolpe/process/forecast"
	"milstolpe/process/sales"
	"milstolpe/process/stats"
)

// Advice is what can be said about how many deals have to be opened for a target.
type Advice uint8

// The kinds of advice.
const (
	NothingToOpen Advice = iota // the forecast reaches the target
	TooFewWon                   // too few deals have been won to say anything
	TooLateToOpen               // a deal that is opened now is usually not won before the period ends
	OpenMore                    // so many
)

// What it takes to say how many deals must be opened, and how far back it is looked (model, section 14).
const (
	OpeningsNeedWon  = 8   // won deals with a value
	openingsLookBack = 730 // days
)

// Openings is how many deals must be opened beyond those that the forecast counts on, for a period to reach a target. It is advice: nothing
// else follows from it. Amounts are in minor units of the reporting currency.
type Openings struct {
	Advice  Advice
	Missing float64 // to the target
	Won     int     // won deals with a value of the last two years, on which all below rests

	Size     float64      // of a won deal, the median
	Days     int          // from the opening to the win, the median
	From, By process.Date // deals that are opened from the one to the other are usually won in the period
	CountsIn process.Date // where it is too late: by when a deal that is opened now is usually won

	Share           float64 // of deals that are opened from From to By are won in the period
	Deals           int
	AtLeast, AtMost int // 80 % interval of Deals
}

// OpeningsFor says how many deals must be opened from a day on, by the team or a seller, so that a period brings so much more than its forecast.
// It rests on what was known on the day. What is missing is left to the caller, who shows both the target and the forecast.
func OpeningsFor(m *forecast.Model, p process.Period, day process.Date, in forecast.Scope, missing float64) Openings {
	o := Openings{Missing: max(0, missing)}
	if o.Missing == 0 {
		return o
	}
	since := day.AddDays(1 - openingsLookBack)
	var sizes []float64
	var days []int
	for _, w := range m.WonBy(process.Period{Start: since, End: day}, day, in) {
		if w.Value > 0 {
			opened, _ := w.Deal.Opened()
			sizes, days = append(sizes, w.Value), append(days, max(1, w.Since.Sub(opened)))
		}
	}
	if o.Advice, o.Won = TooFewWon, len(sizes); o.Won < OpeningsNeedWon {
		return o
	}
	o.Size, _, _ = stats.MedianInterval(sizes)
	o.Days = median(days)
	o.From, o.By = max(day, p.Start.AddDays(-o.Days)), p.End.AddDays(-o.Days)
	if o.By < day {
		o.Advice, o.CountsIn = TooLateToOpen, day.AddDays(o.Days)
		return o
	}
	share, doubt := stats.WonInTime(openingsOf(m, since, day, in), int(o.From), int(o.By), int(p.Start), int(p.End))
	need, low, high := stats.Needed(o.Missing, sizes, share, doubt)
	o.Advice, o.Share = OpenMore, share
	o.Deals, o.AtLeast, o.AtMost = wholeDeals(need), wholeDeals(low), wholeDeals(high)
	return o
}

// wholeDeals rounds up: the last deal is needed whole.
func wholeDeals(n float64) int { return int(math.Ceil(n - 1e-9)) }

// openingsOf is how the deals of each process have gone since they were opened. Whose they are makes no difference to a chance, so all of a
// process count; a seller's own deals say only how much each process weighs.
func openingsOf(m *forecast.Model, since, day process.Date, in forecast.Scope) []*stats.Openings {
	byProcess := map[process.ProcessID]*stats.Openings{}
	for _, d := range m.Team().EveryDeal() {
		opened, _ := d.Opened()
		if opened > day || !d.Exists(day) {
			continue
		}
		end := d.CloseOn(day)
		if end != nil && end.Outcome == process.Void {
			continue
		}
		o := byProcess[d.Process()]
		if o == nil {
			o = &stats.Openings{}
			byProcess[d.Process()] = o
		}
		switch {
		case end == nil:
			o.Add(int(opened), int(day), stats.Open)
		case end.Outcome == process.Won:
			o.Add(int(opened), int(end.Known), stats.Won)
		default:
			o.Add(int(opened), int(end.Known), stats.Lost)
		}
		if weighs(m, d, since, day, in) {
			o.Weight++
		}
	}
	list := make([]*stats.Openings, 0, len(byProcess))
	for _, id := range sales.SortedKeys(byProcess) {
		if o := byProcess[id]; o.Weight > 0 {
			list = append(list, o)
		}
	}
	return list
}

// weighs tells whether a deal is one of those that are asked about: open in the scope, or closed in it since a day.
func weighs(m *forecast.Model, d *sales.Deal, since, day process.Date, in forecast.Scope) bool {
	if end := d.CloseOn(day); end != nil {
		return end.Known >= since && in.HoldsClose(m, d, end)
	}
	return (in.Seller == "" || in.Seller == d.SellerOn(day)) && d.Choices().Has(in.Picks)
}

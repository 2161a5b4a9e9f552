package changes

import (
	"cmp"
	"maps"
	"math"
	"slices"

	"milstolpe/process"
	"milstolpe/process/forecast"
	"milstolpe/process/sales"
)

// Kind is why a forecast is another than it was.
type Kind string

// The kinds, in the order in which they are shown. A deal that did nothing may still change: days went by, or the counts were redone.
const (
	Won          Kind = "won"
	Closed       Kind = "closed" // lost, invalid, or won outside the period
	Opened       Kind = "opened" // not open before; re-opened ones too
	Milestone    Kind = "milestone"
	Withdrawn    Kind = "withdrawn" // a milestone was taken back
	Stalled      Kind = "stalled"
	Value        Kind = "value" // value or currency
	Scope        Kind = "scope" // it went to another seller, customer or milestone than the forecast is about
	Time         Kind = "time"  // fewer days are left, and nothing else happened
	Recalibrated Kind = "recalibrated"
	Newcomers    Kind = "newcomers"  // what is expected of deals not yet opened
	Correction   Kind = "correction" // by the team's own record
)

// Kinds lists them in the order in which they are shown.
var Kinds = []Kind{
	Won, Milestone, Opened, Value, Closed, Withdrawn, Stalled, Scope, Time,
	Recalibrated, Newcomers, Correction,
}

// Comparison is how the forecast of a period went from one day to another. The sum of all rows is the difference.
type Comparison struct {
	From, To *forecast.PeriodReport
	Rows     []Row // those with something in them, in the order of Kinds
}

// Row is everything of one kind. Newcomers have no deals.
type Row struct {
	Kind   Kind
	Amount float64
	Deals  []DealChange // the largest first
}

// DealChange is what one deal changed in one way.
type DealChange struct {
	Deal   *sales.Deal
	Amount float64
	Day    process.Date    // on which it became known, where it was recorded
	Event  process.EventID // that says so; zero where nobody did anything
}

// Check is what is left of from + rows − to: nothing, but for the last bits of a float.
func (c *Comparison) Check() float64 {
	sum := c.From.Forecast - c.To.Forecast
	for i := range c.Rows {
		sum += c.Rows[i].Amount
	}
	return sum
}

// Between compares the forecast of a period as it looked on two days, neither of them after the period's end. It looks at each day with
// what was known then, so noted forecasts are not in it.
func Between(m *forecast.Model, p process.Period, from, to process.Date, in forecast.Scope) *Comparison {
	c := &Comparison{From: asKnown(m, p, from, in), To: asKnown(m, p, to, in)}
	w := changeWalk{m: m, period: p, from: from, to: to, in: in, rows: map[Kind]*Row{}}
	w.before, w.after = w.look(c.From, from), w.look(c.To, to)
	for _, d := range w.deals() {
		w.deal(d, w.before[d], w.after[d])
	}
	w.row(Newcomers).Amount = c.To.NewMoney.Mean - c.From.NewMoney.Mean
	w.row(Correction).Amount = c.To.Correction - c.From.Correction
	for _, k := range Kinds {
		row := w.rows[k]
		if row == nil || len(row.Deals) == 0 && row.Amount == 0 {
			continue
		}
		slices.SortStableFunc(row.Deals, func(a, b DealChange) int { return cmp.Compare(math.Abs(b.Amount), math.Abs(a.Amount)) })
		c.Rows = append(c.Rows, *row)
	}
	return c
}

// asKnown is the forecast as it is rebuilt, whether or not one was noted.
func asKnown(m *forecast.Model, p process.Period, day process.Date, in forecast.Scope) *forecast.PeriodReport {
	r := m.ForecastOn(p, day, in)
	if r.Noted == nil {
		return r
	}
	rebuilt := *r
	rebuilt.Forecast = r.Uncorrected() + r.Correction
	return &rebuilt
}

// seenDeal is what a deal has to do with the forecast on one of the days.
type seenDeal struct {
	part *forecast.DealContribution // open
	won  *sales.Close               // already won in the period
	sum  float64                    // its part of the forecast
}

type changeWalk struct {
	m             *forecast.Model
	period        process.Period
	from, to      process.Date
	in            forecast.Scope
	before, after map[*sales.Deal]*seenDeal
	rows          map[Kind]*Row
}

func (w *changeWalk) look(r *forecast.PeriodReport, day process.Date) map[*sales.Deal]*seenDeal {
	seen := map[*sales.Deal]*seenDeal{}
	for _, part := range r.Parts {
		if part.Open {
			seen[part.Deal] = &seenDeal{part: part, sum: part.Expected()}
		}
	}
	for _, won := range w.m.WonBy(r.Period, day, w.in) {
		seen[won.Deal] = &seenDeal{won: won.Close, sum: won.Value}
	}
	return seen
}

// deals are those that have to do with the forecast on either day, by identity.
func (w *changeWalk) deals() []*sales.Deal {
	list := slices.Collect(maps.Keys(w.before))
	for d := range w.after {
		if w.before[d] == nil {
			list = append(list, d)
		}
	}
	slices.SortFunc(list, func(a, b *sales.Deal) int { return cmp.Compare(a.ID, b.ID) })
	return list
}

func (w *changeWalk) row(k Kind) *Row {
	if w.rows[k] == nil {
		w.rows[k] = &Row{Kind: k}
	}
	return w.rows[k]
}

func (w *changeWalk) add(k Kind, d *sales.Deal, amount float64, day process.Date, id process.EventID) {
	if amount == 0 {
		return
	}
	row := w.row(k)
	row.Amount += amount
	row.Deals = append(row.Deals, DealChange{Deal: d, Amount: amount, Day: day, Event: id})
}

func (w *changeWalk) deal(d *sales.Deal, a, b *seenDeal) {
	switch {
	case a == nil && b.won != nil:
		w.add(Won, d, b.sum, b.won.Known, b.won.ID)
	case a == nil:
		w.came(d, b)
	case b == nil:
		w.left(d, a)
	case b.won != nil && a.won == nil:
		w.add(Won, d, b.sum-a.sum, b.won.Known, b.won.ID)
	case b.won != nil:
		w.add(Value, d, b.sum-a.sum, b.won.Known, b.won.ID)
	case a.won != nil:
		w.add(Opened, d, b.sum-a.sum, 0, process.EventID{})
	default:
		w.stayed(d, a.part, b.part)
	}
}

// came is a deal that was not in the forecast before.
func (w *changeWalk) came(d *sales.Deal, b *seenDeal) {
	opened, _ := d.Opened()
	switch {
	case opened > w.from || d.CloseOn(w.from) != nil:
		w.add(Opened, d, b.sum, max(opened, w.from), w.opening(d, opened))
	case w.in == (forecast.Scope{}):
		w.add(Milestone, d, b.sum, 0, process.EventID{}) // imported without milestones, and now there is one
	default:
		w.add(Scope, d, b.sum, 0, process.EventID{})
	}
}

func (w *changeWalk) opening(d *sales.Deal, known process.Date) process.EventID {
	for i := range d.Openings() {
		if e := &d.Openings()[i]; e.Stamp.Known == known {
			return e.ID
		}
	}
	return process.EventID{}
}

// left is a deal that is not in the forecast any more.
func (w *changeWalk) left(d *sales.Deal, a *seenDeal) {
	if c := d.CloseOn(w.to); c != nil {
		w.add(Closed, d, -a.sum, c.Known, c.ID)
		return
	}
	if w.in != (forecast.Scope{}) && d.Exists(w.to) {
		w.add(Scope, d, -a.sum, 0, process.EventID{})
		return
	}
	w.add(Closed, d, -a.sum, 0, process.EventID{})
}

// stayed is a deal that was open on both days. First its value is changed, then what happened is looked at with the counts of the first
// day, and last the counts are redone.
func (w *changeWalk) stayed(d *sales.Deal, a, b *forecast.DealContribution) {
	day, event := w.lastValue(d)
	w.add(Value, d, (b.Value-a.Value)*a.Phi, day, event)
	old := w.m.CalibrationAhead(d.Process(), w.from)
	if old == nil {
		w.add(Time, d, b.Value*(b.Phi-a.Phi), 0, process.EventID{})
		return
	}
	s := standing(old, d, w.to)
	after, by := max(0, w.period.Start.Sub(w.to)-1), w.period.End.Sub(w.to)
	phi := old.Within(s, after, by)
	kind, day, event := w.why(d, old, a.Standing, s)
	w.add(kind, d, b.Value*(phi-a.Phi), day, event)
	w.add(Recalibrated, d, b.Value*(b.Phi-phi), 0, process.EventID{})
}

// standing is where a deal stands on a day, read as a calibration reads.
func standing(c *forecast.Calibration, d *sales.Deal, day process.Date) forecast.Standing {
	stays := d.WithKnownStanding(d.Spells(c.Version.Required), c.Version.Required)
	if d.StandingUnknownOn(day, c.Version.Required) {
		stays = nil
	}
	for i := len(stays) - 1; i >= 0; i-- {
		if stays[i].From <= day {
			return c.StandingAfter(stays[i].Passed, day.Sub(stays[i].From))
		}
	}
	return forecast.Standing{Unknown: true}
}

// why finds what moved a deal from one standing to another, and the mark that says so, if one does. A milestone that is reached while another is taken
// back counts as what is left of both.
func (w *changeWalk) why(d *sales.Deal, c *forecast.Calibration, a, b forecast.Standing) (kind Kind, day process.Date, mark process.EventID) {
	switch {
	case b.Passed > a.Passed || a.Unknown && !b.Unknown:
		for _, m := range slices.Backward(d.MarksOn(w.to)) {
			if m.Stamp.Known > w.from && slices.Contains(c.Version.Required, m.Milestone) {
				return Milestone, m.Stamp.Known, m.ID
			}
		}
		return Milestone, 0, process.EventID{}
	case b.Passed < a.Passed:
		return Withdrawn, 0, process.EventID{}
	case b.Stalled && !a.Stalled:
		return Stalled, 0, process.EventID{}
	case a.Stalled && !b.Stalled:
		return Milestone, 0, process.EventID{}
	}
	return Time, 0, process.EventID{}
}

func (w *changeWalk) lastValue(d *sales.Deal) (day process.Date, event process.EventID) {
	for i := range d.Values().Entries() {
		if e := &d.Values().Entries()[i]; e.Stamp.Known > w.from && e.Stamp.Known <= w.to {
			day, event = e.Stamp.Known, e.ID
		}
	}
	return day, event
}

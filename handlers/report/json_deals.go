package report

import (
	"strings"

	"milstolpe/process"
	"milstolpe/process/forecast"
	"milstolpe/process/sales"
)

// standingsJSON is what was learned of a process on a calibration day, for other programs. Chances are shares of one.
type standingsJSON struct {
	Process      string         `json:"process"`
	AsOf         process.Date   `json:"as_of"`
	CalibratedOn process.Date   `json:"calibrated_on"`
	Closed       int            `json:"closed"`
	Won          int            `json:"won"`
	Base         figure         `json:"base"`
	Standings    []standingJSON `json:"standings"`
}

// standingJSON is one place where a deal can stand. Milestone is the required one that was passed last; null at the start.
type standingJSON struct {
	Passed    *int    `json:"passed"` // null: place unknown
	Milestone *string `json:"milestone"`
	Stalled   bool    `json:"stalled"`
	Deals     tenths  `json:"deals"` // n: closed deals, and open ones by how sure their end is
	Closed    int     `json:"closed_deals"`
	Chance    chance  `json:"chance"`
	Low       chance  `json:"low"`
	High      chance  `json:"high"`
	Prior     chance  `json:"prior"`
	Patience  *int    `json:"patience"`
	Within30  chance  `json:"within30"`
	Within90  chance  `json:"within90"`
	Lose30    chance  `json:"lose30"`
}

func newStandingsJSON(name string, m *forecast.Model, c *forecast.Calibration, asOf process.Date) standingsJSON {
	out := standingsJSON{
		Process: name, AsOf: asOf, CalibratedOn: c.On, Closed: c.Closed, Won: c.Won, Base: figure(c.Base), Standings: []standingJSON{},
	}
	figures := c.All()
	if m.AnyUnknown(c.Process, asOf) {
		figures = append(figures[:len(figures):len(figures)], *c.At(forecast.Standing{Unknown: true}))
	}
	for i := range figures {
		f := &figures[i]
		low, high := f.Interval()
		s := standingJSON{
			Milestone: passedLast(c, f.Standing.Passed), Stalled: f.Standing.Stalled, Deals: tenths(f.N), Closed: f.Deals,
			Chance: chance(f.Chance), Low: chance(low), High: chance(high), Prior: chance(f.Prior),
			Within30: chance(c.Win(f.Standing, 30)), Within90: chance(c.Win(f.Standing, 90)), Lose30: chance(c.Lose(f.Standing, 30)),
		}
		if !f.Standing.Unknown {
			s.Passed = &f.Standing.Passed
		}
		if f.Patience.Known {
			days := f.Patience.Days
			s.Patience = &days
		}
		out.Standings = append(out.Standings, s)
	}
	return out
}

// passedLast is the key of the required milestone that was passed last.
func passedLast(c *forecast.Calibration, passed int) *string {
	if passed < 1 || passed > len(c.Version.Required) {
		return nil
	}
	return knownText(c.Version.Required[passed-1])
}

// openDealsJSON is every deal that was open on a day, as known then.
type openDealsJSON struct {
	AsOf  process.Date   `json:"as_of"`
	Deals []openDealJSON `json:"deals"`
}

// openDealJSON is one of them. Where a deal stands is null for one that was imported without any milestone column; it counts as an average
// deal.
type openDealJSON struct {
	ID            process.DealID `json:"id"`
	Name          *string        `json:"name"`
	Customer      *string        `json:"customer"`
	Seller        *string        `json:"seller"`
	Process       string         `json:"process"`
	Version       *int           `json:"version"`
	Value         *amount        `json:"value"`
	Currency      *string        `json:"currency"`
	Opened        process.Date   `json:"opened"`
	ExpectedClose *process.Date  `json:"expected_close"`
	Passed        *int           `json:"passed"`
	NextMilestone *string        `json:"next_milestone"`
	Stalled       *bool          `json:"stalled"`
	Entered       *process.Date  `json:"entered"`
	Chance        *chance        `json:"chance"`
	Low           *chance        `json:"low"`
	High          *chance        `json:"high"`
	LikelyClose   *process.Date  `json:"likely_close"`
	Backward      int            `json:"backward"`
	DateMoves     int            `json:"date_moves"`
	NextActivity  *string        `json:"next_activity"`
	Due           *process.Date  `json:"next_activity_due"`

	Activities []activityJSON `json:"activities,omitempty"` // all that are planned, the next one first

	ref string // the other system's id
}

func newOpenDealJSON(m *forecast.Model, d *sales.Deal, asOf process.Date) openDealJSON {
	t := m.Team()
	_, opened := d.Opened()
	out := openDealJSON{
		ID: d.ID, Name: knownText(d.NameOn(asOf)), Customer: knownText(t.Customer(d.CustomerOn(asOf))),
		Seller: knownText(t.Person(d.SellerOn(asOf))), Opened: opened, ExpectedClose: knownDay(d.ExpectedCloseOn(asOf)),
		ref: d.Now.Ref,
	}
	if proc, ok := t.Process(d.Process()); ok {
		out.Process = proc.Name()
	}
	if v, ok := t.Version(d.VersionOn(asOf)); ok {
		out.Version = &v.Number
		out.Backward = d.BackwardOn(asOf, v.Required)
	}
	if v := d.ValueOn(asOf); v != nil {
		out.Value, out.Currency = amountsOf(v.Currency).known(float64(v.Minor), true), &v.Currency
	}
	out.DateMoves, _ = d.DateMoves(asOf)
	if step, ok := d.NextSteps().On(asOf, d.Retractions()); ok {
		out.NextActivity, out.Due = knownText(step.Text), knownDay(step.Due)
	}
	if asOf >= m.Today() {
		if out.Activities = activitiesOf(d); len(out.Activities) > 0 {
			out.NextActivity, out.Due = &out.Activities[0].Text, out.Activities[0].Due
		}
	}
	if c, ok := m.Chance(d, asOf); ok {
		if !c.Unknown {
			out.Passed, out.NextMilestone, out.Stalled, out.Entered = &c.Passed, knownText(c.Next), &c.Stalled, knownDay(c.Since)
		}
		out.Chance, out.Low, out.High = knownChance(c.Chance, true), knownChance(c.Low, true), knownChance(c.High, true)
		out.LikelyClose = knownDay(c.Likely)
	}
	return out
}

// activityJSON is one activity of ours that is planned.
type activityJSON struct {
	Text string        `json:"text"`
	Due  *process.Date `json:"due"`
	Time *string       `json:"time"`
}

func activitiesOf(d *sales.Deal) (list []activityJSON) {
	if d.Now.Close != nil {
		return nil
	}
	for _, p := range d.Activities().Planned() {
		list = append(list, activityJSON{p.Text, knownDay(p.Due), knownText(p.Time)})
	}
	return list
}

// planned is what is planned for the deal, in one cell.
func (d openDealJSON) planned() cell {
	if len(d.Activities) < 2 {
		return given(d.NextActivity, textCell)
	}
	texts := make([]string, len(d.Activities))
	for i, a := range d.Activities {
		texts[i] = a.Text
	}
	return textCell(strings.Join(texts, "; "))
}

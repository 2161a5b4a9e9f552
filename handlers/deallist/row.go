package deallist

import (
	"cmp"

	"milstolpe/handlers/dealindex"
	"milstolpe/handlers/figures"
	"milstolpe/handlers/i18n"
	"milstolpe/handlers/urls"
	"milstolpe/handlers/wording"
	"milstolpe/process"
	"milstolpe/process/forecast"
	"milstolpe/process/sales"
)

func newDealRow(t *i18n.Text, today process.Date, team *sales.Team, l *dealindex.Line) dealRow {
	d := l.Deal
	s := dealindex.NewMilestoneStates(d)
	row := dealRow{
		Href: urls.DealPath(d.ID), Customer: cmp.Or(l.Customer, l.Name, d.Now.Ref, string(d.ID)), Name: l.Name, Track: s.Track(t), Seller: l.Seller,
		Close: t.ISO(d.Now.ExpectedClose), Moved: wording.DateMoves(t, d),
		Passed: !d.Now.ExpectedClose.IsZero() && d.Now.ExpectedClose < today,
	}
	if row.Name == row.Customer {
		row.Name = ""
	}
	row.putValue(t, team, l)
	if !l.StandingKnown {
		row.State = t.T("deals.state_unknown")
		if l.Calibration != nil {
			row.Chance = t.Chance(l.Chance.Chance)
		}
		return row
	}
	row.Chance, row.Similar = t.Chance(l.Chance.Chance), similar(t, &l.Chance)
	row.State, row.Red = wording.WaitingText(t, &l.DealToday), l.StallsSoon()
	row.Likely = t.T("deals.likely", t.ISO(l.Likely))
	if l.Overdue {
		row.Likely = t.T("deals.overdue", t.ISO(l.Likely))
	}
	return row
}

// putValue writes the value in the reporting currency, and under it the deal's own amount where that is in another.
func (r *dealRow) putValue(t *i18n.Text, team *sales.Team, l *dealindex.Line) {
	own := l.Deal.Now.Value
	if own == nil {
		return
	}
	r.Value = t.Amount(figures.Minor(l.Value, team.Currency()))
	if own.Currency == team.Currency() {
		return
	}
	r.Own = t.Whole(*own)
	if l.Value == 0 && own.Minor != 0 {
		r.Value, r.Own = r.Own, t.T("deals.no_rate")
	}
}

// similar says how many deals a chance rests on.
func similar(t *i18n.Text, c *forecast.Chance) string {
	if c.Deals == 0 {
		return t.T("deals.only_start")
	}
	if c.MostlyStart {
		return t.T("deals.of_start", c.Deals)
	}
	return t.T("deals.of", c.Deals)
}

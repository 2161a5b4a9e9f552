package handlers

import (
	"cmp"

	"milstolpe/process"
	"milstolpe/process/forecast"
	"milstolpe/process/sales"
)

func newDealRow(v *visit, team *sales.Team, l *dealLine) dealRow {
	t, d := v.text, l.Deal
	s := standingOf(d)
	row := dealRow{
		Href: dealPath(d.ID), Customer: cmp.Or(l.customer, l.name, d.Now.Ref, string(d.ID)), Name: l.name, Track: s.track(t), Seller: l.seller,
		Close: t.ISO(d.Now.ExpectedClose), Moved: v.moves(d),
	}
	if row.Name == row.Customer {
		row.Name = ""
	}
	row.putValue(t, team, l)
	if !l.Placed {
		row.State = v.t("deals.state_unknown")
		return row
	}
	row.Chance, row.Similar = t.Chance(l.Chance.Chance), similar(t, &l.Chance)
	row.State, row.Red = waiting(t, &l.DealToday), l.StallsSoon()
	row.Likely = t.T("deals.likely", t.ISO(l.Likely))
	if l.Overdue {
		row.Likely = t.T("deals.overdue", t.ISO(l.Likely))
	}
	return row
}

// putValue writes the value in the reporting currency, and under it the deal's own amount where that is in another.
func (r *dealRow) putValue(t *Text, team *sales.Team, l *dealLine) {
	own := l.Deal.Now.Value
	if own == nil {
		return
	}
	r.Value = t.Amount(minor(l.Value, team.Currency()))
	if own.Currency == team.Currency() {
		return
	}
	r.Own = t.Whole(*own)
	if _, known := team.RateOn(own.Currency, process.FarFuture); !known {
		r.Value, r.Own = r.Own, t.T("deals.no_rate")
	}
}

// similar says how many deals a chance rests on.
func similar(t *Text, c *forecast.Chance) string {
	if c.Deals == 0 {
		return t.T("deals.only_start")
	}
	if c.MostlyStart {
		return t.T("deals.of_start", c.Deals)
	}
	return t.T("deals.of", c.Deals)
}

// waiting says in a few words how long a deal has been where it is.
func waiting(t *Text, d *forecast.DealToday) string {
	switch {
	case d.Stalled:
		return t.T("deals.state_stalled", d.Waited)
	case d.StallsSoon():
		return t.T("deals.state_soon", d.StallsIn)
	case d.Waited == 0:
		return t.T("deals.state_today")
	}
	return t.T("deals.state_here", d.Waited)
}

// moves says how often the expected close was moved, and which way in all.
func (v *visit) moves(d *sales.Deal) string {
	times, days := d.DateMoves(process.FarFuture)
	switch {
	case times == 0:
		return ""
	case days > 0:
		return v.t("deals.moved_out", howOften(v.text, times))
	case days < 0:
		return v.t("deals.pulled_in", howOften(v.text, times))
	}
	return v.t("deals.moved_about", howOften(v.text, times))
}

// howOften writes a count of times: en gång, två gånger; once, twice.
func howOften(t *Text, n int) string {
	switch n {
	case 1:
		return t.T("deals.once")
	case 2:
		return t.T("deals.twice")
	}
	return t.T("deals.times", t.Word(n))
}

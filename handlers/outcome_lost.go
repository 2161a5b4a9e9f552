package handlers

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"milstolpe/process"
)

// lostView holds the deals that were expected to be lost against those that were, of the deals that were open when the period began.
type lostView struct {
	Lead    []Piece
	Reasons []lostReason
	Head    string
	Unit    string
	Rows    []lostRow
}

type lostReason struct {
	Reason, Deals, Amount string
}

type lostRow struct {
	Name                 Cell
	SaidDeals, CameDeals string
	Said, Came           Cell
	Chosen               bool
}

// mostLostRows is how many periods the table goes back.
const mostLostRows = 8

func (o *outcomeView) lost() *lostView {
	a := &o.chosen
	if !a.HasForecast || !a.Complete || a.OpenDeals == 0 {
		return nil
	}
	v := &lostView{Head: o.T(periodHeads[o.report.Query.Kind]), Unit: o.Unit(o.currency)}
	said := o.number(o.short(o.round(a.LostForecast)), a.LostForecast, 0, o.dealsOf(barLostSaid))
	came := o.number(o.short(o.round(a.LostActual)), a.LostActual, a.LostActualDeals, o.dealsOf(barLostCame))
	v.Lead = sentences(
		o.Sentence("outcome.lost.said", o.Int(int64(math.Round(a.LostForecastDeals))), unbroken(o.T("outcome.deals_open", a.OpenDeals)), said),
		o.Sentence("outcome.lost.came", a.LostActualDeals, came),
	)
	v.Reasons = o.lostReasons()
	first := max(0, o.index+1-mostLostRows)
	for i := o.index; i >= first; i-- {
		if p := o.report.Periods[i]; p.HasForecast && p.Complete {
			v.Rows = append(v.Rows, o.lostRow(p, i == o.index))
		}
	}
	return v
}

func (o *outcomeView) lostRow(p *process.PeriodReport, chosen bool) lostRow {
	row := lostRow{
		Name:      Cell{Text: o.periodName(p.Period), Href: o.ask.href(outcomePath, "chosen", p.Period.Label())},
		SaidDeals: o.Dec(p.LostForecastDeals, 0), CameDeals: o.Int(int64(p.LostActualDeals)),
		Said: Cell{Text: o.amount(p.LostForecast)}, Came: Cell{Text: o.amount(p.LostActual)}, Chosen: chosen,
	}
	if p.OpenDeals > 0 {
		row.Said.Href = o.dealsIn(p.Period, barLostSaid)
	}
	if p.LostActualDeals > 0 {
		row.Came.Href = o.dealsIn(p.Period, barLostCame)
	}
	return row
}

// lostReasons counts why the deals of the chosen period were lost, as people wrote it, the most frequent first.
func (o *outcomeView) lostReasons() []lostReason {
	type tally struct {
		reason string
		deals  int
		amount float64
	}
	found := map[string]*tally{}
	var list []*tally
	for _, p := range o.chosen.Parts {
		if !p.LostIn {
			continue
		}
		reason := strings.TrimSpace(p.Deal.CloseOn(process.FarFuture).Reason)
		key := process.FoldName(reason)
		t, ok := found[key]
		if !ok {
			t = &tally{reason: reason}
			found[key] = t
			list = append(list, t)
		}
		t.deals++
		t.amount += p.Value
	}
	slices.SortStableFunc(list, func(a, b *tally) int {
		return cmp.Or(cmp.Compare(b.deals, a.deals), cmp.Compare(b.amount, a.amount), cmp.Compare(a.reason, b.reason))
	})
	exact := make([]float64, len(list))
	for i, t := range list {
		exact[i] = t.amount
	}
	whole := o.addUp(exact, o.round(o.chosen.LostActual))
	rows := make([]lostReason, len(list))
	for i, t := range list {
		rows[i] = lostReason{cmp.Or(t.reason, o.T("outcome.lost.no_reason")), o.Int(int64(t.deals)), o.amount(whole[i])}
	}
	return rows
}

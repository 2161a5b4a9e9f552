package handlers

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"milstolpe/process"
	"milstolpe/process/forecast"
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
	Reason, Deals string
	Amount        Cell
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
	for _, r := range o.lostReasons() {
		v.Reasons = append(v.Reasons, o.lostReason(r))
	}
	first := max(0, o.index+1-mostLostRows)
	for i := o.index; i >= first; i-- {
		if p := o.report.Periods[i]; p.HasForecast && p.Complete {
			v.Rows = append(v.Rows, o.lostRow(p, i == o.index))
		}
	}
	return v
}

func (o *outcomeView) lostRow(p *forecast.PeriodReport, chosen bool) lostRow {
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

// lostFor is why deals of the chosen period were lost, as people wrote it.
type lostFor struct {
	reason string
	parts  []*forecast.DealPart
	amount float64 // as it is printed
}

// noReason stands in an address for deals of which nobody said why they were lost.
const noReason = "-"

// lostReasons counts them, the most frequent first. What is printed adds up to all that was lost.
func (o *outcomeView) lostReasons() []*lostFor {
	found := map[string]*lostFor{}
	var list []*lostFor
	for _, p := range o.chosen.Parts {
		if !p.LostIn {
			continue
		}
		reason := strings.TrimSpace(p.Deal.CloseOn(process.FarFuture).Reason)
		key := process.FoldName(reason)
		if found[key] == nil {
			found[key] = &lostFor{reason: reason}
			list = append(list, found[key])
		}
		found[key].parts = append(found[key].parts, p)
		found[key].amount += p.Value
	}
	slices.SortStableFunc(list, func(a, b *lostFor) int {
		return cmp.Or(cmp.Compare(len(b.parts), len(a.parts)), cmp.Compare(b.amount, a.amount), cmp.Compare(a.reason, b.reason))
	})
	exact := make([]float64, len(list))
	for i, r := range list {
		exact[i] = r.amount
	}
	for i, amount := range o.addUp(exact, o.round(o.chosen.LostActual)) {
		list[i].amount = amount
	}
	return list
}

func (o *outcomeView) reasonName(r *lostFor) string {
	return cmp.Or(r.reason, o.T("outcome.lost.no_reason"))
}

func (o *outcomeView) lostReason(r *lostFor) lostReason {
	return lostReason{o.reasonName(r), o.Int(int64(len(r.parts))), Cell{
		Text: o.amount(r.amount),
		Href: o.ask.href(outcomeDealsPath, "chosen", o.chosen.Period.Label(), "bar", barLostCame, "reason", cmp.Or(r.reason, noReason)),
	}}
}

// lostFor finds a reason by its name in an address.
func (o *outcomeView) lostFor(asked string) *lostFor {
	if asked == noReason {
		asked = ""
	}
	for _, r := range o.lostReasons() {
		if process.FoldName(r.reason) == process.FoldName(asked) {
			return r
		}
	}
	return nil
}

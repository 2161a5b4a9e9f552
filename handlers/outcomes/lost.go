package outcomes

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"milstolpe/handlers/i18n"
	"milstolpe/handlers/parts"
	"milstolpe/handlers/urls"
	"milstolpe/handlers/wording"
	"milstolpe/process"
	"milstolpe/process/forecast"
)

// lostView holds the deals that were expected to be lost against those that were, of the deals that were open when the period began.
type lostView struct {
	Lead    []i18n.Piece
	Reasons []lostReason
	Head    string
	Unit    string
	Rows    []lostRow
}

type lostReason struct {
	Reason, Deals string
	Amount        parts.Cell
}

type lostRow struct {
	Name                 parts.Cell
	SaidDeals, CameDeals string
	Said, Came           parts.Cell
	Chosen               bool
}

// maxLostRows is how many periods the table goes back.
const maxLostRows = 8

func (o *outcomeView) lost() *lostView {
	a := &o.chosen
	if !a.HasForecast || !a.Complete || a.OpenDeals == 0 {
		return nil
	}
	v := &lostView{Head: o.T(wording.PeriodHeadKeys[o.report.Query.Kind]), Unit: o.Unit(o.Currency)}
	said := o.number(o.RoundedShort(o.Round(a.LostForecast)), a.LostForecast, 0, o.dealsOf(barLostForecast))
	came := o.number(o.RoundedShort(o.Round(a.LostActual)), a.LostActual, a.LostActualDeals, o.dealsOf(barLostActual))
	v.Lead = parts.Sentences(
		o.Sentence("outcome.lost.said", o.Int(int64(math.Round(a.LostForecastDeals))), i18n.Unbroken(o.T("outcome.deals_open", a.OpenDeals)), said),
		o.Sentence("outcome.lost.came", a.LostActualDeals, came),
	)
	for _, r := range o.lostReasons() {
		v.Reasons = append(v.Reasons, o.lostReason(r))
	}
	first := max(0, o.index+1-maxLostRows)
	for i := o.index; i >= first; i-- {
		if p := o.report.Periods[i]; p.HasForecast && p.Complete {
			v.Rows = append(v.Rows, o.lostRow(p, i == o.index))
		}
	}
	return v
}

func (o *outcomeView) lostRow(p *forecast.PeriodReport, chosen bool) lostRow {
	row := lostRow{
		Name:      parts.Cell{Text: wording.PeriodName(o.Amounts.Text, p.Period), Href: o.ask.Href(urls.OutcomePath, "chosen", p.Period.Label())},
		SaidDeals: o.Dec(p.LostForecastDeals, 0), CameDeals: o.Int(int64(p.LostActualDeals)),
		Said: parts.Cell{Text: o.RoundedAmount(p.LostForecast)}, Came: parts.Cell{Text: o.RoundedAmount(p.LostActual)}, Chosen: chosen,
	}
	if p.OpenDeals > 0 {
		row.Said.Href = o.dealsIn(p.Period, barLostForecast)
	}
	if p.LostActualDeals > 0 {
		row.Came.Href = o.dealsIn(p.Period, barLostActual)
	}
	return row
}

// lostFor is why deals of the chosen period were lost, as people wrote it.
type lostFor struct {
	reason string
	parts  []*forecast.DealContribution
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
	for i, amount := range o.LargestRemainder(exact, o.Round(o.chosen.LostActual)) {
		list[i].amount = amount
	}
	return list
}

func (o *outcomeView) reasonName(r *lostFor) string {
	return cmp.Or(r.reason, o.T("outcome.lost.no_reason"))
}

func (o *outcomeView) lostReason(r *lostFor) lostReason {
	return lostReason{o.reasonName(r), o.Int(int64(len(r.parts))), parts.Cell{
		Text: o.RoundedAmount(r.amount),
		Href: o.ask.Href(urls.OutcomeDealsPath, "chosen", o.chosen.Period.Label(), "bar", barLostActual, "reason", cmp.Or(r.reason, noReason)),
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

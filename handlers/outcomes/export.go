package outcomes

import (
	"math"

	"milstolpe/handlers/report"
	"milstolpe/handlers/sheet"
	"milstolpe/handlers/urls"
	"milstolpe/handlers/web"
	"milstolpe/process"
	"milstolpe/process/forecast"
)

// outcomeReport is the report that the page shows; a workbook has the deals of the chosen period beside it.
func outcomeReport(v *web.Request) (made report.Report, err error) {
	var ask urls.OutcomeQuery
	if err := v.Query(&ask); err != nil {
		return made, err
	}
	err = v.Reports(func(r *web.ReportCache) error {
		if r.Model.FirstOpened() >= r.Model.Today() {
			return process.Missing("outcome.no_such_number")
		}
		o, err := newOutcomeView(v.Text, r, ask)
		if err != nil {
			return err
		}
		made = v.AsReports().Outcome(o.report)
		tables := append(made.Tables(), o.dealSheet())
		made.Tables = func() []sheet.Table { return tables }
		return nil
	})
	return made, err
}

// sheetAmount is an amount in major units with the decimals of its currency. What is not known is an empty cell.
func (o *outcomeView) sheetAmount(minor float64, known bool) sheet.Value {
	if !known {
		return sheet.Value{}
	}
	return sheet.Number(math.Round(minor)/o.MinorPerMajor+0, int(math.Round(math.Log10(o.MinorPerMajor)))) // plus nothing: no figure is minus nothing
}

func sheetShare(x float64, known bool) sheet.Value {
	if !known {
		return sheet.Value{}
	}
	return sheet.Percent(100*x, 1)
}

// dealSheet has every deal that has to do with the chosen period, and its bar.
func (o *outcomeView) dealSheet() sheet.Table {
	unit := o.Unit(o.Currency)
	t := sheet.Table{Name: o.Period(o.chosen.Period), Headers: []string{
		o.T("outcome.head.customer"), o.T("outcome.col.deal"), o.T("outcome.head.seller"), o.T("outcome.next.head"), o.T("outcome.col.value", unit),
		o.T("outcome.sheet.chance"), o.T("outcome.col.weight", unit), o.T("outcome.sheet.bar"), o.T("outcome.col.in_bar", unit),
		o.T("outcome.bars.value"), o.T("outcome.bars.currency"), o.T("outcome.col.came", unit),
	}}
	for _, p := range o.chosen.Parts {
		next := ""
		if p.Open {
			next = o.milestone(&forecast.NextBars{Next: p.Next, Process: p.Deal.Process()})
		}
		t.Rows = append(t.Rows, []sheet.Value{
			sheet.Text(o.model.Team().Customer(p.Customer)), sheet.Text(p.Deal.Now.Name), sheet.Text(o.model.Team().Person(p.Seller)), sheet.Text(next),
			o.sheetAmount(p.Value, p.Open), sheetShare(p.Phi, p.Open), o.sheetAmount(p.Expected(), p.Open),
			sheet.Text(o.T(barTexts[p.Bar].name)), o.sheetAmount(p.Amount, o.chosen.HasForecast),
			o.sheetAmount(p.ValueChange, p.ValueChange != 0), o.sheetAmount(p.CurrencyChange, p.CurrencyChange != 0), o.sheetAmount(p.Brought, p.Brought != 0),
		})
	}
	return t
}

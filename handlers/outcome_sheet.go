package handlers

import (
	"bytes"
	"math"

	"milstolpe/handlers/sheet"
	"milstolpe/process"
)

const outcomeSheetPath = "/outcome/sheet"

// downloadOutcome sends the periods of a report as CSV, or as a workbook with the deals of the chosen period beside them.
func downloadOutcome(v *visit) error {
	var ask outcomeAsk
	if err := v.query(&ask); err != nil {
		return err
	}
	var periods, deals sheet.Table
	err := v.reports(func(r *reportCache) error {
		if r.model.FirstOpened() >= r.model.Today() {
			return process.Missing("outcome.no_such_number")
		}
		o, err := newOutcomeView(v.text, r, ask)
		if err != nil {
			return err
		}
		periods, deals = o.periodSheet(), o.dealSheet()
		return nil
	})
	if err != nil {
		return err
	}
	var out bytes.Buffer
	switch v.Param("form") {
	case "csv":
		if err := sheet.WriteCSV(&out, periods, v.dialect()); err != nil {
			return err
		}
		return v.download(v.fileName("outcome.title")+".csv", typeCSV, out.Bytes())
	case "xlsx":
		if err := sheet.WriteXLSX(&out, periods, deals); err != nil {
			return err
		}
		return v.download(v.fileName("outcome.title")+".xlsx", typeXLSX, out.Bytes())
	}
	return process.Missing("error.no_such_page")
}

// sheetAmount is an amount in major units with the decimals of its currency. What is not known is an empty cell.
func (o *outcomeView) sheetAmount(minor float64, known bool) sheet.Value {
	if !known {
		return sheet.Value{}
	}
	return sheet.Number(math.Round(minor)/o.unit+0, int(math.Round(math.Log10(o.unit)))) // plus nothing: no figure is minus nothing
}

// periodSheet has a row for each period, oldest first: what was said, what came, and the bars between them.
func (o *outcomeView) periodSheet() sheet.Table {
	kind, unit := o.report.Query.Kind, o.Unit(o.currency)
	t := sheet.Table{Name: o.T(byPeriods[kind]), Headers: []string{
		o.T(periodHeads[kind]), o.T("outcome.sheet.start"), o.T("outcome.sheet.end"), o.T("outcome.sheet.as_of"), o.T("outcome.sheet.source"),
		o.T("outcome.col.said", unit), o.T("outcome.sheet.said_deals"), o.T("outcome.sheet.low", unit), o.T("outcome.sheet.high", unit),
		o.T("outcome.col.came", unit), o.T("outcome.sheet.came_deals"), o.T("outcome.col.difference", unit),
	}}
	for _, bar := range sheetBars {
		t.Headers = append(t.Headers, o.T(barTexts[bar].name))
	}
	t.Headers = append(t.Headers, o.T("outcome.col.lost_said", unit), o.T("outcome.col.lost_came", unit))
	for _, p := range o.report.Periods {
		source := ""
		if p.HasForecast {
			source = o.T(sourceTexts[p.Source].row)
		}
		done := p.HasForecast && p.Complete
		row := []sheet.Value{
			sheet.Text(p.Period.Label()), sheet.Day(p.Period.Start), sheet.Day(p.Period.End), sheet.Day(p.AsOf), sheet.Text(source),
			o.sheetAmount(p.Forecast, p.HasForecast), sheetNumber(p.ForecastDeals, p.HasForecast),
			o.sheetAmount(p.Range.P10, p.HasForecast && p.RangeShown), o.sheetAmount(p.Range.P90, p.HasForecast && p.RangeShown),
			o.sheetAmount(p.Actual, true), sheet.Whole(p.ActualDeals), o.sheetAmount(p.Actual-p.Forecast, done),
		}
		b := &p.Bridge
		for _, amount := range []float64{b.WonBeyond, b.Value, b.Currency, b.Outside, b.Lost, b.Slipped, b.Newcomers, b.Late} {
			row = append(row, o.sheetAmount(amount, done))
		}
		t.Rows = append(t.Rows, append(row, o.sheetAmount(p.LostForecast, done), o.sheetAmount(p.LostActual, done)))
	}
	return t
}

// sheetBars are the bars in the order of their columns.
var sheetBars = []process.Bar{
	process.BarWon, process.BarValue, process.BarCurrency, process.BarOutside, process.BarLost, process.BarSlipped, process.BarNewcomers,
	process.BarLate,
}

func sheetNumber(x float64, known bool) sheet.Value {
	if !known {
		return sheet.Value{}
	}
	return sheet.Number(x, 2)
}

func sheetShare(x float64, known bool) sheet.Value {
	if !known {
		return sheet.Value{}
	}
	return sheet.Percent(100*x, 1)
}

// dealSheet has every deal that has to do with the chosen period, and its bar.
func (o *outcomeView) dealSheet() sheet.Table {
	unit := o.Unit(o.currency)
	t := sheet.Table{Name: o.Period(o.chosen.Period), Headers: []string{
		o.T("outcome.head.customer"), o.T("outcome.col.deal"), o.T("outcome.head.seller"), o.T("outcome.next.head"), o.T("outcome.col.value", unit),
		o.T("outcome.sheet.chance"), o.T("outcome.col.weight", unit), o.T("outcome.sheet.bar"), o.T("outcome.col.in_bar", unit),
		o.T("outcome.bars.value"), o.T("outcome.bars.currency"), o.T("outcome.col.came", unit),
	}}
	for i := range o.chosen.Parts {
		p := &o.chosen.Parts[i]
		next := ""
		if p.Open {
			next = o.milestone(&process.NextBars{Next: p.Next, Process: p.Deal.Process()})
		}
		t.Rows = append(t.Rows, []sheet.Value{
			sheet.Text(o.team().Customer(p.Customer)), sheet.Text(p.Deal.Now.Name), sheet.Text(o.team().Person(p.Seller)), sheet.Text(next),
			o.sheetAmount(p.Value, p.Open), sheetShare(p.Phi, p.Open), o.sheetAmount(p.Expected(), p.Open),
			sheet.Text(o.T(barTexts[p.Bar].name)), o.sheetAmount(p.Amount, o.chosen.HasForecast),
			o.sheetAmount(p.ValueChange, p.ValueChange != 0), o.sheetAmount(p.CurrencyChange, p.CurrencyChange != 0), o.sheetAmount(p.Brought, p.Brought != 0),
		})
	}
	return t
}

package workbook

import (
	"maps"
	"math"
	"slices"
	"strings"
	"time"

	"milstolpe/handlers/i18n"
	"milstolpe/handlers/sheet"
	"milstolpe/process"
	"milstolpe/process/forecast"
	"milstolpe/process/winloss"
)

// markBegin begins the mark of a live workbook; the dataset of its team and its language follow.
const markBegin = "milstolpe-live-workbook"

// mark is by which a live workbook is known again.
type mark struct {
	dataset string
	lang    i18n.Lang
}

func (m mark) String() string {
	return strings.Join([]string{markBegin, m.dataset, string(m.lang)}, " ")
}

func parseMark(text string) (m mark, ok bool) {
	parts := strings.Fields(text)
	if len(parts) != 3 || parts[0] != markBegin {
		return m, false
	}
	lang, ok := i18n.ParseLang(parts[2])
	return mark{parts[1], lang}, ok
}

// outcomeSheet is forecast against actual, quarter by quarter from the first deal on.
func (b *book) outcomeSheet() (s sheet.BookSheet, err error) {
	var periods []*forecast.PeriodReport
	if b.m.FirstOpened() <= b.m.Today() {
		r, err := b.m.Report(forecast.Query{Kind: process.Quarter})
		if err != nil {
			return s, err
		}
		periods = r.Periods
	}
	return table(b.t, "outcome", periods, b.outcomeColumns()), nil
}

// outcomeColumns are those of the sheet of outcomes. A new one comes last.
func (b *book) outcomeColumns() []column[*forecast.PeriodReport] {
	type period = *forecast.PeriodReport
	came := func(minor func(period) float64) func(period) sheet.Value {
		return func(p period) sheet.Value { return b.sumIf(minor(p), p.Complete) }
	}
	return []column[period]{
		{"period", func(p period) sheet.Value { return sheet.Text(p.Period.Label()) }},
		{"start", func(p period) sheet.Value { return sheet.Day(p.Period.Start) }},
		{"end", func(p period) sheet.Value { return sheet.Day(p.Period.End) }},
		{"as_of", func(p period) sheet.Value { return sheet.Day(p.AsOf) }},
		{"source", func(p period) sheet.Value { return sheet.Text(b.t.T("cli.source." + string(p.Source))) }},
		{"forecast", func(p period) sheet.Value { return b.sumIf(p.Forecast, p.HasForecast) }},
		{"p10", func(p period) sheet.Value { return b.sumIf(p.Range.P10, p.RangeShown) }},
		{"p50", func(p period) sheet.Value { return b.sumIf(p.Range.P50, p.RangeShown) }},
		{"p90", func(p period) sheet.Value { return b.sumIf(p.Range.P90, p.RangeShown) }},
		{"actual", came(func(p period) float64 { return p.Actual })},
		{"actual_deals", func(p period) sheet.Value {
			if !p.Complete {
				return sheet.Value{}
			}
			return sheet.Whole(p.ActualDeals)
		}},
		{"naive", func(p period) sheet.Value {
			if p.Naive == nil {
				return sheet.Value{}
			}
			return b.sum(*p.Naive)
		}},
		{"won_beyond", came(func(p period) float64 { return p.Bridge.WonBeyond })},
		{"value_change", came(func(p period) float64 { return p.Bridge.Value })},
		{"currency_change", came(func(p period) float64 { return p.Bridge.Currency })},
		{"outside", came(func(p period) float64 { return p.Bridge.Outside })},
		{"lost", came(func(p period) float64 { return p.Bridge.Lost })},
		{"slipped", came(func(p period) float64 { return p.Bridge.Slipped })},
		{"newcomers", came(func(p period) float64 { return p.Bridge.Newcomers })},
		{"correction_bar", came(func(p period) float64 { return p.Bridge.Correction })},
		{"late", came(func(p period) float64 { return p.Bridge.Late })},
	}
}

// aboutRow is one thing that the workbook says of itself.
type aboutRow struct {
	name  string
	value sheet.Value
}

// aboutSheet says whose figures these are, as of when, and what no sum has in it. A new row comes last.
func (b *book) aboutSheet(now time.Time) sheet.BookSheet {
	won := winloss.UnratedWins(b.m, forecast.Scope{}, 0, process.FarFuture)
	open := 0
	currencies := map[string]bool{}
	for _, c := range won.Currencies {
		currencies[c] = true
	}
	for _, d := range b.m.OpenDeals(b.m.Today()) {
		if v := d.Now.Value; v != nil {
			if _, rated := b.team.Rates().Convert(*v, b.m.Today()); !rated {
				open++
				currencies[v.Currency] = true
			}
		}
	}
	unrated := sheet.Value{}
	if won.Won+open > 0 {
		unrated = sheet.Text(b.t.T("workbook.unrated", won.Won+open, b.t.List(slices.Sorted(maps.Keys(currencies))), b.team.Currency()))
	}
	rows := []aboutRow{
		{"team", sheet.Text(b.team.Company())},
		{"renewed", sheet.Text(now.Format("2006-01-02 15:04"))},
		{"currency", sheet.Text(b.team.Currency())},
		{"without_rate", sheet.Whole(won.Won + open)},
		{"without_rate_more", unrated},
		{"note", sheet.Text(b.t.T("workbook.note"))},
	}
	s := table(b.t, "about", rows, []column[aboutRow]{
		{"about", func(r aboutRow) sheet.Value { return sheet.Text(b.t.T("workbook.row." + r.name)) }},
		{"is", func(r aboutRow) sheet.Value { return r.value }},
	})
	s.Names = nil
	for i, r := range rows {
		s.Cells = append(s.Cells, sheet.NamedCell{Name: "about_" + r.name, Row: i, Column: 1})
	}
	return s
}

// sum is an amount in the reporting currency.
func (b *book) sum(minor float64) sheet.Value {
	return sheet.Number(math.Round(minor)/math.Pow10(b.places)+0, b.places) // plus nothing: no figure is minus nothing
}

func (b *book) sumIf(minor float64, known bool) sheet.Value {
	if !known {
		return sheet.Value{}
	}
	return b.sum(minor)
}

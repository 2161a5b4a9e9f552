package report

import (
	"cmp"
	"io"
	"strings"

	"milstolpe/handlers/sheet"
	"milstolpe/process/forecast"
	"milstolpe/process/stats"
)

// Outcome is forecast against actual.
func (p Reports) Outcome(r *forecast.Report) Report {
	return Report{
		JSON: func() any { return newReportJSON(r) },
		Tables: func() []sheet.Table {
			return []sheet.Table{newGrid(p.Text, allRows(r), p.forecastColumns(r)).sheet(p.Text.T("cli.sheet." + r.Query.Kind.String()))}
		},
		Show: func(out io.Writer) error { return p.showForecast(out, r) },
	}
}

// row is one period of the whole report or of a group.
type row struct {
	group  string
	period *forecast.PeriodReport
	c      amounts
}

func allRows(r *forecast.Report) []row {
	c := amountsOf(r.Currency)
	var rows []row
	for _, p := range r.Periods {
		rows = append(rows, row{"", p, c})
	}
	for _, g := range r.Groups {
		for _, p := range g.Periods {
			rows = append(rows, row{g.Name, p, c})
		}
	}
	return rows
}

func (r row) sum(minor float64) cell { return sumCell(r.c.of(minor)) }

func (r row) sumIf(minor float64, known bool) cell { return given(r.c.known(minor, known), sumCell) }

func (r row) cameIf(minor float64) cell { return r.sumIf(minor, r.period.Complete) }

func (r row) countIf(n int) cell {
	if !r.period.Complete {
		return cell{}
	}
	return countCell(n)
}

// forecastColumns are all figures of the report, for sheets. A report in parts has its groups below the whole.
func (p Reports) forecastColumns(r *forecast.Report) []column[row] {
	columns := []column[row]{
		{"cli.col.period", func(r row) cell { return textCell(r.period.Period.Label()) }},
		{"cli.col.start", func(r row) cell { return dayCell(r.period.Period.Start) }},
		{"cli.col.end", func(r row) cell { return dayCell(r.period.Period.End) }},
		{"cli.col.as_of", func(r row) cell { return dayCell(r.period.AsOf) }},
		{"cli.col.calibrated_on", func(r row) cell { return dayCell(r.period.CalibratedOn) }},
		{"cli.col.source", func(r row) cell { return textCell(p.Text.T("cli.source." + string(r.period.Source))) }},
		{"cli.col.open_deals", func(r row) cell { return countCell(r.period.OpenDeals) }},
		{"cli.col.pipeline", func(r row) cell { return r.sum(r.period.Pipeline) }},
		{"cli.col.not_yet_opened", func(r row) cell { return r.sumIf(r.period.NewMoney.Mean, r.period.NewMoney.Known) }},
		{"cli.col.correction", func(r row) cell { return r.sumIf(r.period.Correction, r.period.Corrected()) }},
		{"cli.col.forecast", func(r row) cell { return r.sumIf(r.period.Forecast, r.period.HasForecast) }},
		{"cli.col.forecast_deals", func(r row) cell { return numberIf(r.period.ForecastDeals, r.period.HasForecast) }},
		{"cli.col.p10", func(r row) cell { return r.sumIf(r.period.Range.P10, r.period.RangeShown) }},
		{"cli.col.p50", func(r row) cell { return r.sumIf(r.period.Range.P50, r.period.RangeShown) }},
		{"cli.col.p90", func(r row) cell { return r.sumIf(r.period.Range.P90, r.period.RangeShown) }},
		{"cli.col.range_factor", func(r row) cell { return numberIf(r.period.RangeFactor, r.period.RangeShown) }},
		{"cli.col.actual", func(r row) cell { return r.cameIf(r.period.Actual) }},
		{"cli.col.actual_deals", func(r row) cell { return r.countIf(r.period.ActualDeals) }},
		{"cli.col.naive", func(r row) cell { return given(r.c.ptr(r.period.Naive), sumCell) }},
		{"cli.col.won_beyond", func(r row) cell { return r.cameIf(r.period.Bridge.WonBeyond) }},
		{"cli.col.value_change", func(r row) cell { return r.cameIf(r.period.Bridge.Value) }},
		{"cli.col.currency_change", func(r row) cell { return r.cameIf(r.period.Bridge.Currency) }},
		{"cli.col.outside", func(r row) cell { return r.cameIf(r.period.Bridge.Outside) }},
		{"cli.col.lost", func(r row) cell { return r.cameIf(r.period.Bridge.Lost) }},
		{"cli.col.slipped", func(r row) cell { return r.cameIf(r.period.Bridge.Slipped) }},
		{"cli.col.newcomers", func(r row) cell { return r.cameIf(r.period.Bridge.Newcomers) }},
		{"cli.col.correction_bar", func(r row) cell { return r.cameIf(r.period.Bridge.Correction) }},
		{"cli.col.late", func(r row) cell { return r.cameIf(r.period.Bridge.Late) }},
		{"cli.col.lost_forecast", func(r row) cell { return r.sum(r.period.LostForecast) }},
		{"cli.col.lost_forecast_deals", func(r row) cell { return numberCell(r.period.LostForecastDeals, 6) }},
		{"cli.col.lost_actual", func(r row) cell { return r.cameIf(r.period.LostActual) }},
		{"cli.col.lost_actual_deals", func(r row) cell { return r.countIf(r.period.LostActualDeals) }},
	}
	if r.Query.By == "" {
		return columns
	}
	group := column[row]{"cli.col.by_" + byWord(r.Query.By), func(r row) cell { return textCell(r.group) }}
	return append([]column[row]{group}, columns...)
}

// byWord is the end of the keys of texts about a grouping; all lists of the team's own share one.
func byWord(by forecast.Grouping) string {
	if _, ofList := by.List(); ofList {
		return "list"
	}
	return string(by)
}

func numberIf(x float64, known bool) cell {
	if !known {
		return cell{}
	}
	return numberCell(x, 6)
}

// showForecast writes the report for a person: what was said and what came, period by period, and how far off that usually is.
func (p Reports) showForecast(out io.Writer, r *forecast.Report) error {
	c := amountsOf(r.Currency)
	if _, err := io.WriteString(out, p.Text.T("cli.amounts_in", r.Currency)+"\n\n"); err != nil {
		return err
	}
	if err := p.showPeriods(out, r.Periods, r.Summary, c); err != nil {
		return err
	}
	for _, g := range r.Groups {
		name := g.Name
		if name == "" {
			name = p.Text.T("cli.none_" + byWord(r.Query.By))
		}
		if _, err := io.WriteString(out, "\n"+OneLine(name)+"\n\n"); err != nil {
			return err
		}
		if err := p.showPeriods(out, g.Periods, g.Summary, c); err != nil {
			return err
		}
	}
	return p.showFits(out, r)
}

// showFits says of a report by a list whether the chances fit one group worse than another.
func (p Reports) showFits(out io.Writer, r *forecast.Report) error {
	if _, ofList := r.Query.By.List(); !ofList {
		return nil
	}
	fits := fitsOf(r)
	said := p.Text.T("lists.fit.none")
	var apart []string
	for _, g := range r.Groups {
		f := fits[g.Key]
		if f == nil || f.Beside == nil {
			continue
		}
		key := "lists.fit.more"
		if *f.Beside == "won_fewer" {
			key = "lists.fit.fewer"
		}
		apart = append(apart, OneLine(cmp.Or(g.Name, p.Text.T("cli.none_list")))+": "+p.Text.T(key, f.Won, p.Text.Dec(float64(f.Expected), 1)))
	}
	if len(apart) > 0 {
		said = p.Text.T("lists.fit.some", len(apart)) + "\n" + strings.Join(apart, "\n")
	}
	_, err := io.WriteString(out, "\n"+said+"\n")
	return err
}

func (p Reports) showPeriods(out io.Writer, periods []*forecast.PeriodReport, s forecast.Summary, c amounts) error {
	rows := make([]row, len(periods))
	for i, period := range periods {
		rows[i] = row{"", period, c}
	}
	g := newGrid(p.Text, rows, []column[row]{
		{"cli.col.period", func(r row) cell { return textCell(r.period.Period.Label()) }},
		{"cli.col.forecast", func(r row) cell { return r.sumIf(r.period.Forecast, r.period.HasForecast) }},
		{"cli.col.range", func(r row) cell { return p.rangeCell(r) }},
		{"cli.col.actual", func(r row) cell { return r.cameIf(r.period.Actual) }},
		{"cli.col.miss", func(r row) cell {
			return r.sumIf(r.period.Forecast-r.period.Actual, r.period.Complete && r.period.HasForecast)
		}},
		{"cli.col.said_deals", func(r row) cell { return numberIf(r.period.ForecastDeals, r.period.HasForecast) }},
		{"cli.col.came_deals", func(r row) cell { return r.countIf(r.period.ActualDeals) }},
		{"cli.col.as_of", func(r row) cell { return dayCell(r.period.AsOf) }},
		{"cli.col.source", func(r row) cell { return textCell(p.Text.T("cli.source." + string(r.period.Source))) }},
	})
	if err := g.table(out, p.Text); err != nil {
		return err
	}
	_, err := io.WriteString(out, "\n"+p.scoreLine(s)+"\n")
	return err
}

// rangeCell is where the total should probably lie, where there is enough to say it.
func (p Reports) rangeCell(r row) cell {
	if !r.period.RangeShown || !r.period.HasForecast {
		return cell{}
	}
	low, high := r.c.of(r.period.Range.P10), r.c.of(r.period.Range.P90)
	return textCell(p.Text.Dec(low.major(), 0) + "–" + p.Text.Dec(high.major(), 0))
}

// scoreLine says how far off the forecasts usually are, as far as that can be said.
func (p Reports) scoreLine(s forecast.Summary) string {
	if s.Periods == 0 {
		return p.Text.T("cli.score.none")
	}
	if s.WAPE == nil {
		return p.Text.T("cli.score.nothing_came", s.Periods)
	}
	line := p.Text.T("cli.score.miss", s.Periods, p.Text.Percent(*s.WAPE))
	if s.NaiveWAPE != nil {
		line += " " + p.Text.T("cli.score.naive", p.Text.Percent(*s.NaiveWAPE))
	}
	line += " " + p.Text.T("cli.score.inside", s.Inside, s.Periods)
	switch s.Lean {
	case stats.CannotTellLean:
		line += " " + p.Text.T("cli.score.lean_unknown")
	case stats.NoLean:
		line += " " + p.Text.T("cli.score.lean_none")
	case stats.TooHigh:
		line += " " + p.Text.T("cli.score.lean_high")
	case stats.TooLow:
		line += " " + p.Text.T("cli.score.lean_low")
	}
	return line
}

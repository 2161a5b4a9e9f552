package report

import (
	"encoding/json"
	"io"

	"milstolpe/handlers/sheet"
	"milstolpe/process"
	"milstolpe/process/forecast"
)

// Part is the forecast of one period, for all deals or for some of them.
type Part struct {
	Name   string
	Report *forecast.PeriodReport
	Target *float64 // in minor units; nil: none is set
}

// partJSON is a period that is running or still to come, as it looks from a day.
type partJSON struct {
	Won          amount  `json:"won"`
	WonDeals     int     `json:"won_deals"`
	Pipeline     amount  `json:"pipeline"`
	OpenDeals    int     `json:"open_deals"`
	NotYetOpened *amount `json:"not_yet_opened"`
	Correction   *amount `json:"correction"`
	Forecast     amount  `json:"forecast"`
	Deals        chance  `json:"forecast_deals"`
	P10          *amount `json:"p10"`
	P50          *amount `json:"p50"`
	P90          *amount `json:"p90"`
	Target       *amount `json:"target"`
}

// forecastJSON is the whole of it, and its parts.
type forecastJSON struct {
	Currency string       `json:"currency"`
	Period   string       `json:"period"`
	Start    process.Date `json:"start"`
	End      process.Date `json:"end"`
	AsOf     process.Date `json:"as_of"`
	partJSON
	Groups []partOfJSON `json:"groups"`
}

type partOfJSON struct {
	By   forecast.Grouping
	Name *string
	partJSON
}

// MarshalJSON writes {"seller":"Anna","won":…}.
func (g partOfJSON) MarshalJSON() ([]byte, error) {
	head, err := json.Marshal(map[forecast.Grouping]*string{g.By: g.Name})
	if err != nil {
		return nil, err
	}
	body, err := json.Marshal(g.partJSON)
	if err != nil {
		return nil, err
	}
	return append(append(head[:len(head)-1], ','), body[1:]...), nil
}

func (c amounts) part(p Part) partJSON {
	r := p.Report
	return partJSON{
		Won: c.of(r.WonSoFar), WonDeals: r.WonSoFarDeals, Pipeline: c.of(r.Pipeline), OpenDeals: r.OpenDeals,
		NotYetOpened: c.known(r.NewMoney.Mean, r.NewMoney.Known), Correction: c.known(r.Correction, r.Corrected()), Forecast: c.of(r.Uncorrected() + r.Correction), Deals: chance(r.ForecastDeals),
		P10: c.known(r.Range.P10, r.RangeShown), P50: c.known(r.Range.P50, r.RangeShown), P90: c.known(r.Range.P90, r.RangeShown), Target: c.ptr(p.Target),
	}
}

// Forecast is a period that is running or still to come: the whole, and by what it was split.
func (p Reports) Forecast(currency string, by forecast.Grouping, whole Part, parts []Part) Report {
	c := amountsOf(currency)
	r := whole.Report
	document := forecastJSON{
		Currency: currency, Period: r.Period.Label(), Start: r.Period.Start, End: r.Period.End, AsOf: r.AsOf, partJSON: c.part(whole), Groups: []partOfJSON{},
	}
	for _, part := range parts {
		document.Groups = append(document.Groups, partOfJSON{by, knownText(part.Name), c.part(part)})
	}
	whole.Name = p.Text.T("outcome.all")
	g := newGrid(p.Text, append([]Part{whole}, parts...), partColumns(c, by))
	return Report{
		JSON:   func() any { return document },
		Tables: func() []sheet.Table { return []sheet.Table{g.sheet(r.Period.Label())} },
		Show:   func(out io.Writer) error { return g.table(out, p.Text) },
	}
}

func partColumns(c amounts, by forecast.Grouping) []column[Part] {
	figure := func(key string, get func(partJSON) *amount) column[Part] {
		return column[Part]{key, func(p Part) cell { return given(get(c.part(p)), sumCell) }}
	}
	return []column[Part]{
		{"cli.col.by_" + string(by), func(p Part) cell { return textCell(p.Name) }},
		{"cli.col.period", func(p Part) cell { return textCell(p.Report.Period.Label()) }},
		{"cli.col.as_of", func(p Part) cell { return dayCell(p.Report.AsOf) }},
		figure("cli.col.won", func(j partJSON) *amount { return &j.Won }),
		{"cli.col.came_deals", func(p Part) cell { return countCell(p.Report.WonSoFarDeals) }},
		figure("cli.col.pipeline", func(j partJSON) *amount { return &j.Pipeline }),
		{"cli.col.open_deals", func(p Part) cell { return countCell(p.Report.OpenDeals) }},
		figure("cli.col.not_yet_opened", func(j partJSON) *amount { return j.NotYetOpened }),
		figure("cli.col.correction", func(j partJSON) *amount { return j.Correction }),
		figure("cli.col.forecast", func(j partJSON) *amount { return &j.Forecast }),
		figure("cli.col.p10", func(j partJSON) *amount { return j.P10 }),
		figure("cli.col.p50", func(j partJSON) *amount { return j.P50 }),
		figure("cli.col.p90", func(j partJSON) *amount { return j.P90 }),
		figure("cli.col.target", func(j partJSON) *amount { return j.Target }),
	}
}

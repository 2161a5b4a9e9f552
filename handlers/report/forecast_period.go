package report

import (
	"encoding/json"
	"io"

	"milstolpe/handlers/sheet"
	"milstolpe/process"
	"milstolpe/process/forecast"
	"milstolpe/process/winloss"
)

// Part is the forecast of one period, for all deals or for some of them.
type Part struct {
	Name   string
	Report *forecast.PeriodReport
	Target *float64          // in minor units; nil: none is set
	ToOpen *winloss.Openings // for the target; nil without one
}

// partJSON is a period that is running or still to come, as it looks from a day.
type partJSON struct {
	Won          amount      `json:"won"`
	WonDeals     int         `json:"won_deals"`
	Pipeline     amount      `json:"pipeline"`
	OpenDeals    int         `json:"open_deals"`
	NotYetOpened *amount     `json:"not_yet_opened"`
	Correction   *amount     `json:"correction"`
	Forecast     amount      `json:"forecast"`
	Deals        chance      `json:"forecast_deals"`
	P10          *amount     `json:"p10"`
	P50          *amount     `json:"p50"`
	P90          *amount     `json:"p90"`
	Target       *amount     `json:"target"`
	ToOpen       *toOpenJSON `json:"to_open"`
}

// toOpenJSON is how many deals must be opened for the target. What cannot be said is null; the advice says why.
type toOpenJSON struct {
	Advice    string        `json:"advice"`
	Missing   amount        `json:"missing"`
	Deals     *int          `json:"deals"`
	AtLeast   *int          `json:"at_least"`
	AtMost    *int          `json:"at_most"`
	From      *process.Date `json:"from"`
	By        *process.Date `json:"by"`
	UsualSize *amount       `json:"usual_size"`
	UsualDays *int          `json:"usual_days"`
	Share     *chance       `json:"share_won_in_time"`
	UsuallyOn *process.Date `json:"usually_won_on"` // a deal that is opened now, where that is too late
	WonDeals  *int          `json:"won_deals"`
}

var adviceNames = map[winloss.Advice]string{
	winloss.NothingToOpen: "nothing_to_open", winloss.TooFewWon: "too_few_won", winloss.TooLateToOpen: "too_late", winloss.OpenMore: "open_more",
}

func (c amounts) toOpen(o *winloss.Openings) *toOpenJSON {
	if o == nil {
		return nil
	}
	j := &toOpenJSON{Advice: adviceNames[o.Advice], Missing: c.of(o.Missing)}
	if o.Advice != winloss.NothingToOpen {
		j.WonDeals = &o.Won
	}
	if o.Size > 0 {
		j.UsualSize, j.UsualDays = c.known(o.Size, true), &o.Days
	}
	switch o.Advice {
	case winloss.OpenMore:
		j.Deals, j.AtLeast, j.AtMost, j.From, j.By, j.Share = &o.Deals, &o.AtLeast, &o.AtMost, &o.From, &o.By, knownChance(o.Share, true)
	case winloss.TooLateToOpen:
		j.UsuallyOn = &o.CountsIn
	case winloss.NothingToOpen, winloss.TooFewWon:
	}
	return j
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
		P10: c.known(r.Range.P10, r.RangeShown), P50: c.known(r.Range.P50, r.RangeShown), P90: c.known(r.Range.P90, r.RangeShown), Target: c.ptr(p.Target), ToOpen: c.toOpen(p.ToOpen),
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
		{"cli.col.by_" + byWord(by), func(p Part) cell { return textCell(p.Name) }},
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
		{"cli.col.to_open", func(p Part) cell { return ofAdvice(p, countCell, func(o *winloss.Openings) int { return o.Deals }) }},
		{"cli.col.open_by", func(p Part) cell { return ofAdvice(p, dayCell, func(o *winloss.Openings) process.Date { return o.By }) }},
	}
}

// ofAdvice is empty where it cannot be said how many deals must be opened; where none must be, so is the day.
func ofAdvice[T any](p Part, show func(T) cell, get func(*winloss.Openings) T) cell {
	if p.ToOpen == nil || p.ToOpen.Advice == winloss.TooFewWon || p.ToOpen.Advice == winloss.TooLateToOpen {
		return cell{}
	}
	return show(get(p.ToOpen))
}

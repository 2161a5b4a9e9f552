package home

import (
	"milstolpe/handlers/figures"
	"milstolpe/handlers/i18n"
	"milstolpe/handlers/parts"
	"milstolpe/handlers/urls"
	"milstolpe/handlers/web"
	"milstolpe/process"
	"milstolpe/process/forecast"
)

// ending is how many days before its end a quarter is told together with the next one.
const ending = 14

// quarterSentence says where the quarter ends, and how well such sentences have held.
func quarterSentence(v *web.Request, r *web.ReportCache) (lead, reason []i18n.Piece) {
	t, m := v.Text, r.Model
	currency := m.Team().Currency()
	p := v.FileInfo.Calendar.Period(process.Quarter, v.Today)
	now := r.Forecast(p, v.Today, forecast.Scope{})
	target := targetWords(v, m, now)
	switch {
	case v.Today == p.End:
		lead = t.Sentence("home.ends_today", i18n.Link(t.ShortCode(figures.Minor(now.WonSoFar, currency)), forecastPath(p)), now.WonSoFarDeals)
	case !now.RangeShown:
		lead = t.Sentence("home.no_range", p.End, i18n.Link(t.ShortCode(figures.Minor(now.WonSoFar, currency)), forecastPath(p)), now.OpenDeals)
	case now.WonSoFarDeals == 0:
		lead = t.Sentence("home.range_none_won", rangeLink(t, now, currency))
	default:
		lead = t.Sentence("home.range", rangeLink(t, now, currency), i18n.Link(t.ShortCode(figures.Minor(now.WonSoFar, currency)), forecastPath(p)))
	}
	lead = append(lead, target...)
	if p.End.Sub(v.Today) < ending {
		if next := r.Forecast(p.Next(), v.Today, forecast.Scope{}); next.RangeShown {
			lead = append(lead, i18n.Piece{Text: " "})
			lead = append(lead, t.Sentence("home.next_range", rangeLink(t, next, currency))...)
		}
	}
	return lead, trackRecord(v, r, now)
}

// forecastPath is the page about a period.
func forecastPath(p process.Period) string { return string(urls.Forecasts) + "?period=" + p.Label() }

func rangeLink(t *i18n.Text, r *forecast.PeriodReport, currency string) i18n.Piece {
	return i18n.Link(t.ShortRange(figures.Minor(r.Range.P10, currency), figures.Minor(r.Range.P90, currency)), forecastPath(r.Period))
}

// targetWords names the team's target of a period, if it has one, and what is probably missing to it.
func targetWords(v *web.Request, m *forecast.Model, now *forecast.PeriodReport) []i18n.Piece {
	target, _, ok := m.Team().Calls().TargetFor(now.Period.Label(), "")
	if !ok {
		return nil
	}
	t, space := v.Text, i18n.Piece{Text: " "}
	said := t.ShortCode(target.Amount)
	converted, ok := m.Team().Rates().Convert(target.Amount, v.Today)
	if !ok {
		return append([]i18n.Piece{space}, t.Sentence("home.target", said)...)
	}
	missing := func(of float64) float64 { return float64(converted.Minor) - of }
	short := func(minor float64) string { return t.ShortCode(figures.Minor(minor, converted.Currency)) }
	var words []i18n.Piece
	switch ends := v.Today == now.Period.End || !now.RangeShown; {
	case missing(now.WonSoFar) <= 0:
		words = t.Sentence("home.target_reached", said)
	case v.Today == now.Period.End:
		words = t.Sentence("home.target_missed", said, short(missing(now.WonSoFar)))
	case ends:
		words = t.Sentence("home.target_left", said, short(missing(now.WonSoFar)))
	case missing(now.Range.P10) <= 0:
		words = t.Sentence("home.target_safe", said)
	case missing(now.Range.P90) <= 0:
		words = t.Sentence("home.target_near", said, short(missing(now.Range.P10)))
	default:
		words = t.Sentence("home.target_short", said, t.ShortRange(figures.Minor(missing(now.Range.P90), converted.Currency), figures.Minor(missing(now.Range.P10), converted.Currency)))
	}
	return append([]i18n.Piece{space}, words...)
}

// enoughPeriods is how many quarters it takes to say how far off forecasts usually are (model, section 9).
const enoughPeriods = 4

// trackRecord says how far off forecasts of quarters have usually been; while that cannot be told, what is lacking.
func trackRecord(v *web.Request, r *web.ReportCache, now *forecast.PeriodReport) []i18n.Piece {
	if !now.RangeShown {
		closed, periods := r.Model.RangeBasis(now, 0)
		needs := v.Text.Sentence("home.range_needs", min(closed, forecast.RangeNeedsDeals), forecast.RangeNeedsDeals, min(periods, forecast.RangeNeedsPeriods), forecast.RangeNeedsPeriods)
		return parts.Sentences(needs, v.Text.Sentence("home.range_sooner", urls.ImportPath))
	}
	past, err := r.Report(forecast.Query{Kind: process.Quarter})
	if err != nil || past.Summary.WAPE == nil || past.Summary.Periods < enoughPeriods {
		return nil
	}
	return v.Text.Sentence("home.usual_miss", i18n.Link(v.Text.Percent(*past.Summary.WAPE), string(urls.Outcome)))
}

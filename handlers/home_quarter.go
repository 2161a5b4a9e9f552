package handlers

import (
	"milstolpe/process"
	"milstolpe/process/forecast"
)

// ending is how many days before its end a quarter is told together with the next one.
const ending = 14

// quarterSentence says where the quarter ends, and how well such sentences have held.
func quarterSentence(v *visit, r *reportCache) (lead, reason []Piece) {
	t, m := v.text, r.model
	currency := m.Team().Currency()
	p := v.brief.calendar.Period(process.Quarter, v.today)
	now := r.Forecast(p, v.today, forecast.Scope{})
	target := targetWords(v, m, p, v.today == p.End)
	switch {
	case v.today == p.End:
		lead = t.Sentence("home.ends_today", link(t.ShortCode(minor(now.WonSoFar, currency)), forecastPath(p)), now.WonSoFarDeals)
	case !now.RangeShown:
		lead = t.Sentence("home.no_range", p.End, link(t.ShortCode(minor(now.WonSoFar, currency)), forecastPath(p)), now.OpenDeals)
	case now.WonSoFarDeals == 0:
		lead = t.Sentence("home.range_none_won", rangeLink(t, now, currency))
	default:
		lead = t.Sentence("home.range", rangeLink(t, now, currency), link(t.ShortCode(minor(now.WonSoFar, currency)), forecastPath(p)))
	}
	lead = append(lead, target...)
	if p.End.Sub(v.today) < ending {
		if next := r.Forecast(p.Next(), v.today, forecast.Scope{}); next.RangeShown {
			lead = append(lead, Piece{Text: " "})
			lead = append(lead, t.Sentence("home.next_range", rangeLink(t, next, currency))...)
		}
	}
	return lead, trackRecord(v, r, now)
}

// forecastPath is the page about a period.
func forecastPath(p process.Period) string { return string(Forecasts) + "?period=" + p.Label() }

func rangeLink(t *Text, r *forecast.PeriodReport, currency string) Piece {
	return link(t.ShortRange(minor(r.Range.P10, currency), minor(r.Range.P90, currency)), forecastPath(r.Period))
}

// targetWords names the team's target of a period, if it has one.
func targetWords(v *visit, m *forecast.Model, p process.Period, past bool) []Piece {
	target, _, ok := m.Team().TargetFor(p.Label(), "")
	if !ok {
		return nil
	}
	key := "home.target"
	if past {
		key = "home.target_was"
	}
	return append([]Piece{{Text: " "}}, v.text.Sentence(key, v.text.ShortCode(target.Amount))...)
}

// enoughPeriods is how many quarters it takes to say how far off forecasts usually are (model, section 9).
const enoughPeriods = 4

// trackRecord says how far off forecasts of quarters have usually been; while that cannot be told, what is lacking.
func trackRecord(v *visit, r *reportCache, now *forecast.PeriodReport) []Piece {
	if !now.RangeShown {
		closed, periods := r.model.RangeBasis(now, 0)
		needs := v.text.Sentence("home.range_needs", min(closed, forecast.RangeNeedsDeals), forecast.RangeNeedsDeals, min(periods, forecast.RangeNeedsPeriods), forecast.RangeNeedsPeriods)
		return sentences(needs, v.text.Sentence("home.range_sooner", importPath))
	}
	past, err := r.Report(forecast.Query{Kind: process.Quarter})
	if err != nil || past.Summary.WAPE == nil || past.Summary.Periods < enoughPeriods {
		return nil
	}
	return v.text.Sentence("home.usual_miss", link(v.text.Percent(*past.Summary.WAPE), string(Outcome)))
}

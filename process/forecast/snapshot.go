package forecast

import (
	"math"

	"milstolpe/process"
)

// notedLeads is how many periods a noting covers: the one it is made in and the next four (model, section 9).
const notedLeads = 5

// applySnapshot puts what was noted for the period and day in the place of what is rebuilt. What became known of that day afterwards is a
// bar of its own, so that the bars still add up.
func (m *Model) applySnapshot(r *PeriodReport, in Scope) {
	if !r.HasForecast || in != (Scope{}) {
		return
	}
	n := m.notedFor(r.Period.Label(), r.AsOf)
	if n == nil || n.Currency != m.team.Currency() {
		return
	}
	r.Noted, r.Source, r.RangeFactor = n, Noted, n.RangeFactor
	if n.RangeFactor == 0 {
		r.Source, r.RangeFactor = NotedEarlier, 1
	}
	r.Bridge.Late = r.Forecast - float64(n.Total)
	r.Forecast, r.ForecastDeals = float64(n.Total), n.Deals
	r.Tau = n.Tau
	if n.P10 != nil && n.P50 != nil && n.P90 != nil {
		r.Range.P10, r.Range.P50, r.Range.P90 = float64(*n.P10), float64(*n.P50), float64(*n.P90)
	}
}

// Rebuilt is the forecast made from everything that is known today of the as-of day. Where one was noted it may be another.
func (r *PeriodReport) Rebuilt() float64 {
	if r.Noted == nil {
		return r.Forecast
	}
	return r.Forecast + r.Bridge.Late
}

// notedFor is what was noted for a period as of a day; of several the one made from most events, then the earliest.
func (m *Model) notedFor(label string, asOf process.Date) *process.NotedFigure {
	var best *process.NotedFigure
	most := -1
	for _, e := range m.team.NotedForecasts() {
		if e.Value.Events <= most {
			continue
		}
		for j := range e.Value.Figures {
			if f := &e.Value.Figures[j]; f.Period == label && f.AsOf == asOf {
				best, most = f, e.Value.Events
			}
		}
	}
	return best
}

// Note makes the facts that keep what is forecast in the periods that contain today, of each length for which nobody has yet.
func (m *Model) Note() []process.Fact {
	if m.deals.First() >= m.today {
		return nil
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	note := &process.ForecastNoted{Stamp: process.Stamp{Known: m.today}, Events: m.team.Events()}
	for _, k := range process.PeriodKinds {
		p := m.team.Calendar().Period(k, m.today)
		asOf := p.Start - 1
		if asOf < m.deals.First() || asOf < m.team.Founded || m.notedFor(p.Label(), asOf) != nil {
			continue
		}
		for lead := range notedLeads {
			note.Figures = append(note.Figures, m.figure(m.period(p, asOf, lead, Scope{}), lead))
			p = p.Next()
		}
	}
	if len(note.Figures) == 0 {
		return nil
	}
	return []process.Fact{note}
}

func (m *Model) figure(r *PeriodReport, lead int) process.NotedFigure {
	f := process.NotedFigure{
		Period: r.Period.Label(), AsOf: r.AsOf, Lead: lead, Currency: m.team.Currency(), OpenDeals: r.OpenDeals,
		Pipeline: whole(r.WonSoFar + r.Pipeline), FromOpen: whole(r.Pipeline), Total: whole(r.Forecast), Deals: r.ForecastDeals, Tau: r.Tau,
	}
	f.P10, f.P50, f.P90 = wholePtr(r.Range.P10), wholePtr(r.Range.P50), wholePtr(r.Range.P90)
	f.RangeFactor = r.RangeFactor
	if r.Corrected() {
		f.Correction = wholePtr(r.Correction)
	}
	if r.NewMoney.Known {
		f.NewDeals = wholePtr(r.NewMoney.Mean)
	}
	return f
}

func whole(v float64) int64 { return int64(math.Round(v)) }

func wholePtr(v float64) *int64 { w := whole(v); return &w }

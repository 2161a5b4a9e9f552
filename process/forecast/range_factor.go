package forecast

import (
	"math"
	"slices"

	"milstolpe/process/stats"
)

// shownRange is the range of a period as it was shown, with the forecast beside it.
type shownRange struct {
	forecast float64
	ends     stats.Range
	shown    bool
}

// learnRange gives a range the place of the corrected forecast and the width that its record asks for (model, section 8).
func (m *Model) learnRange(r *PeriodReport, lead int, in Scope) {
	r.RangeFactor = 1
	if r.RangeShown {
		r.RangeFactor = m.rangeFactor(r, lead, in)
	}
	if t := r.Uncorrected(); t != 0 {
		r.Range = r.Range.Scaled(r.Forecast / t)
	}
	r.Range = r.Range.Widened(r.RangeFactor)
	r.Range.P10 = max(r.Range.P10, r.WonSoFar)
}

// rangeFactor is f: how much wider or narrower ranges of this length, lead and scope have to be, by how often earlier ones held what
// came. It is worked out from the record each time and never kept, so it is the same from whatever day it is looked back on.
func (m *Model) rangeFactor(r *PeriodReport, lead int, in Scope) float64 {
	if r.Period.Contains(r.AsOf) {
		lead = 0
	}
	f := 1.0
	for _, c := range slices.Backward(m.learnFrom(r.Period, r.AsOf, lead, math.MaxInt)) {
		c.asOf = c.period.AsOf(lead)
		if c.asOf < m.first {
			continue
		}
		if was := m.shownRangeOf(c, lead, in); was.shown {
			f = stats.NextFactor(f, was.ends.Holds(m.actualOf(c, r.AsOf, in).money, was.forecast))
		}
	}
	return f
}

// shownRangeOf is made under the lock.
func (m *Model) shownRangeOf(c comparablePeriod, lead int, in Scope) shownRange {
	key := periodKey{c.period.Start, c.period.End, c.asOf, lead, in}
	if s, ok := m.shownRanges[key]; ok {
		return s
	}
	r := m.newPeriod(c.period, c.asOf)
	m.addForecast(r, m.contributionsOf(c.asOf, c.period.Start, c.period.End), lead, in)
	if r.RangeShown {
		if raw, ok := m.rawRanges[key]; ok {
			r.Range = raw
		} else {
			r.spread()
			m.rawRanges[key] = r.Range
		}
		m.learnRange(r, lead, in)
		m.applySnapshot(r, in)
	}
	s := shownRange{forecast: r.Forecast, ends: r.Range, shown: r.RangeShown}
	m.shownRanges[key] = s
	return s
}

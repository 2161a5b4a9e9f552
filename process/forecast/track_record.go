package forecast

import (
	"iter"
	"slices"

	"milstolpe/process"
	"milstolpe/process/cohort"
	"milstolpe/process/stats"
)

// comparablePeriod is an earlier period of the same length, seen from the day that corresponds to the as-of day.
type comparablePeriod struct {
	period process.Period
	asOf   process.Date
}

// lookbackPeriods is how far back the spread of newcomers and the method's own errors are looked at, in periods (model, section 8).
const lookbackPeriods = 12

// trackRecord is what the model's own past says about its errors at this length and lead, for the deals of a group, oldest first (model,
// section 8).
type trackRecord struct {
	newMoney, newDeals []float64 // x_1 … x_k
	misses             []stats.Record
	naive              *float64
}

func (m *Model) trackRecord(p process.Period, asOf process.Date, lead int, in Scope) trackRecord {
	var r trackRecord
	for _, c := range slices.Backward(m.learnFrom(p, asOf, lead, lookbackPeriods)) {
		got := m.actualOf(c, asOf, in)
		r.newMoney, r.newDeals = append(r.newMoney, got.newMoney), append(r.newDeals, got.newDeals)
		r.naive = &got.money
		miss := m.expectedOf(c, in)
		miss.Actual = got.open
		r.misses = append(r.misses, miss)
	}
	return r
}

// scopedKey is an outlook, and some of its deals.
type scopedKey struct {
	contributionsKey
	scope Scope
}

// expectedOf is what the open deals were expected to bring in an earlier period, and how much that varies.
func (m *Model) expectedOf(c comparablePeriod, in Scope) stats.Record {
	key := scopedKey{contributionsKey{c.asOf, c.period.Start, c.period.End}, in}
	if r, ok := m.misses.get(c.asOf, key); ok {
		return r
	}
	var r stats.Record
	for part := range m.partsOf(m.contributionsOf(c.asOf, c.period.Start, c.period.End), in) {
		r.Forecast += part.Value * part.Phi
		r.Variance += part.Value * part.Value * part.Phi * (1 - part.Phi)
	}
	m.misses.put(c.asOf, key, r)
	return r
}

// actual is what a period brought: in all, from deals that were open on the as-of day, and from newcomers.
type actual struct {
	money, open, newMoney, newDeals float64
	deals                           int
}

// actualOf is what an earlier period brought, as known on the day.
func (m *Model) actualOf(c comparablePeriod, known process.Date, in Scope) actual {
	key := scopedKey{contributionsKey{c.asOf, c.period.Start, c.period.End}, in}
	a, ok := m.actuals.get(known, key)
	if !ok {
		for w, open := range m.winsKnownOn(c, known, in) {
			a.add(w, open, m.deals.WasOver(w, c.asOf))
		}
		m.actuals.put(known, key, a)
	}
	return a
}

// add counts a win of a deal that was open on the as-of day, or else of one that was over by then, or else of a newcomer.
func (a *actual) add(w cohort.Win, open, over bool) {
	a.money += w.Value
	a.deals++
	switch {
	case open:
		a.open += w.Value
	case !over:
		a.newMoney += w.Value
		a.newDeals++
	}
}

// winsKnownOn are the wins of an earlier period that a scope holds, as known on a day, each with whether the deal was open on the as-of
// day. For the whole team that needs nothing of what the open deals promised.
func (m *Model) winsKnownOn(c comparablePeriod, known process.Date, in Scope) iter.Seq2[cohort.Win, bool] {
	return func(yield func(cohort.Win, bool) bool) {
		if in != (Scope{}) {
			for w := range m.winsOf(m.contributionsOf(c.asOf, c.period.Start, c.period.End), known, in) {
				if !yield(w.Win, w.part >= 0) {
					return
				}
			}
			return
		}
		published := map[process.ProcessID]bool{}
		for _, p := range m.deals.Processes() {
			published[p] = m.published(p)
		}
		for _, w := range m.deals.WonIn(c.period.Start, c.period.End) {
			w, ok := m.deals.WinOn(w, known)
			if ok && !yield(w, m.deals.IsOpen(w.Deal, c.asOf) && published[w.Deal.Process()]) {
				return
			}
		}
	}
}

// published reports whether there is a version of the process, without which no deal of it is in a forecast.
func (m *Model) published(p process.ProcessID) bool {
	proc, ok := m.team.Process(p)
	return ok && proc.Current() != nil
}

package forecast

import (
	"cmp"
	"slices"

	"milstolpe/process"
	"milstolpe/process/cohort"
)

// WonSoFar are the deals that a forecast of a running period counts as won already, the largest first; Brought is what each brought.
func (m *Model) WonSoFar(r *PeriodReport, in Scope) []*DealContribution {
	m.mu.Lock()
	defer m.mu.Unlock()
	var list []*DealContribution
	for _, w := range m.wonBy(r.Period, r.AsOf, in) {
		list = append(list, &DealContribution{
			Deal: w.Deal, Brought: w.Value, Seller: w.Deal.SellerOn(w.Since), Customer: w.Deal.CustomerOn(w.Since), Next: m.nextAt(w.Deal, w.Since),
		})
	}
	slices.SortStableFunc(list, func(a, b *DealContribution) int { return cmp.Compare(b.Brought, a.Brought) })
	return list
}

// BroughtBy is what the deals that WonSoFar lists for a period seen from a day have brought together.
func (m *Model) BroughtBy(p process.Period, day process.Date, in Scope) (sum float64) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, w := range m.wonBy(p, day, in) {
		sum += w.Value
	}
	return sum
}

// WonBy are the wins of a scope in the period as known on the day, by identity of the deal.
func (m *Model) WonBy(p process.Period, day process.Date, in Scope) []cohort.Win {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.wonBy(p, day, in)
}

// wonBy are the wins of a scope in the period as known on the day, by identity of the deal.
func (m *Model) wonBy(p process.Period, day process.Date, in Scope) []cohort.Win {
	var list []cohort.Win
	for _, w := range m.deals.WonIn(p.Start, min(p.End, day)) {
		if w, ok := m.deals.WinOn(w, day); ok && w.Deal.Exists(day) && in.HoldsClose(m, w.Deal, w.Close) {
			list = append(list, w)
		}
	}
	slices.SortFunc(list, func(a, b cohort.Win) int { return m.deals.Compare(a.Deal, b.Deal) })
	return list
}

package forecast

import (
	"math"

	"milstolpe/process"
	"milstolpe/process/sales"
	"milstolpe/process/stats"
)

// Leaning is which way a seller's numbers lean, as far as the numbers allow it to be said.
type Leaning string

// The leanings. One is named only beyond two-sided 95 % (model, section 11).
const (
	CannotTell Leaning = "cannot_tell"
	LeansHigh  Leaning = "leans_high"
	LeansLow   Leaning = "leans_low"
)

// leanFrom is how many values it takes to name a leaning.
const leanFrom = 6

// SellerLeaning is how one seller's own numbers compare with what came: three things apart, and what their milestones were worth.
// Sellers are never ranked.
type SellerLeaning struct {
	Seller       process.PersonID
	Calls        int // periods with a call of their own
	CallBias     *float64
	CallLeaning  Leaning
	Values       int // won deals
	ValueBias    *float64
	ValueLeaning Leaning
	Dates        int // won deals with an expected close
	DateDays     *float64
	DateLeaning  Leaning // high: later than said
	Deals        int     // deals on as-of days
	Z            *float64
	Evidence     Leaning // high: their milestones lead to fewer wins than others'
}

// Sellers looks at each seller over the complete periods of a query.
func (m *Model) Sellers(q Query) ([]SellerLeaning, error) {
	q.By, q.Scope, q.Source = "", Scope{}, ""
	r, err := m.Report(q)
	if err != nil {
		return nil, err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	tallies := map[process.PersonID]*sellerTally{}
	of := func(id process.PersonID) *sellerTally {
		t, ok := tallies[id]
		if !ok {
			t = &sellerTally{}
			tallies[id] = t
		}
		return t
	}
	for _, p := range r.Periods {
		if !p.Complete || !p.HasForecast {
			continue
		}
		came := map[process.PersonID]float64{}
		for _, part := range p.Parts {
			came[part.Seller] += part.Brought
			if part.Open {
				of(part.Seller).part(part)
			}
		}
		for _, seller := range m.sellersOn(p.Period, p.AsOf) {
			if v, ok := m.call(p.Period, process.SellerLayer, seller, p.AsOf); ok {
				of(seller).calls.Add(v, came[seller])
				of(seller).callErrors = append(of(seller).callErrors, v-came[seller])
			}
		}
	}
	list := make([]SellerLeaning, 0, len(tallies))
	for _, id := range sales.SortedKeys(tallies) {
		if id != "" {
			list = append(list, tallies[id].leaning(id))
		}
	}
	return list, nil
}

type sellerTally struct {
	calls       stats.ErrorStats
	callErrors  []float64
	values      stats.ErrorStats
	valueErrors []float64
	days        []float64
	evidence    stats.ZTest
	deals       int
	seen        map[*sales.Deal]bool
}

func (t *sellerTally) part(p *DealContribution) {
	won := p.Bar == BarWon
	t.deals++
	t.evidence.Add(p.Phi, p.Value, won)
	if !won || t.seen[p.Deal] {
		return
	}
	if t.seen == nil {
		t.seen = map[*sales.Deal]bool{}
	}
	t.seen[p.Deal] = true
	closing := p.Value + p.ValueChange
	t.values.Add(p.Value, closing)
	t.valueErrors = append(t.valueErrors, p.Value-closing)
	if first := p.Deal.FirstExpectedClose(); first != 0 {
		t.days = append(t.days, float64(p.Deal.Now.Close.On.Sub(first)))
	}
}

func (t *sellerTally) leaning(id process.PersonID) SellerLeaning {
	l := SellerLeaning{
		Seller: id, Calls: t.calls.Periods(), CallBias: share(t.calls.Bias()), CallLeaning: leaningOf(t.callErrors),
		Values: t.values.Periods(), ValueBias: share(t.values.Bias()), ValueLeaning: leaningOf(t.valueErrors),
		Dates: len(t.days), DateLeaning: leaningOf(t.days), Deals: t.deals, Evidence: CannotTell,
	}
	if n := len(t.days); n > 0 {
		sum := 0.0
		for _, d := range t.days {
			sum += d
		}
		mean := sum / float64(n)
		l.DateDays = &mean
	}
	if z, ok := t.evidence.Z(); ok {
		l.Z = &z
		if stats.Significant(z) {
			l.Evidence = LeansLow
			if z < 0 {
				l.Evidence = LeansHigh
			}
		}
	}
	return l
}

// leaningOf names a leaning where a t-test of the errors is beyond two-sided 95 %.
func leaningOf(errors []float64) Leaning {
	t, p, ok := stats.PairedT(errors)
	if !ok || len(errors) < leanFrom || p >= 0.05 || t == 0 || math.IsNaN(t) {
		return CannotTell
	}
	if t > 0 {
		return LeansHigh
	}
	return LeansLow
}

package forecast

import (
	"cmp"
	"math"
	"slices"

	"milstolpe/process"
)

// Miss is how much the deal adds to actual − forecast: its bar with the changes of value and currency.
func (p *DealContribution) Miss() float64 { return p.Amount + p.ValueChange + p.CurrencyChange }

// In lists the deals of a bar, those with the largest amounts first. Of a change of value or currency they are the won deals that have one.
func (r *PeriodReport) In(bar Bar) []*DealContribution {
	var list []*DealContribution
	for _, p := range r.Parts {
		if p.AmountIn(bar) != 0 || p.Bar == bar {
			list = append(list, p)
		}
	}
	slices.SortStableFunc(list, func(a, b *DealContribution) int {
		return cmp.Compare(math.Abs(b.AmountIn(bar)), math.Abs(a.AmountIn(bar)))
	})
	return list
}

// AmountIn is the deal's part of a bar; the newcomers' expected sum is nobody's, and so is what became known late.
func (p *DealContribution) AmountIn(bar Bar) float64 {
	switch bar {
	case BarValue:
		return p.ValueChange
	case BarCurrency:
		return p.CurrencyChange
	case BarWon, BarOutside, BarLost, BarSlipped, BarNewcomers, BarLate:
	}
	if p.Bar == bar {
		return p.Amount
	}
	return 0
}

// Explaining are the at most n deals that explain most of the difference between forecast and actual: those that pull to the side to
// which it fell (model, section 9).
func (r *PeriodReport) Explaining(n int) []*DealContribution {
	side := math.Copysign(1, r.Actual-r.Forecast)
	var list []*DealContribution
	for i := range r.Parts {
		if r.Parts[i].Miss()*side > 0 {
			list = append(list, r.Parts[i])
		}
	}
	slices.SortStableFunc(list, func(a, b *DealContribution) int { return cmp.Compare(b.Miss()*side, a.Miss()*side) })
	return list[:min(n, len(list))]
}

// NextBars is the difference of a period for the deals that waited for the same required milestone on the as-of day; Next is empty for
// those that had passed them all. Newcomers were not open then, so they are in none.
type NextBars struct {
	Next     process.MilestoneID
	Process  process.ProcessID // of the first such deal
	Deals    int
	Forecast float64 // Σ v·φ
	Won      float64 // beyond the expected share
	Lost     float64
	Slipped  float64
}

// Gone is the money that was lost or slipped, as a positive amount.
func (b *NextBars) Gone() float64 { return -(b.Lost + b.Slipped) }

// ByNext splits a period by next required milestone, in the order of the processes.
func (m *Model) ByNext(r *PeriodReport) []NextBars {
	rows := map[process.MilestoneID]*NextBars{}
	var order []groupOf
	for _, p := range r.Parts {
		if !p.Open {
			continue
		}
		row, ok := rows[p.Next]
		if !ok {
			row = &NextBars{Next: p.Next, Process: p.Deal.Process()}
			rows[p.Next] = row
			order = append(order, groupOf{key: string(p.Next)})
		}
		row.Deals++
		row.Forecast += p.Expected()
		row.Won += p.AmountIn(BarWon)
		row.Lost += p.AmountIn(BarLost)
		row.Slipped += p.AmountIn(BarSlipped)
	}
	m.inProcessOrder(order)
	list := make([]NextBars, len(order))
	for i, g := range order {
		list[i] = *rows[process.MilestoneID(g.key)]
	}
	return list
}

// Of scores the periods of one source apart from the others.
func (r *Report) Of(source Source) Summary {
	var list []*PeriodReport
	for _, p := range r.Periods {
		if p.Source == source {
			list = append(list, p)
		}
	}
	return summarise(list)
}

// RangeNeeds is how many closed deals and complete periods it takes to show a range (model, section 8).
const (
	RangeNeedsDeals   = minClosed
	RangeNeedsPeriods = minPeriods
)

// RangeBasis is how many closed deals and complete like periods there were on the as-of day of a period: why its range is not shown.
func (m *Model) RangeBasis(r *PeriodReport, lead int) (closed, periods int) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.closedBy(r.AsOf), len(m.learnFrom(r.Period, r.AsOf, lead, lookbackPeriods))
}

package forecast

import (
	"slices"

	"milstolpe/process"
	"milstolpe/process/sales"
	"milstolpe/process/stats"
)

// Summary scores a row of periods: the complete ones that had a forecast. Shares are null where nothing came to divide by.
type Summary struct {
	Periods   int
	Misses    stats.ErrorStats
	Bias      *float64 // Σ(F−A)/ΣA
	WAPE      *float64 // Σ|F−A|/ΣA, the usual miss
	NaiveWAPE *float64 // over the periods that have a naive forecast
	Inside    int      // periods whose actual lay inside the range
	Within10  int
	Within25  int
	Brier     *stats.BrierScore // over deals, each once per period
	Lean      stats.Bias
}

func summarise(periods []*PeriodReport) Summary {
	var s Summary
	var naive stats.ErrorStats
	var brier stats.Brier
	for _, p := range periods {
		if !p.Complete || !p.HasForecast {
			continue
		}
		s.Periods++
		s.Misses.Add(p.Forecast, p.Actual)
		if p.Range.Holds(p.Actual, p.Forecast) {
			s.Inside++
		}
		if p.Naive != nil {
			naive.Add(*p.Naive, p.Actual)
		}
		for _, part := range p.Parts {
			if part.Open {
				brier.Add(part.Standing, part.Phi, part.Bar == BarWon)
			}
		}
	}
	s.Bias, s.WAPE, s.NaiveWAPE = share(s.Misses.Bias()), share(s.Misses.WAPE()), share(naive.WAPE())
	s.Within10, s.Within25, s.Lean = s.Misses.Within10, s.Misses.Within25, s.Misses.Lean()
	if b, ok := brier.Score(); ok {
		s.Brier = &b
	}
	return s
}

func share(v float64, ok bool) *float64 {
	if !ok {
		return nil
	}
	return &v
}

type groupOf struct {
	key, name string
	scope     Scope
}

// groups finds the groups that any deal of the periods belongs to.
func (m *Model) groups(periods []*PeriodReport, q Query) []groupOf {
	found := map[string]groupOf{}
	for _, p := range periods {
		for i := range p.Parts {
			g := m.groupFor(p.Parts[i], q)
			found[g.key] = g
		}
	}
	list := make([]groupOf, 0, len(found))
	for _, key := range sales.SortedKeys(found) {
		list = append(list, found[key])
	}
	if q.By == ByMilestone {
		m.inProcessOrder(list)
	}
	if id, ok := q.By.List(); ok {
		in, _ := m.team.Lists().List(id)
		slices.SortStableFunc(list, func(a, b groupOf) int { return in.Place(process.ChoiceID(a.key)) - in.Place(process.ChoiceID(b.key)) })
	}
	return list
}

func (m *Model) groupFor(p *DealContribution, q Query) groupOf {
	g := groupOf{scope: q.Scope}
	switch q.By {
	case BySeller:
		g.key, g.name, g.scope.Seller = string(p.Seller), m.team.Person(p.Seller), p.Seller
		g.scope.NoSeller = p.Seller == ""
	case ByProcess:
		g.key, g.scope.Process = string(p.Deal.Process()), p.Deal.Process()
		if proc, ok := m.team.Process(p.Deal.Process()); ok {
			g.name = proc.Name()
		}
	case ByCustomer:
		g.key, g.name, g.scope.Customer = string(p.Customer), m.team.Customer(p.Customer), p.Customer
		g.scope.NoCustomer = p.Customer == ""
	case ByMilestone:
		next := p.Next
		if !p.Open {
			next = m.nextAt(p.Deal, p.Deal.CloseOn(process.FarFuture).Known)
		}
		g.key, g.name, g.scope.ByNext, g.scope.Next = string(next), m.MilestoneName(p.Deal.Process(), next), true, next
	default:
		list, _ := q.By.List()
		choice := p.Deal.Choices().Of(list)
		g.key, g.name, g.scope.Picks = string(choice), m.team.Lists().ChoiceName(list, choice), q.Scope.Picks.With(list, choice)
	}
	return g
}

// MilestoneName is how a milestone is called in the process as it is now; its key where it is no longer there.
func (m *Model) MilestoneName(p process.ProcessID, key process.MilestoneID) string {
	if proc, ok := m.team.Process(p); ok {
		versions := proc.Versions()
		for i := len(versions) - 1; i >= 0; i-- {
			if ms, ok := versions[i].Definition.Milestone(key); ok {
				return ms.Name
			}
		}
	}
	return string(key)
}

// inProcessOrder sorts groups by next milestone in the order of the processes, with those that have passed them all last.
func (m *Model) inProcessOrder(groups []groupOf) {
	place := map[string]int{"": 1 << 20}
	for _, p := range m.team.Processes() {
		if v := p.Current(); v != nil {
			for _, key := range v.Required {
				if _, ok := place[string(key)]; !ok {
					place[string(key)] = len(place)
				}
			}
		}
	}
	at := func(g groupOf) int {
		if i, ok := place[g.key]; ok {
			return i
		}
		return 1 << 19
	}
	slices.SortStableFunc(groups, func(a, b groupOf) int { return at(a) - at(b) })
}

package forecast

import (
	"cmp"
	"math"
	"slices"

	"milstolpe/process"
	"milstolpe/process/sales"
	"milstolpe/process/stats"
)

// DiagramNeeds is how many closed deals it takes to hold chances against what came of them; DiagramPointNeeds how many at one standing.
const (
	DiagramNeeds      = 30
	DiagramPointNeeds = 8
)

// ReliabilityDiagram holds the chances of a process against what came of them (model, section 9). Each closed deal counts once for each standing, with
// the chance it had on the first as-of day on which it was there.
type ReliabilityDiagram struct {
	Process      process.ProcessID
	Kind         process.PeriodKind // as-of days are the days before these periods start
	Closed       int                // closed deals of the process; below DiagramNeeds the rest says little
	Points       []DiagramPoint     // in order of passed milestones, moving before stalled; only those with deals
	Median       float64            // value on the as-of day, in minor units of the reporting currency
	Below, Above ReliabilityHalf    // up to the median, and over it
	Brier        *stats.BrierScore  // of all chances on the as-of days of which nine in ten of the open deals have ended; nil: none
}

// DiagramPoint is one standing.
type DiagramPoint struct {
	Standing  Standing
	Deals     []DiagramDeal
	Wins      int
	Said      float64 // mean chance
	Won       float64 // share
	Low, High float64 // Wilson 80 % interval of Won
}

// DiagramDeal is one deal at one standing.
type DiagramDeal struct {
	Deal   *sales.Deal
	AsOf   process.Date
	Chance float64
	Value  float64
	Won    bool
}

// ReliabilityHalf is the deals on one side of the median value.
type ReliabilityHalf struct {
	Deals     int
	Wins      int
	Said, Won float64
}

// Fit is how a chance compares with what came of it.
type Fit uint8

// The fits. A chance holds when it lies in the interval of the share that was won.
const (
	CannotTellFit Fit = iota
	Holds
	ChanceTooHigh
	ChanceTooLow
)

// Fit judges the point.
func (p *DiagramPoint) Fit() Fit {
	switch {
	case len(p.Deals) < DiagramPointNeeds:
		return CannotTellFit
	case p.Said > p.High:
		return ChanceTooHigh
	case p.Said < p.Low:
		return ChanceTooLow
	}
	return Holds
}

// Diagram draws up the diagram of a process from the as-of days of all periods of a length until today.
func (m *Model) Diagram(id process.ProcessID, kind process.PeriodKind) *ReliabilityDiagram {
	m.mu.Lock()
	defer m.mu.Unlock()
	d := &ReliabilityDiagram{Process: id, Kind: kind}
	for _, deal := range m.deals.Deals() {
		if c := deal.CloseOn(m.today); deal.Process() == id && c != nil && c.Outcome != process.Void {
			d.Closed++
		}
	}
	if m.deals.First() > m.today {
		return d
	}
	points, seen := map[Standing]*DiagramPoint{}, map[placedKey]bool{}
	var brier stats.Brier
	for p := m.team.Calendar().Period(kind, m.deals.First()); p.Start-1 <= m.today; p = p.Next() {
		ended, open := m.openAt(id, p.Start-1)
		for i := range ended {
			deal := &ended[i]
			if len(ended)*10 >= (len(ended)+open)*9 {
				brier.Add(deal.standing, deal.Chance, deal.Won)
			}
			key := placedKey{deal.Deal, deal.standing}
			if seen[key] {
				continue
			}
			seen[key] = true
			if points[deal.standing] == nil {
				points[deal.standing] = &DiagramPoint{Standing: deal.standing}
			}
			points[deal.standing].Deals = append(points[deal.standing].Deals, deal.DiagramDeal)
		}
	}
	if s, ok := brier.Score(); ok {
		d.Brier = &s
	}
	for _, point := range points {
		point.sum()
		d.Points = append(d.Points, *point)
	}
	slices.SortFunc(d.Points, func(a, b DiagramPoint) int {
		x, y := a.Standing, b.Standing
		return cmp.Or(boolOrder(x.Unknown, y.Unknown), cmp.Compare(x.Passed, y.Passed), boolOrder(x.Stalled, y.Stalled))
	})
	d.sides()
	return d
}

type placedKey struct {
	deal     *sales.Deal
	standing Standing
}

type placedDeal struct {
	DiagramDeal
	standing Standing
}

// openAt are the deals that were open on the day and have ended since, with the chance that they had, and how many have not. It is asked
// under the lock.
func (m *Model) openAt(id process.ProcessID, day process.Date) (ended []placedDeal, open int) {
	for _, deal := range m.deals.Deals() {
		if deal.Process() != id {
			continue
		}
		if !m.deals.IsOpen(deal, day) {
			continue
		}
		c := m.ahead(id, day)
		s, _, ok := m.stands(deal, c, day)
		if !ok {
			continue
		}
		switch end := deal.CloseOn(m.today); {
		case end == nil:
			open++
		case end.Outcome != process.Void:
			ended = append(ended, placedDeal{DiagramDeal{deal, day, c.Chance(s), m.team.ValueOn(deal, day), end.Outcome == process.Won}, s})
		}
	}
	return ended, open
}

// sum adds a point up, its deals in one order so that the last digit is always the same.
func (p *DiagramPoint) sum() {
	slices.SortFunc(p.Deals, func(a, b DiagramDeal) int {
		return cmp.Or(cmp.Compare(a.AsOf, b.AsOf), cmp.Compare(a.Deal.ID, b.Deal.ID))
	})
	for i := range p.Deals {
		p.Said += p.Deals[i].Chance
		if p.Deals[i].Won {
			p.Wins++
		}
	}
	n := float64(len(p.Deals))
	p.Said /= n
	p.Won = float64(p.Wins) / n
	p.Low, p.High = stats.Wilson(p.Wins, len(p.Deals))
}

// sides splits all deals at the median of their values.
func (d *ReliabilityDiagram) sides() {
	var values []float64
	for i := range d.Points {
		for j := range d.Points[i].Deals {
			values = append(values, d.Points[i].Deals[j].Value)
		}
	}
	if len(values) == 0 {
		return
	}
	slices.Sort(values)
	d.Median = values[(len(values)-1)/2]
	for i := range d.Points {
		for j := range d.Points[i].Deals {
			deal := &d.Points[i].Deals[j]
			if deal.Value <= d.Median {
				d.Below.add(deal)
			} else {
				d.Above.add(deal)
			}
		}
	}
	d.Below.mean()
	d.Above.mean()
}

func (s *ReliabilityHalf) add(d *DiagramDeal) {
	s.Deals++
	s.Said += d.Chance
	if d.Won {
		s.Wins++
	}
}

func (s *ReliabilityHalf) mean() {
	n := math.Max(1, float64(s.Deals))
	s.Said /= n
	s.Won = float64(s.Wins) / n
}

func boolOrder(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	}
	return 1
}

package forecast

import (
	"milstolpe/process"
	"milstolpe/process/sales"
)

// chanceFor is what follows from a standing alone; seen adds what depends on the days.
func (c *Calibration) chanceFor(s Standing) Chance {
	switch {
	case s.Unknown:
		return c.byStanding[len(c.byStanding)-1]
	case s.Stalled:
		return c.byStanding[2*s.Passed+1]
	}
	return c.byStanding[2*s.Passed]
}

// workOut works out what look says.
func (c *Calibration) workOut(s Standing) Chance {
	f := c.At(s)
	out := Chance{
		Standing: s, Chance: f.Chance, N: f.N, Deals: f.Deals, Wins: f.Wins, MostlyStart: f.MostlyStart(), Prior: f.Prior, Patience: f.Patience,
		Calibration: c, Next: c.next(s.Passed), halfWay: c.HalfWay(s),
	}
	out.Low, out.High = f.Interval()
	return out
}

// asOf is the chance of a deal that has stood in this place since a day, looked at from another.
func (c Chance) asOf(since, asOf process.Date) Chance {
	c.Since = since
	if c.Patience.Known && !c.Stalled && !c.Unknown {
		c.StallsOn = since.AddDays(c.Patience.Days + 1)
	}
	c.Likely = max(since, c.Calibration.On).AddDays(c.halfWay)
	c.Overdue = c.Likely < asOf
	return c
}

// DealToday is an open deal as it stands today, for lists and for what needs attention. The chance is zero only where nothing
// was learned. Where StandingKnown is false the deal counts as an average one, because it was imported without milestones.
type DealToday struct {
	Deal *sales.Deal
	Chance
	StandingKnown bool
	Value         float64 // in minor units of the reporting currency, with today's rate
	Waited        int     // days in the same place
	StallsIn      int     // days until it stalls; 0: it has, or never will
	IfStalled     float64 // the chance once it has stalled
}

// soon is how many days ahead a deal is listed as stalling soon (model, section 2).
const soon = 7

// Expected is the value times the chance.
func (d *DealToday) Expected() float64 { return d.Value * d.Chance.Chance }

// StallsSoon tells that the normal wait ends within a week.
func (d *DealToday) StallsSoon() bool { return d.StallsIn > 0 && d.StallsIn <= soon }

// LongStalled tells that the deal has waited more than twice as long as is normal: is it still alive?
func (d *DealToday) LongStalled() bool { return d.Stalled && d.Waited > 2*d.Patience.Days }

// DealsToday are all open deals as they stand today.
func (m *Model) DealsToday() []DealToday {
	m.mu.Lock()
	defer m.mu.Unlock()
	type place struct {
		c *Calibration
		s Standing
	}
	known := map[place]Chance{} // an interval costs more than everything else, and few standings serve all deals
	list := []DealToday{}
	for _, d := range m.deals.Deals() {
		if !m.deals.IsOpen(d, m.today) {
			continue
		}
		today := DealToday{Deal: d, Value: m.team.ValueOn(d, m.today)}
		if c, s, since, ok := m.standingAt(d, m.today); ok {
			at := place{c, s}
			chance, there := known[at]
			if !there {
				chance = c.chanceFor(s)
				known[at] = chance
			}
			today.put(chance.asOf(since, m.today), m.today)
		}
		list = append(list, today)
	}
	return list
}

// DealToday is one deal as it stands today; false for one that is not open.
func (m *Model) DealToday(d *sales.Deal) (DealToday, bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if !m.deals.IsOpen(d, m.today) {
		return DealToday{}, false
	}
	today := DealToday{Deal: d, Value: m.team.ValueOn(d, m.today)}
	if c, s, since, ok := m.standingAt(d, m.today); ok {
		today.put(c.chanceFor(s).asOf(since, m.today), m.today)
	}
	return today, true
}

func (d *DealToday) put(c Chance, today process.Date) {
	d.Chance, d.StandingKnown = c, !c.Unknown
	d.Waited = today.Sub(c.Since)
	if c.StallsOn > today {
		d.StallsIn = c.StallsOn.Sub(today)
	}
	if !c.Unknown {
		d.IfStalled = c.Calibration.Chance(Standing{Passed: c.Passed, Stalled: true})
	}
}

// Prospect is what the chance would be if a milestone were reached today, after those before it in the list.
type Prospect struct {
	Milestone process.MilestoneID
	Passed    int // required milestones passed then; ones that are there already count along
	Chance    float64
}

// Prospects are the required milestones that an open deal still has before it, each with the chance that it would lead to.
func (m *Model) Prospects(d *sales.Deal) []Prospect {
	m.mu.Lock()
	defer m.mu.Unlock()
	c, s, _, ok := m.standingAt(d, m.today)
	if !ok {
		return nil
	}
	there := map[process.MilestoneID]bool{}
	for i := range d.Marks() {
		there[d.Marks()[i].Milestone] = there[d.Marks()[i].Milestone] || d.MarkEffectiveOn(&d.Marks()[i], m.today)
	}
	followed := d.VersionsOn(m.today)
	has := func(key process.MilestoneID) bool { return there[key] || !m.team.Requires(followed, key) }
	var list []Prospect
	required := c.Version.Required
	for at := s.Passed; at < len(required); {
		key := required[at]
		for at++; at < len(required) && has(required[at]); {
			at++
		}
		list = append(list, Prospect{Milestone: key, Passed: at, Chance: c.Chance(Standing{Passed: at})})
	}
	return list
}

package forecast

import (
	"slices"
	"time"

	"milstolpe/process"
	"milstolpe/process/sales"
	"milstolpe/process/stats"
)

// fewClosed is the number of closed deals below which counts are redone every week (model, section 3).
const fewClosed = 30

// Calibration is what was learned about a process on a calibration day: everything in it was known before On.
type Calibration struct {
	Process process.ProcessID
	Version *sales.Version // with which all deals are read
	On      process.Date
	*stats.Fitted

	byStanding []Chance // what follows from each standing alone
}

type calibrationKey struct {
	process process.ProcessID
	on      process.Date
}

// Calibration is what was learned of a process as it stood on the day; nil when the process has no version or the model no deal of it
// and no version either.
func (m *Model) Calibration(p process.ProcessID, asOf process.Date) *Calibration {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.calibration(p, asOf)
}

func (m *Model) calibration(p process.ProcessID, asOf process.Date) *Calibration {
	proc, ok := m.team.Process(p)
	if !ok || proc.Current() == nil {
		return nil
	}
	key := calibrationKey{p, m.calibrationDay(proc, asOf)}
	if c, ok := m.calibrations[key]; ok {
		return c
	}
	c := m.learn(proc, key.on)
	m.calibrations[key] = c
	return c
}

// CalibrationDay is C(D), the day before which everything was known that is used on day D (model, section 3).
func (m *Model) CalibrationDay(p process.ProcessID, asOf process.Date) process.Date {
	m.mu.Lock()
	defer m.mu.Unlock()
	proc, ok := m.team.Process(p)
	if !ok {
		return 0
	}
	return m.calibrationDay(proc, asOf)
}

func (m *Model) calibrationDay(p *sales.Process, asOf process.Date) process.Date {
	day := (process.Calendar{FiscalYearStart: time.January}).Period(m.team.CalibrationOn(asOf), asOf).Start
	if deals, ok := m.procs[p.ID]; !ok || deals.closedBefore(day) < fewClosed {
		day = asOf.Monday()
	}
	versions := p.Versions()
	for i, v := range versions {
		// The first version has nothing before it that would have to be learned anew.
		if i > 0 && v.Known <= asOf && v.Known > day {
			day = v.Known
		}
	}
	return day
}

func (m *Model) learn(p *sales.Process, on process.Date) *Calibration {
	// The version that is published on a calibration day is the reason for that day, so it is the one to read with.
	v := p.VersionOn(on)
	answer, _ := m.team.WinsOfTenOn(on)
	terms := stats.Params{Required: len(v.Required), Answer: answer}
	for g := range v.Required {
		days, ok := v.Definition.Patience(g)
		terms.Written = append(terms.Written, stats.StallLimit{Days: days, Known: ok})
	}
	var deals []stats.History
	if _, ok := m.procs[p.ID]; ok {
		r := m.spellTable(p.ID, v)
		deals = append(r.plain[:len(r.plain):len(r.plain)], m.others(p.ID, r, on)...)
	}
	c := &Calibration{Process: p.ID, Version: v, On: on, Fitted: stats.Fit(int(on), deals, terms)}
	for passed := range len(v.Required) + 1 {
		c.byStanding = append(c.byStanding, c.workOut(Standing{Passed: passed}), c.workOut(Standing{Passed: passed, Stalled: true}))
	}
	return c
}

// Chance is where an open deal stands on a day and what follows from it (model, sections 6 and 7).
type Chance struct {
	Standing
	Since       process.Date // entered: first day of the stay
	Chance      float64
	Low, High   float64 // 80 % interval
	Deals, Wins int     // closed deals that spent a day here, and the won among them
	MostlyStart bool    // the chance rests mostly on the starting value
	Prior       float64
	Patience    stats.StallLimit
	StallsOn    process.Date // first day on which it counts as stalled; zero: never, or already
	Likely      process.Date // likely day of the win
	Overdue     bool         // that day has passed
	Next        process.MilestoneID
	Calibration *Calibration

	halfWay int // days until the likely win
}

// Chance looks at a deal as it was known on the day. It answers false for a deal that was not open then, or whose standing is not known.
func (m *Model) Chance(d *sales.Deal, asOf process.Date) (Chance, bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	c, s, since, ok := m.standingAt(d, asOf)
	if !ok {
		return Chance{}, false
	}
	return c.chanceFor(s).asOf(since, asOf), true
}

// next is the required milestone that comes after so many passed ones; none when all are.
func (c *Calibration) next(passed int) process.MilestoneID {
	if passed < len(c.Version.Required) {
		return c.Version.Required[passed]
	}
	return ""
}

// standingAt finds where a deal stands on the day and since when, if it was open then.
func (m *Model) standingAt(d *sales.Deal, asOf process.Date) (c *Calibration, s Standing, since process.Date, ok bool) {
	if !m.openOn(d, asOf) {
		return nil, s, 0, false
	}
	c = m.calibration(d.Process(), asOf)
	s, since, ok = m.stands(d, c, asOf)
	return c, s, since, ok
}

// stands finds where an open deal stands on the day, and since when. It answers false where that is not known, or nothing was learned.
func (m *Model) stands(d *sales.Deal, c *Calibration, asOf process.Date) (s Standing, since process.Date, ok bool) {
	if c == nil {
		return s, 0, false
	}
	stays := m.spellTable(d.Process(), c.Version).stays[d.Index()]
	for i := len(stays) - 1; i >= 0; i-- {
		if stays[i].From <= asOf {
			return c.StandingAfter(stays[i].Passed, asOf.Sub(stays[i].From)), stays[i].From, true
		}
	}
	return s, 0, false
}

// OpenDeals are the deals that were open on the day, as known then.
func (m *Model) OpenDeals(asOf process.Date) []*sales.Deal {
	return slices.Collect(m.everyOpen(asOf))
}

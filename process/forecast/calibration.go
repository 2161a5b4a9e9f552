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
	Process   process.ProcessID
	Version   *sales.Version // with which all deals are read
	On        process.Date
	WinsOfTen float64 // the answer that the starting value comes from
	Answered  bool    // and whether it is the team's own
	*stats.Fitted

	byStanding []Chance // what follows from each standing alone
}

type calibrationKey struct {
	process process.ProcessID
	on      process.Date
	version process.EventID // that published it: a merge may bring two of one identity
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
	return m.calibratedOnce(proc, asOf, false)
}

// CalibrationAhead is what looks from a day into periods uses for the deals of a process; nil where there is none.
func (m *Model) CalibrationAhead(p process.ProcessID, asOf process.Date) *Calibration {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.ahead(p, asOf)
}

// ahead is what looks from a day into periods uses: C(D+1), made of what was known on D (model, section 3). A period that starts on the
// next day is so forecast with counts made on the day on which it starts.
func (m *Model) ahead(p process.ProcessID, asOf process.Date) *Calibration {
	proc, ok := m.team.Process(p)
	if !ok || proc.Current() == nil {
		return nil
	}
	return m.calibratedOnce(proc, asOf, true)
}

type calibratedKey struct {
	process process.ProcessID
	ahead   bool
}

// calibratedOnce finds which calibration is in use on a day once for all deals.
func (m *Model) calibratedOnce(proc *sales.Process, asOf process.Date, ahead bool) *Calibration {
	key := calibratedKey{proc.ID, ahead}
	c, ok := m.calibratedFor.get(asOf, key)
	if !ok {
		of := asOf
		if ahead {
			of++
		}
		c = m.fit(proc, m.calibrationDay(proc, of, asOf), asOf)
		m.calibratedFor.put(asOf, key, c)
	}
	return c
}

func (m *Model) fit(p *sales.Process, on, known process.Date) *Calibration {
	known = min(known, on)
	key := calibrationKey{p.ID, on, p.VersionOn(known).Event}
	if c, ok := m.calibrations[key]; ok {
		return c
	}
	c := m.learn(p, on, known, m.deals.Histories)
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
	return m.calibrationDay(proc, asOf, asOf)
}

// calibrationDay is C of a day, by the setting and the versions that were known on another.
func (m *Model) calibrationDay(p *sales.Process, of, known process.Date) process.Date {
	day := (process.Calendar{FiscalYearStart: time.January}).Period(m.team.Settings().CalibrationOn(known), of).Start
	if m.deals.ClosedBefore(p.ID, day) < fewClosed {
		day = of.Monday()
	}
	versions := p.Versions()
	for i, v := range versions {
		// The first version has nothing before it that would have to be learned anew.
		if i > 0 && v.Known <= known && v.Known > day {
			day = v.Known
		}
	}
	return day
}

// learn fits deals on a calibration day, with the version and the team's answer as they were known.
func (m *Model) learn(p *sales.Process, on, known process.Date, deals histories) *Calibration {
	// The version that is published on a calibration day is the reason for that day, so it is the one to read with.
	v := p.VersionOn(known)
	answer, answered := m.team.Settings().WinsOfTenOn(known)
	terms := stats.Params{Required: len(v.Required), Answer: answer}
	for g := range v.Required {
		days, ok := v.Definition.Patience(g)
		terms.Written = append(terms.Written, stats.StallLimit{Days: days, Known: ok})
	}
	c := &Calibration{Process: p.ID, Version: v, On: on, WinsOfTen: answer, Answered: answered, Fitted: stats.Fit(int(on), deals(p.ID, v, on), terms)}
	for passed := range len(v.Required) + 1 {
		c.byStanding = append(c.byStanding, c.workOut(Standing{Passed: passed}), c.workOut(Standing{Passed: passed, Stalled: true}))
	}
	c.byStanding = append(c.byStanding, c.workOut(Standing{Unknown: true}))
	return c
}

// histories are the deals of a process as they read with a version, as far as they were known before a day.
type histories func(p process.ProcessID, v *sales.Version, before process.Date) []stats.History

// Chance is where an open deal stands on a day and what follows from it (model, sections 6 and 7).
type Chance struct {
	Standing
	Since       process.Date // entered: first day of the stay
	Chance      float64
	Low, High   float64 // 80 % interval
	N           float64 // deals that it rests on: closed ones, and open ones by how sure their end is
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

// Chance looks at a deal as it was known on the day. It answers false for a deal that was not open then.
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

// NextUnknown stands for the next required milestone of a deal whose place is unknown, which is a group of its own.
const NextUnknown process.MilestoneID = "?"

// nextOf is the group of a standing: its next required milestone.
func (c *Calibration) nextOf(s Standing) process.MilestoneID {
	if s.Unknown {
		return NextUnknown
	}
	return c.next(s.Passed)
}

// AnyUnknown reports whether any deal of the process that was opened on or before the day was imported without milestones.
func (m *Model) AnyUnknown(p process.ProcessID, asOf process.Date) bool {
	if proc, ok := m.team.Process(p); !ok || proc.Current() == nil || len(proc.VersionOn(asOf).Required) == 0 {
		return false
	}
	return slices.ContainsFunc(m.deals.Deals(), func(d *sales.Deal) bool {
		opened, _ := d.Opened()
		return d.Process() == p && opened <= asOf && d.Exists(asOf) && d.Openings()[0].Value.NoSteps
	})
}

// StandingOn is where a deal stands as known on the day; not ok for one that is not open then, or has no process.
func (m *Model) StandingOn(d *sales.Deal, asOf process.Date) (s Standing, ok bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	_, s, _, ok = m.standingAt(d, asOf)
	return s, ok
}

// standingAt finds where a deal stands on the day and since when, if it was open then.
func (m *Model) standingAt(d *sales.Deal, asOf process.Date) (c *Calibration, s Standing, since process.Date, ok bool) {
	if !m.deals.IsOpen(d, asOf) {
		return nil, s, 0, false
	}
	c = m.calibration(d.Process(), asOf)
	s, since, ok = m.stands(d, c, asOf)
	return c, s, since, ok
}

// stands finds where an open deal stands on the day, and since when: from its opening on where its place is unknown. It answers false
// where nothing was learned.
func (m *Model) stands(d *sales.Deal, c *Calibration, asOf process.Date) (s Standing, since process.Date, ok bool) {
	if c == nil {
		return s, 0, false
	}
	stays := m.deals.Table(d.Process(), c.Version).Spells(d)
	if d.StandingUnknownOn(asOf, c.Version.Required) { // before anybody has said, and from when that was taken back
		stays = nil
	}
	for i := len(stays) - 1; i >= 0; i-- {
		if stays[i].From <= asOf {
			return c.StandingAfter(stays[i].Passed, asOf.Sub(stays[i].From)), stays[i].From, true
		}
	}
	opened, _ := d.Opened()
	return Standing{Unknown: true}, opened, true
}

// OpenDeals are the deals that were open on the day, as known then.
func (m *Model) OpenDeals(asOf process.Date) []*sales.Deal {
	return slices.Collect(m.deals.Open(asOf))
}

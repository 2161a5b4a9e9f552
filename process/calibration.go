package process

import (
	"slices"
	"time"

	"milstolpe/process/counting"
)

// fewClosed is the number of closed deals below which counts are redone every week (model, section 3).
const fewClosed = 30

// Calibration is what was learned about a process on a calibration day: everything in it was known before On.
type Calibration struct {
	Process ProcessID
	Version *Version // with which all deals are read
	On      Date
	*counting.Learned

	looks []Chance // what follows from each standing alone
}

type calibrationKey struct {
	process ProcessID
	on      Date
}

// Calibration is what was learned of a process as it stood on the day; nil when the process has no version or the model no deal of it
// and no version either.
func (m *Model) Calibration(p ProcessID, asOf Date) *Calibration {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.calibration(p, asOf)
}

func (m *Model) calibration(p ProcessID, asOf Date) *Calibration {
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
func (m *Model) CalibrationDay(p ProcessID, asOf Date) Date {
	m.mu.Lock()
	defer m.mu.Unlock()
	proc, ok := m.team.Process(p)
	if !ok {
		return 0
	}
	return m.calibrationDay(proc, asOf)
}

func (m *Model) calibrationDay(p *Process, asOf Date) Date {
	day := (Calendar{FiscalYearStart: time.January}).Period(m.team.CalibrationOn(asOf), asOf).Start
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

func (m *Model) learn(p *Process, on Date) *Calibration {
	// The version that is published on a calibration day is the reason for that day, so it is the one to read with.
	v := p.VersionOn(on)
	answer, _ := m.team.WinsOfTenOn(on)
	terms := counting.Terms{Required: len(v.Required), Answer: answer}
	for g := range v.Required {
		days, ok := v.Definition.Patience(g)
		terms.Written = append(terms.Written, counting.Limit{Days: days, Known: ok})
	}
	var deals []counting.History
	if _, ok := m.procs[p.ID]; ok {
		r := m.reading(p.ID, v)
		deals = append(r.plain[:len(r.plain):len(r.plain)], m.others(p.ID, r, on)...)
	}
	c := &Calibration{Process: p.ID, Version: v, On: on, Learned: counting.Learn(int(on), deals, terms)}
	for passed := range len(v.Required) + 1 {
		c.looks = append(c.looks, c.follows(Standing{Passed: passed}), c.follows(Standing{Passed: passed, Stalled: true}))
	}
	return c
}

// Chance is where an open deal stands on a day and what follows from it (model, sections 6 and 7).
type Chance struct {
	Standing
	Since       Date // entered: first day of the stay
	Chance      float64
	Low, High   float64 // 80 % interval
	Deals, Wins int     // closed deals that spent a day here, and the won among them
	MostlyStart bool    // the chance rests mostly on the starting value
	Prior       float64
	Patience    counting.Limit
	StallsOn    Date // first day on which it counts as stalled; zero: never, or already
	Likely      Date // likely day of the win
	Overdue     bool // that day has passed
	Next        MilestoneID
	Calibration *Calibration

	halfWay int // days until the likely win
}

// Chance looks at a deal as it was known on the day. It answers false for a deal that was not open then, or whose standing is not known.
func (m *Model) Chance(d *Deal, asOf Date) (Chance, bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	c, s, since, ok := m.place(d, asOf)
	if !ok {
		return Chance{}, false
	}
	return c.look(s).seen(since, asOf), true
}

// next is the required milestone that comes after so many passed ones; none when all are.
func (c *Calibration) next(passed int) MilestoneID {
	if passed < len(c.Version.Required) {
		return c.Version.Required[passed]
	}
	return ""
}

// place finds where a deal stands on the day and since when, if it was open then.
func (m *Model) place(d *Deal, asOf Date) (c *Calibration, s Standing, since Date, ok bool) {
	if !m.openOn(d, asOf) {
		return nil, s, 0, false
	}
	c = m.calibration(d.Process(), asOf)
	s, since, ok = m.stands(d, c, asOf)
	return c, s, since, ok
}

// stands finds where an open deal stands on the day, and since when. It answers false where that is not known, or nothing was learned.
func (m *Model) stands(d *Deal, c *Calibration, asOf Date) (s Standing, since Date, ok bool) {
	if c == nil {
		return s, 0, false
	}
	stays := m.reading(d.Process(), c.Version).stays[d.nr]
	for i := len(stays) - 1; i >= 0; i-- {
		if stays[i].From <= asOf {
			return c.StandingAfter(stays[i].Passed, asOf.Sub(stays[i].From)), stays[i].From, true
		}
	}
	return s, 0, false
}

// openOn tells whether the deal was open on the day, as known then.
func (d *Deal) openOn(day Date) bool {
	opened, _ := d.Opened()
	return opened <= day && d.Exists(day) && d.CloseOn(day) == nil
}

// placed leaves out the stays before the first milestone of a deal that was imported without any: where it stood then is not known.
func (d *Deal) placed(stays []Stay) []Stay {
	if len(d.opened.entries) == 0 || !d.opened.entries[0].Value.NoSteps {
		return stays
	}
	first := FarFuture
	for i := range d.marks {
		first = min(first, d.marks[i].Stamp.Known)
	}
	for i := len(stays) - 1; i >= 0; i-- {
		if stays[i].From < first {
			rest := append([]Stay(nil), stays[i:]...)
			rest[0].From = first
			if len(rest) > 1 && rest[1].From <= first {
				rest = rest[1:]
			}
			return rest
		}
	}
	return stays
}

// OpenDeals are the deals that were open on the day, as known then.
func (m *Model) OpenDeals(asOf Date) []*Deal {
	return slices.Collect(m.everyOpen(asOf))
}

package forecast

import (
	"maps"
	"slices"
	"sync"

	"milstolpe/process"
	"milstolpe/process/cohort"
	"milstolpe/process/sales"
	"milstolpe/process/stats"
)

// Standing is where a deal stands on a day (model, section 2). It is the only input to the chance.
type Standing = stats.Standing

// Model is a team looked at with the rules of MODEL.md. It learns what it is asked for and remembers it, so one model serves many pages;
// when the team has changed, or the day, Follow brings it along. Several may ask at once.
type Model struct {
	team  *sales.Team
	at    sales.Position // of the team's changes that it has followed
	today process.Date
	deals *cohort.Cohort

	mu            sync.Mutex // guards all below, and what deals remembers
	calibrations  map[calibrationKey]*Calibration
	calibratedFor remembered[calibratedKey, *Calibration]
	contributions contributionStore
	touched       []cohort.Touch // since the model was made

	misses      remembered[scopedKey, stats.Record]
	actuals     remembered[scopedKey, actual]
	ownRecords  remembered[periodKey, ownRecord]
	shownRanges remembered[periodKey, shownRange]
	rawRanges   remembered[periodKey, stats.Range] // as chance alone gives them, before they learn
}

// NewModel looks at a team on a day. The team must not change while the model is in use; see Follow.
func NewModel(t *sales.Team, today process.Date) *Model {
	changes, _ := t.Since(sales.Position{})
	return &Model{team: t, at: changes.Now, today: today, deals: cohort.New(t), calibrations: map[calibrationKey]*Calibration{}}
}

// Team is what the model looks at.
func (m *Model) Team() *sales.Team { return m.team }

// Today is the day on which the model looks.
func (m *Model) Today() process.Date { return m.today }

// FirstOpened is the day from which the team's first deal is known; FarFuture while there is none.
func (m *Model) FirstOpened() process.Date { return m.deals.First() }

// maxTouched is how many changes a model follows before a new one takes less memory.
const maxTouched = 1 << 14

// Follow brings the model along with what its team has taken in since it was made or last followed, and to another day. What follows from
// a day depends on nothing that became known later (the whole of MODEL.md is built on that), so what was learned for the days before the
// earliest change stays. It answers false where a change bears on everything, such as a rate or a version; then a new model has to be made.
// Nobody else may use the model meanwhile, and what it has handed out must not be used any more.
func (m *Model) Follow(today process.Date) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	changes, ok := m.team.Since(m.at)
	changed := slices.DeleteFunc(changes.Deals, func(c sales.DealChange) bool { return c.Day == process.FarFuture || len(c.Deal.Openings()) == 0 })
	if !ok || len(m.touched)+len(changed) > maxTouched {
		return false
	}
	touches, ok := m.deals.Follow(changed)
	if !ok {
		return false
	}
	m.touched = append(m.touched, touches...)
	for i := range touches {
		m.forgetFrom(touches[i].From)
		m.forgetActuals(touches[i])
	}
	m.forgetNotesFrom(changes.Noted)
	if changes.Sorted {
		m.forgetChoices()
	}
	m.at = changes.Now
	if m.today != today {
		m.today = today
		for _, o := range m.contributions.kept {
			o.reports = nil // they say which periods are over
		}
	}
	return true
}

// forgetFrom forgets what looks at a day, or at later ones. A calibration looks at the days before its own.
func (m *Model) forgetFrom(day process.Date) {
	for key := range m.calibrations {
		if key.on > day {
			delete(m.calibrations, key)
		}
	}
	m.calibratedFor.forgetFrom(day)
	m.misses.forgetFrom(day)
	m.ownRecords.forgetFrom(day)
	m.shownRanges.forgetFrom(day)
	m.rawRanges.forgetFrom(day)
}

// forgetActuals forgets what those periods brought in which the deal was won, or is now. A deal that was not won in a period counts for
// nothing in what that brought.
func (m *Model) forgetActuals(t cohort.Touch) {
	m.actuals.forgetIf(t.From, func(k scopedKey) bool {
		return slices.ContainsFunc(t.Won, k.contains)
	})
}

// forgetChoices forgets what is said of the deals of a choice, of every day: which deals those are is asked for as of today.
func (m *Model) forgetChoices() {
	scoped := func(k scopedKey) bool { return k.scope.Picks != "" }
	m.misses.forgetIf(0, scoped)
	m.actuals.forgetIf(0, scoped)
	m.shownRanges.forgetIf(0, func(k periodKey) bool { return k.scope.Picks != "" })
	m.rawRanges.forgetIf(0, func(k periodKey) bool { return k.scope.Picks != "" })
	asked := func(q question, _ *PeriodReport) bool { return q.scope.Picks != "" }
	for _, o := range m.contributions.kept {
		maps.DeleteFunc(o.foreseen, asked)
		maps.DeleteFunc(o.reports, asked)
		maps.DeleteFunc(o.groups, func(by Grouping, _ *contributionGroups) bool { _, of := by.List(); return of })
	}
}

// forgetNotesFrom forgets what rests on forecasts that were noted as of a day, or of later ones.
func (m *Model) forgetNotesFrom(day process.Date) {
	m.shownRanges.forgetFrom(day)
	for _, o := range m.contributions.kept {
		if o.asOf >= day {
			o.foreseen, o.reports = nil, nil
		}
	}
}

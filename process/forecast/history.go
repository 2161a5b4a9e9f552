package forecast

import (
	"cmp"
	"math"
	"slices"

	"milstolpe/process"
	"milstolpe/process/sales"
)

// EntryKind says what a line of a deal's history is about.
type EntryKind uint8

// The kinds.
const (
	TurnRecorded     EntryKind = iota // somebody recorded something
	TurnRecalibrated                  // the counts were redone on a calibration day
	TurnStalled                       // the deal had waited longer than the process allows
)

// HistoryEntry is one line of a deal's history. Before and After are the chance to win before and after it; nil where there was none, because
// the deal was not open or where it stood is not known.
type HistoryEntry struct {
	Kind          EntryKind
	Day           process.Date  // from which it counts
	Event         process.Event // of a recorded one
	Undone        bool          // recorded, and taken back on a later day
	Ahead         bool          // a required milestone reached before its turn
	Before, After *float64
	Waited        int // days in the same place, of a stalled one
	Patience      int // normal wait in days, of a stalled one
}

// History is what has happened to a deal, oldest first: everything recorded that it is judged by, the days on which it stalled, and the
// calibration days on which its chance became another in whole per cent. The journal, our next activities and the contacts are not in
// it; nor is what was undone before it counted on any day. Each turn goes on from the chance at which the one before it ended.
func (m *Model) History(d *sales.Deal) []HistoryEntry {
	m.mu.Lock()
	defer m.mu.Unlock()
	h := historyBuilder{m: m, d: d, replayed: d.WithoutFacts()}
	return h.build()
}

// historyBuilder goes through a deal's days in order. So far is the deal as the turns until now have made it.
type historyBuilder struct {
	m        *Model
	d        *sales.Deal
	replayed *sales.Deal
	turns    []HistoryEntry

	placed bool // where it stands is known
	cal    *Calibration
	now    Standing
	since  process.Date
}

func (h *historyBuilder) build() []HistoryEntry {
	events := h.telling()
	if len(events) == 0 {
		return nil
	}
	for _, day := range h.days(events) {
		h.wait(day)
		h.recalibrate(day)
		for len(events) > 0 && h.known(events[0]) == day {
			h.record(day, events[0])
			events = events[1:]
		}
	}
	h.wait(h.m.today + 1)
	return h.turns
}

func (h *historyBuilder) chance() *float64 {
	if !h.placed {
		return nil
	}
	c := h.cal.At(h.now).Chance
	return &c
}

// telling are the events that belong into a history, by the day from which they count.
func (h *historyBuilder) telling() []process.Event {
	all := h.d.Events()
	pointless := h.pointless(all)
	all = slices.DeleteFunc(all, func(e process.Event) bool {
		return !tells(e.Fact) || pointless[e.ID] || h.known(e) > h.m.today
	})
	slices.SortStableFunc(all, func(a, b process.Event) int { return cmp.Compare(h.known(a), h.known(b)) })
	return all
}

// known is the day from which an event counts: the opening from where its corrected day puts it.
func (h *historyBuilder) known(e process.Event) process.Date {
	if _, opens := e.Fact.(*process.DealOpened); opens {
		known, _ := h.d.Opened()
		return known
	}
	return e.Fact.Recorded().Known
}

func tells(f process.Fact) bool {
	switch f.(type) {
	case *process.JournalWritten, *process.NextStepSet, *process.ContactLinked, *process.OpinionSet, *process.SourceSet, *process.ChoiceSet:
		return false
	}
	return true
}

// pointless are the events that were undone before they counted on any day, and their undoing.
func (h *historyBuilder) pointless(all []process.Event) map[process.EventID]bool {
	byID := make(map[process.EventID]process.Event, len(all))
	for _, e := range all {
		byID[e.ID] = e
	}
	out := map[process.EventID]bool{}
	for _, e := range all {
		u, ok := e.Fact.(*process.Undone)
		if !ok {
			continue
		}
		whole := true
		for _, id := range u.Events {
			target, known := byID[id]
			never := known && target.Fact.Recorded().Known >= u.Known
			whole = whole && never
			if never {
				out[id] = h.d.Gone(target)
			}
		}
		out[e.ID] = whole
	}
	return out
}

// days are those on which something happened or the counts may have been redone.
func (h *historyBuilder) days(events []process.Event) []process.Date {
	var days []process.Date
	for _, e := range events {
		days = append(days, h.known(e))
	}
	first, last := days[0], days[len(days)-1]
	if h.d.CloseOn(h.m.today) == nil {
		last = h.m.today
	}
	for day := first.Monday() + 7; day <= last; day += 7 {
		days = append(days, day)
	}
	for month := (process.Calendar{}).Period(process.Month, first).Next(); month.Start <= last; month = month.Next() {
		days = append(days, month.Start)
	}
	if proc, ok := h.m.team.Process(h.d.Process()); ok {
		for _, v := range proc.Versions() {
			if v.Known > first && v.Known <= last {
				days = append(days, v.Known)
			}
		}
	}
	slices.Sort(days)
	return slices.Compact(days)
}

// wait adds the day before another on which the deal stalled, if it did.
func (h *historyBuilder) wait(before process.Date) {
	if !h.placed || h.now.Stalled {
		return
	}
	limit := h.cal.Patience(h.now.Passed)
	day := max(h.since.AddDays(limit.Days+1), h.cal.On)
	if !limit.Known || day >= before {
		return
	}
	t := HistoryEntry{Kind: TurnStalled, Day: day, Before: h.chance(), Waited: day.Sub(h.since), Patience: limit.Days}
	h.now.Stalled = true
	t.After = h.chance()
	h.turns = append(h.turns, t)
}

// looksOther tells whether two chances differ as they are shown, in whole per cent.
func looksOther(a, b float64) bool { return math.Round(100*a) != math.Round(100*b) }

func (h *historyBuilder) recalibrate(day process.Date) {
	if !h.placed || h.m.calibration(h.d.Process(), day) == h.cal {
		return
	}
	before := h.chance()
	if h.place(day); !h.placed {
		return
	}
	after := h.chance()
	if looksOther(*before, *after) {
		h.turns = append(h.turns, HistoryEntry{Kind: TurnRecalibrated, Day: day, Before: before, After: after})
	}
}

// record adds one event.
func (h *historyBuilder) record(day process.Date, e process.Event) {
	t := HistoryEntry{Kind: TurnRecorded, Day: day, Event: e, Undone: h.d.Gone(e), Before: h.chance()}
	h.replayed.Apply(e.ID, e.Fact)
	h.place(day)
	t.After = h.chance()
	if r, ok := e.Fact.(*process.MilestoneReached); ok && h.placed {
		t.Ahead = slices.Index(h.cal.Version.Required, r.Milestone) >= h.now.Passed
	}
	h.turns = append(h.turns, t)
}

// place finds where the deal stands on a day. That it has waited too long in a place where it was before is left to wait, so that this
// becomes a turn of its own.
func (h *historyBuilder) place(day process.Date) {
	was, before := h.placed, h.now
	since := h.since
	h.placed = false
	if !h.replayed.IsOpenOn(day) {
		return
	}
	h.cal = h.m.calibration(h.d.Process(), day)
	if h.cal == nil {
		return
	}
	stays := h.replayed.WithKnownStanding(h.replayed.Spells(h.cal.Version.Required), h.cal.Version.Required)
	if h.replayed.StandingUnknownOn(day, h.cal.Version.Required) {
		stays = nil
	}
	for i := len(stays) - 1; i >= 0 && !h.placed; i-- {
		if stays[i].From <= day {
			h.now, h.since, h.placed = h.cal.StandingAfter(stays[i].Passed, day.Sub(stays[i].From)), stays[i].From, true
		}
	}
	if was && !before.Stalled && before.Passed == h.now.Passed && since == h.since {
		h.now.Stalled = false
	}
}

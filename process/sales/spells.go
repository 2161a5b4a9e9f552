package sales

import (
	"cmp"
	"slices"

	"milstolpe/process"
)

// Spell is an unbroken run of days on which a deal stood at one value of passed. It lasts until the next spell begins, or the deal ends.
type Spell struct {
	Passed int
	From   process.Date
}

// Spells are the deal's spells, read with the required milestones of a definition, from its opening on. They look at what was known on
// each of the days themselves, so they are the same whatever day one looks back from; where the deal ends is for the caller to cut.
func (d *Deal) Spells(required []process.MilestoneID) []Spell {
	return d.AppendSpells(nil, required)
}

// AppendSpells is Spells behind those of other deals.
func (d *Deal) AppendSpells(spells []Spell, required []process.MilestoneID) []Spell {
	opened, _ := d.Opened()
	if opened == process.FarFuture {
		return spells
	}
	if d.onlyAdvanced() {
		return d.appendAdvancing(spells, opened, required)
	}
	first := len(spells)
	for _, day := range d.changeDays(opened) {
		p := d.PassedOn(day, required)
		if n := len(spells); n == first || spells[n-1].Passed != p {
			spells = append(spells, Spell{p, day})
		}
	}
	return spells
}

// PassedOn is the largest g such that each of the first g required milestones is reached or waived, as known on the day. A milestone
// that is in none of the versions that the deal has followed counts as waived for it (model, section 3).
func (d *Deal) PassedOn(day process.Date, required []process.MilestoneID) int {
	there := map[process.MilestoneID]bool{}
	for i := range d.marks {
		if d.MarkEffectiveOn(&d.marks[i], day) {
			there[d.marks[i].Milestone] = true
		}
	}
	followed := d.VersionsOn(day)
	for g, key := range required {
		if !there[key] && d.team.Requires(followed, key) {
			return g
		}
	}
	return len(required)
}

// onlyAdvanced tells a deal in which milestones were only ever added: nearly all are.
func (d *Deal) onlyAdvanced() bool {
	return len(d.withdrawn.Entries()) == 0 && len(d.undones.Entries()) == 0 && len(d.moved.Entries()) == 1 && len(d.team.importsUndone) == 0
}

// appendAdvancing is AppendSpells for a straight deal: the g-th required milestone is passed on the day on which the last of the first g
// became known.
func (d *Deal) appendAdvancing(spells []Spell, opened process.Date, required []process.MilestoneID) []Spell {
	spells = append(spells, Spell{0, opened})
	followed := d.moved.Entries()[0].Value
	at := opened
	for g, key := range required {
		if d.team.requiredBy(followed, key) { // otherwise it counts as waived from the opening, as in PassedOn
			known, ok := d.firstKnown(key)
			if !ok {
				break
			}
			at = max(at, known)
		}
		if last := &spells[len(spells)-1]; last.From == at {
			last.Passed = g + 1 // come to and left within a day: no spell
		} else {
			spells = append(spells, Spell{g + 1, at})
		}
	}
	return spells
}

func (d *Deal) firstKnown(key process.MilestoneID) (known process.Date, ok bool) {
	for i := range d.marks {
		if m := &d.marks[i]; m.Milestone == key && (!ok || m.Stamp.Known < known) {
			known, ok = m.Stamp.Known, true
		}
	}
	return known, ok
}

// changeDays are the days on which passed may change, from the opening on, in order.
func (d *Deal) changeDays(opened process.Date) []process.Date {
	days := []process.Date{opened}
	note := func(day process.Date) {
		if day > opened {
			days = append(days, day)
		}
	}
	for i := range d.marks {
		note(d.marks[i].Stamp.Known)
	}
	for i := range d.none.Entries() {
		note(d.none.Entries()[i].Stamp.Known)
	}
	for i := range d.withdrawn.Entries() {
		note(d.withdrawn.Entries()[i].Stamp.Known)
	}
	for i := range d.undones.Entries() {
		note(d.undones.Entries()[i].Stamp.Known)
	}
	for i := range d.moved.Entries() {
		note(d.moved.Entries()[i].Stamp.Known)
	}
	for _, day := range d.team.importsUndone {
		note(day)
	}
	slices.SortFunc(days, func(a, b process.Date) int { return cmp.Compare(a, b) })
	return slices.Compact(days)
}

// VersionsOn are the versions that the deal had followed by the day.
func (d *Deal) VersionsOn(day process.Date) []process.VersionID {
	var ids []process.VersionID
	for i := range d.moved.Entries() {
		if e := &d.moved.Entries()[i]; e.EffectiveOn(day, d.Retractions()) {
			ids = append(ids, e.Value)
		}
	}
	return ids
}

// BackwardOn counts how often the deal's number of passed milestones fell, up to the day.
func (d *Deal) BackwardOn(day process.Date, required []process.MilestoneID) (n int) {
	spells := d.Spells(required)
	for i := 1; i < len(spells) && spells[i].From <= day; i++ {
		if spells[i].Passed < spells[i-1].Passed {
			n++
		}
	}
	return n
}

// IsOpenOn tells whether the deal was open on the day, as known then.
func (d *Deal) IsOpenOn(day process.Date) bool {
	opened, _ := d.Opened()
	return opened <= day && d.Exists(day) && d.CloseOn(day) == nil
}

// WithKnownStanding leaves out the spells before the first milestone, required or optional, of a deal that was imported without any: where
// it stood then is not known (model, section 2). In a process without required milestones nothing is unknown.
func (d *Deal) WithKnownStanding(spells []Spell, required []process.MilestoneID) []Spell {
	if len(required) == 0 || len(d.opened.Entries()) == 0 || !d.opened.Entries()[0].Value.NoSteps {
		return spells
	}
	first := d.placedFrom()
	for i := len(spells) - 1; i >= 0; i-- {
		if spells[i].From < first {
			rest := append([]Spell(nil), spells[i:]...)
			rest[0].From = first
			if len(rest) > 1 && rest[1].From <= first {
				rest = rest[1:]
			}
			return rest
		}
	}
	return spells
}

// StandingUnknownOn reports whether the deal was imported without milestones and none had become known by the day.
func (d *Deal) StandingUnknownOn(day process.Date, required []process.MilestoneID) bool {
	if len(required) == 0 || len(d.opened.Entries()) == 0 || !d.opened.Entries()[0].Value.NoSteps {
		return false
	}
	return !d.placedOn(day)
}

// placedOn tells whether anything that says where the deal stands is known on the day: a milestone, or that none is reached. What was withdrawn
// was there once; what was undone never was.
func (d *Deal) placedOn(day process.Date) bool {
	gone := d.Retractions()
	return slices.ContainsFunc(d.marks, func(m Mark) bool { return m.Stamp.Known <= day && !gone.Undone(m.ID, m.Stamp, day) }) ||
		len(d.none.HeadsOn(day, gone)) > 0
}

// placedFrom is the first day on which any of that was known.
func (d *Deal) placedFrom() process.Date {
	if len(d.marks) == 0 && len(d.none.Entries()) == 0 {
		return process.FarFuture
	}
	for _, day := range d.changeDays(0) {
		if d.placedOn(day) {
			return day
		}
	}
	return process.FarFuture
}

// HasSimpleHistory tells whether the deal looks the same from every day, apart from being cut there.
func (d *Deal) HasSimpleHistory() bool {
	return len(d.reopened.Entries()) == 0 && len(d.undones.Entries()) == 0 && len(d.closes.Entries()) <= 1 && len(d.opened.Entries()) == 1 &&
		len(d.team.importsUndone) == 0 && (d.Now.Close == nil || d.Now.Close.Outcome != process.Void) && !d.opened.Entries()[0].Value.NoSteps
}

// IfVersionChanged is where the deal would stand today, and since when, if it followed a new version from today on. Before today it asked for no
// milestone that only the new version has; from today on it asks for all of them.
func (d *Deal) IfVersionChanged(required []process.MilestoneID, today process.Date) (passed int, since process.Date, ok bool) {
	there := d.ReachedOn(today)
	for passed < len(required) && there[required[passed]] {
		passed++
	}
	var spells []Spell
	for _, s := range d.Spells(required) {
		if s.From < today {
			spells = append(spells, s)
		}
	}
	if n := len(spells); n == 0 || spells[n-1].Passed != passed {
		spells = append(spells, Spell{passed, today})
	}
	spells = d.WithKnownStanding(spells, required)
	if n := len(spells); n > 0 && spells[n-1].From <= today {
		return passed, spells[n-1].From, true
	}
	return 0, 0, false
}

// ReachedOn are the milestones that are reached or waived as known on the day.
func (d *Deal) ReachedOn(day process.Date) map[process.MilestoneID]bool {
	there := map[process.MilestoneID]bool{}
	for _, m := range d.MarksOn(day) {
		there[m.Milestone] = true
	}
	return there
}

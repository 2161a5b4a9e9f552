package process

import (
	"cmp"
	"slices"
)

// Stay is an unbroken run of days on which a deal stood at one value of passed. It lasts until the next stay begins, or the deal ends.
type Stay struct {
	Passed int
	From   Date
}

// Stays are the deal's stays, read with the required milestones of a definition, from its opening on. They look at what was known on
// each of the days themselves, so they are the same whatever day one looks back from; where the deal ends is for the caller to cut.
func (d *Deal) Stays(required []MilestoneID) []Stay {
	return d.appendStays(nil, required)
}

// appendStays is Stays behind those of other deals.
func (d *Deal) appendStays(stays []Stay, required []MilestoneID) []Stay {
	opened, _ := d.Opened()
	if opened == FarFuture {
		return stays
	}
	if d.straight() {
		return d.appendStraight(stays, opened, required)
	}
	first := len(stays)
	for _, day := range d.turningDays(opened) {
		p := d.PassedOn(day, required)
		if n := len(stays); n == first || stays[n-1].Passed != p {
			stays = append(stays, Stay{p, day})
		}
	}
	return stays
}

// PassedOn is the largest g such that each of the first g required milestones is reached or waived, as known on the day. A milestone
// that is in none of the versions that the deal has followed counts as waived for it (model, section 3).
func (d *Deal) PassedOn(day Date, required []MilestoneID) int {
	there := map[MilestoneID]bool{}
	for i := range d.marks {
		if d.markCounts(&d.marks[i], day) {
			there[d.marks[i].Milestone] = true
		}
	}
	followed := d.followedOn(day)
	for g, key := range required {
		if !there[key] && d.team.asks(followed, key) {
			return g
		}
	}
	return len(required)
}

// straight tells a deal in which milestones were only ever added: nearly all are.
func (d *Deal) straight() bool {
	return len(d.takenBack.entries) == 0 && len(d.undones.entries) == 0 && len(d.moved.entries) == 1 && len(d.team.importsUndone) == 0
}

// appendStraight is appendStays for a straight deal: the g-th required milestone is passed on the day on which the last of the first g
// became known.
func (d *Deal) appendStraight(stays []Stay, opened Date, required []MilestoneID) []Stay {
	stays = append(stays, Stay{0, opened})
	followed := d.moved.entries[0].Value
	at := opened
	for g, key := range required {
		if d.team.asksOne(followed, key) { // otherwise it counts as waived from the opening, as in PassedOn
			known, ok := d.firstKnown(key)
			if !ok {
				break
			}
			at = max(at, known)
		}
		if last := &stays[len(stays)-1]; last.From == at {
			last.Passed = g + 1 // come to and left within a day: no stay
		} else {
			stays = append(stays, Stay{g + 1, at})
		}
	}
	return stays
}

func (d *Deal) firstKnown(key MilestoneID) (known Date, ok bool) {
	for i := range d.marks {
		if m := &d.marks[i]; m.Milestone == key && (!ok || m.Stamp.Known < known) {
			known, ok = m.Stamp.Known, true
		}
	}
	return known, ok
}

// turningDays are the days on which passed may change, from the opening on, in order.
func (d *Deal) turningDays(opened Date) []Date {
	days := []Date{opened}
	note := func(day Date) {
		if day > opened {
			days = append(days, day)
		}
	}
	for i := range d.marks {
		note(d.marks[i].Stamp.Known)
	}
	for i := range d.takenBack.entries {
		note(d.takenBack.entries[i].Stamp.Known)
	}
	for i := range d.undones.entries {
		note(d.undones.entries[i].Stamp.Known)
	}
	for i := range d.moved.entries {
		note(d.moved.entries[i].Stamp.Known)
	}
	for _, day := range d.team.importsUndone {
		note(day)
	}
	slices.SortFunc(days, func(a, b Date) int { return cmp.Compare(a, b) })
	return slices.Compact(days)
}

// followedOn are the versions that the deal had followed by the day.
func (d *Deal) followedOn(day Date) []VersionID {
	var ids []VersionID
	for i := range d.moved.entries {
		if e := &d.moved.entries[i]; e.counts(day, d.gone()) {
			ids = append(ids, e.Value)
		}
	}
	return ids
}

// BackwardOn counts how often the deal's number of passed milestones fell, up to the day.
func (d *Deal) BackwardOn(day Date, required []MilestoneID) (n int) {
	stays := d.Stays(required)
	for i := 1; i < len(stays) && stays[i].From <= day; i++ {
		if stays[i].Passed < stays[i-1].Passed {
			n++
		}
	}
	return n
}

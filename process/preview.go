package process

import "slices"

// MovePreview is what publishing a definition would do to one open deal. Where a deal stands is not known, neither is its chance; such a
// deal is not among them.
type MovePreview struct {
	Deal          *Deal
	Before, After Chance
	Lacks         []MilestoneID // required milestones that come before one that it has passed, and that it does not have
}

// Changes tells that the deal would stand at another milestone, or have passed another number of them.
func (p *MovePreview) Changes() bool {
	return p.Before.Passed != p.After.Passed || p.Before.Next != p.After.Next || p.Before.Stalled != p.After.Stalled
}

// PreviewPublish is what would be if the definition were published today: every open deal follows it, and on that day, which becomes a
// calibration day, all deals are read with it (model, section 3). Nothing is recorded. Deals come in the order of their identities;
// none while nothing is published, since no deal can then follow the process.
func (m *Model) PreviewPublish(id ProcessID, def Definition) []MovePreview {
	m.mu.Lock()
	defer m.mu.Unlock()
	proc, ok := m.team.Process(id)
	if !ok || proc.Current() == nil {
		return nil
	}
	now := proc.Current()
	after := m.learnAs(id, def)
	var list []MovePreview
	for _, d := range m.deals {
		if d.Process() != id {
			continue
		}
		c, s, since, placed := m.place(d, m.today)
		if !placed {
			continue
		}
		passed, from, placed := d.ifMoved(after.Version.Required, m.today)
		if !placed {
			continue
		}
		p := MovePreview{Deal: d, Before: c.look(s).seen(since, m.today)}
		p.After = after.look(after.StandingAfter(passed, m.today.Sub(from))).seen(from, m.today)
		p.Lacks = lacking(d.thereOn(m.today), now.Required[:min(s.Passed, len(now.Required))], after.Version.Required)
		list = append(list, p)
	}
	return list
}

// unpublished is the identity of a version that is only thought of. No event can have it.
const unpublished VersionID = "unpublished"

// learnAs learns from the deals as if the definition had been published today.
func (m *Model) learnAs(id ProcessID, def Definition) *Calibration {
	v := &Version{ID: unpublished, Process: id, Definition: def, Known: m.today, Required: def.Required()}
	p := &Process{ID: id, team: m.team}
	p.versions.put(Entry[*Version]{Value: v, Stamp: &Stamp{Known: m.today}})
	key := readingKey{id, unpublished}
	delete(m.readings, key)
	defer delete(m.readings, key)
	return m.learn(p, m.today)
}

// ifMoved is where the deal would stand today, and since when, if it followed a new version from today on. Before today it asked for no
// milestone that only the new version has; from today on it asks for all of them.
func (d *Deal) ifMoved(required []MilestoneID, today Date) (passed int, since Date, ok bool) {
	there := d.thereOn(today)
	for passed < len(required) && there[required[passed]] {
		passed++
	}
	var stays []Stay
	for _, s := range d.Stays(required) {
		if s.From < today {
			stays = append(stays, s)
		}
	}
	if n := len(stays); n == 0 || stays[n-1].Passed != passed {
		stays = append(stays, Stay{passed, today})
	}
	stays = d.placed(stays)
	if n := len(stays); n > 0 && stays[n-1].From <= today {
		return passed, stays[n-1].From, true
	}
	return 0, 0, false
}

// thereOn are the milestones that are reached or waived as known on the day.
func (d *Deal) thereOn(day Date) map[MilestoneID]bool {
	there := map[MilestoneID]bool{}
	for _, m := range d.MarksOn(day) {
		there[m.Milestone] = true
	}
	return there
}

// lacking are the milestones that stand before the last of those that were passed, and are not there.
func lacking(there map[MilestoneID]bool, passed, required []MilestoneID) []MilestoneID {
	var list, before []MilestoneID
	for _, key := range required {
		if !there[key] {
			before = append(before, key)
		} else if slices.Contains(passed, key) {
			list, before = append(list, before...), nil
		}
	}
	return list
}

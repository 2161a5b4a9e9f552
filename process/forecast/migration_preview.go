package forecast

import (
	"slices"

	"milstolpe/process"
	"milstolpe/process/sales"
)

// MovePreview is what publishing a definition would do to one open deal. Where a deal stands is not known, neither is its chance; such a
// deal is not among them.
type MovePreview struct {
	Deal          *sales.Deal
	Before, After Chance
	Lacks         []process.MilestoneID // required milestones that come before one that it has passed, and that it does not have
}

// Changes tells that the deal would stand at another milestone, or have passed another number of them.
func (p *MovePreview) Changes() bool {
	return p.Before.Passed != p.After.Passed || p.Before.Next != p.After.Next || p.Before.Stalled != p.After.Stalled
}

// PreviewPublish is what would be if the definition were published today: every open deal follows it, and on that day, which becomes a
// calibration day, all deals are read with it (model, section 3). Nothing is recorded. Deals come in the order of their identities;
// none while nothing is published, since no deal can then follow the process.
func (m *Model) PreviewPublish(id process.ProcessID, def process.Definition) []MovePreview {
	m.mu.Lock()
	defer m.mu.Unlock()
	proc, ok := m.team.Process(id)
	if !ok || proc.Current() == nil {
		return nil
	}
	now := proc.Current()
	after := m.learnAs(id, def)
	var list []MovePreview
	for _, d := range m.deals.Deals() {
		if d.Process() != id {
			continue
		}
		c, s, since, placed := m.standingAt(d, m.today)
		if !placed || s.Unknown {
			continue
		}
		passed, from, placed := d.IfVersionChanged(after.Version.Required, m.today)
		if !placed {
			continue
		}
		p := MovePreview{Deal: d, Before: c.chanceFor(s).asOf(since, m.today)}
		p.After = after.chanceFor(after.StandingAfter(passed, m.today.Sub(from))).asOf(from, m.today)
		p.Lacks = lacking(d.ReachedOn(m.today), now.Required[:min(s.Passed, len(now.Required))], after.Version.Required)
		list = append(list, p)
	}
	return list
}

// unpublished is the identity of a version that is only thought of. No event can have it.
const unpublished process.VersionID = "unpublished"

// learnAs learns from the deals as if the definition had been published today.
func (m *Model) learnAs(id process.ProcessID, def process.Definition) *Calibration {
	v := &sales.Version{ID: unpublished, Process: id, Definition: def, Known: m.today, Required: def.Required()}
	p := m.team.ProcessOf(v)
	return m.learn(p, m.today, m.today, m.deals.HistoriesIf)
}

// lacking are the milestones that stand before the last of those that were passed, and are not there.
func lacking(there map[process.MilestoneID]bool, passed, required []process.MilestoneID) []process.MilestoneID {
	var list, before []process.MilestoneID
	for _, key := range required {
		if !there[key] {
			before = append(before, key)
		} else if slices.Contains(passed, key) {
			list, before = append(list, before...), nil
		}
	}
	return list
}

package drafts

import (
	"reflect"
	"slices"

	"milstolpe/process"
	"milstolpe/process/register"
)

// Draft is a draft as somebody saved it.
type Draft = register.Entry[process.Definition]

// Merge is a draft as all who changed it have it together.
type Merge struct {
	Heads []Draft
	Began Draft // what all of them began with
	Apart bool  // it cannot be merged: one was thrown away, or the whole of it was changed in several ways
	process.MergedDefinition
}

// Together brings the heads of a draft together. Versions are those of the process, as drafts that somebody may have begun with, oldest first.
func Together(r *register.Register[process.Definition], versions []Draft, gone register.Retractions) (m Merge, several bool) {
	m.Heads = r.HeadsOn(process.FarFuture, gone)
	if len(m.Heads) < 2 {
		return m, false
	}
	var known bool
	m.Began, known = began(r, m.Heads, versions, gone)
	definitions := make([]process.Definition, len(m.Heads))
	for i, h := range m.Heads {
		definitions[i] = h.Value
		m.Apart = m.Apart || ThrownAway(h.Value)
	}
	m.MergedDefinition = process.MergeDefinitions(m.Began.Value, definitions)
	m.Apart = m.Apart || !known || m.Head
	return m, true
}

// ThrownAway tells a draft that is none any more.
func ThrownAway(d process.Definition) bool { return d.Name == "" && len(d.Milestones) == 0 }

func began(r *register.Register[process.Definition], heads, versions []Draft, gone register.Retractions) (Draft, bool) {
	for _, e := range slices.Backward(r.Entries()) {
		apart := func(h Draft) bool { return !descends(r, h, e.ID, map[process.EventID]bool{}) }
		if e.EffectiveOn(process.FarFuture, gone) && !ThrownAway(e.Value) && !slices.ContainsFunc(heads, apart) {
			return e, true
		}
	}
	for _, v := range slices.Backward(versions) {
		if v.ID.Before(heads[0].ID) && v.EffectiveOn(process.FarFuture, gone) {
			return v, true
		}
	}
	return Draft{}, false
}

// descends tells whether a draft was made from another one, directly or not.
func descends(r *register.Register[process.Definition], e Draft, from process.EventID, seen map[process.EventID]bool) bool {
	for _, id := range e.Stamp.Base {
		if id == from {
			return true
		}
		if seen[id] {
			continue
		}
		seen[id] = true
		i := slices.IndexFunc(r.Entries(), func(d Draft) bool { return d.ID == id })
		if i >= 0 && descends(r, r.Entries()[i], from, seen) {
			return true
		}
	}
	return false
}

// Row is a milestone as somebody has it in a draft; nil where they have removed it.
type Row struct {
	*process.Milestone
	Before *process.Milestone // as all of them began with it; nil for one that was added
}

// RowOf is a milestone as a draft has it, and whether it is another one than in the beginning.
func (m *Merge) RowOf(d Draft, key process.MilestoneID) (row Row, changed bool) {
	row.Milestone, _ = d.Value.Milestone(key)
	row.Before, _ = m.Began.Value.Milestone(key)
	return row, !reflect.DeepEqual(row.Milestone, row.Before)
}

// With are the drafts that base names, each with the milestone as the chosen one has it, or as it was in the beginning.
func (m *Merge) With(key process.MilestoneID, chosen process.EventID, base []process.EventID, today process.Date, id process.ProcessID) (facts []process.Fact) {
	source := m.Began.Value
	for _, h := range m.Heads {
		if h.ID == chosen {
			source = h.Value
		}
	}
	for _, h := range m.Heads {
		if slices.Contains(base, h.ID) {
			facts = append(facts, saved(h, id, withRow(h.Value, key, source), today))
		}
	}
	return facts
}

func saved(h Draft, id process.ProcessID, d process.Definition, today process.Date) process.Fact {
	return &process.DraftSaved{Stamp: process.Stamp{Known: today, Base: []process.EventID{h.ID}}, Process: id, Definition: d}
}

// withRow is a definition with one milestone as another definition has it.
func withRow(d process.Definition, key process.MilestoneID, source process.Definition) process.Definition {
	d = d.Clone()
	row, there := source.Milestone(key)
	place := func(key process.MilestoneID) int {
		return slices.IndexFunc(d.Milestones, func(m process.Milestone) bool { return m.Key == key })
	}
	i := place(key)
	switch {
	case !there && i >= 0:
		d.Milestones = slices.Delete(d.Milestones, i, i+1)
	case there && i >= 0:
		d.Milestones[i] = *row
	case there:
		at := 0
		for _, m := range source.Milestones {
			if m.Key == key {
				break
			}
			if before := place(m.Key); before >= 0 {
				at = before + 1
			}
		}
		d.Milestones = slices.Insert(d.Milestones, at, *row)
	}
	return d
}

// Each are the drafts, each changed as the one that is shown was changed.
func (m *Merge) Each(id process.ProcessID, shown process.Definition, today process.Date) (facts []process.Fact) {
	for _, h := range m.Heads {
		facts = append(facts, saved(h, id, process.MergeDefinitions(m.Definition, []process.Definition{h.Value, shown}).Definition, today))
	}
	return facts
}

// Join makes one draft of those that change different milestones of the same one. Was is what they changed.
func Join(facts []process.Fact, was func(process.ProcessID) []Draft) (joined []process.Fact) {
	for _, f := range facts {
		draft, ok := f.(*process.DraftSaved)
		i := slices.IndexFunc(joined, func(have process.Fact) bool {
			other, too := have.(*process.DraftSaved)
			return ok && too && other.Process == draft.Process && len(draft.Base) == 1 && slices.Equal(other.Base, draft.Base)
		})
		if i < 0 {
			joined = append(joined, f)
			continue
		}
		other, _ := joined[i].(*process.DraftSaved)
		for _, h := range was(draft.Process) {
			if h.ID == draft.Base[0] {
				joined[i] = saved(h, draft.Process, process.MergeDefinitions(h.Value, []process.Definition{other.Definition, draft.Definition}).Definition, draft.Known)
			}
		}
	}
	return joined
}

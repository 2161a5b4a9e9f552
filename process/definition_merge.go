package process

import (
	"reflect"
	"slices"
)

// MergedDefinition is what several people have made of one definition without seeing each other's changes.
type MergedDefinition struct {
	Definition Definition
	Rows       []MilestoneID // milestones that were changed in several ways; Definition has the last of them
	Head       bool          // name, purpose, roles or order were
}

// MergeDefinitions brings together what people have made of a definition: a milestone that only one of them has changed, added or removed
// is as that one has it. Where several have changed the same thing differently the last of them stands, and it is said.
func MergeDefinitions(base Definition, heads []Definition) (m MergedDefinition) {
	m.Definition.Name = mergedPart(base, heads, &m.Head, func(d *Definition) string { return d.Name })
	m.Definition.Purpose = mergedPart(base, heads, &m.Head, func(d *Definition) string { return d.Purpose })
	m.Definition.Roles = slices.Clone(mergedPart(base, heads, &m.Head, func(d *Definition) []Role { return d.Roles }))
	for _, key := range mergedOrder(base, heads, &m.Head) {
		twice := false
		row := mergedPart(base, heads, &twice, func(d *Definition) *Milestone { row, _ := d.Milestone(key); return row })
		if twice {
			m.Rows = append(m.Rows, key)
		}
		if row != nil {
			m.Definition.Milestones = append(m.Definition.Milestones, *row)
		}
	}
	m.Definition = m.Definition.Clone()
	return m
}

// mergedPart is a part of the definition as the only ones who have changed it have it; else as before.
func mergedPart[T any](base Definition, heads []Definition, twice *bool, of func(*Definition) T) T {
	before := of(&base)
	now, changed := before, false
	for i := range heads {
		part := of(&heads[i])
		if reflect.DeepEqual(part, before) {
			continue
		}
		*twice = *twice || changed && !reflect.DeepEqual(part, now)
		now, changed = part, true
	}
	return now
}

// mergedOrder are all milestones that any of them has, in the order that somebody has given them; each that was added stands after the one
// that it was put behind.
func mergedOrder(base Definition, heads []Definition, twice *bool) []MilestoneID {
	known := keysOf(&base)
	shared := slices.DeleteFunc(slices.Clone(known), func(key MilestoneID) bool {
		return slices.ContainsFunc(heads, func(d Definition) bool { _, there := d.Milestone(key); return !there })
	})
	inOrder := func(d *Definition) []MilestoneID {
		return slices.DeleteFunc(keysOf(d), func(key MilestoneID) bool { return !slices.Contains(shared, key) })
	}
	moved := false
	order, by := known, shared
	for i := range heads {
		now := inOrder(&heads[i])
		if slices.Equal(now, shared) {
			continue
		}
		*twice = *twice || moved && !slices.Equal(now, by)
		order, by, moved = keysOf(&heads[i]), now, true
	}
	order = slices.Clone(order)
	for _, d := range append([]Definition{base}, heads...) {
		after := -1
		for _, key := range keysOf(&d) {
			if at := slices.Index(order, key); at >= 0 {
				after = at
				continue
			}
			after++
			order = slices.Insert(order, after, key)
		}
	}
	return order
}

func keysOf(d *Definition) []MilestoneID {
	keys := make([]MilestoneID, len(d.Milestones))
	for i := range d.Milestones {
		keys[i] = d.Milestones[i].Key
	}
	return keys
}

package process

import (
	"slices"
	"strings"
)

// Comparison is what differs between two definitions of a process, in the terms of the people who follow it. Milestones are the same
// when they have the same key, whatever they are called.
type Comparison struct {
	Name, Purpose *TextChange // nil: the same in both
	Roles         *TextChange // the names of the roles at the buyer, likewise
	Milestones    []MilestoneChange
}

// TextChange is a text that was one thing and is another.
type TextChange struct{ Before, After string }

// MilestoneChange is one milestone that is not as it was. Before is nil for one that was added, After for one that was removed. Numbers
// count from 1 among all milestones, optional ones too.
type MilestoneChange struct {
	Key           MilestoneID
	Before, After *Milestone
	From, To      int
	Moved         bool       // stands elsewhere among those that are in both
	Fields        []Facet    // what changed in it, in the order of the form
	Roles         TextChange // names of the roles that must stand behind it, where that changed
}

// Facet names a thing about a milestone that can change.
type Facet string

// The facets, in the order of the form.
const (
	NameFacet      Facet = "name"
	CriterionFacet Facet = "criterion"
	WhyFacet       Facet = "why"
	RequiredFacet  Facet = "required"
	EvidenceFacet  Facet = "evidence"
	PatienceFacet  Facet = "patience_days"
	OurPartFacet   Facet = "our_part"
	RoleFacet      Facet = "role"
)

// Added tells a milestone that was not there before.
func (c *MilestoneChange) Added() bool { return c.Before == nil }

// Removed tells a milestone that is there no more.
func (c *MilestoneChange) Removed() bool { return c.After == nil }

// Same tells that nothing differs.
func (c *Comparison) Same() bool {
	return c.Name == nil && c.Purpose == nil && c.Roles == nil && len(c.Milestones) == 0
}

// CompareDefinitions tells what somebody who knows the one definition has to learn to know the other. Changes come in the order of the new
// definition; a milestone that was removed comes after the one that it followed.
func CompareDefinitions(before, after *Definition) Comparison {
	c := Comparison{Name: textChange(before.Name, after.Name), Purpose: textChange(before.Purpose, after.Purpose)}
	if !slices.Equal(before.Roles, after.Roles) {
		c.Roles = &TextChange{roleNames(before), roleNames(after)}
	}
	stayed := unmoved(before, after)
	removed := removedAfter(before, after)
	c.Milestones = append(c.Milestones, removed[""]...)
	for i := range after.Milestones {
		m := &after.Milestones[i]
		change := MilestoneChange{Key: m.Key, After: m, To: i + 1}
		if at := Position(before, m.Key); at >= 0 {
			change.Before, change.From = &before.Milestones[at], at+1
			change.Moved = !stayed[m.Key]
			change.Fields = facets(change.Before, m)
			if change.Before.Role != m.Role {
				was, _ := before.Role(change.Before.Role)
				is, _ := after.Role(m.Role)
				change.Roles = TextChange{was.Name, is.Name}
			}
		}
		if change.Added() || change.Moved || len(change.Fields) > 0 {
			c.Milestones = append(c.Milestones, change)
		}
		c.Milestones = append(c.Milestones, removed[m.Key]...)
	}
	return c
}

func textChange(before, after string) *TextChange {
	if before == after {
		return nil
	}
	return &TextChange{before, after}
}

// removedAfter are the milestones that are there no more, by the one before them that still is; none for those at the beginning.
func removedAfter(before, after *Definition) map[MilestoneID][]MilestoneChange {
	removed := map[MilestoneID][]MilestoneChange{}
	var last MilestoneID
	for i := range before.Milestones {
		m := &before.Milestones[i]
		if Position(after, m.Key) >= 0 {
			last = m.Key
			continue
		}
		removed[last] = append(removed[last], MilestoneChange{Key: m.Key, Before: m, From: i + 1})
	}
	return removed
}

// unmoved are the most milestones that keep their order, so that as few as can be are said to have moved.
func unmoved(before, after *Definition) map[MilestoneID]bool {
	var places []int // in before, of the common milestones in the order of after
	for _, m := range after.Milestones {
		if at := Position(before, m.Key); at >= 0 {
			places = append(places, at)
		}
	}
	kept := map[MilestoneID]bool{}
	for _, at := range longestRise(places) {
		kept[before.Milestones[at].Key] = true
	}
	return kept
}

// longestRise is the longest rising run of values that can be picked out in order; of several the one that ends first. There are at
// most 40 values, so trying all pairs is fast enough.
func longestRise(values []int) []int {
	length, previous := make([]int, len(values)), make([]int, len(values))
	best := -1
	for i, v := range values {
		length[i], previous[i] = 1, -1
		for j := range i {
			if values[j] < v && length[j] >= length[i] {
				length[i], previous[i] = length[j]+1, j
			}
		}
		if best < 0 || length[i] > length[best] {
			best = i
		}
	}
	var rise []int
	for i := best; i >= 0; i = previous[i] {
		rise = append(rise, values[i])
	}
	slices.Reverse(rise)
	return rise
}

func facets(before, after *Milestone) []Facet {
	var list []Facet
	note := func(differs bool, f Facet) {
		if differs {
			list = append(list, f)
		}
	}
	note(before.Name != after.Name, NameFacet)
	note(before.Criterion != after.Criterion, CriterionFacet)
	note(before.Why != after.Why, WhyFacet)
	note(before.Required != after.Required, RequiredFacet)
	note((before.Evidence == EvidenceRequired) != (after.Evidence == EvidenceRequired), EvidenceFacet)
	note(!samePatience(before.Patience, after.Patience), PatienceFacet)
	note(before.OurPart != after.OurPart, OurPartFacet)
	note(before.Role != after.Role, RoleFacet)
	return list
}

// roleNames are the roles of a definition in a line.
func roleNames(d *Definition) string {
	names := make([]string, len(d.Roles))
	for i, r := range d.Roles {
		names[i] = r.Name
	}
	return strings.Join(names, ", ")
}

func samePatience(a, b *int) bool {
	if a == nil || b == nil {
		return a == b
	}
	return *a == *b
}

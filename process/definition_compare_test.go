package process_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"milstolpe/process"
	"milstolpe/process/processtest"
)

func TestAComparisonTellsWhatToLearn(t *testing.T) {
	before := processtest.DefinitionOf("problem", "money", "way", "yes")
	after := processtest.DefinitionOf("problem", "people", "way", "yes")
	wait := 30
	after.Name, after.Milestones[2].Required, after.Milestones[3].Patience = "New customers", false, &wait
	after.Milestones[0].Evidence = process.EvidenceOptional // the same as saying nothing

	got := process.CompareDefinitions(&before, &after)

	if diff := cmp.Diff(&process.TextChange{Before: "New business", After: "New customers"}, got.Name); diff != "" || got.Purpose != nil {
		t.Errorf("the name (-want +got):\n%s purpose %v", diff, got.Purpose)
	}
	// "money" followed "problem", so its removal is told there; "people" came in second place.
	want := []process.MilestoneChange{
		{Key: "money", Before: &before.Milestones[1], From: 2},
		{Key: "people", After: &after.Milestones[1], To: 2},
		{Key: "way", Before: &before.Milestones[2], After: &after.Milestones[2], From: 3, To: 3, Fields: []process.Facet{process.RequiredFacet}},
		{Key: "yes", Before: &before.Milestones[3], After: &after.Milestones[3], From: 4, To: 4, Fields: []process.Facet{process.PatienceFacet}},
	}
	if diff := cmp.Diff(want, got.Milestones); diff != "" {
		t.Errorf("the milestones (-want +got):\n%s", diff)
	}
}

func TestOnlyWhatWasMovedHasMoved(t *testing.T) {
	before := processtest.DefinitionOf("a", "b", "c", "d")
	cases := map[string]struct {
		after []process.MilestoneID
		moved []process.MilestoneID
	}{
		"the last one first":           {[]process.MilestoneID{"d", "a", "b", "c"}, []process.MilestoneID{"d"}},
		"the first one last":           {[]process.MilestoneID{"b", "c", "d", "a"}, []process.MilestoneID{"a"}},
		"a new one in between":         {[]process.MilestoneID{"a", "x", "b", "c", "d"}, nil},
		"one that is there no more":    {[]process.MilestoneID{"a", "c", "d"}, nil},
		"removed, added and moved one": {[]process.MilestoneID{"x", "c", "d", "a"}, []process.MilestoneID{"a"}},
	}
	for name, c := range cases {
		after := processtest.DefinitionOf(c.after...)
		var moved []process.MilestoneID
		comparison := process.CompareDefinitions(&before, &after)
		for _, m := range comparison.Milestones {
			if m.Moved {
				moved = append(moved, m.Key)
			}
		}
		if diff := cmp.Diff(c.moved, moved); diff != "" {
			t.Errorf("%s: moved (-want +got):\n%s", name, diff)
		}
	}
}

// definitions draws a process out of eight milestones, each there or not, in any order.
func definitions() *rapid.Generator[process.Definition] {
	return rapid.Custom(func(t *rapid.T) process.Definition {
		keys := rapid.Permutation([]process.MilestoneID{"a", "b", "c", "d", "e", "f", "g", "h"}).Draw(t, "order")
		d := processtest.DefinitionOf(keys[:rapid.IntRange(0, len(keys)).Draw(t, "how many")]...)
		for i := range d.Milestones {
			d.Milestones[i].Required = rapid.Bool().Draw(t, "required")
		}
		return d
	})
}

func TestAComparisonForgetsAndInventsNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		before, after := definitions().Draw(t, "before"), definitions().Draw(t, "after")
		c := process.CompareDefinitions(&before, &after)
		if again := process.CompareDefinitions(&before, &before); !again.Same() {
			t.Errorf("a definition differs from itself: %+v", again)
		}
		// Taking the removed and the moved ones out, and the added and the moved ones too, leaves the same order in both.
		changed := map[process.MilestoneID]*process.MilestoneChange{}
		for i := range c.Milestones {
			changed[c.Milestones[i].Key] = &c.Milestones[i]
		}
		if diff := cmp.Diff(unmovedIn(before, changed), unmovedIn(after, changed)); diff != "" {
			t.Errorf("what is said to have stayed has not (-before +after):\n%s", diff)
		}
		for key, change := range changed {
			if a, b := has(before, key), has(after, key); change.Added() != !a || change.Removed() != !b {
				t.Errorf("%s: added %v, removed %v, but there before %v and after %v", key, change.Added(), change.Removed(), a, b)
			}
		}
		if there, back := movedIn(c), movedIn(process.CompareDefinitions(&after, &before)); there != back {
			t.Errorf("the way there moves %d milestones and the way back %d", there, back)
		}
	})
}

func unmovedIn(d process.Definition, changed map[process.MilestoneID]*process.MilestoneChange) (keys []process.MilestoneID) {
	for _, m := range d.Milestones {
		if c := changed[m.Key]; c == nil || !c.Moved && !c.Added() && !c.Removed() {
			keys = append(keys, m.Key)
		}
	}
	return keys
}

func has(d process.Definition, key process.MilestoneID) bool {
	return slices.ContainsFunc(d.Milestones, func(m process.Milestone) bool { return m.Key == key })
}

func movedIn(c process.Comparison) (n int) {
	for _, m := range c.Milestones {
		if m.Moved {
			n++
		}
	}
	return n
}

func TestAMovedMilestoneStaysInTheProcess(t *testing.T) {
	d := processtest.DefinitionOf("a", "b", "c")
	for places, want := range map[int][]process.MilestoneID{-1: {"b", "a", "c"}, 1: {"a", "c", "b"}, -9: {"b", "a", "c"}, 9: {"a", "c", "b"}, 0: {"a", "b", "c"}} {
		got := d.Moved("b", places)
		if diff := cmp.Diff(want, got.Required()); diff != "" {
			t.Errorf("%d places (-want +got):\n%s", places, diff)
		}
	}
	if diff := cmp.Diff([]process.MilestoneID{"a", "b", "c"}, d.Required()); diff != "" {
		t.Errorf("the definition itself was changed:\n%s", diff)
	}
}

func TestANewMilestoneGetsAKeyOfItsOwn(t *testing.T) {
	d := processtest.DefinitionOf("money")
	d = d.With(process.Milestone{Name: "Money", Required: true})
	d = d.With(process.Milestone{Key: "money", Name: "The buyer has set money aside", Required: true})
	if diff := cmp.Diff([]process.MilestoneID{"money", "money_2"}, d.Required()); diff != "" {
		t.Errorf("the keys (-want +got):\n%s", diff)
	}
	if got := d.Milestones[0].Name; got != "The buyer has set money aside" {
		t.Errorf("the changed one is called %q", got)
	}
	if got := d.Without("money"); len(got.Milestones) != 1 || got.Milestones[0].Key != "money_2" {
		t.Errorf("without it there is %+v", got.Milestones)
	}
}

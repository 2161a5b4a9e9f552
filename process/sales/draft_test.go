package sales_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"milstolpe/process"
	"milstolpe/process/conflicts"
	"milstolpe/process/processtest"
	"milstolpe/process/sales"
)

func draftOf(rows ...string) process.Definition {
	d := process.Definition{Name: "New business"}
	for _, row := range rows {
		d.Milestones = append(d.Milestones, process.Milestone{Key: process.MilestoneID(row[:1]), Name: row, Required: true})
	}
	return d
}

// drafting is a process with a version in force, whose draft people change.
type drafting struct {
	*processtest.Story
	t *testing.T
}

func newDrafting(t *testing.T) *drafting {
	t.Helper()
	s := &drafting{processtest.NewStory(t, "anna"), t}
	s.Add("version", &process.VersionPublished{Stamp: processtest.Known("2025-01-01"), Process: "q", Version: "q1", Definition: draftOf("a", "b", "c")})
	return s
}

func (s *drafting) draft(name string, d process.Definition, base ...process.EventID) process.EventID {
	s.Add(name, &process.DraftSaved{Stamp: processtest.Known("2025-01-02", base...), Process: "q", Definition: d})
	return s.Ids[name]
}

func (s *drafting) process() *sales.Process {
	s.t.Helper()
	p, ok := s.Team.Process("q")
	if !ok {
		s.t.Fatal("there is no process")
	}
	return p
}

func (s *drafting) shows(rows ...string) {
	s.t.Helper()
	d, _, _ := s.process().Draft()
	var names []string
	for _, m := range d.Milestones {
		names = append(names, m.Name)
	}
	if diff := cmp.Diff(rows, names); diff != "" {
		s.t.Errorf("the draft is not as it ought to be: %s", diff)
	}
}

func (s *drafting) whole() bool {
	_, whole := s.process().DraftConflicts()
	return whole
}

func (s *drafting) apart() (keys []process.MilestoneID) {
	for _, c := range s.Team.Conflicts() {
		if c.Field == conflicts.DraftRow {
			keys = append(keys, process.MilestoneID(c.Subject[len("q\x1f"):]))
		}
	}
	return keys
}

// Two people edit different milestones of one draft: both changes live, and nobody has to choose. It is so too where the draft had been there.
func TestDraftsMergeWhereDifferentMilestonesChanged(t *testing.T) {
	s := newDrafting(t)
	anna := s.draft("anna", draftOf("a1", "b", "c"))
	erik := s.draft("erik", draftOf("a", "b", "c1"))
	if n := len(s.Team.Conflicts()); n != 0 {
		t.Errorf("%d conflicts", n)
	}
	s.shows("a1", "b", "c1")
	facts, err := s.Team.SaveDraft("q", draftOf("a1", "b2", "c1"), nil, process.MustDate("2025-01-03"))
	if err != nil || len(facts) != 1 || !slices.Contains(facts[0].Recorded().Base, anna) || !slices.Contains(facts[0].Recorded().Base, erik) {
		t.Fatalf("saving gives %v, %v", facts, err)
	}
	s.Add("both", facts...)
	s.draft("sara", draftOf("a1", "b2", "c1", "d"), s.Ids["both"])
	s.draft("olle", draftOf("a1", "c1"), s.Ids["both"])
	s.shows("a1", "c1", "d")
	if n := len(s.Team.Conflicts()); n != 0 {
		t.Errorf("%d conflicts", n)
	}
}

// The same milestone is a conflict of that milestone alone. Editing another one leaves it waiting, and several are decided with one save.
func TestTheSameMilestoneInTwoDraftsIsAConflictOfThatMilestone(t *testing.T) {
	s := newDrafting(t)
	s.draft("anna", draftOf("a1", "b1", "c"))
	s.draft("erik", draftOf("a2", "b2", "c1"))
	s.shows("a2", "b2", "c1")
	if got := s.apart(); !slices.Equal(got, []process.MilestoneID{"a", "b"}) || len(s.Team.Conflicts()) != 2 || s.whole() {
		t.Fatalf("in conflict are %v of %d", got, len(s.Team.Conflicts()))
	}
	facts, err := s.Team.SaveDraft("q", draftOf("a2", "b2", "c2"), nil, process.MustDate("2025-01-03"))
	if err != nil || len(facts) != 2 {
		t.Fatal(facts, err)
	}
	s.Add("c for anna", facts[0])
	s.Add("c for erik", facts[1])
	s.shows("a2", "b2", "c2")
	clashes := s.Team.Conflicts()
	if len(clashes) != 2 || len(clashes[0].Heads) != 2 || clashes[0].Before == nil {
		t.Fatalf("after another milestone was edited %d conflicts wait: %+v", len(clashes), clashes)
	}
	day := process.MustDate("2025-01-04")
	first, err := clashes[0].Settle(clashes[0].Heads[0].Event, nil, day, nil) // a as Anna has it
	if err != nil {
		t.Fatal(err)
	}
	second, err := clashes[1].Settle(clashes[1].Before.Event, nil, day, nil) // b as it was
	if err != nil {
		t.Fatal(err)
	}
	joined := s.Team.JoinDrafts(append(first, second...))
	if len(joined) != 2 {
		t.Fatalf("deciding two milestones in two drafts takes %d facts", len(joined))
	}
	s.Add("decided for anna", joined[0])
	s.Add("decided for erik", joined[1])
	s.shows("a1", "b", "c2")
	if n := len(s.Team.Conflicts()); n != 0 {
		t.Errorf("%d conflicts wait after all are decided", n)
	}
}

// Deciding one of two leaves the other.
func TestDecidingOneMilestoneLeavesTheOther(t *testing.T) {
	s := newDrafting(t)
	s.draft("anna", draftOf("a1", "b1", "c"))
	s.draft("erik", draftOf("a2", "c"))
	clashes := s.Team.Conflicts()
	if len(clashes) != 2 {
		t.Fatalf("%d conflicts", len(clashes))
	}
	facts, err := clashes[1].Settle(clashes[1].Heads[0].Event, nil, process.MustDate("2025-01-04"), nil) // b stays, as Anna has it
	if err != nil || len(facts) != 2 {
		t.Fatal(facts, err)
	}
	s.Add("one", facts[0])
	s.Add("two", facts[1])
	s.shows("a2", "b1", "c")
	if got := s.apart(); !slices.Equal(got, []process.MilestoneID{"a"}) {
		t.Errorf("in conflict are %v", got)
	}
}

// A draft that one has thrown away and another has changed is a conflict of the whole.
func TestADraftThatWasThrownAwayIsAConflictOfTheWhole(t *testing.T) {
	s := newDrafting(t)
	first := s.draft("first", draftOf("a1", "b", "c"))
	s.draft("gone", process.Definition{}, first)
	s.draft("changed", draftOf("a1", "b1", "c"), first)
	if clashes := s.Team.Conflicts(); len(clashes) != 1 || clashes[0].Field != conflicts.Draft || !s.whole() {
		t.Errorf("conflicts: %+v", clashes)
	}
}

package picklists_test

import (
	"slices"
	"testing"

	"milstolpe/process"
	"milstolpe/process/conflicts"
	"milstolpe/process/picklists"
	"milstolpe/process/processtest"
	"milstolpe/process/sales"
)

var today = process.Stamp{Known: processtest.Day("2026-11-23")}

// withRegion is a team with a list of regions, and a deal.
func withRegion(t *testing.T) *processtest.Story {
	t.Helper()
	s := processtest.NewStory(t, "owner")
	s.Open("d1", "2026-01-05", nil)
	do(t, s)(func(b *picklists.Book) ([]process.Fact, error) {
		_, facts, err := b.Add(" Region ", []string{"North", "", "Syd", "north"}, today)
		return facts, err
	})
	return s
}

// do records what a decision answers.
func do(t *testing.T, s *processtest.Story) func(func(*picklists.Book) ([]process.Fact, error)) {
	t.Helper()
	return func(decide func(*picklists.Book) ([]process.Fact, error)) {
		t.Helper()
		facts, err := decide(s.Team.Lists())
		if err != nil {
			t.Fatal(err)
		}
		s.Add("", facts...)
	}
}

func namesOf(choices []picklists.Choice) (names []string) {
	for _, c := range choices {
		names = append(names, c.Name)
	}
	return names
}

func region(t *testing.T, s *processtest.Story) picklists.List {
	t.Helper()
	l, ok := s.Team.Lists().List("region")
	if !ok {
		t.Fatal("the list is not there")
	}
	return l
}

func TestAListIsMadeOrderedAndRetired(t *testing.T) {
	s := withRegion(t)
	act := do(t, s)
	if got := namesOf(region(t, s).Choices); !slices.Equal(got, []string{"North", "Syd"}) {
		t.Fatalf("the choices are %q", got)
	}
	act(func(b *picklists.Book) ([]process.Fact, error) {
		return b.AddChoices("region", []string{"West", "syd"}, today)
	})
	act(func(b *picklists.Book) ([]process.Fact, error) { return b.Move("region", "west", -5, nil, today.Known) })
	act(func(b *picklists.Book) ([]process.Fact, error) {
		return b.RenameChoice("region", "syd", picklists.Named{Name: "South"}, nil, today.Known)
	})
	act(func(b *picklists.Book) ([]process.Fact, error) {
		return s.Deal("d1").Choices().Set(b, "d1", "region", "north", nil, today)
	})
	act(func(b *picklists.Book) ([]process.Fact, error) {
		return b.RenameChoice("region", "north", picklists.Named{Name: "North", Retired: true}, nil, today.Known)
	})
	list := region(t, s)
	if got := namesOf(list.Offered()); !slices.Equal(got, []string{"West", "South"}) {
		t.Errorf("offered are %q", got)
	}
	d := s.Deal("d1").Choices()
	if d.Of("region") != "north" || s.Team.Lists().ChoiceName("region", "north") != "North" {
		t.Errorf("the deal has lost its retired choice: %q", d.Of("region"))
	}
	if facts, err := d.Set(s.Team.Lists(), "d1", "region", "north", nil, today); err != nil || len(facts) != 0 {
		t.Errorf("the choice that it has: %v, %v", facts, err)
	}
	act(func(b *picklists.Book) ([]process.Fact, error) { return d.Set(b, "d1", "region", "west", nil, today) })
	if _, err := s.Deal("d1").Choices().Set(s.Team.Lists(), "d1", "region", "north", nil, today); process.KindOf(err) != process.Invalid {
		t.Errorf("a retired choice is taken anew: %v", err)
	}
	act(func(b *picklists.Book) ([]process.Fact, error) {
		return b.AddChoices("region", []string{"NORTH"}, today)
	})
	list = region(t, s)
	if c, _ := list.ByName("north"); c.ID != "north" || c.Retired {
		t.Errorf("a retired choice that is added again is %+v", c)
	}
}

func TestListsRefuseWhatCannotBe(t *testing.T) {
	s := withRegion(t)
	b := s.Team.Lists()
	for name, err := range map[string]error{
		"the same name":    third(b.Add("region", nil, today)),
		"no name":          third(b.Add(" ", nil, today)),
		"a taken choice":   second(b.RenameChoice("region", "syd", picklists.Named{Name: "NORTH"}, nil, today.Known)),
		"no such list":     second(b.Rename("source", picklists.Named{Name: "Source"}, nil, today.Known)),
		"no such choice":   second(b.RenameChoice("region", "east", picklists.Named{Name: "East"}, nil, today.Known)),
		"a choice of none": second(s.Deal("d1").Choices().Set(b, "d1", "region", "east", nil, today)),
		"a list of none":   second(s.Deal("d1").Choices().Set(b, "d1", "source", "fair", nil, today)),
	} {
		if k := process.KindOf(err); k != process.Invalid && k != process.NotFound {
			t.Errorf("%s: %v", name, err)
		}
	}
	for _, name := range []string{"Source", "北京"} {
		do(t, s)(func(b *picklists.Book) ([]process.Fact, error) {
			_, facts, err := b.Add(name, nil, today)
			return facts, err
		})
	}
	if _, _, err := b.Add("Fourth", nil, today); process.KindOf(err) != process.Invalid || len(b.Lists()) != picklists.MaxLists {
		t.Errorf("of %d lists one more is %v", len(b.Lists()), err)
	}
	do(t, s)(func(b *picklists.Book) ([]process.Fact, error) {
		return b.Rename("source", picklists.Named{Name: "Source", Retired: true}, nil, today.Known)
	})
	do(t, s)(func(b *picklists.Book) ([]process.Fact, error) {
		_, facts, err := b.Add("Fourth", nil, today)
		return facts, err
	})
	if _, err := b.Rename("source", picklists.Named{Name: "Source"}, nil, today.Known); process.KindOf(err) != process.Invalid {
		t.Errorf("a fourth list comes back: %v", err)
	}
}

func second[A any](_ A, err error) error        { return err }
func third[A, B any](_ A, _ B, err error) error { return err }

// Two people who have not seen each other's change disagree about a deal's choice, a name and the order, and one of them settles it for all
// copies; two who made the same list, or the same choice, do not disagree.
func TestWhatTwoPeopleChangeAtOnceIsAConflict(t *testing.T) {
	s := withRegion(t)
	list := s.Team.Lists().ListHeads("region")
	choice := s.Team.Lists().ChoiceHeads("region", "syd")
	at := func(base ...process.EventID) process.Stamp { return processtest.Known("2026-11-23", base...) }
	s.Add("", &process.ListNamed{Stamp: at(), List: "region", Name: "Region"}, &process.ChoiceNamed{Stamp: at(choice...), List: "region", Choice: "east", Name: "East"})
	s.Add("", &process.ChoiceNamed{Stamp: at(), List: "region", Choice: "east", Name: "East"})
	if got := s.Team.Conflicts(); len(got) != 0 {
		t.Fatalf("the same list made twice is %d conflicts", len(got))
	}
	s.Add("", &process.ChoiceSet{Stamp: at(), Deal: "d1", List: "region", Choice: "north"}, &process.ChoiceSet{Stamp: at(), Deal: "d1", List: "region", Choice: "syd"})
	s.Add("", &process.ListNamed{Stamp: at(list...), List: "region", Name: "District"}, &process.ListNamed{Stamp: at(list...), List: "region", Name: "Area"})
	s.Add("", &process.ChoiceNamed{Stamp: at(choice...), List: "region", Choice: "syd", Name: "South"}, &process.ChoiceNamed{Stamp: at(choice...), List: "region", Choice: "syd", Name: "Syd", Retired: true})
	s.Add("", &process.ChoicesOrdered{Stamp: at(), List: "region", Choices: []process.ChoiceID{"syd"}}, &process.ChoicesOrdered{Stamp: at(), List: "region", Choices: []process.ChoiceID{"north", "syd"}})
	found := map[conflicts.Field]sales.Conflict{}
	for _, c := range s.Team.Conflicts() {
		found[c.Field] = c
	}
	if len(found) != 4 {
		t.Fatalf("conflicts: %v", found)
	}
	for _, field := range []conflicts.Field{conflicts.Choice, conflicts.ListName, conflicts.ChoiceName, conflicts.ChoiceOrder} {
		c := found[field]
		facts, err := c.Settle(c.Heads[0].Event, nil, today.Known, nil)
		if err != nil {
			t.Fatal(err)
		}
		s.Add("", facts...)
	}
	if got := s.Team.Conflicts(); len(got) != 0 {
		t.Errorf("settled, %d conflicts are left", len(got))
	}
	if d := s.Deal("d1").Choices().Of("region"); d != "north" {
		t.Errorf("the deal has %q", d)
	}
}

// A choice that somebody took back keeps its last name for the deals that have it, and undoing a deal's choice gives it the one before.
func TestWhatIsTakenBackIsNotLost(t *testing.T) {
	s := withRegion(t)
	s.Add("east", &process.ChoiceNamed{Stamp: today, List: "region", Choice: "east", Name: "East"})
	s.Add("first", &process.ChoiceSet{Stamp: today, Deal: "d1", List: "region", Choice: "east"})
	s.Add("then", &process.ChoiceSet{Stamp: processtest.Known("2026-11-23", s.Ids["first"]), Deal: "d1", List: "region", Choice: "north"})
	s.Add("", &process.Undone{Stamp: today, Deal: "d1", Events: []process.EventID{s.Ids["then"]}}, &process.Undone{Stamp: today, Events: []process.EventID{s.Ids["east"]}})
	if got := s.Deal("d1").Choices().Of("region"); got != "east" || s.Team.Lists().ChoiceName("region", got) != "East" {
		t.Errorf("the deal has %q, called %q", got, s.Team.Lists().ChoiceName("region", got))
	}
	if got := namesOf(region(t, s).Choices); !slices.Equal(got, []string{"North", "Syd"}) {
		t.Errorf("offered are %q", got)
	}
	do(t, s)(func(b *picklists.Book) ([]process.Fact, error) {
		return b.AddChoices("region", []string{"East"}, today)
	})
	if got := namesOf(region(t, s).Choices); !slices.Equal(got, []string{"North", "Syd", "East"}) {
		t.Errorf("added again: %q", got)
	}
}

func TestPicksAskForOneChoiceOfEachList(t *testing.T) {
	p := process.Picks("").With("source", "fair").With("region", "north").With("source", "web")
	if p != "region:north,source:web" {
		t.Errorf("picks are %q", p)
	}
	if c, asked := p.With("region", "").Of("region"); c != "" || !asked {
		t.Errorf("deals without a region: %q, %v", c, asked)
	}
	if p.Without("region").Without("source") != "" {
		t.Errorf("nothing asked is %q", p.Without("region").Without("source"))
	}
	for _, bad := range []process.Picks{"", ",", "x", ":y", ",,:"} {
		if _, _, any := bad.First(); any {
			t.Errorf("%q asks for something", bad)
		}
	}
}

package sales_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"milstolpe/process"
	"milstolpe/process/processtest"
	"milstolpe/process/sales"
)

// event is an event whose key sorts by the number.
func event(n uint64, f process.Fact) process.Event {
	return process.Event{ID: process.NewEventID(n<<16, process.Writer{1}, nil), Fact: f}
}

func worth(on string, kr int64, base ...process.Event) *process.ValueSet {
	f := &process.ValueSet{Stamp: processtest.Known(on), Deal: "d", Value: processtest.Kronor(kr)}
	for _, b := range base {
		f.Base = append(f.Base, b.ID)
	}
	return f
}

func TestHeadsAreTheEntriesThatNoOtherReplaces(t *testing.T) {
	opened := event(1, &process.DealOpened{Stamp: processtest.Known("2025-01-01"), Deal: "d", On: processtest.Day("2025-01-01"), Value: processtest.Kronor(100)})
	anna := event(2, worth("2025-01-20", 400, opened))
	erik := event(3, worth("2025-01-10", 450, opened)) // recorded on a computer that had not seen Anna's
	settled := event(4, worth("2025-02-01", 400, anna, erik))
	undone := event(5, &process.Undone{Stamp: processtest.Known("2025-03-01"), Deal: "d", Events: []process.EventID{settled.ID}})
	for name, c := range map[string]struct {
		events []process.Event
		on     string
		want   int64
		heads  []process.EventID
	}{
		"one":                               {[]process.Event{opened}, "2025-06-01", 100, []process.EventID{opened.ID}},
		"before it was known there is none": {[]process.Event{opened}, "2024-12-31", 0, []process.EventID{opened.ID}},
		"replaced":                          {[]process.Event{opened, erik}, "2025-06-01", 450, []process.EventID{erik.ID}},
		"not replaced yet":                  {[]process.Event{opened, erik}, "2025-01-09", 100, []process.EventID{erik.ID}},
		// Both replace the opening's value and neither the other: a conflict, in which the latest by key stands.
		"a conflict":                      {[]process.Event{opened, anna, erik}, "2025-06-01", 450, []process.EventID{anna.ID, erik.ID}},
		"before the conflict was known":   {[]process.Event{opened, anna, erik}, "2025-01-15", 450, []process.EventID{anna.ID, erik.ID}},
		"settled by naming both":          {[]process.Event{opened, anna, erik, settled}, "2025-06-01", 400, []process.EventID{settled.ID}},
		"still a conflict the day before": {[]process.Event{opened, anna, erik, settled}, "2025-01-31", 450, []process.EventID{settled.ID}},
		"a conflict again when the settling is undone": {
			[]process.Event{opened, anna, erik, settled, undone}, "2025-06-01", 450, []process.EventID{anna.ID, erik.ID},
		},
		"the replaced one has not arrived": {[]process.Event{opened, settled}, "2025-06-01", 400, []process.EventID{opened.ID, settled.ID}},
	} {
		t.Run(name, func(t *testing.T) {
			d, _ := processtest.TeamOf(c.events).Deal("d")
			got := int64(0)
			if v := d.ValueOn(processtest.Day(c.on)); v != nil {
				got = v.Minor / 100
			}
			if got != c.want {
				t.Errorf("on %s the value is %d, want %d", c.on, got, c.want)
			}
			if diff := cmp.Diff(c.heads, d.Heads()["value"]); diff != "" {
				t.Errorf("heads now (-want +got)\n%s", diff)
			}
		})
	}
}

// A form that grew stale in a second tab, or on another computer, is no overwriting: what it did not show, it does not replace.
func TestAStaleFormMakesAConflictAndNoSilentOverwriting(t *testing.T) {
	s := processtest.NewStory(t, "a")
	s.Add("", &process.CustomerNamed{Stamp: processtest.Known("2025-01-01"), Customer: "c", Name: "Granåsa"})
	s.Add("open", &process.DealOpened{Stamp: processtest.Known("2025-01-01"), Deal: "d", On: processtest.Day("2025-01-01"), Process: "p", Version: "v1", Customer: "c", Value: processtest.Kronor(100)})
	d := s.Deal("d")
	stale := d.Heads()
	send := func(kr int64, base map[string][]process.EventID) []process.Fact {
		facts, err := d.Change(sales.DealForm{Customer: "Granåsa", Value: processtest.Kronor(kr), Base: base}, moment("2025-01-05"))
		if err != nil {
			t.Fatal(err)
		}
		s.Add("", facts...)
		return facts
	}
	send(200, stale)
	if facts := send(200, stale); facts != nil {
		t.Errorf("the same form sent twice: %d facts", len(facts))
	}
	send(300, stale)
	if heads := d.Heads()["value"]; len(heads) != 2 || len(d.Conflicts()) != 1 {
		t.Fatalf("%d values stand after a stale form, want two that differ", len(heads))
	}
	// The form that shows both settles, even for the one that stands already.
	if facts := send(300, d.Heads()); len(facts) != 1 || len(facts[0].Recorded().Base) != 2 {
		t.Errorf("settling gives %d facts", len(facts))
	}
	if heads := d.Heads()["value"]; len(heads) != 1 || len(d.Conflicts()) != 0 || *d.Now.Value != *processtest.Kronor(300) {
		t.Errorf("%d values stand after settling, now %v", len(heads), d.Now.Value)
	}
}

func TestASettingBeforeItsFirstValueIsThatValue(t *testing.T) {
	team := processtest.TeamOf([]process.Event{
		event(1, &process.SettingSet{Stamp: processtest.Known("2025-01-10"), Setting: process.WinsOfTenSetting, Value: "4"}),
		event(2, &process.RateSet{Stamp: processtest.Known("2025-01-10"), Currency: "NOK", Rate: 0.97}),
	})
	if a, given := team.Settings().WinsOfTenOn(processtest.Day("2024-06-01")); a != 4 || !given {
		t.Errorf("before anybody answered, %v, %v", a, given)
	}
	if rate, ok := team.Rates().On("NOK", processtest.Day("2024-06-01")); rate != 0.97 || !ok {
		t.Errorf("before there was a rate, %v, %v", rate, ok)
	}
	if a, given := sales.NewTeam().Settings().WinsOfTenOn(processtest.Day("2024-06-01")); a != process.DefaultWinsOfTen || given {
		t.Errorf("a team that was never asked says %v, %v", a, given)
	}
}

func TestVersionsThatReplaceEachOtherLeaveTheFirst(t *testing.T) {
	publish := func(n uint64, on string, id process.VersionID, base uint64) process.Event {
		replaced := event(base, nil).ID
		return event(n, &process.VersionPublished{Stamp: processtest.Known(on, replaced), Process: "p", Version: id, Definition: processtest.DefinitionOf("a")})
	}
	team := processtest.TeamOf([]process.Event{publish(1, "2025-01-10", "v1", 2), publish(2, "2025-02-10", "v2", 1)})
	p, _ := team.Process("p")
	for _, day := range []string{"2024-06-01", "2025-01-20", "2025-03-01"} {
		if v := p.VersionOn(processtest.Day(day)); v == nil || v.ID != "v1" {
			t.Errorf("on %s the version is %v", day, v)
		}
	}
	if p.Current() == nil {
		t.Error("there is no version now")
	}
}

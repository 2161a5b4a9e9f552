package sales_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"milstolpe/process"
	"milstolpe/process/conflicts"
	"milstolpe/process/processtest"
	"milstolpe/process/register"
	"milstolpe/process/sales"
)

// namers are for each event those that name it: in the place of it, or to take it back.
func namers(events []process.Event) (by map[process.EventID][]process.Event, imports map[process.ImportID]bool) {
	by, imports = map[process.EventID][]process.Event{}, map[process.ImportID]bool{}
	for _, e := range events {
		ids := slices.Clone(e.Fact.Recorded().Base)
		switch f := e.Fact.(type) {
		case *process.Undone:
			ids = append(ids, f.Events...)
		case *process.ImportUndone:
			imports[f.ID] = true
		}
		for _, id := range ids {
			by[id] = append(by[id], e)
		}
	}
	return by, imports
}

// Whatever people record, and whatever merges bring: what one has recorded counts until somebody names it. What does not count is named by a
// fact that takes it back, alone or with its whole import; what is not shown as the value of a field is named by what took its place.
func TestNoFactIsTakenBackThatIsNotNamed(t *testing.T) {
	for name, draw := range map[string]func(*rapid.T) []process.Event{"what a team records": processtest.HistoryOf, "whatever a merge may bring": processtest.AnyEvents} {
		t.Run(name, func(t *testing.T) {
			rapid.Check(t, func(rt *rapid.T) {
				events := draw(rt)
				team := processtest.TeamOf(events)
				by, imports := namers(events)
				for _, d := range team.EveryDeal() {
					for _, e := range d.Events() {
						if d.Gone(e) && len(by[e.ID]) == 0 && !imports[e.Fact.Recorded().Import] {
							rt.Errorf("%T of %s does not count, and nobody has named it", e.Fact, d.ID)
						}
					}
					checkMarks(rt, d, by)
					checkHeads(rt, "name", d.Names(), d, by)
					checkHeads(rt, "seller", d.Sellers(), d, by)
					checkHeads(rt, "value", d.Values(), d, by)
					checkHeads(rt, "expected close", d.ExpectedCloses(), d, by)
				}
			})
		})
	}
}

// checkMarks holds that every report of a milestone is shown until a withdrawal or an undoing names it.
func checkMarks(rt *rapid.T, d *sales.Deal, by map[process.EventID][]process.Event) {
	for i := range d.Marks() {
		m := &d.Marks()[i]
		shown := slices.ContainsFunc(d.ReportsOn(m.Milestone, process.FarFuture), func(r sales.Mark) bool { return r.ID == m.ID })
		if !shown && len(by[m.ID]) == 0 && m.Stamp.Import == "" {
			rt.Errorf("a report of %s is not shown, and nobody has named it", m.Milestone)
		}
	}
}

func checkHeads[T any](rt *rapid.T, field string, f *register.Register[T], d *sales.Deal, by map[process.EventID][]process.Event) {
	heads := f.HeadsOn(process.FarFuture, d.Retractions())
	for _, e := range f.Entries() {
		shown := slices.ContainsFunc(heads, func(h register.Entry[T]) bool { return h.ID == e.ID })
		if !shown && e.EffectiveOn(process.FarFuture, d.Retractions()) && len(by[e.ID]) == 0 {
			rt.Errorf("a %s of %s was replaced by what does not name it", field, d.ID)
		}
	}
}

// A deal whose opening somebody takes back stays while somebody else's work on it counts: changing beats deleting.
func TestADealStaysWhileSomebodyElseHasWorkedOnIt(t *testing.T) {
	known := func(day string) process.Stamp { return process.Stamp{Known: processtest.Day(day)} }
	id := func(n uint64, writer byte) process.EventID {
		return process.NewEventID(n<<16, process.Writer{writer}, []byte{byte(n)})
	}
	opened := process.Event{ID: id(1, 1), Fact: &process.DealOpened{Stamp: known("2026-01-05"), Deal: "d", On: processtest.Day("2026-01-05"), Name: "Kitchen", Value: processtest.Kronor(100)}}
	undone := process.Event{ID: id(2, 1), Fact: &process.Undone{Stamp: known("2026-01-05"), Deal: "d", Events: []process.EventID{opened.ID}}}
	note := process.Event{ID: id(3, 2), Fact: &process.JournalWritten{Stamp: known("2026-01-07"), Deal: "d", On: processtest.Day("2026-01-07"), Text: "Lunch"}}
	taken := process.Event{ID: id(4, 2), Fact: &process.Undone{Stamp: known("2026-01-08"), Deal: "d", Events: []process.EventID{note.ID}}}
	for _, c := range []struct {
		situation string
		events    []process.Event
		there     bool
	}{
		{"opened", []process.Event{opened}, true},
		{"undone", []process.Event{opened, undone}, false},
		{"undone, and worked on elsewhere", []process.Event{opened, undone, note}, true},
		{"the other order", []process.Event{note, undone, opened}, true},
		{"the work is taken back too", []process.Event{opened, undone, note, taken}, false},
	} {
		team := processtest.TeamOf(c.events)
		if d, there := team.Deal("d"); there != c.there || there && (d.Now.Name != "Kitchen" || d.Now.Value == nil) {
			t.Errorf("%s: there %v, want %v", c.situation, there, c.there)
		}
	}
	team := processtest.TeamOf([]process.Event{opened, undone, note})
	if d := team.EveryDeal()[0]; d.Exists(processtest.Day("2026-01-06")) || !d.Exists(processtest.Day("2026-01-07")) {
		t.Error("the deal is there from the day on which the other's work is known")
	}
	// What comes later says nothing of the days before: neither that the work is taken back, nor that whoever did it gives the deal up too.
	gaveUp := process.Event{ID: id(5, 2), Fact: &process.Undone{Stamp: known("2026-01-09"), Deal: "d", Events: []process.EventID{opened.ID}}}
	for _, later := range []process.Event{taken, gaveUp} {
		d := processtest.TeamOf([]process.Event{opened, undone, note, later}).EveryDeal()[0]
		if from := later.Fact.Recorded().Known; !d.Exists(processtest.Day("2026-01-07")) || !d.Exists(from-1) || d.Exists(from) {
			t.Errorf("%T on %s: there on the days before, from then on not", later.Fact, from)
		}
	}
}

// Two people have reported one milestone. Both reports are shown, a correction mends one of them, and a withdrawal takes back the one it
// means.
func TestTwoReportsOfOneMilestone(t *testing.T) {
	s := processtest.NewStory(t, "a", "b")
	s.Open("d", "2026-01-05", nil)
	report := func(name, on, text string) {
		s.Add(name, &process.MilestoneReached{Stamp: process.Stamp{Known: processtest.Day(on)}, Deal: "d", Milestone: "a", On: processtest.Day(on), Evidence: process.Evidence{Text: text}})
	}
	report("annas", "2026-01-08", "a mail")
	report("eriks", "2026-01-10", "a call")
	d, today := s.Deal("d"), processtest.Day("2026-01-12")
	texts := func() (list []string) {
		for _, m := range d.ReportsOn("a", today) {
			list = append(list, m.Evidence.Text)
		}
		return list
	}
	if got := texts(); !slices.Equal(got, []string{"a mail", "a call"}) {
		t.Fatalf("shown are %v", got)
	}
	facts, err := d.Correct(sales.ReachInput{Milestone: "a", Mark: s.Ids["eriks"], On: processtest.Day("2026-01-09"), Evidence: process.Evidence{Text: "a visit"}}, today)
	if err != nil {
		t.Fatal(err)
	}
	s.Add("", facts...)
	if got := texts(); !slices.Equal(got, []string{"a mail", "a visit"}) {
		t.Errorf("with Erik's corrected, shown are %v", got)
	}
	if facts, err = d.Withdraw("a", s.Ids["annas"], true, "another deal", today); err != nil {
		t.Fatal(err)
	}
	s.Add("", facts...)
	if got := texts(); !slices.Equal(got, []string{"a visit"}) {
		t.Errorf("with Anna's withdrawn, shown are %v", got)
	}
	if mark, there := d.MarkOn("a", today); !there || mark.ID != s.Ids["eriks"] {
		t.Error("the milestone is not reached by what Erik has reported")
	}
	// Two corrections of Erik's report that do not name each other wait to be settled.
	for _, text := range []string{"a letter", "a fax"} {
		s.Add("", &process.MilestoneCorrected{Stamp: process.Stamp{Known: today, Base: d.MendIDs(s.Ids["eriks"])[:2]}, Deal: "d", Milestone: "a", On: today, Evidence: process.Evidence{Text: text}})
	}
	list := d.Conflicts()
	if len(list) != 1 || list[0].Field != conflicts.Reached || len(list[0].Heads) != 2 {
		t.Fatalf("to be settled: %+v", list)
	}
	if facts, err = list[0].Settle(list[0].Heads[0].Event, nil, today, nil); err != nil {
		t.Fatal(err)
	}
	s.Add("", facts...)
	if got := texts(); len(d.Conflicts()) != 0 || !slices.Equal(got, []string{"a letter"}) {
		t.Errorf("settled, shown are %v", got)
	}
}

// Who opened a deal cannot take that back once somebody else has worked on it.
func TestAnOpeningThatOthersHaveBuiltOnIsNotUndone(t *testing.T) {
	hello := func(writer byte, who string) process.Event {
		return process.Event{ID: process.NewEventID(uint64(writer), process.Writer{writer}, []byte{writer}), Fact: &process.WriterIntroduced{Person: who}}
	}
	opened := process.Event{ID: process.NewEventID(1<<20, process.Writer{1}, []byte{1}), Fact: &process.DealOpened{Stamp: process.Stamp{Known: processtest.Day("2026-01-05")}, Deal: "d"}}
	team := processtest.TeamOf([]process.Event{hello(1, "Anna"), hello(2, "Erik"), opened})
	if facts, err := team.Undo([]process.Event{opened}, processtest.Day("2026-01-06")); err != nil || len(facts) != 1 {
		t.Fatalf("undoing an opening: %d facts, %v", len(facts), err)
	}
	team.Apply(process.Event{ID: process.NewEventID(2<<20, process.Writer{2}, []byte{2}), Fact: &process.JournalWritten{Stamp: process.Stamp{Known: processtest.Day("2026-01-06")}, Deal: "d", Text: "Lunch"}})
	if _, err := team.Undo([]process.Event{opened}, processtest.Day("2026-01-06")); process.KindOf(err) != process.Conflict {
		t.Errorf("undoing it after Erik's work: %v", err)
	}
}

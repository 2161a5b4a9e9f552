package sales_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"milstolpe/process"
	"milstolpe/process/activities"
	"milstolpe/process/conflicts"
	"milstolpe/process/processtest"
	"milstolpe/process/sales"
)

// The file is of 2020-01-01. An opening that was recorded counts from its recording; what is older than the file and typed in during its
// first 30 days counts from the day on which it happened (model, section 1).
func TestACorrectedOpeningDayCountsAsTheModelSays(t *testing.T) {
	for name, c := range map[string]struct {
		opened, typedIn string // the deal
		to, on          string // the correction
		known           string
		history         bool
	}{
		"recorded, earlier":                 {"2020-03-10", "2020-03-10", "2020-02-01", "2020-03-12", "2020-03-10", false},
		"recorded in the first days":        {"2020-01-10", "2020-01-10", "2020-01-05", "2020-01-12", "2020-01-10", false},
		"becomes history":                   {"2020-01-10", "2020-01-10", "2019-06-01", "2020-01-12", "2019-06-01", true},
		"too late to become history":        {"2020-01-10", "2020-01-10", "2019-06-01", "2020-02-01", "2020-01-10", false},
		"history on another day":            {"2019-06-01", "2020-01-10", "2019-09-01", "2020-06-01", "2019-09-01", true},
		"recorded before its day came true": {"2020-03-10", "2020-03-12", "2020-03-11", "2020-03-15", "2020-03-12", false},
	} {
		s := processtest.NewStory(t, "a")
		add := func(facts []process.Fact, err error) {
			t.Helper()
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			s.Add(name, facts...)
		}
		_, facts, err := s.Team.OpenDeal(sales.NewDeal{
			Customer: "Granåsa", Process: "p", On: processtest.Day(c.opened), Value: processtest.Kronor(7),
		}, moment(c.typedIn))
		add(facts, err)
		d := s.Team.Deals()[0]
		was, _ := d.Opened()
		add(d.CorrectOpening(processtest.Day(c.to), nil, processtest.Day(c.on)))
		known, on := d.Opened()
		if known != processtest.Day(c.known) || on != processtest.Day(c.to) || d.History() != c.history || d.Now.Opened != on {
			t.Errorf("%s: opened on %s, known on %s, history %v", name, on, known, d.History())
		}
		if d.Exists(known-1) || !d.Exists(known) || d.ValueOn(known) == nil {
			t.Errorf("%s: there the day before %v, then %v, worth %v", name, d.Exists(known-1), d.Exists(known), d.ValueOn(known))
		}
		if again, err := d.CorrectOpening(processtest.Day(c.to), nil, processtest.Day(c.on)); len(again) != 0 || err != nil {
			t.Errorf("%s: saying it twice records %d facts, %v", name, len(again), err)
		}
		s.Add("", &process.Undone{Stamp: process.Stamp{Known: processtest.Day(c.on)}, Deal: d.ID, Events: []process.EventID{s.Ids[name]}})
		if known, on := d.Opened(); known != was || on != processtest.Day(c.opened) {
			t.Errorf("%s: taken back it is opened on %s, known on %s", name, on, known)
		}
	}
}

func TestAnOpeningDayThatCannotBeIsRefused(t *testing.T) {
	s, d := decided(t)
	today := processtest.Day("2025-03-01")
	facts, err := d.CloseDeal(sales.CloseInput{Outcome: process.Won, On: processtest.Day("2025-02-10")}, today)
	if err != nil {
		t.Fatal(err)
	}
	s.Add("", facts...)
	for day, want := range map[string]string{"2025-03-02": "opened date.in_the_future", "2025-02-11": "opened deal.opened_after_closing"} {
		if _, err := d.CorrectOpening(processtest.Day(day), nil, today); !cmp.Equal(faultsOf(err), []string{want}) {
			t.Errorf("opened on %s: %v", day, err)
		}
	}
}

// Two people who correct the day without seeing each other's change are asked which is right.
func TestTwoCorrectionsOfAnOpeningDayConflict(t *testing.T) {
	s, d := decided(t)
	one, _ := d.CorrectOpening(processtest.Day("2025-01-10"), nil, processtest.Day("2025-02-02"))
	two, _ := d.CorrectOpening(processtest.Day("2025-01-20"), nil, processtest.Day("2025-02-03"))
	s.Add("", one...)
	s.Add("", two...)
	waiting := d.Conflicts()
	if len(waiting) != 1 || waiting[0].Field != conflicts.Opened || len(waiting[0].Heads) != 2 {
		t.Fatalf("conflicts: %+v", waiting)
	}
	settled, err := waiting[0].Settle(waiting[0].Heads[0].Event, nil, processtest.Day("2025-02-04"), moment("2025-02-04").NewID)
	if err != nil {
		t.Fatal(err)
	}
	s.Add("", settled...)
	if known, on := d.Opened(); on != processtest.Day("2025-01-10") || known != processtest.Day("2025-02-01") || len(d.Conflicts()) != 0 {
		t.Errorf("settled: opened on %s, known on %s, %d conflicts", on, known, len(d.Conflicts()))
	}
}

func TestANewDealBeginsWhereItsCustomerIs(t *testing.T) {
	s, _ := decided(t)
	today := processtest.Day("2025-02-20")
	begun := sales.Begun{
		Reached: []process.MilestoneID{"budget", "meeting"}, ReachedOn: today - 9, Evidence: process.Evidence{Text: "Mail of the 11th"},
		Contact: sales.ContactForm{Name: "Maja Ek", Phone: "070"}, Next: activities.Activity{Text: "Call", Due: today + 3}, Source: " A fair ",
	}
	id, facts, err := s.Team.OpenDeal(sales.NewDeal{Customer: "Nyköping", Process: "p", On: today - 20, Begun: begun}, moment("2025-02-20"))
	if err != nil {
		t.Fatal(err)
	}
	s.Add("", facts...)
	d := s.Deal(id)
	for _, key := range begun.Reached {
		if m, ok := d.MarkOn(key, today); !ok || m.On != today-9 || m.Stamp.Known != today || m.Evidence.Text != "Mail of the 11th" {
			t.Errorf("%s: %v %+v", key, ok, m)
		}
	}
	if d.Now.Source != "A fair" || d.Now.NextStep != begun.Next || len(d.Contacts()) != 1 || len(s.Team.ContactsOf(d.Now.Customer)) != 1 {
		t.Errorf("begun: %+v, %d contacts", d.Now, len(d.Contacts()))
	}
	_, facts, err = s.Team.OpenDeal(sales.NewDeal{Customer: "Nyköping", Process: "p", Begun: sales.Begun{
		Reached: []process.MilestoneID{"budget"}, ReachedOn: today, Contact: sales.ContactForm{Phone: "070"}, Next: activities.Activity{Due: today},
	}}, moment("2025-02-20"))
	if want := []string{"next deal.next_needs_text", "evidence milestone.evidence_required", "contact form.required"}; !cmp.Equal(want, faultsOf(err)) || facts != nil {
		t.Errorf("refused for %v", faultsOf(err))
	}
}

// What had been there when the deal closed is noted on the same form, or later, and neither moves a chance: it is known from the close on.
func TestClosingAsksForWhatHadBeenThere(t *testing.T) {
	s, d := decided(t)
	today := processtest.Day("2025-03-01")
	facts, err := d.CloseDeal(sales.CloseInput{
		Outcome: process.Won, On: today - 2, Reached: []process.MilestoneID{"budget"}, Evidence: process.Evidence{Text: "The order"}, Reason: "Trust",
	}, today)
	if err != nil {
		t.Fatal(err)
	}
	s.Add("", facts...)
	late, err := d.Reach(sales.ReachInput{Milestone: "terms", On: today - 4}, today+1)
	if err != nil {
		t.Fatal(err)
	}
	s.Add("", late...)
	required := []process.MilestoneID{"budget", "terms"}
	if got := d.PassedOn(today-1, required); got != 0 {
		t.Errorf("the day before the close %d are passed", got)
	}
	if got := d.PassedOn(today+1, required); got != 2 || d.Now.Close.Reason != "Trust" {
		t.Errorf("afterwards %d are passed, won by %q", got, d.Now.Close.Reason)
	}
	if _, err := d.Reach(sales.ReachInput{Milestone: "meeting", On: today - 1}, today); !cmp.Equal(faultsOf(err), []string{"on milestone.after_closing"}) {
		t.Errorf("the day after the close: %v", err)
	}
	if facts, err := d.Withdraw("terms", process.EventID{}, true, "wrong deal", today+1); len(facts) != 1 || err != nil {
		t.Errorf("what was noted after the close can be taken back: %d facts, %v", len(facts), err)
	}
}

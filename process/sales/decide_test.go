package sales_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"milstolpe/process"
	"milstolpe/process/activities"
	"milstolpe/process/money"
	"milstolpe/process/processtest"
	"milstolpe/process/sales"
)

// faultsOf are the faults in an error, as field and catalogue key.
func faultsOf(err error) []string {
	var list []string
	for _, e := range processtest.ProblemsOf(err) {
		list = append(list, strings.TrimSpace(e.Field+" "+e.Msg))
	}
	return list
}

func moment(today string) sales.Env {
	n := 0
	return sales.Env{Today: processtest.Day(today), NewID: func() string { n++; return fmt.Sprintf("%s-%d", today, n) }}
}

// decided is a team of 2020 with a published process of a required milestone that needs evidence, another, and an optional one, and one
// deal of 1 February 2025.
func decided(t *testing.T) (*processtest.Story, *sales.Deal) {
	t.Helper()
	s := processtest.NewStory(t)
	_, facts, err := s.Team.Publish("p", process.Definition{Name: "New business", Milestones: []process.Milestone{
		{Key: "budget", Name: "Money set aside", Required: true, Evidence: process.EvidenceRequired},
		{Key: "meeting", Name: "Met without us"},
		{Key: "terms", Name: "Terms accepted", Required: true},
	}}, "", moment("2020-01-02"))
	if err != nil {
		t.Fatal(err)
	}
	s.Add("", facts...)
	_, facts, err = s.Team.OpenDeal(sales.NewDeal{Customer: "Granåsa", Seller: "Sara", Process: "p", Value: processtest.Kronor(100)}, moment("2025-02-01"))
	if err != nil {
		t.Fatal(err)
	}
	s.Add("", facts...)
	return s, s.Team.Deals()[0]
}

func TestWhatMayNotBeRecordedIsRefusedWithAllItsFaults(t *testing.T) {
	today := processtest.Day("2025-03-01")
	long := strings.Repeat("å", 10_001)
	for name, c := range map[string]struct {
		ask  func(s *processtest.Story, d *sales.Deal) ([]process.Fact, error)
		want []string
	}{
		"a deal without anything": {func(s *processtest.Story, _ *sales.Deal) ([]process.Fact, error) {
			_, facts, err := s.Team.OpenDeal(sales.NewDeal{}, moment("2025-03-01"))
			return facts, err
		}, []string{"customer form.required", "process process.none_published"}},
		"a deal of tomorrow, worth less than nothing": {func(s *processtest.Story, _ *sales.Deal) ([]process.Fact, error) {
			v := money.New(-1, "kr")
			_, facts, err := s.Team.OpenDeal(sales.NewDeal{Customer: "G", Process: "p", On: processtest.Day("2025-03-02"), Value: &v}, moment("2025-03-01"))
			return facts, err
		}, []string{"value deal.bad_value", "currency setting.bad_currency", "on date.in_the_future"}},
		"a milestone without its evidence": {func(_ *processtest.Story, d *sales.Deal) ([]process.Fact, error) {
			return d.Reach(sales.ReachInput{Milestone: "budget", On: today, Evidence: process.Evidence{Text: " "}}, today)
		}, []string{"evidence milestone.evidence_required"}},
		"a milestone of tomorrow with a script for a link": {func(_ *processtest.Story, d *sales.Deal) ([]process.Fact, error) {
			return d.Reach(sales.ReachInput{Milestone: "terms", On: today + 1, Evidence: process.Evidence{Link: "javascript:alert(1)"}}, today)
		}, []string{"on date.in_the_future", "link milestone.bad_link"}},
		"a milestone on no day": {func(_ *processtest.Story, d *sales.Deal) ([]process.Fact, error) {
			return d.Reach(sales.ReachInput{Milestone: "terms"}, today)
		}, []string{"on date.missing"}},
		"a milestone that the process has not": {func(_ *processtest.Story, d *sales.Deal) ([]process.Fact, error) {
			return d.Reach(sales.ReachInput{Milestone: "quote", On: today}, today)
		}, []string{"milestone.not_in_process"}},
		"an optional milestone needs no waiver": {func(_ *processtest.Story, d *sales.Deal) ([]process.Fact, error) {
			return d.Waive("meeting", "r", today)
		}, []string{"reason milestone.optional_needs_no_waiver"}},
		"a waiver without a reason": {func(_ *processtest.Story, d *sales.Deal) ([]process.Fact, error) {
			return d.Waive("terms", "\t", today)
		}, []string{"reason form.required"}},
		"a withdrawal without a reason": {func(_ *processtest.Story, d *sales.Deal) ([]process.Fact, error) {
			return d.Withdraw("terms", process.EventID{}, false, "", today)
		}, []string{"reason form.required"}},
		"a reason that is a book": {func(_ *processtest.Story, d *sales.Deal) ([]process.Fact, error) {
			return d.Waive("terms", long, today)
		}, []string{"reason form.too_long"}},
		"a loss without a reason, before the opening": {func(_ *processtest.Story, d *sales.Deal) ([]process.Fact, error) {
			return d.CloseDeal(sales.CloseInput{Outcome: process.NoDecision, On: processtest.Day("2025-01-31")}, today)
		}, []string{"on deal.ended_before_opening", "reason form.required"}},
		"an end that is none": {func(_ *processtest.Story, d *sales.Deal) ([]process.Fact, error) {
			return d.CloseDeal(sales.CloseInput{Outcome: "maybe", On: today + 1}, today)
		}, []string{"outcome deal.bad_outcome", "on date.in_the_future"}},
		"a form without a customer": {func(_ *processtest.Story, d *sales.Deal) ([]process.Fact, error) {
			return d.Change(sales.DealForm{Seller: "Sara"}, moment("2025-03-01"))
		}, []string{"customer form.required"}},
		"an empty journal entry of tomorrow": {func(_ *processtest.Story, d *sales.Deal) ([]process.Fact, error) {
			return d.WriteJournal("", today+1, today)
		}, []string{"text form.required", "on date.in_the_future"}},
		"a rate of the reporting currency": {func(s *processtest.Story, _ *sales.Deal) ([]process.Fact, error) {
			return s.Team.Rates().Set("SEK", 0, 0, nil, today)
		}, []string{"currency setting.bad_currency", "rate rate.bad"}},
		"a process of the same name": {func(s *processtest.Story, _ *sales.Deal) ([]process.Fact, error) {
			_, facts, err := s.Team.Publish("", process.Definition{Name: " new  business", Milestones: []process.Milestone{{Key: "a", Name: "A"}}}, "", moment("2025-03-01"))
			return facts, err
		}, []string{"name process.name_taken"}},
		"an import that there is none of": {func(s *processtest.Story, _ *sales.Deal) ([]process.Fact, error) { return s.Team.UndoImport("i") }, []string{"import.no_such"}},
	} {
		t.Run(name, func(t *testing.T) {
			s, d := decided(t)
			facts, err := c.ask(s, d)
			if diff := cmp.Diff(c.want, faultsOf(err)); diff != "" || facts != nil {
				t.Errorf("%d facts, faults (-want +got)\n%s", len(facts), diff)
			}
		})
	}
}

func TestAClosedDealTakesAReopeningAndWhatHadBeenThere(t *testing.T) {
	s, d := decided(t)
	today := processtest.Day("2025-03-01")
	facts, err := d.CloseDeal(sales.CloseInput{Outcome: process.Won, On: today}, today)
	if err != nil {
		t.Fatal(err)
	}
	s.Add("close", facts...)
	for name, ask := range map[string]func() ([]process.Fact, error){
		"waive":    func() ([]process.Fact, error) { return d.Waive("terms", "r", today) },
		"withdraw": func() ([]process.Fact, error) { return d.Withdraw("terms", process.EventID{}, false, "r", today) },
		"promise":  func() ([]process.Fact, error) { return d.Promise("terms", today+7, nil, today) },
		"close": func() ([]process.Fact, error) {
			return d.CloseDeal(sales.CloseInput{Outcome: process.Won, On: today}, today)
		},
	} {
		if facts, err := ask(); facts != nil || !cmp.Equal(faultsOf(err), []string{"deal.already_closed"}) {
			t.Errorf("%s: %d facts, %v", name, len(facts), err)
		}
	}
	if facts, err := d.Reopen("a mistake", today); err != nil || len(facts) != 1 || facts[0].Recorded().Base[0] != s.Ids["close"] {
		t.Errorf("re-opening: %d facts, %v", len(facts), err)
	}
}

// A back button, a second tab, a double click: saying a thing twice says nothing new.
func TestSayingAThingTwiceGivesNoFacts(t *testing.T) {
	s, d := decided(t)
	today := processtest.Day("2025-03-01")
	for name, ask := range map[string]func() ([]process.Fact, error){
		"reach": func() ([]process.Fact, error) {
			return d.Reach(sales.ReachInput{Milestone: "terms", On: today}, today)
		},
		"waive":   func() ([]process.Fact, error) { return d.Waive("budget", "framework agreement", today) },
		"promise": func() ([]process.Fact, error) { return d.Promise("meeting", today+7, nil, today) },
		"next": func() ([]process.Fact, error) {
			return d.PlanNext(activities.Activity{Text: " Call Petra ", Due: today + 7, Time: "09:30"}, nil, today)
		},
		"setting": func() ([]process.Fact, error) {
			return s.Team.Settings().Set(process.CalibrationSetting, "week", nil, today)
		},
		"rate": func() ([]process.Fact, error) { return s.Team.Rates().Set("NOK", 0.97, 0, nil, today) },
		"change": func() ([]process.Fact, error) {
			return d.Change(sales.DealForm{Customer: "granåsa ", Seller: "Erik", Value: processtest.Kronor(250), Name: "Dryer", ExpectedClose: today + 30}, moment("2025-03-01"))
		},
	} {
		facts, err := ask()
		if err != nil || len(facts) == 0 {
			t.Fatalf("%s: %d facts, %v", name, len(facts), err)
		}
		s.Add("", facts...)
		if again, err := ask(); err != nil || again != nil {
			t.Errorf("%s a second time: %d facts, %v", name, len(again), err)
		}
	}
	for name, ask := range map[string]func() ([]process.Fact, error){
		"withdrawing what is not there": func() ([]process.Fact, error) { return d.Withdraw("meeting", process.EventID{}, false, "r", today) },
		"re-opening what is open":       func() ([]process.Fact, error) { return d.Reopen("r", today) },
		"waiving what is reached":       func() ([]process.Fact, error) { return d.Waive("terms", "r", today) },
	} {
		if facts, err := ask(); err != nil || facts != nil {
			t.Errorf("%s: %d facts, %v", name, len(facts), err)
		}
	}
}

// A milestone that was waived can be reached after all: the buyer did it, whatever we had thought.
func TestAWaivedMilestoneCanStillBeReached(t *testing.T) {
	s, d := decided(t)
	s.Waive(d.ID, "terms", "2025-02-10")
	facts, err := d.Reach(sales.ReachInput{Milestone: "terms", On: processtest.Day("2025-02-20")}, processtest.Day("2025-02-20"))
	if err != nil || len(facts) != 1 {
		t.Fatalf("%d facts, %v", len(facts), err)
	}
	s.Add("", facts...)
	if ids := d.MarkIDs("terms", process.FarFuture); len(ids) != 2 {
		t.Errorf("%d marks, want the waiver and the reaching: a withdrawal names both", len(ids))
	}
}

// Model, section 1: for the first 30 days facts older than the file count from the day they happened, for good.
func TestOlderFactsTypedInDuringTheFirstThirtyDaysAreHistory(t *testing.T) {
	for _, c := range []struct {
		on, today string // the file is of 2020-01-01
		known     string
		history   bool
	}{
		{"2019-12-31", "2020-01-01", "2019-12-31", true},
		{"2019-06-01", "2020-01-31", "2019-06-01", true}, // the thirtieth day
		{"2019-06-01", "2020-02-01", "2020-02-01", false},
		{"2020-01-01", "2020-01-10", "2020-01-10", false}, // not older than the file
		{"2020-01-05", "2020-01-10", "2020-01-10", false},
	} {
		s := processtest.NewStory(t, "a")
		_, facts, err := s.Team.OpenDeal(sales.NewDeal{Customer: "Granåsa", Seller: "Sara", Process: "p", On: processtest.Day(c.on)}, moment(c.today))
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range facts {
			if got := f.Recorded(); got.Known != processtest.Day(c.known) || got.History != c.history {
				t.Errorf("%s, opened on %s and typed in on %s, is known on %s, history %v", process.FactType(f), c.on, c.today, got.Known, got.History)
			}
		}
	}
}

// Two copies that meet the same seller for the first time mean the same one; customers of one name may be two.
func TestPeopleHaveTheSameIdentityOnAllCopies(t *testing.T) {
	one, two := processtest.NewStory(t, "a"), processtest.NewStory(t, "a")
	sara, _, _ := one.Team.AddPerson("Sara Holm", moment("2025-01-01"))
	again, _, _ := two.Team.AddPerson(" sara  holm", moment("2025-02-02"))
	other, _, _ := two.Team.AddPerson("Sara Holst", moment("2025-02-02"))
	if sara != again || sara == other {
		t.Errorf("Sara Holm is %s and %s, Sara Holst %s", sara, again, other)
	}
}

func TestPublishingMovesTheOpenDealsAndThrowsTheDraftAway(t *testing.T) {
	s, d := decided(t)
	p, _ := s.Team.Process("p")
	def := p.Current().Definition
	def.Purpose = "changed"
	facts, err := s.Team.SaveDraft("p", def, nil, processtest.Day("2025-03-01"))
	if err != nil {
		t.Fatal(err)
	}
	s.Add("", facts...)
	if draft, _, there := p.Draft(); !there || draft.Purpose != "changed" {
		t.Errorf("draft %v %+v", there, draft)
	}
	_, facts, err = s.Team.Publish("p", def, "note", moment("2025-03-02"))
	if err != nil {
		t.Fatal(err)
	}
	s.Add("", facts...)
	if _, _, there := p.Draft(); there || p.Current().Definition.Purpose != "changed" || p.Current().Note != "note" {
		t.Errorf("draft %v, current %+v", there, p.Current())
	}
	if d.Version() != p.Current() || d.VersionOn(processtest.Day("2025-03-01")) == d.Now.Version {
		t.Errorf("the deal follows %s, and on the day before %s", d.Now.Version, d.VersionOn(processtest.Day("2025-03-01")))
	}
	if v := p.VersionOn(processtest.Day("2025-03-01")); v == p.Current() {
		t.Error("the new version is known on the day before")
	}
}

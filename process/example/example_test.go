package example_test

import (
	"errors"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"milstolpe/process"
	"milstolpe/process/example"
	"milstolpe/process/meeting"
	"milstolpe/process/sales"
)

var today = process.MustDate("2026-11-23")

type asked struct {
	lang  string
	seed  uint64
	today process.Date
}

type made struct {
	team   *sales.Team
	events []process.Event
}

// kept are the companies that a test has asked for before; tests only look at them.
var kept = map[asked]made{}

func teamOf(t *testing.T, lang string, seed uint64, today process.Date) (*sales.Team, []process.Event) {
	t.Helper()
	m, ok := kept[asked{lang, seed, today}]
	if !ok {
		events, err := example.Events(lang, seed, today)
		if err != nil {
			t.Fatal(err)
		}
		m = made{sales.NewTeam(), events}
		m.team.Apply(events...)
		kept[asked{lang, seed, today}] = m
	}
	return m.team, m.events
}

func TestTheSameSeedAndDayGiveTheSameEvents(t *testing.T) {
	_, first := teamOf(t, "sv", 5, today)
	again, err := example.Events("sv", 5, today)
	if err != nil || !reflect.DeepEqual(first, again) {
		t.Errorf("%d events and then %d others, %v", len(first), len(again), err)
	}
	if _, other := teamOf(t, "sv", 6, today); len(other) == len(first) && other[100].ID == first[100].ID {
		t.Error("another seed gives the same company")
	}
}

func TestEventsComeInOrderAndEachWriterIsIntroducedFirst(t *testing.T) {
	_, events := teamOf(t, "en", example.Seed, today)
	introduced := map[process.Writer]bool{}
	for i, e := range events {
		if i > 0 && e.ID.Clock() <= events[i-1].ID.Clock() {
			t.Fatalf("event %d is not later than the one before", i)
		}
		payload, err := process.MarshalFact(e.Fact)
		if err != nil {
			t.Fatal(err)
		}
		if want := process.NewEventID(e.ID.Clock(), e.ID.Writer(), payload); e.ID != want {
			t.Fatalf("event %d: key %s does not fit its payload, want %s", i, e.ID, want)
		}
		_, hello := e.Fact.(*process.WriterIntroduced)
		if hello == introduced[e.ID.Writer()] {
			t.Fatalf("event %d, %s: the first event of a writer, and no other, introduces it", i, process.FactType(e.Fact))
		}
		introduced[e.ID.Writer()] = true
	}
	if len(introduced) != 6 {
		t.Errorf("%d people record, want four sellers, the manager and the director", len(introduced))
	}
}

// Known is the day of the wall clock for everything but corrections, which keep the day of what they correct; and nothing is history,
// because the file is older than all that is in it.
func TestFactsAreKnownOnTheDayOfTheirEvent(t *testing.T) {
	zone, err := time.LoadLocation("Europe/Stockholm")
	if err != nil {
		t.Fatal(err)
	}
	for _, now := range []process.Date{today, process.MustDate("2027-01-01"), process.MustDate("2028-02-29")} {
		team, events := teamOf(t, "sv", example.Seed, now)
		for _, e := range events {
			s := e.Fact.Recorded()
			if _, corrected := e.Fact.(*process.MilestoneCorrected); s.Known != process.DateOf(e.ID.At().In(zone)) && !corrected {
				t.Fatalf("%s known on %s, recorded at %s", process.FactType(e.Fact), s.Known, e.ID.At())
			}
			if s.History || s.Known >= now || s.Known < team.Founded {
				t.Fatalf("%s: history %v, known on %s, want between %s and %s", process.FactType(e.Fact), s.History, s.Known, team.Founded, now)
			}
		}
		if years := now.Sub(team.Founded) / 365; years < 2 || years > 3 {
			t.Errorf("founded on %s, want about three years before %s", team.Founded, now)
		}
	}
}

func TestPlayingAgainOnAnotherTeamGivesTheSameFacts(t *testing.T) {
	_, events := teamOf(t, "sv", example.Seed, today)
	var want []process.Fact
	for _, e := range events {
		if _, hello := e.Fact.(*process.WriterIntroduced); !hello {
			want = append(want, e.Fact)
		}
	}
	var got []process.Fact
	team, n := sales.NewTeam(), uint64(0)
	err := example.Play("sv", example.Seed, today, func(_ time.Time, _ string, decide func(*sales.Team) ([]process.Fact, error)) error {
		facts, err := decide(team)
		for _, f := range facts {
			n++
			team.Apply(process.Event{ID: process.NewEventID(n<<16, process.Writer{9}, nil), Fact: f})
		}
		got = append(got, facts...)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(got) != len(want) {
		t.Fatalf("%d facts, want %d", len(got), len(want))
	}
	for i := range got {
		if process.FactType(got[i]) != process.FactType(want[i]) || got[i].Recorded().Known != want[i].Recorded().Known {
			t.Fatalf("fact %d: %s on %s, want %s on %s", i, process.FactType(got[i]), got[i].Recorded().Known, process.FactType(want[i]), want[i].Recorded().Known)
		}
	}
}

func TestPlayStopsWhenRecordingFails(t *testing.T) {
	full := errors.New("the disk is full")
	calls := 0
	err := example.Play("en", 1, today, func(time.Time, string, func(*sales.Team) ([]process.Fact, error)) error {
		calls++
		return full
	})
	if !errors.Is(err, full) || calls != 1 {
		t.Errorf("after %d calls: %v", calls, err)
	}
	if _, err := example.Events("de", 1, today); err == nil {
		t.Error("there is no company in German")
	}
}

// The two languages have the same deals: only words differ.
func TestBothLanguagesTellTheSameStory(t *testing.T) {
	swedish, _ := teamOf(t, "sv", example.Seed, today)
	english, _ := teamOf(t, "en", example.Seed, today)
	type line struct {
		Opened, ExpectedClose process.Date
		Minor                 int64
		Seller                string
		Outcome               process.Outcome
		Marks                 int
	}
	lines := func(team *sales.Team) map[line]int {
		all := map[line]int{}
		for _, d := range team.Deals() {
			l := line{Opened: d.Now.Opened, ExpectedClose: d.Now.ExpectedClose, Seller: team.Person(d.Now.Seller), Marks: len(d.MarksOn(today))}
			if d.Now.Value != nil {
				l.Minor = d.Now.Value.Minor
			}
			if d.Now.Close != nil {
				l.Outcome = d.Now.Close.Outcome
			}
			all[l]++
		}
		return all
	}
	if diff := cmp.Diff(lines(swedish), lines(english)); diff != "" {
		t.Errorf("(-sv +en)\n%s", diff)
	}
	if swedish.Company() == english.Company() || swedish.Processes()[0].Name() == english.Processes()[0].Name() {
		t.Error("the words are the same, too")
	}
}

func BenchmarkEvents(b *testing.B) {
	for b.Loop() {
		if _, err := example.Events("sv", example.Seed, today); err != nil {
			b.Fatal(err)
		}
	}
}

// Whoever looks around finds each thing that is done with the customer in use on deals that are open today.
func TestTheCompanyShowsEachThingInUse(t *testing.T) {
	for _, lang := range []string{"sv", "en"} {
		team, events := teamOf(t, lang, example.Seed, today)
		mails := 0
		for _, e := range events {
			if r, ok := e.Fact.(*process.MilestoneReached); ok && strings.Count(r.Evidence.Text, "\n") == 1 {
				mails++
			}
		}
		seen := map[string]int{"mails as evidence": mails, "meetings": len(team.Meetings())}
		for _, d := range team.Deals() {
			if d.Now.Close != nil {
				continue
			}
			if plan, _ := d.Plan(); plan.Closing != "" {
				seen["plans"]++
			}
			if holder, _ := d.Role(process.Decides); holder.Met != 0 {
				seen["roles met"]++
			}
			if d.Now.NextStep.Time != "" {
				seen["times of day"]++
			}
			for _, key := range d.PromisedMilestones() {
				if day, _ := d.Promised(key); day >= today {
					seen["days of buyers"]++
				}
			}
		}
		held, _ := meeting.Last(team, "")
		for _, a := range held.Follow(team, today) {
			if a.Result == meeting.Happened {
				seen["agreed and happened"]++
			} else {
				seen["agreed and not"]++
			}
		}
		for _, what := range []string{"mails as evidence", "meetings", "plans", "roles met", "times of day", "days of buyers", "agreed and happened", "agreed and not"} {
			if seen[what] < 3 {
				t.Errorf("%s: %s in use %d times", lang, what, seen[what])
			}
		}
		t.Log(seen)
	}
}

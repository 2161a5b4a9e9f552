package process_test

import (
	"bytes"
	"reflect"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"milstolpe/process"
	"milstolpe/process/sales"
)

// picture is everything about a team that others can see.
type picture struct {
	Founded   process.Date
	Dataset   string
	Events    int
	Settings  map[process.Setting][]any
	People    map[process.PersonID]string
	Customers map[process.CustomerID]string
	Contacts  map[process.CustomerID][]sales.Contact
	Processes []any
	Rates     map[string][]sales.Entry[float64]
	Targets   []any
	Calls     []any
	Noted     []sales.Entry[process.ForecastNoted]
	Imports   []*sales.Import
	Unknown   []process.EventID
	Writers   map[process.Writer]process.WriterIntroduced
	Clashes   int
	Deals     []any
	ByRef     map[string]process.DealID
}

var (
	lookDays  = []process.Date{day("2025-12-31"), day("2026-01-10"), day("2026-01-25"), day("2026-02-10"), day("2027-06-01"), process.FarFuture}
	lookNames = []string{"", "SEK", "NOK", "2026-Q1", "3", "Anna"}
)

// look asks a team for everything, on several days.
func look(t *sales.Team) picture {
	p := picture{
		Founded: t.Founded, Dataset: t.Dataset, Events: t.Events(), Settings: map[process.Setting][]any{}, People: map[process.PersonID]string{},
		Customers: map[process.CustomerID]string{}, Contacts: map[process.CustomerID][]sales.Contact{}, Rates: map[string][]sales.Entry[float64]{},
		Noted: t.NotedForecasts(), Imports: t.Imports(), Unknown: t.Unknown(), Writers: map[process.Writer]process.WriterIntroduced{},
		Clashes: len(t.Clashes()), ByRef: map[string]process.DealID{},
	}
	for _, s := range append(slices.Clone(process.Settings), "?") {
		p.Settings[s] = []any{t.SettingHeads(s), t.SettingOn(s, lookDays[2]), t.SettingOn(s, process.FarFuture)}
	}
	for _, id := range t.People() {
		p.People[id] = t.Person(id)
	}
	for _, id := range t.Customers() {
		p.Customers[id], p.Contacts[id] = t.Customer(id), t.ContactsOf(id)
	}
	for _, name := range lookNames {
		p.Rates[name] = t.RateEntries(name)
		if d, ok := t.DealByRef(name); ok {
			p.ByRef[name] = d.ID
		}
		for _, who := range []process.PersonID{"", "anna", "erik"} {
			target, heads, ok := t.TargetFor(name, who)
			p.Targets = append(p.Targets, []any{target, heads, ok})
			for _, layer := range process.Layers {
				call, heads, ok := t.CallOn(name, layer, who, lookDays[3])
				p.Calls = append(p.Calls, []any{call, heads, ok})
			}
		}
	}
	for i := range byte(3) {
		w := process.Writer{i}
		p.Writers[w], _ = t.Writer(w)
	}
	for _, one := range t.Processes() {
		p.Processes = append(p.Processes, lookAtProcess(one)...)
	}
	for _, d := range t.Deals() {
		p.Deals = append(p.Deals, lookAtDeal(d)...)
	}
	return p
}

func lookAtProcess(p *sales.Process) []any {
	draft, heads, there := p.Draft()
	seen := []any{p.ID, p.Name(), draft, heads, there}
	for _, v := range append(p.Versions(), p.Current(), p.VersionOn(lookDays[2])) {
		if v != nil {
			seen = append(seen, []any{v.ID, v.Number, v.Definition, v.Note, v.Known, v.Event, v.Required})
		}
	}
	return seen
}

func lookAtDeal(d *sales.Deal) []any {
	known, on := d.Opened()
	required := []process.MilestoneID{"a", "b", "c"}
	seen := []any{d.ID, d.Now, known, on, d.Process(), d.FirstExpectedClose(), d.StandingUnknown(), d.History(), d.Journal(), d.Contacts(), d.Heads(), d.Spells(required)}
	if v := d.Version(); v != nil {
		seen = append(seen, v.ID, v.Number)
	}
	for _, m := range required {
		promised, heads := d.Promised(m)
		seen = append(seen, promised, heads, d.CorrectionIDs(m))
	}
	for _, at := range lookDays {
		opinion, said := d.OpinionOn(at)
		times, days := d.DateMoves(at)
		seen = append(seen, d.Exists(at), d.NameOn(at), d.SellerOn(at), d.CustomerOn(at), d.ValueOn(at), d.ExpectedCloseOn(at), d.VersionOn(at), d.CloseOn(at),
			d.Reopened(at), d.MarksOn(at), d.WithdrawalsOn(at), d.PassedOn(at, required), d.BackwardOn(at, required), opinion, said, times, days)
	}
	return seen
}

// differ tells where two pictures differ; nothing where they do not.
func differ(a, b picture) string {
	if reflect.DeepEqual(a, b) { // by far quicker, and nearly always so
		return ""
	}
	return cmp.Diff(a, b, sameEmpty)
}

// inParts applies events in a drawn order, in drawn portions.
func inParts(rt *rapid.T, events []process.Event) *sales.Team {
	team := sales.NewTeam()
	d := newDrawer(rt)
	rest := slices.Clone(events)
	d.dice.Shuffle(len(rest), func(i, j int) { rest[i], rest[j] = rest[j], rest[i] })
	for len(rest) > 0 {
		n := 1 + d.dice.IntN(len(rest))
		team.Apply(rest[:n]...)
		rest = rest[n:]
	}
	return team
}

func TestReplayOrderDoesNotMatter(t *testing.T) {
	for name, draw := range map[string]func(*rapid.T) []process.Event{"what a team records": historyOf, "whatever a merge may bring": anyEvents} {
		t.Run(name, func(t *testing.T) {
			rapid.Check(t, func(rt *rapid.T) {
				events := draw(rt)
				if diff := differ(look(teamOf(events)), look(inParts(rt, events))); diff != "" {
					rt.Errorf("(-in order +in another order)\n%s", diff)
				}
			})
		})
	}
}

// A copy is a set of events; merging is their union. Whoever merges whatever with whatever ends with the same team.
func TestMergesOfCopiesEndInTheSameTeam(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		all := anyEvents(rt)
		d := newDrawer(rt)
		part := func() []process.Event {
			return slices.DeleteFunc(slices.Clone(all), func(process.Event) bool { return d.dice.IntN(2) == 0 })
		}
		a, b, c := part(), part(), part()
		want := look(teamOf(union(union(a, b), c)))
		for name, merged := range map[string][]process.Event{
			"grouped otherwise": union(a, union(b, c)), "the other way round": union(c, union(b, a)), "twice": union(union(a, b), union(union(c, a), b)),
		} {
			if diff := differ(want, look(teamOf(merged))); diff != "" {
				rt.Errorf("%s (-want +got)\n%s", name, diff)
			}
		}
		// The one who had a takes in what is new in b and c, as it comes.
		team := teamOf(a)
		had := slices.Clone(a)
		for _, other := range [][]process.Event{b, c} {
			fresh := union(had, other)[len(had):]
			team.Apply(fresh...)
			had = append(had, fresh...)
		}
		if diff := differ(want, look(team)); diff != "" {
			rt.Errorf("taken in one after the other (-want +got)\n%s", diff)
		}
	})
}

// union is a, then what b has beside it.
func union(a, b []process.Event) []process.Event {
	sum := slices.Clone(a)
	for _, e := range b {
		if !slices.ContainsFunc(sum, func(have process.Event) bool { return bytes.Equal(have.ID[:], e.ID[:]) }) {
			sum = append(sum, e)
		}
	}
	return sum
}

package processtest

import (
	"slices"

	"milstolpe/process"
	"milstolpe/process/people"
	"milstolpe/process/picklists"
	"milstolpe/process/register"
	"milstolpe/process/sales"
)

// Picture is everything about a team that others can see.
type Picture struct {
	Founded   process.Date
	Dataset   string
	Events    int
	Settings  map[process.Setting][]any
	People    map[process.PersonID]string
	Merged    []people.Merged
	Names     map[string]process.PersonID
	Recorders []string
	Customers map[process.CustomerID]string
	Contacts  map[process.CustomerID][]sales.Contact
	Processes []any
	Rates     map[string][]register.Entry[float64]
	Targets   []any
	Calls     []any
	Lists     []picklists.List
	Noted     []register.Entry[process.ForecastNoted]
	Meetings  []register.Entry[process.MeetingHeld]
	Imports   []*sales.Import
	Unknown   []process.EventID
	Writers   map[process.Writer]process.WriterIntroduced
	Conflicts int
	Deals     []any
	ByRef     map[string]process.DealID
}

var (
	lookDays  = []process.Date{Day("2025-12-31"), Day("2026-01-10"), Day("2026-01-25"), Day("2026-02-10"), Day("2027-06-01"), process.FarFuture}
	lookNames = []string{"", "SEK", "NOK", "2026-Q1", "3", "Anna"}
)

// Look asks a team for everything, on several days.
func Look(t *sales.Team) Picture {
	p := Picture{
		Founded: t.Founded, Dataset: t.Dataset, Events: t.Events(), Settings: map[process.Setting][]any{}, People: map[process.PersonID]string{},
		Customers: map[process.CustomerID]string{}, Contacts: map[process.CustomerID][]sales.Contact{}, Rates: map[string][]register.Entry[float64]{},
		Noted: t.NotedForecasts(), Meetings: t.Meetings(), Imports: t.Imports(), Unknown: t.Unknown(), Writers: map[process.Writer]process.WriterIntroduced{},
		Conflicts: len(t.Conflicts()), ByRef: map[string]process.DealID{},
	}
	for _, s := range append(slices.Clone(process.Settings), "?") {
		p.Settings[s] = []any{t.Settings().Heads(s), t.Settings().On(s, lookDays[2]), t.Settings().On(s, process.FarFuture)}
	}
	p.Merged, p.Names = t.Roster().Merged(), t.Roster().Names()
	for _, id := range t.People() {
		p.People[id] = t.Person(id)
	}
	for _, id := range t.Customers() {
		p.Customers[id], p.Contacts[id] = t.Customer(id), t.ContactsOf(id)
	}
	for _, name := range lookNames {
		p.Rates[name] = t.Rates().Entries(name)
		if d, ok := t.DealByRef(name); ok {
			p.ByRef[name] = d.ID
		}
		for _, who := range []process.PersonID{"", "anna", "erik"} {
			target, heads, ok := t.Calls().TargetFor(name, who)
			p.Targets = append(p.Targets, []any{target, heads, ok})
			for _, layer := range process.Layers {
				call, heads, ok := t.Calls().CallOn(name, layer, who, lookDays[3])
				p.Calls = append(p.Calls, []any{call, heads, ok})
			}
		}
	}
	p.Lists = t.Lists().All()
	for i := range byte(3) {
		w := process.Writer{i}
		p.Writers[w], _ = t.Roster().Writer(w)
		p.Recorders = append(p.Recorders, t.Roster().WriterName(w))
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
	seen := []any{d.ID, d.Now, known, on, d.Process(), d.FirstExpectedClose(), d.Now.Source, d.Choices().Of("region"), d.Choices().Heads("source"), d.StandingUnknown(), d.History(), d.Journal(), d.Contacts(), d.Heads(), d.Spells(required)}
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

package sales

import (
	"cmp"
	"slices"
	"time"

	"milstolpe/process"
	"milstolpe/process/calls"
	"milstolpe/process/people"
	"milstolpe/process/picklists"
	"milstolpe/process/rates"
	"milstolpe/process/register"
	"milstolpe/process/settings"
)

// Team is everything that one file says, as the sum of its facts. Make one with NewTeam and Apply events to it, in any order: the same
// set of events always gives the same team.
type Team struct {
	Dataset string
	Founded process.Date // day on which the file was made

	settings      settings.Registers
	people        *people.Roster
	customers     map[process.CustomerID]*register.Register[string]
	merged        map[process.CustomerID]*register.Register[process.CustomerID]
	contacts      map[process.ContactID]*register.Register[Contact]
	processes     map[process.ProcessID]*Process
	rates         rates.Registers
	calls         *calls.Book
	lists         *picklists.Book
	noted         []register.Entry[process.ForecastNoted]
	meetings      register.Register[process.MeetingHeld]
	imports       map[process.ImportID]*Import
	importsUndone map[process.ImportID]process.Date
	mappings      map[string]*register.Register[string]
	founding      process.EventID
	deals         map[process.DealID]*Deal
	ordered       []*Deal // the same, by identity
	refs          map[string]process.DealID
	undones       register.Register[[]process.EventID]
	unknown       []process.EventID
	versions      map[process.VersionID]*Version
	events        int
	stamps        map[stampKey]*process.Stamp
	log           changeLog
}

// Contact is a person at the buyer.
type Contact struct {
	ID                       process.ContactID
	Customer                 process.CustomerID
	Name, Role, Email, Phone string
	Erased                   bool
}

// Import is one list that was taken in as a unit.
type Import struct {
	ID     process.ImportID
	Event  process.EventID
	Source string
	Deals  int
	Known  process.Date
	Events []process.EventID // all that it brought
	First  process.Date      // earliest known among them
	Undone bool
}

// NewTeam is a team of which nothing is known yet.
func NewTeam() *Team {
	t := &Team{
		settings: settings.Registers{}, customers: map[process.CustomerID]*register.Register[string]{},
		merged: map[process.CustomerID]*register.Register[process.CustomerID]{}, contacts: map[process.ContactID]*register.Register[Contact]{}, processes: map[process.ProcessID]*Process{},
		imports: map[process.ImportID]*Import{}, importsUndone: map[process.ImportID]process.Date{}, mappings: map[string]*register.Register[string]{},
		deals: map[process.DealID]*Deal{}, refs: map[string]process.DealID{}, versions: map[process.VersionID]*Version{},
		stamps: map[stampKey]*process.Stamp{},
	}
	t.calls, t.people, t.lists = calls.NewBook(t.Retractions()), people.NewRoster(t.Retractions()), picklists.NewBook(t.Retractions())
	return t
}

// Retractions are what was taken back of the team, and of its imports.
func (t *Team) Retractions() register.Retractions {
	return register.NewRetractions(&t.undones, &t.importsUndone, nil)
}

// Calls are the targets and calls of the team.
func (t *Team) Calls() *calls.Book { return t.calls }

// Lists are the lists that the team has made for itself.
func (t *Team) Lists() *picklists.Book { return t.lists }

// DealCount is how many deals the team knows, those whose opening was undone included: one more than the highest Deal.Index.
func (t *Team) DealCount() int { return len(t.ordered) }

// ContactIDs are all contacts, erased ones too, in order.
func (t *Team) ContactIDs() []process.ContactID { return SortedKeys(t.contacts) }

// HasImport reports whether a list was taken in under the identity.
func (t *Team) HasImport(id process.ImportID) bool {
	i, ok := t.imports[id]
	return ok && !i.Event.IsZero()
}

// MappingFor is how a list with these headers was read before; nil when none was. The order of the headers does not matter.
func (t *Team) MappingFor(headers []string) *register.Register[string] {
	return t.mappings[headersKey(headers)]
}

// KeptMapping is the text of MappingFor; empty when there is none.
func (t *Team) KeptMapping(headers []string) string {
	return register.Current(t.MappingFor(headers), t.Retractions())
}

// Events is how many events the team is the sum of.
func (t *Team) Events() int { return t.events }

// Settings are what the team has settled for itself.
func (t *Team) Settings() settings.Book { return settings.NewBook(t.settings, t.Retractions()) }

// Company is the team's name.
func (t *Team) Company() string { return t.Settings().Company() }

// Currency is the reporting currency.
func (t *Team) Currency() string { return t.Settings().Currency() }

// Location is the team's time zone.
func (t *Team) Location() *time.Location { return t.Settings().Location() }

// Calendar cuts time into the team's periods.
func (t *Team) Calendar() process.Calendar { return t.Settings().Calendar() }

// Customer is the name of a customer.
func (t *Team) Customer(id process.CustomerID) string {
	return register.Current(t.customers[t.CanonicalCustomer(id)], t.Retractions())
}

// CustomerNames are all names that a customer has had; nil for one that there never was.
func (t *Team) CustomerNames(id process.CustomerID) *register.Register[string] {
	return t.customers[id]
}

// ContactsOf are the people at a customer, by name.
func (t *Team) ContactsOf(customer process.CustomerID) []Contact {
	var list []Contact
	for id := range t.contacts {
		if c, ok := t.Contact(id); ok && !c.Erased && t.CanonicalCustomer(c.Customer) == customer {
			list = append(list, c)
		}
	}
	slices.SortFunc(list, func(a, b Contact) int { return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.ID, b.ID)) })
	return list
}

// Customers are all customers that have a name and stand for themselves.
func (t *Team) Customers() []process.CustomerID {
	return slices.DeleteFunc(SortedKeys(t.customers), func(id process.CustomerID) bool { return t.CanonicalCustomer(id) != id || t.Customer(id) == "" })
}

// Deal finds a deal.
func (t *Team) Deal(id process.DealID) (*Deal, bool) {
	d, ok := t.deals[id]
	return d, ok && d.Now.Exists
}

// DealByRef finds a deal by the other system's id.
func (t *Team) DealByRef(ref string) (*Deal, bool) { return t.Deal(t.refs[ref]) }

// Deals are all deals that exist, in the order of their identities.
func (t *Team) Deals() []*Deal {
	return slices.DeleteFunc(t.EveryDeal(), func(d *Deal) bool { return !d.Now.Exists })
}

// EveryDeal has those in it whose opening was undone: on the days before that they were there.
func (t *Team) EveryDeal() []*Deal {
	list := make([]*Deal, 0, len(t.ordered))
	for _, d := range t.ordered {
		if len(d.opened.Entries()) > 0 {
			list = append(list, d)
		}
	}
	return list
}

// Imports are the lists that were taken in, latest last.
func (t *Team) Imports() []*Import {
	list := make([]*Import, 0, len(t.imports))
	for _, i := range t.imports {
		if !i.Event.IsZero() {
			list = append(list, i)
		}
	}
	slices.SortFunc(list, func(a, b *Import) int { return cmp.Compare(string(a.Event[:]), string(b.Event[:])) })
	return list
}

// Unknown are the events whose type this version does not know.
func (t *Team) Unknown() []process.EventID { return t.unknown }

// Roster is who the people of the team are.
func (t *Team) Roster() *people.Roster { return t.people }

// Person is the name of one of us; empty when there is none of that identity.
func (t *Team) Person(id process.PersonID) string { return t.people.Name(id) }

// People are all of us, by identity; sorting by name is for who knows the language.
func (t *Team) People() []process.PersonID { return t.people.All() }

// PersonByName finds one of us by a name of today or of before, compared without case and stray blanks.
func (t *Team) PersonByName(name string) (process.PersonID, bool) { return t.people.ByName(name) }

// RecordedBy is the name of the person who recorded an event, as they are called today.
func (t *Team) RecordedBy(id process.EventID) string { return t.people.WriterName(id.Writer()) }

// CanonicalCustomer follows mergers of customers to the one that stands for it.
func (t *Team) CanonicalCustomer(id process.CustomerID) process.CustomerID {
	return register.Follow(t.merged, id, t.Retractions())
}

// SortedKeys are the keys of a map in order, so that nothing depends on the order of a map.
func SortedKeys[K cmp.Ordered, V any](m map[K]V) []K {
	keys := make([]K, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

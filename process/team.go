package process

import (
	"cmp"
	"slices"
	"strconv"
	"time"
)

// Team is everything that one file says, as the sum of its facts. Make one with NewTeam and Apply events to it, in any order: the same
// set of events always gives the same team.
type Team struct {
	Dataset string
	Founded Date // day on which the file was made

	settings      map[Setting]*Field[string]
	people        map[PersonID]*Field[string]
	customers     map[CustomerID]*Field[string]
	merged        map[CustomerID]*Field[CustomerID]
	contacts      map[ContactID]*Field[Contact]
	processes     map[ProcessID]*Process
	rates         map[string]*Field[float64]
	targets       map[targetKey]*Field[Target]
	calls         map[callKey]*Field[Call]
	noted         []Entry[ForecastNoted]
	imports       map[ImportID]*Import
	importsUndone map[ImportID]Date
	mappings      map[string]*Field[string]
	writers       map[Writer]Entry[WriterIntroduced]
	founding      EventID
	deals         map[DealID]*Deal
	ordered       []*Deal // the same, by identity
	refs          map[string]DealID
	undones       Field[[]EventID]
	unknown       []EventID
	versions      map[VersionID]*Version
	events        int
	stamps        map[stampKey]*Stamp
}

// Contact is a person at the buyer.
type Contact struct {
	ID                       ContactID
	Customer                 CustomerID
	Name, Role, Email, Phone string
	Erased                   bool
}

// Import is one list that was taken in as a unit.
type Import struct {
	ID     ImportID
	Event  EventID
	Source string
	Deals  int
	Known  Date
	Events []EventID // all that it brought
	First  Date      // earliest known among them
	Undone bool
}

// NewTeam is a team of which nothing is known yet.
func NewTeam() *Team {
	return &Team{
		settings: map[Setting]*Field[string]{}, people: map[PersonID]*Field[string]{}, customers: map[CustomerID]*Field[string]{},
		merged: map[CustomerID]*Field[CustomerID]{}, contacts: map[ContactID]*Field[Contact]{}, processes: map[ProcessID]*Process{},
		rates: map[string]*Field[float64]{}, targets: map[targetKey]*Field[Target]{}, calls: map[callKey]*Field[Call]{},
		imports: map[ImportID]*Import{}, importsUndone: map[ImportID]Date{}, mappings: map[string]*Field[string]{},
		writers: map[Writer]Entry[WriterIntroduced]{}, deals: map[DealID]*Deal{}, refs: map[string]DealID{}, versions: map[VersionID]*Version{},
		stamps: map[stampKey]*Stamp{},
	}
}

func (t *Team) gone() undoneSet { return undoneSet{undones: &t.undones, imports: &t.importsUndone} }

// Events is how many events the team is the sum of.
func (t *Team) Events() int { return t.events }

// SettingOn is the value of a setting on the day; before it was first set, its first value.
func (t *Team) SettingOn(s Setting, day Date) string {
	f, ok := t.settings[s]
	if !ok {
		return ""
	}
	v, _ := f.FirstOrOn(day, t.gone())
	return v
}

// SettingHeads are the events behind the value of a setting, for the base of the next one; more than one is a clash.
func (t *Team) SettingHeads(s Setting) []Entry[string] {
	if f, ok := t.settings[s]; ok {
		return f.HeadsOn(FarFuture, t.gone())
	}
	return nil
}

// Company is the team's name.
func (t *Team) Company() string { return t.SettingOn(CompanySetting, FarFuture) }

// Currency is the reporting currency.
func (t *Team) Currency() string { return cmp.Or(t.SettingOn(CurrencySetting, FarFuture), "SEK") }

// Location is the team's time zone.
func (t *Team) Location() *time.Location {
	if loc, err := time.LoadLocation(t.SettingOn(TimeZoneSetting, FarFuture)); err == nil {
		return loc
	}
	return time.UTC
}

// Calendar cuts time into the team's periods.
func (t *Team) Calendar() Calendar {
	m, _ := strconv.Atoi(t.SettingOn(FiscalYearSetting, FarFuture))
	return Calendar{FiscalYearStart: time.Month(m)}
}

// CalibrationOn is how often the counts are redone, as known on the day.
func (t *Team) CalibrationOn(day Date) PeriodKind {
	k, err := ParsePeriodKind(t.SettingOn(CalibrationSetting, day))
	if err != nil {
		return Month
	}
	return k
}

// WinsOfTenOn is the team's own answer to "of ten deals that you open, how many do you win?", as known on the day, and whether the
// team gave one.
func (t *Team) WinsOfTenOn(day Date) (float64, bool) {
	if a, err := strconv.ParseFloat(t.SettingOn(WinsOfTenSetting, day), 64); err == nil {
		return a, true
	}
	return DefaultWinsOfTen, false
}

// Person is the name of one of us; empty when there is none of that identity.
func (t *Team) Person(id PersonID) string { return now(t.people[id], t.gone()) }

// Customer is the name of a customer.
func (t *Team) Customer(id CustomerID) string { return now(t.customers[t.customerAs(id)], t.gone()) }

// Contact is a person at the buyer.
func (t *Team) Contact(id ContactID) (Contact, bool) {
	f, ok := t.contacts[id]
	if !ok {
		return Contact{}, false
	}
	return f.On(FarFuture, t.gone())
}

// ContactsOf are the people at a customer, by name.
func (t *Team) ContactsOf(customer CustomerID) []Contact {
	var list []Contact
	for id := range t.contacts {
		if c, ok := t.Contact(id); ok && !c.Erased && t.customerAs(c.Customer) == customer {
			list = append(list, c)
		}
	}
	slices.SortFunc(list, func(a, b Contact) int { return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.ID, b.ID)) })
	return list
}

// People are all of us, by identity; sorting by name is for who knows the language.
func (t *Team) People() []PersonID { return sortedKeys(t.people) }

// Customers are all customers that stand for themselves.
func (t *Team) Customers() []CustomerID {
	return slices.DeleteFunc(sortedKeys(t.customers), func(id CustomerID) bool { return t.customerAs(id) != id })
}

// Deal finds a deal.
func (t *Team) Deal(id DealID) (*Deal, bool) { d, ok := t.deals[id]; return d, ok && d.Now.Exists }

// DealByRef finds a deal by the other system's id.
func (t *Team) DealByRef(ref string) (*Deal, bool) { return t.Deal(t.refs[ref]) }

// Deals are all deals that exist, in the order of their identities.
func (t *Team) Deals() []*Deal {
	return slices.DeleteFunc(t.everyDeal(), func(d *Deal) bool { return !d.Now.Exists })
}

// everyDeal has those in it whose opening was undone: on the days before that they were there.
func (t *Team) everyDeal() []*Deal {
	list := make([]*Deal, 0, len(t.ordered))
	for _, d := range t.ordered {
		if len(d.opened.entries) > 0 {
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
func (t *Team) Unknown() []EventID { return t.unknown }

// Writer is who recorded with that identity.
func (t *Team) Writer(w Writer) (WriterIntroduced, bool) { e, ok := t.writers[w]; return e.Value, ok }

// By is the name of the person who recorded an event.
func (t *Team) By(id EventID) string { return t.writers[id.Writer()].Value.Person }

// customerAs follows mergers of customers to the one that stands for it.
func (t *Team) customerAs(id CustomerID) CustomerID {
	for range 32 { // a chain this long is a ring that two copies made together: stop anywhere, but always in the same place
		f, ok := t.merged[id]
		if !ok {
			return id
		}
		into, ok := f.On(FarFuture, t.gone())
		if !ok || into == id || into == "" {
			return id
		}
		id = into
	}
	return id
}

func now(f *Field[string], gone undoneSet) string {
	if f == nil {
		return ""
	}
	v, _ := f.On(FarFuture, gone)
	return v
}

func sortedKeys[K cmp.Ordered, V any](m map[K]V) []K {
	keys := make([]K, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

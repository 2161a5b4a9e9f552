package sales

import (
	"bytes"
	"cmp"
	"slices"
	"strings"

	"milstolpe/process"
	"milstolpe/process/register"
)

// Apply folds events into the team, in whatever order they come; each event is to be applied once. It never fails: what makes no sense
// is kept and left out of account. It is the only fold there is, whether it runs over one new event or over all of them.
func (t *Team) Apply(events ...process.Event) {
	var touched []*Deal
	everything, others := false, false
	before := len(t.ordered)
	for _, e := range events {
		t.events++
		t.noteImport(e)
		if id := process.DealOf(e.Fact); id != "" {
			d := t.dealFor(id)
			d.Apply(e.ID, e.Fact)
			t.log.deal(d, e.Fact)
			if o, ok := e.Fact.(*process.DealOpened); ok && o.Ref != "" {
				if have, ok := t.refs[o.Ref]; !ok || id < have {
					t.refs[o.Ref] = id
				}
			}
			if !d.touched {
				d.touched = true
				touched = append(touched, d)
			}
			continue
		}
		t.log.other(e.Fact)
		others = true
		everything = t.apply(e) || everything
	}
	t.order(before)
	if others {
		t.joinPeople()
	}
	for _, d := range touched {
		d.touched = false
	}
	if everything {
		touched = t.ordered
	}
	for _, d := range touched {
		d.refresh()
	}
}

func (t *Team) dealFor(id process.DealID) *Deal {
	d, ok := t.deals[id]
	if !ok {
		d = newDeal(id, t)
		d.nr = len(t.ordered)
		t.deals[id] = d
		t.ordered = append(t.ordered, d)
	}
	return d
}

// order puts the deals that came last where their identities belong.
func (t *Team) order(sorted int) {
	added := len(t.ordered) - sorted
	if added == 0 {
		return
	}
	byID := func(a, b *Deal) int { return cmp.Compare(a.ID, b.ID) }
	if added > 1 {
		slices.SortFunc(t.ordered[sorted:], byID)
		t.ordered = merged(t.ordered[:sorted], t.ordered[sorted:])
		return
	}
	d := t.ordered[sorted]
	at, _ := slices.BinarySearchFunc(t.ordered[:sorted], d, byID)
	copy(t.ordered[at+1:], t.ordered[at:sorted])
	t.ordered[at] = d
}

// merged puts two lists that are in order into one.
func merged(a, b []*Deal) []*Deal {
	list := make([]*Deal, 0, len(a)+len(b))
	for len(a) > 0 && len(b) > 0 {
		if a[0].ID < b[0].ID {
			list, a = append(list, a[0]), a[1:]
		} else {
			list, b = append(list, b[0]), b[1:]
		}
	}
	return append(append(list, a...), b...)
}

// apply folds in a fact about the team, and tells whether all deals have to be looked at again.
func (t *Team) apply(e process.Event) (everything bool) {
	stamp := t.stampOf(e.Fact)
	switch f := e.Fact.(type) {
	case *process.WriterIntroduced, *process.PersonNamed:
		t.people.Apply(e.ID, f, stamp)
	case *process.PeopleMerged:
		t.people.Apply(e.ID, f, stamp)
		return true
	case *process.TeamFounded:
		if t.Founded == 0 || f.Known < t.Founded || f.Known == t.Founded && e.ID.Before(t.founding) {
			t.Founded, t.Dataset, t.founding = f.Known, f.Dataset, e.ID
		}
	case *process.SettingSet:
		register.Of(&t.settings, f.Setting).Put(e.ID, f.Value, stamp)
	case *process.CustomerNamed:
		register.Of(&t.customers, f.Customer).Put(e.ID, f.Name, stamp)
	case *process.CustomersMerged:
		register.Of(&t.merged, f.From).Put(e.ID, f.Into, stamp)
		return true
	case *process.ContactNamed:
		register.Of(&t.contacts, f.Contact).Put(e.ID, Contact{
			ID: f.Contact, Customer: f.Customer, Name: f.Name, Role: f.Role, Email: f.Email, Phone: f.Phone, Erased: f.Name == "",
		}, stamp)
	case *process.RateSet:
		register.Of(&t.rates, f.Currency).Put(e.ID, f.Rate, stamp)
	case *process.TargetSet, *process.CallMade:
		t.calls.Apply(e.ID, f, stamp)
	case *process.ListNamed, *process.ChoiceNamed, *process.ChoicesOrdered:
		t.lists.Apply(e.ID, f, stamp)
	case *process.ForecastNoted:
		t.note(register.Entry[process.ForecastNoted]{ID: e.ID, Value: *f, Stamp: stamp})
	case *process.MeetingHeld:
		t.meetings.Put(e.ID, *f, stamp)
	case *process.MappingKept:
		register.Of(&t.mappings, headersKey(f.Headers)).Put(e.ID, f.Mapping, stamp)
	case *process.ImportTaken:
		if i := t.importFor(f.ID); i.Event.IsZero() || e.ID.Before(i.Event) {
			i.Event, i.Source, i.Deals, i.Known = e.ID, f.Source, f.Deals, f.Known
		}
	case *process.ImportUndone:
		t.importFor(f.ID).Undone = true
		if day, ok := t.importsUndone[f.ID]; !ok || f.Known < day {
			t.importsUndone[f.ID] = f.Known
		}
		return true
	case *process.Undone:
		t.undones.Put(e.ID, f.Events, stamp)
		return true
	case *process.DraftSaved:
		t.processFor(f.Process).drafts.Put(e.ID, f.Definition, stamp)
	case *process.VersionPublished:
		t.publish(e.ID, f)
		return true
	case *process.Unknown:
		t.unknown = withID(t.unknown, e.ID)
	}
	return false
}

// stampOf is the stamp of a fact, one for all facts of one day that replace nothing: nearly all.
func (t *Team) stampOf(f process.Fact) *process.Stamp {
	s := f.Recorded()
	if len(s.Base) > 0 {
		own := *s
		return &own
	}
	key := stampKey{s.Known, s.History, s.Import}
	shared, ok := t.stamps[key]
	if !ok {
		shared = &process.Stamp{Known: s.Known, History: s.History, Import: s.Import}
		t.stamps[key] = shared
	}
	return shared
}

type stampKey struct {
	known   process.Date
	history bool
	from    process.ImportID
}

func (t *Team) importFor(id process.ImportID) *Import {
	i, ok := t.imports[id]
	if !ok {
		i = &Import{ID: id, First: process.FarFuture}
		t.imports[id] = i
	}
	return i
}

func (t *Team) noteImport(e process.Event) {
	if s := e.Fact.Recorded(); s.Import != "" {
		i := t.importFor(s.Import)
		i.Events = withID(i.Events, e.ID)
		i.First = min(i.First, s.Known)
	}
}

func (t *Team) note(e register.Entry[process.ForecastNoted]) {
	i, found := slices.BinarySearchFunc(t.noted, e.ID, func(have register.Entry[process.ForecastNoted], id process.EventID) int {
		return bytes.Compare(have.ID[:], id[:])
	})
	if !found {
		t.noted = slices.Insert(t.noted, i, e)
	}
}

// withID puts an event's key where it belongs among others.
func withID(ids []process.EventID, id process.EventID) []process.EventID {
	i, _ := slices.BinarySearchFunc(ids, id, func(have, id process.EventID) int { return bytes.Compare(have[:], id[:]) })
	return slices.Insert(ids, i, id)
}

func headersKey(headers []string) string {
	folded := make([]string, len(headers))
	for i, h := range headers {
		folded[i] = process.FoldName(h)
	}
	return strings.Join(folded, "\x1f")
}

// joinPeople finds out who is who, and makes targets and calls those of the people that stand for their sellers.
func (t *Team) joinPeople() {
	t.people.Note(t.Dataset)
	if !t.people.AnyMerged() {
		t.calls.Join(nil)
		return
	}
	t.calls.Join(t.people.Canonical)
}

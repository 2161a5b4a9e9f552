package sales

import (
	"slices"

	"milstolpe/process"
	"milstolpe/process/conflicts"
	"milstolpe/process/money"
	"milstolpe/process/register"
)

// Conflicts are the fields of the deal that wait to be settled.
func (d *Deal) Conflicts() []Conflict {
	id := string(d.ID)
	list := slices.Concat(
		ofDeal(d, conflicts.Name, id, &d.name, conflicts.Same, func(v string, s process.Stamp) process.Fact {
			return &process.DealRenamed{Stamp: s, Deal: d.ID, Name: v}
		}),
		ofDeal(d, conflicts.Customer, id, &d.customer, d.team.sameCustomer, func(v process.CustomerID, s process.Stamp) process.Fact {
			return &process.DealCustomerSet{Stamp: s, Deal: d.ID, Customer: v}
		}),
		ofDeal(d, conflicts.Seller, id, &d.seller, d.team.people.Same, func(v process.PersonID, s process.Stamp) process.Fact {
			return &process.SellerSet{Stamp: s, Deal: d.ID, Seller: v}
		}),
		ofDeal(d, conflicts.Value, id, &d.value, SameAmount, func(v *money.Amount, s process.Stamp) process.Fact {
			return &process.ValueSet{Stamp: s, Deal: d.ID, Value: v}
		}),
		ofDeal(d, conflicts.ExpectedClose, id, &d.expected, conflicts.Same, func(v process.Date, s process.Stamp) process.Fact {
			return &process.ExpectedCloseSet{Stamp: s, Deal: d.ID, Day: v}
		}),
		d.conflictsOfBooks(),
		ofDeal(d, conflicts.Opened, id, &d.openedOn, conflicts.Same, func(v process.Date, s process.Stamp) process.Fact {
			return &process.OpeningCorrected{Stamp: d.openingStamp(v, s.Known, s.Base), Deal: d.ID, On: v}
		}),
		ofDeal(d, conflicts.Source, id, &d.source, conflicts.Same, func(v string, s process.Stamp) process.Fact {
			return &process.SourceSet{Stamp: s, Deal: d.ID, Source: v}
		}),
		d.outcomeConflict(),
		ofDeal(d, conflicts.Opinion, id, &d.opinion, conflicts.Same, func(v float64, s process.Stamp) process.Fact {
			return &process.OpinionSet{Stamp: s, Deal: d.ID, Percent: v}
		}),
		ofDeal(d, conflicts.Plan, id, &d.plan, samePlan, func(v process.Plan, s process.Stamp) process.Fact {
			return &process.PlanWorded{Stamp: s, Deal: d.ID, Plan: v}
		}))
	return slices.Concat(list, d.conflictsByKey(), d.reachedConflicts())
}

// conflictsOfBooks are those of which a book of the deal knows.
func (d *Deal) conflictsOfBooks() (list []Conflict) {
	for _, c := range slices.Concat(d.Activities().Conflicts(d.ID), d.Choices().Conflicts(d.ID)) {
		list = append(list, Conflict{Conflict: c, Deal: d})
	}
	return list
}

// ofDeal is the conflict of one field of a deal, if there is one.
func ofDeal[T any](
	d *Deal, field conflicts.Field, subject string, f *register.Register[T], same func(a, b T) bool, record func(T, process.Stamp) process.Fact,
) []Conflict {
	c, found := conflicts.Of(f, d.Retractions(), same, record)
	return d.listed(c, found, field, subject)
}

// listed is a conflict of the deal as a list, empty if there is none.
func (d *Deal) listed(c conflicts.Conflict, found bool, field conflicts.Field, subject string) []Conflict {
	if !found {
		return nil
	}
	c.Field, c.Subject = field, subject
	return []Conflict{{Conflict: c, Deal: d}}
}

// conflictsByKey are those of the fields of which a deal has one for each role, or each milestone.
func (d *Deal) conflictsByKey() (list []Conflict) {
	for _, key := range SortedKeys(d.roles) {
		list = append(list, ofDeal(d, conflicts.Role, string(d.ID)+"\x1f"+string(key), d.roles[key], conflicts.Same, func(v RoleHolder, s process.Stamp) process.Fact {
			return &process.RoleSet{Stamp: s, Deal: d.ID, Role: key, Contact: v.Contact, Met: v.Met}
		})...)
	}
	for _, key := range SortedKeys(d.promises) {
		list = append(list, ofDeal(d, conflicts.Promise, string(d.ID)+"\x1f"+string(key), d.promises[key], conflicts.Same, func(v process.Date, s process.Stamp) process.Fact {
			return &process.MilestonePromised{Stamp: s, Deal: d.ID, Milestone: key, Day: v}
		})...)
	}
	return list
}

// reachedConflicts are reports of milestones that two people have corrected without seeing each other's correction.
func (d *Deal) reachedConflicts() (list []Conflict) {
	if len(d.corrected.Entries()) < 2 {
		return nil
	}
	heads := d.corrected.HeadsOn(process.FarFuture, d.Retractions())
	for i := range d.marks {
		mark := &d.marks[i]
		of := slices.DeleteFunc(slices.Clone(heads), func(e register.Entry[Correction]) bool { return !slices.Contains(e.Stamp.Base, mark.ID) })
		c, found := conflicts.Among(of, conflicts.Same, func(v Correction, s process.Stamp, _ func() string) []process.Fact {
			s.Known, s.History, s.Base = mark.Stamp.Known, mark.Stamp.History, append([]process.EventID{mark.ID}, s.Base...)
			return []process.Fact{&process.MilestoneCorrected{
				Stamp: s, Deal: d.ID, Milestone: v.Milestone, On: v.On, Contact: v.Contact, Evidence: v.Evidence,
			}}
		})
		list = append(list, d.listed(c, found && d.MarkEffectiveOn(mark, process.FarFuture), conflicts.Reached, string(d.ID)+"\x1f"+string(mark.Milestone)+"\x1f"+mark.ID.String())...)
	}
	return list
}

// outcomeConflict finds two ends of the deal, neither of which is known to have been taken back.
func (d *Deal) outcomeConflict() []Conflict {
	if len(d.closes.Entries()) < 2 {
		return nil
	}
	heads := slices.DeleteFunc(slices.Clone(d.closes.HeadsOn(process.FarFuture, d.Retractions())), func(e register.Entry[Close]) bool {
		return d.CloseWithdrawn(e.ID, process.FarFuture)
	})
	c, found := conflicts.Among(heads, sameClose, func(c Close, s process.Stamp, _ func() string) []process.Fact {
		return []process.Fact{&process.DealClosed{
			Stamp: s, Deal: d.ID, Outcome: c.Outcome, On: c.On, Value: c.Value, Reason: c.Reason, Competitor: c.Competitor, SaidBy: c.SaidBy,
		}}
	})
	return d.listed(c, found, conflicts.Outcome, string(d.ID))
}

func sameClose(a, b Close) bool {
	return a.Outcome == b.Outcome && a.On == b.On && SameAmount(a.Value, b.Value) && a.Reason == b.Reason && a.Competitor == b.Competitor
}

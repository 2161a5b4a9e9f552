package sales

import (
	"slices"

	"milstolpe/process"
	"milstolpe/process/money"
	"milstolpe/process/register"
)

// Clashes are the fields of the deal that wait to be settled.
func (d *Deal) Clashes() []Conflict {
	var list []Conflict
	gone := d.Retractions()
	add := func(field ClashField, subject string, c Conflict, clashes bool) {
		if clashes {
			c.Deal, c.Field, c.Subject = d, field, subject
			list = append(list, c)
		}
	}
	id := string(d.ID)
	c, ok := clashOf(&d.name, gone, same[string], func(v string, s process.Stamp) process.Fact {
		return &process.DealRenamed{Stamp: s, Deal: d.ID, Name: v}
	})
	add(ClashName, id, c, ok)
	c, ok = clashOf(&d.customer, gone, d.team.sameCustomer, func(v process.CustomerID, s process.Stamp) process.Fact {
		return &process.DealCustomerSet{Stamp: s, Deal: d.ID, Customer: v}
	})
	add(ClashCustomer, id, c, ok)
	c, ok = clashOf(&d.seller, gone, d.team.people.Same, func(v process.PersonID, s process.Stamp) process.Fact {
		return &process.SellerSet{Stamp: s, Deal: d.ID, Seller: v}
	})
	add(ClashSeller, id, c, ok)
	c, ok = clashOf(&d.value, gone, SameAmount, func(v *money.Amount, s process.Stamp) process.Fact {
		return &process.ValueSet{Stamp: s, Deal: d.ID, Value: v}
	})
	add(ClashValue, id, c, ok)
	c, ok = clashOf(&d.expected, gone, same[process.Date], func(v process.Date, s process.Stamp) process.Fact {
		return &process.ExpectedCloseSet{Stamp: s, Deal: d.ID, Day: v}
	})
	add(ClashExpectedClose, id, c, ok)
	d.planClashes(add)
	c, ok = clashOf(&d.openedOn, gone, same[process.Date], func(v process.Date, s process.Stamp) process.Fact {
		return &process.OpeningCorrected{Stamp: d.openingStamp(v, s.Known, s.Base), Deal: d.ID, On: v}
	})
	add(ClashOpened, id, c, ok)
	c, ok = clashOf(&d.source, gone, same[string], func(v string, s process.Stamp) process.Fact {
		return &process.SourceSet{Stamp: s, Deal: d.ID, Source: v}
	})
	add(ClashSource, id, c, ok)
	c, ok = d.outcomeClash()
	add(ClashOutcome, id, c, ok)
	c, ok = clashOf(&d.opinion, gone, same[float64], func(v float64, s process.Stamp) process.Fact {
		return &process.OpinionSet{Stamp: s, Deal: d.ID, Percent: v}
	})
	add(ClashOpinion, id, c, ok)
	c, ok = clashOf(&d.plan, gone, samePlan, func(v process.Plan, s process.Stamp) process.Fact {
		return &process.PlanWorded{Stamp: s, Deal: d.ID, Plan: v}
	})
	add(ClashPlan, id, c, ok)
	d.clashesByKey(add)
	return append(list, d.reachedClashes()...)
}

// clashesByKey are those of the fields of which a deal has one for each role, or each milestone.
func (d *Deal) clashesByKey(add func(field ClashField, subject string, c Conflict, clashes bool)) {
	gone, id := d.Retractions(), string(d.ID)
	for _, key := range SortedKeys(d.roles) {
		c, ok := clashOf(d.roles[key], gone, same[RoleHolder], func(v RoleHolder, s process.Stamp) process.Fact {
			return &process.RoleSet{Stamp: s, Deal: d.ID, Role: key, Contact: v.Contact, Met: v.Met}
		})
		add(ClashRole, id+"\x1f"+string(key), c, ok)
	}
	for _, key := range SortedKeys(d.promises) {
		c, ok := clashOf(d.promises[key], gone, same[process.Date], func(v process.Date, s process.Stamp) process.Fact {
			return &process.MilestonePromised{Stamp: s, Deal: d.ID, Milestone: key, Day: v}
		})
		add(ClashPromise, id+"\x1f"+string(key), c, ok)
	}
}

// reachedClashes are reports of milestones that two people have corrected without seeing each other's correction.
func (d *Deal) reachedClashes() (list []Conflict) {
	if len(d.corrected.Entries()) < 2 {
		return nil
	}
	heads := d.corrected.HeadsOn(process.FarFuture, d.Retractions())
	for i := range d.marks {
		mark := &d.marks[i]
		of := slices.DeleteFunc(slices.Clone(heads), func(e register.Entry[Correction]) bool { return !slices.Contains(e.Stamp.Base, mark.ID) })
		c, clashes := clashAmong(of, same, func(v Correction, s process.Stamp, _ Env) []process.Fact {
			s.Known, s.History, s.Base = mark.Stamp.Known, mark.Stamp.History, append([]process.EventID{mark.ID}, s.Base...)
			return []process.Fact{&process.MilestoneCorrected{
				Stamp: s, Deal: d.ID, Milestone: v.Milestone, On: v.On, Contact: v.Contact, Evidence: v.Evidence,
			}}
		})
		if clashes && d.MarkEffectiveOn(mark, process.FarFuture) {
			c.Deal, c.Field, c.Subject = d, ClashReached, string(d.ID)+"\x1f"+string(mark.Milestone)+"\x1f"+mark.ID.String()
			list = append(list, c)
		}
	}
	return list
}

// outcomeClash finds two ends of the deal, neither of which is known to have been taken back.
func (d *Deal) outcomeClash() (Conflict, bool) {
	if len(d.closes.Entries()) < 2 {
		return Conflict{}, false
	}
	heads := slices.DeleteFunc(slices.Clone(d.closes.HeadsOn(process.FarFuture, d.Retractions())), func(e register.Entry[Close]) bool {
		return d.CloseWithdrawn(e.ID, process.FarFuture)
	})
	return clashAmong(heads, sameClose, func(c Close, s process.Stamp, _ Env) []process.Fact {
		return []process.Fact{&process.DealClosed{
			Stamp: s, Deal: d.ID, Outcome: c.Outcome, On: c.On, Value: c.Value, Reason: c.Reason, Competitor: c.Competitor, SaidBy: c.SaidBy,
		}}
	})
}

func sameClose(a, b Close) bool {
	return a.Outcome == b.Outcome && a.On == b.On && SameAmount(a.Value, b.Value) && a.Reason == b.Reason && a.Competitor == b.Competitor
}

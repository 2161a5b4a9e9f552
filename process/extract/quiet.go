package extract

import (
	"cmp"
	"slices"

	"milstolpe/process"
	"milstolpe/process/sales"
)

// QuietYears is after how many years without anything new a person is listed for erasing.
const QuietYears = 3

// QuietContact is a person about whom nothing new has come in for long, and the last day on which something had.
type QuietContact struct {
	sales.Contact
	Last process.Date
}

// Quiet are the people about whom nothing new has come in for QuietYears, the longest first. Nobody is who has to do with an open deal.
func Quiet(team *sales.Team, today process.Date) []QuietContact {
	last := map[process.ContactID]process.Date{}
	note := func(id process.ContactID, day process.Date) {
		if id != "" {
			last[id] = max(last[id], day)
		}
	}
	for _, d := range team.Deals() {
		ended := process.FarFuture
		if d.Now.Close != nil {
			ended = max(d.ChangedOn(), d.Now.Close.On)
		}
		for _, id := range d.Contacts() {
			note(id, ended)
		}
		for _, m := range d.MarksOn(process.FarFuture) {
			note(m.Contact, max(m.On, m.Stamp.Known))
		}
		if v := d.Version(); v != nil {
			for i := range v.Definition.Roles {
				holder, _ := d.Role(v.Definition.Roles[i].Key)
				note(holder.Contact, ended)
			}
		}
	}
	limit := yearsBefore(today, QuietYears)
	var list []QuietContact
	for _, c := range team.Contacts() {
		for _, e := range team.ContactEntries(c.ID) {
			note(c.ID, e.Stamp.Known)
		}
		if last[c.ID] <= limit {
			list = append(list, QuietContact{c, last[c.ID]})
		}
	}
	slices.SortStableFunc(list, func(a, b QuietContact) int { return cmp.Or(cmp.Compare(a.Last, b.Last), cmp.Compare(a.Name, b.Name)) })
	return list
}

// yearsBefore is the same day so many years earlier; of a leap day the first of March.
func yearsBefore(day process.Date, years int) process.Date {
	return process.DateOf(day.Time().AddDate(-years, 0, 0))
}

package plans

import (
	"milstolpe/handlers/ical"
	"milstolpe/handlers/web"
	"milstolpe/process"
)

// sendDays sends the days that the buyer has named as a calendar for the buyer: in the words of the plan, and with nothing of ours.
func sendDays(v *web.Request) error {
	var c ical.Calendar
	err := look(v, func(w planView) error {
		d, doc := w.d, w.document()
		c = ical.Calendar{Name: doc.Title, Zone: w.team.Location()}
		if d.Now.Close != nil {
			return process.Missing("calendar.nothing_comes")
		}
		for _, l := range doc.Shown() {
			if l.on.IsZero() {
				continue
			}
			entry := ical.Entry{Kind: ical.Planned, Deal: d.ID, Milestone: l.Milestone, Day: l.on, Summary: l.What, About: l.Who}
			entry.Changes(d.Promises(l.Milestone).Entries())
			c.Entries = append(c.Entries, entry)
		}
		if len(c.Entries) == 0 {
			return process.Missing("calendar.nothing_comes")
		}
		return nil
	})
	if err != nil {
		return err
	}
	return v.Download(c.Name+".ics", web.TypeCalendar, c.Bytes(v.Now))
}

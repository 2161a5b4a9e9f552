package calendar

import (
	"cmp"

	"milstolpe/handlers/ical"
	"milstolpe/handlers/web"
	"milstolpe/handlers/wording"
	"milstolpe/process"
	"milstolpe/process/forecast"
)

// sendCalendar sends everything that comes, of a seller or of all.
func sendCalendar(v *web.Request) error {
	var c ical.Calendar
	err := v.Model(func(m *forecast.Model) error { c = ical.For(v.Text, m, sellerAsked(v, m)); return nil })
	if err != nil {
		return err
	}
	return v.Download(c.Name+".ics", web.TypeCalendar, c.Bytes(v.Now))
}

// sendDeal sends one thing in a deal, or all that comes in it.
func sendDeal(v *web.Request) error {
	var c ical.Calendar
	name := ""
	err := v.Model(func(m *forecast.Model) error {
		d, ok := m.Team().Deal(v.DealID())
		if !ok {
			return process.Missing("deal.no_such")
		}
		name = wording.DealName(m.Team(), d)
		if c, ok = ical.OfDeal(v.Text, m, d, v.QueryParam("only")); !ok {
			return process.Missing("calendar.nothing_comes")
		}
		return nil
	})
	if err != nil {
		return err
	}
	return v.Download(cmp.Or(name, v.T("calendar.title"))+".ics", web.TypeCalendar, c.Bytes(v.Now))
}

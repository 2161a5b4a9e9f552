package command

import (
	"context"
	"io"
	"time"

	"milstolpe/db"
	"milstolpe/handlers/ical"
	"milstolpe/handlers/workbook"
	"milstolpe/process"
	"milstolpe/process/forecast"
	"milstolpe/process/people"
)

// Calendar writes what comes in the open deals as an .ics file; no seller means everybody's.
type Calendar struct{ Seller, Out string }

// Run writes it to a file, or to where data goes.
func (c *Calendar) Run(_ context.Context, p *Program) error {
	return p.ask(func(m *forecast.Model) error {
		seller, err := sellerNamed(m.Team().Roster(), c.Seller)
		if err != nil {
			return err
		}
		body := ical.For(p.Text, m, seller).Bytes(p.Clock())
		return p.deliver(c.Out, func(out io.Writer) error { _, err := out.Write(body); return err })
	})
}

// sellerNamed is one of us by name; no name is nobody.
func sellerNamed(roster *people.Roster, name string) (process.PersonID, error) {
	if name == "" {
		return "", nil
	}
	id, ok := roster.ByName(name)
	if !ok {
		return "", process.Wrong("seller", "cli.no_such_seller", name)
	}
	return id, nil
}

// renewCalendarEvery is how often the calendar beside an open file is brought up to date, for those who want one.
const renewCalendarEvery = 20 * time.Second

// renewCalendar keeps the calendar beside the file up to date as long as the file is open. It looks only when something was recorded or a
// new day has begun.
func (s *session) renewCalendar(file *db.File) {
	keeper := ical.Keeper{StateDir: s.StateDir}
	var seen uint64
	var day process.Date
	for first := true; ; first = false {
		time.Sleep(renewCalendarEvery)
		if file.ReadOnly() != nil {
			return
		}
		now := s.Clock()
		if revision, today := file.Revision(), process.DateOf(now); first || revision != seen || today != day {
			if err := keeper.Renew(file, now); err != nil {
				s.Log.Warn("renew the calendar beside the file", "error", err)
				continue // and try again: the folder may be out of reach for a while
			}
			seen, day = revision, today
		}
	}
}

// renewWorkbook keeps the live workbook of a file up to date as long as the file is open.
func (s *session) renewWorkbook(file *db.File) {
	keeper := workbook.Keeper{StateDir: s.StateDir}
	keeper.Follow(file, s.Clock, func(err error) { s.Log.Warn("renew the live workbook", "error", err) })
}

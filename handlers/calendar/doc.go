// Package calendar has the page at /calendar: what comes in the open deals, to look at and to take into one's own calendar.
//
// calendarPage lists the entries of package ical, of one seller or of all, and sends them as .ics, all or one alone
// (calendar.go); keep.go has the form that keeps a file beside the shared one. Begin at showCalendar.
//
// Traps: a seller in the query who has no deals is nobody, not everybody. What an entry says is made in package ical, so that page and
// file say the same.
package calendar

package ical

import (
	"strings"
	"time"
	"unicode"

	ics "github.com/arran4/golang-ical"

	"milstolpe/process"
)

// Calendar is one file: a name, and what is in it.
type Calendar struct {
	Name    string
	Zone    *time.Location // whose clock the times of day are on
	Entries []Entry
}

// Kind is what an entry is about.
type Kind string

// The kinds.
const (
	Activity Kind = "activity" // our next one
	Named    Kind = "named"    // a day that the buyer has named for a milestone
	Stall    Kind = "stall"    // the day on which the deal stalls
	Close    Kind = "close"    // the day on which the seller expects the close
	Planned  Kind = "plan"     // a named day as the buyer reads it
)

// Entry is one thing in a calendar: on a day, or at a time of it.
type Entry struct {
	Kind      Kind
	Deal      process.DealID
	Milestone process.MilestoneID // of a named day
	Number    int                 // of an activity, where several are planned for one deal: 0, 1 …
	Text      string              // of an activity
	Day       process.Date
	Time      process.TimeOfDay
	Summary   string
	About     string    // a few lines more
	Recorded  time.Time // when it was last changed; zero where it follows from other things
	Sequence  int       // how often it has been changed
	Cancelled bool      // it was in the calendar and holds no longer
}

// producer tells that a file is ours.
const producer = "-//Milstolpe//Milstolpe//EN"

// length is how long an activity with a time of day takes in a calendar; nobody has said how long it will be.
const length = 30 * time.Minute

// UID is the same for one thing for ever, in every copy of the team's file.
func (e Entry) UID() string {
	parts := []string{string(e.Deal), string(e.Kind)}
	if e.Milestone != "" {
		parts = append(parts, string(e.Milestone))
	}
	return cleaned(strings.Join(parts, "-"), false) + "@milstolpe"
}

// Bytes is the file, as it is made at a moment.
func (c Calendar) Bytes(now time.Time) []byte {
	cal := ics.NewCalendar()
	cal.SetProductId(producer)
	cal.SetMethod(ics.MethodPublish)
	cal.SetXWRCalName(cleaned(c.Name, false))
	for _, e := range c.Entries {
		e.addTo(cal, c.Zone, now)
	}
	return []byte(cal.Serialize(ics.WithNewLineWindows))
}

func (e Entry) addTo(cal *ics.Calendar, zone *time.Location, now time.Time) {
	event := cal.AddEvent(e.UID())
	event.SetDtStampTime(now)
	if !e.Recorded.IsZero() {
		event.SetLastModifiedAt(e.Recorded)
	}
	event.SetSequence(e.Sequence)
	day := e.Day.Time()
	if minutes, ok := e.Time.Minutes(); ok {
		start := time.Date(day.Year(), day.Month(), day.Day(), 0, minutes, 0, 0, zone)
		event.SetStartAt(start)
		event.SetEndAt(start.Add(length))
	} else {
		event.SetAllDayStartAt(day)
		if day.Year() < process.LastYear { // without an end it lasts a day too
			event.SetAllDayEndAt(day.AddDate(0, 0, 1))
		}
		event.SetTimeTransparency(ics.TransparencyTransparent)
	}
	event.SetSummary(cleaned(e.Summary, false))
	if about := cleaned(e.About, true); about != "" {
		event.SetDescription(about)
	}
	event.SetClass(ics.ClassificationPrivate)
	if e.Cancelled {
		event.SetStatus(ics.ObjectStatusCancelled)
	}
}

// cleaned takes out what no calendar program expects in a text: control characters, and bytes that are no letters at all.
func cleaned(text string, lines bool) string {
	text = strings.ToValidUTF8(text, "\uFFFD")
	text = strings.ReplaceAll(text, "\r\n", "\n")
	text = strings.Map(func(r rune) rune {
		switch {
		case lines && r == '\n':
			return r
		case unicode.IsSpace(r), r == '\u2028', r == '\u2029':
			return ' '
		case unicode.IsControl(r), r == '\uFEFF', r == '\u2060':
			return -1
		}
		return r
	}, text)
	return strings.TrimSpace(text)
}

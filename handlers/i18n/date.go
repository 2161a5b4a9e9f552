package i18n

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"milstolpe/process"
)

var (
	monthsSwedish = [...]string{"januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti", "september", "oktober", "november", "december"}
	monthsShort   = [...]string{"jan.", "feb.", "mars", "apr.", "maj", "juni", "juli", "aug.", "sep.", "okt.", "nov.", "dec."}
	weekdays      = [...]string{"söndag", "måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag"}
)

// Day writes a day in running text: 23 nov. 2026 in Swedish, 23 Nov 2026 in English. No day is no text.
func (l Lang) Day(d process.Date) string {
	if d.IsZero() {
		return ""
	}
	return l.dayMonth(d) + Nbsp + strconv.Itoa(d.Year())
}

// DayNear is Day without the year when it is today's year.
func (l Lang) DayNear(d, today process.Date) string {
	if d.IsZero() || d.Year() != today.Year() {
		return l.Day(d)
	}
	return l.dayMonth(d)
}

// DayLong writes a day with its weekday, as it begins a page: Tisdag 30 juni 2026.
func (l Lang) DayLong(d process.Date) string {
	if d.IsZero() {
		return ""
	}
	if l.swedish() {
		return UpperFirst(weekdays[d.Weekday()]) + " " + strconv.Itoa(d.Day()) + Nbsp + monthsSwedish[d.Month()-1] + Nbsp + strconv.Itoa(d.Year())
	}
	return d.Time().Format("Monday 2") + Nbsp + d.Time().Format("January 2006")
}

// ISO writes a day for tables: 2026-11-23.
func (l Lang) ISO(d process.Date) string { return d.String() }

func (l Lang) dayMonth(d process.Date) string {
	return strconv.Itoa(d.Day()) + Nbsp + l.MonthShort(d.Month())
}

// MonthShort is the name of a month in three letters or so.
func (l Lang) MonthShort(m time.Month) string {
	if l.swedish() {
		return monthsShort[m-1]
	}
	return m.String()[:3]
}

// Month names a month of the year alone, as an axis does: mars, March.
func (l Lang) Month(m time.Month) string {
	if l.swedish() {
		return monthsSwedish[m-1]
	}
	return m.String()
}

// Clock writes a time of day: 14.02 in Swedish, 14:02 in English.
func (l Lang) Clock(t time.Time) string { return t.Format(l.Pick("15.04", "15:04")) }

// TimeOfDay writes when on a day something is to happen: 14.30 in Swedish, 14:30 in English. No time is no text.
func (l Lang) TimeOfDay(at process.TimeOfDay) string {
	minutes, ok := at.Minutes()
	if !ok {
		return ""
	}
	return l.Clock(time.Date(2000, 1, 1, 0, minutes, 0, 0, time.UTC))
}

// Stamp writes a moment for the head of a printed page: 30 juni 2026 kl. 14.02.
func (l Lang) Stamp(t time.Time) string {
	return l.Day(process.DateOf(t)) + l.Pick(" kl."+Nbsp, ", ") + l.Clock(t)
}

// Period names a period in a row or an axis: v. 47, nov. 2026, Q4 2026, 2026, and with another fiscal year Q4 2025/26.
func (l Lang) Period(p process.Period) string {
	switch p.Kind {
	case process.Week:
		return l.Pick("v."+Nbsp, "W") + strconv.Itoa(p.Number)
	case process.Month:
		return l.MonthShort(p.Start.Month()) + Nbsp + strconv.Itoa(p.Year)
	case process.Quarter:
		return fmt.Sprintf("Q%d%s%s", p.Number, Nbsp, Fiscal(p))
	case process.Year:
		return Fiscal(p)
	}
	return ""
}

var ordinals = map[Lang][4]string{
	Swedish: {"Första", "Andra", "Tredje", "Fjärde"},
	English: {"First", "Second", "Third", "Fourth"},
}

// PeriodName names a period in a heading: Vecka 47 2026, November 2026, Fjärde kvartalet 2026, 2026, Räkenskapsåret 2025/26.
func (l Lang) PeriodName(p process.Period) string {
	year := Nbsp + Fiscal(p)
	switch p.Kind {
	case process.Week:
		return l.Pick("Vecka", "Week") + Nbsp + strconv.Itoa(p.Number) + l.Pick("", ",") + Nbsp + strconv.Itoa(p.Year)
	case process.Month:
		return UpperFirst(l.Month(p.Start.Month())) + Nbsp + strconv.Itoa(p.Year)
	case process.Quarter:
		words, ok := ordinals[l]
		if !ok {
			words = ordinals[English]
		}
		return words[p.Number-1] + l.Pick(" kvartalet", " quarter") + year
	case process.Year:
		if strings.Contains(Fiscal(p), "/") {
			return l.Pick("Räkenskapsåret", "Fiscal year") + year
		}
		return Fiscal(p)
	}
	return ""
}

// Fiscal is the year of a quarter or a year: 2026, or 2025/26 where the fiscal year does not start in January.
func Fiscal(p process.Period) string {
	if p.Kind != process.Quarter && p.Kind != process.Year {
		return strconv.Itoa(p.Year)
	}
	year, _, _ := strings.Cut(p.Label(), "-Q")
	return year
}

// UpperFirst begins a text with a capital letter.
func UpperFirst(s string) string {
	for i, r := range s {
		return strings.ToUpper(string(r)) + s[i+len(string(r)):]
	}
	return s
}

// UnbrokenRange keeps the two ends of a range on one line.
func UnbrokenRange(text string) string {
	const joiner = "\u2060"
	return strings.ReplaceAll(text, Dash, joiner+Dash+joiner)
}

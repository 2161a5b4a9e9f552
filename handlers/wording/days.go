package wording

import (
	"milstolpe/handlers/i18n"
	"milstolpe/process"
	"milstolpe/process/sales"
)

// DayAndTime is a day near today and, where one is given, the time of it: 28 aug. kl. 14.30.
func DayAndTime(t *i18n.Text, day process.Date, at process.TimeOfDay, today process.Date) string {
	text := t.DayNear(day, today)
	if clock := t.TimeOfDay(at); clock != "" && text != "" {
		text += t.Pick(" kl."+i18n.Nbsp, ", ") + clock
	}
	return text
}

// DateMoves says how often the expected close was moved, and which way in all.
func DateMoves(t *i18n.Text, d *sales.Deal) string {
	times, days := d.DateMoves(process.FarFuture)
	switch {
	case times == 0:
		return ""
	case days > 0:
		return t.T("deals.moved_out", howOften(t, times))
	case days < 0:
		return t.T("deals.pulled_in", howOften(t, times))
	}
	return t.T("deals.moved_about", howOften(t, times))
}

// howOften writes a count of times: en gång, två gånger; once, twice.
func howOften(t *i18n.Text, n int) string {
	switch n {
	case 1:
		return t.T("deals.once")
	case 2:
		return t.T("deals.twice")
	}
	return t.T("deals.times", t.Word(n))
}

package wording

import (
	"milstolpe/handlers/i18n"
	"milstolpe/process"
)

// DayAndTime is a day near today and, where one is given, the time of it: 28 aug. kl. 14.30.
func DayAndTime(t *i18n.Text, day process.Date, at process.TimeOfDay, today process.Date) string {
	text := t.DayNear(day, today)
	if clock := t.TimeOfDay(at); clock != "" && text != "" {
		text += t.Pick(" kl."+i18n.Nbsp, ", ") + clock
	}
	return text
}

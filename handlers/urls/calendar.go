package urls

import (
	"net/url"

	"milstolpe/process"
)

// CalendarPath is the page with what comes.
const CalendarPath = "/calendar"

// CalendarHref is that page for one seller; for all where none is named.
func CalendarHref(seller string) string {
	return CalendarPath + "?" + url.Values{"seller": {seller}}.Encode()
}

// CalendarFile is the .ics file of a seller; of all where none is named.
func CalendarFile(seller string) string {
	return CalendarPath + "/file?" + url.Values{"seller": {seller}}.Encode()
}

// DealCalendar is the .ics file of one thing in a deal (activity, close …); of all of it where none is named.
func DealCalendar(id process.DealID, only string) string {
	path := CalendarPath + "/deals/" + url.PathEscape(string(id))
	if only != "" {
		path += "?" + url.Values{"only": {only}}.Encode()
	}
	return path
}

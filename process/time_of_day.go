package process

import (
	"fmt"
	"regexp"
	"strconv"
)

// TimeOfDay is when on a day something of ours is to happen, on the clock of the team's time zone: 09:30. Empty means that only the day
// is given.
type TimeOfDay string

var timeShape = regexp.MustCompile(`^(\d{1,2})(?:[:. ]?([0-5]\d))?$`)

// ParseTimeOfDay reads a time as people type it, 9, 9:30, 09.30 or 930. Nothing typed is no time.
func ParseTimeOfDay(text string) (TimeOfDay, error) {
	if text == "" {
		return "", nil
	}
	m := timeShape.FindStringSubmatch(text)
	if m == nil {
		return "", &Error{Kind: Invalid, Msg: "time.not_a_time", Args: []any{text}}
	}
	hour, _ := strconv.Atoi(m[1])
	minute, _ := strconv.Atoi(m[2]) // none is the full hour
	if hour > 23 {
		return "", &Error{Kind: Invalid, Msg: "time.not_a_time", Args: []any{text}}
	}
	return TimeOfDay(fmt.Sprintf("%02d:%02d", hour, minute)), nil
}

// Minutes since midnight, and whether a time is given at all. What another version of the program may have written, and we cannot read,
// is none.
func (t TimeOfDay) Minutes() (int, bool) {
	read, err := ParseTimeOfDay(string(t))
	if err != nil || read == "" {
		return 0, false
	}
	hour, _ := strconv.Atoi(string(read[:2]))
	minute, _ := strconv.Atoi(string(read[3:]))
	return 60*hour + minute, true
}

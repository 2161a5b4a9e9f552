package cells

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"milstolpe/process"
)

// clockTime is the time of day in a cell. It matters where several things happened on one day, and where an offset tells that the day may
// be another one for the team.
type clockTime struct {
	hour, minute int
	second       time.Duration
	offset       *int // seconds east of Greenwich
}

var clockShape = regexp.MustCompile(`^(.*?)(?:t|,? )(?:kl\.? ?)?(\d{1,2})[:.](\d{2})(?:[:.](\d{2}(?:[.,]\d+)?))? ?(am|pm|a\.m\.|p\.m\.|uhr|h)? ?(z|utc|gmt|(?:utc|gmt)?[+-]\d{2}:?\d{2}|[+-]\d{2})?(?: ?[\[(].*[\])])?$`)

// cutClock takes the time of day off the end of a text in lower case.
func cutClock(text string) (rest string, clock *clockTime) {
	m := clockShape.FindStringSubmatch(text)
	if m == nil {
		return text, nil
	}
	hour, _ := strconv.Atoi(m[2])
	minute, _ := strconv.Atoi(m[3])
	if half := strings.ReplaceAll(m[5], ".", ""); half == "am" || half == "pm" {
		hour %= 12
		if half == "pm" {
			hour += 12
		}
	}
	if hour > 24 || minute > 59 {
		return text, nil
	}
	seconds, _ := strconv.ParseFloat(strings.Replace(m[4], ",", ".", 1), 64)
	return m[1], &clockTime{hour, minute, time.Duration(seconds * float64(time.Second)), parseOffset(m[6])}
}

func parseOffset(text string) *int {
	if text == "" {
		return nil
	}
	digits := strings.NewReplacer("utc", "", "gmt", "", "z", "", ":", "").Replace(text)
	seconds := 0
	if len(digits) >= 3 {
		h, _ := strconv.Atoi(digits[1:3])
		m := 0
		if len(digits) == 5 {
			m, _ = strconv.Atoi(digits[3:])
		}
		seconds = h*3600 + m*60
		if digits[0] == '-' {
			seconds = -seconds
		}
	}
	return &seconds
}

// in is the day, and the time since its beginning, that clocks in zone show. Midnight in Greenwich is how programs write a day without a
// time, and stays that day.
func (c *clockTime) in(day process.Date, zone *time.Location) (process.Date, time.Duration) {
	since := time.Duration(c.hour)*time.Hour + time.Duration(c.minute)*time.Minute + c.second
	if c.offset == nil || zone == nil || *c.offset == 0 && since == 0 {
		return day, since
	}
	at := time.Date(day.Year(), day.Month(), day.Day(), 0, 0, 0, 0, time.FixedZone("", *c.offset)).Add(since).In(zone)
	there := process.DateOf(at)
	return there, at.Sub(time.Date(at.Year(), at.Month(), at.Day(), 0, 0, 0, 0, zone))
}

package importer

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"milstolpe/process"
)

// clockTime is the time of day in a cell. It only matters where an offset tells that the day may be another one for the team.
type clockTime struct {
	hour, minute int
	offset       *int // seconds east of Greenwich
}

var clockShape = regexp.MustCompile(`^(.*?)(?:t|,? )(?:kl\.? ?)?(\d{1,2})[:.](\d{2})(?:[:.]\d{2}(?:[.,]\d+)?)? ?(am|pm|a\.m\.|p\.m\.)? ?(z|utc|gmt|(?:utc|gmt)?[+-]\d{2}:?\d{2}|[+-]\d{2})?(?: ?[\[(].*[\])])?$`)

// cutClock takes the time of day off the end of a text in lower case.
func cutClock(text string) (rest string, clock *clockTime) {
	m := clockShape.FindStringSubmatch(text)
	if m == nil {
		return text, nil
	}
	hour, _ := strconv.Atoi(m[2])
	minute, _ := strconv.Atoi(m[3])
	if half := strings.ReplaceAll(m[4], ".", ""); half != "" {
		hour %= 12
		if half == "pm" {
			hour += 12
		}
	}
	if hour > 24 || minute > 59 {
		return text, nil
	}
	return m[1], &clockTime{hour, minute, parseOffset(m[5])}
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

// dayIn is the day that a calendar in zone shows at that time of the day.
func (c *clockTime) dayIn(day process.Date, zone *time.Location) process.Date {
	if zone == nil {
		return day
	}
	at := time.Date(day.Year(), day.Month(), day.Day(), c.hour, c.minute, 0, 0, time.FixedZone("", *c.offset))
	return process.DateOf(at.In(zone))
}

// monthNames in the languages of those who sell and buy here: English, Swedish, Norwegian, Danish, Finnish numbers being written as
// numbers. The index is the month.
var monthNames = [13][]string{
	1: {"january", "januari", "januar"}, 2: {"february", "februari", "februar"}, 3: {"march", "mars", "marts"}, 4: {"april"},
	5: {"may", "maj", "mai"}, 6: {"june", "juni"}, 7: {"july", "juli"}, 8: {"august", "augusti"}, 9: {"september"},
	10: {"october", "oktober"}, 11: {"november"}, 12: {"december", "desember"},
}

var weekdayNames = []string{
	"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
	"måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag",
}

// shortened to three letters and more: "jan", "sept", "tors".
var (
	monthOf   = abbreviations(monthNames[:])
	weekdayOf = abbreviations([][]string{weekdayNames})
)

func abbreviations(groups [][]string) map[string]int {
	known := map[string]int{}
	for i, names := range groups {
		for _, name := range names {
			letters := []rune(name)
			for n := 3; n <= len(letters); n++ {
				known[string(letters[:n])] = i
			}
		}
	}
	return known
}

// monthNamed is the number of a month by its name or the beginning of it, 0 for anything else. The word is in lower case.
func monthNamed(word string) int { return monthOf[word] }

func isWeekday(word string) bool { _, ok := weekdayOf[word]; return ok }

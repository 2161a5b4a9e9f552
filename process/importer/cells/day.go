package cells

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"milstolpe/process"
)

// DayReading is what a cell says about a day.
type DayReading struct {
	Day         process.Date
	Until       process.Date  // last day of the week, month or quarter whose first day Day is; 0 where a day is named
	Timed       bool          // a time of day stands beside it
	Time        time.Duration // since the beginning of the day
	YearAssumed bool          // it names no year: the nearest one is meant
}

// Last is the day, or the last day of the period that was named: what is meant by something expected "in March".
func (r DayReading) Last() process.Date { return max(r.Day, r.Until) }

// DateOrder is the order of day, month and year in dates that are written with numbers only. Empty means that it is not known: then
// only dates that can be read in one way are taken.
type DateOrder string

// The orders.
const (
	YearMonthDay DateOrder = "ymd"
	DayMonthYear DateOrder = "dmy"
	MonthDayYear DateOrder = "mdy"
)

// dateReader reads days as people and programs write them.
type dateReader struct {
	order DateOrder
	zone  *time.Location // where the day of a time with an offset is looked up
	near  process.Date   // what names no year is of the year nearest to this day; 0 refuses it
}

// ParseDay reads a day as people and programs write it: 2026-11-23, with or without time and offset, 23.11.2026, 11/23/26, "23 nov.
// 2026", "mars -26". Order settles dates of numbers only; without it those that can be read in two ways are refused, and nothing is
// ever read against it. A time with an offset belongs to the day that zone shows.
func ParseDay(text string, order DateOrder, zone *time.Location) (DayReading, error) {
	return dateReader{order, zone, 0}.read(text)
}

// ParseDayNear reads as ParseDay does, and takes what names no year, like "v. 40" or "oktober", for the one nearest to a day. That is
// meant for what is expected, and a reading with YearAssumed has to be shown.
func ParseDayNear(text string, order DateOrder, zone *time.Location, near process.Date) (DayReading, error) {
	return dateReader{order, zone, near}.read(text)
}

func (r dateReader) read(text string) (DayReading, error) {
	if len(text) == len(time.DateOnly) {
		if d, err := process.ParseDate(text); err == nil {
			return DayReading{Day: d}, nil
		}
	}
	clean := strings.Join(strings.Fields(strings.ToLower(text)), " ")
	if len(clean) > 60 || clean == "" {
		return DayReading{}, process.Wrong("", "date.not_a_day", Shortened(text))
	}
	if reading, ok, err := r.period(clean); ok {
		return reading, asked(err, text)
	}
	parts, err := r.date(clean)
	if err == nil {
		return parts.on(text)
	}
	if e, ok := err.(*process.Error); ok && e.Msg == "date.no_year" { //nolint:errorlint // made below, never wrapped
		reading, err := r.monthAlone(clean)
		return reading, asked(err, text)
	}
	rest, clock := cutClock(clean)
	if clock == nil {
		return DayReading{}, asked(err, text)
	}
	if parts, err = r.date(rest); err != nil {
		return DayReading{}, asked(err, text)
	}
	reading, err := parts.on(text)
	if err == nil && reading.Until == 0 {
		reading.Timed = true
		reading.Day, reading.Time = clock.in(reading.Day, r.zone)
	}
	return reading, err
}

// asked puts the text as it stood into a refusal.
func asked(err error, text string) error {
	if e, ok := err.(*process.Error); ok { //nolint:errorlint // made a few lines below, never wrapped
		return process.Wrong("", e.Msg, Shortened(text))
	}
	return err
}

// Shortened is a text as a sentence about it can quote it.
func Shortened(text string) string {
	if r := []rune(strings.TrimSpace(text)); len(r) > 40 {
		return string(r[:39]) + "…"
	}
	return strings.TrimSpace(text)
}

// dateParts are the numbers of a date; day 0 means that only a month is named.
type dateParts struct{ year, month, day int }

func (p dateParts) on(text string) (DayReading, error) {
	only := p.day == 0
	if only {
		p.day = 1
	}
	if p.year >= process.FirstYear && p.year <= process.LastYear && p.month >= 1 && p.month <= 12 && p.day >= 1 && p.day <= 31 {
		if d := process.NewDate(p.year, time.Month(p.month), p.day); d.Day() == p.day {
			reading := DayReading{Day: d}
			if only {
				reading.Until = process.NewDate(p.year, time.Month(p.month)+1, 0)
			}
			return reading, nil
		}
	}
	return DayReading{}, process.Wrong("", "date.not_a_day", Shortened(text))
}

var (
	dateToken = regexp.MustCompile(`\d+|\p{L}+`)
	dateShape = regexp.MustCompile(`^[\d\p{L} ./,'’\-–:]+$`)
	fillWords = []string{"den", "the", "of", "st", "nd", "rd", "th", "e", "a", "ad", "de", "del", "di", "le", "der", "r"}
)

type token struct {
	text string
	num  int
	late bool // a two-digit number right after a dash or an apostrophe: "mars -26"
}

// date reads a date without a time.
func (r dateReader) date(text string) (dateParts, error) {
	if !dateShape.MatchString(text) {
		return dateParts{}, process.Wrong("", "date.not_a_day")
	}
	var nums []token
	month, before := 0, 0
	for _, at := range dateToken.FindAllStringIndex(text, -1) {
		word := text[at[0]:at[1]]
		if n, err := strconv.Atoi(word); err == nil && len(word) <= 8 {
			nums = append(nums, token{word, n, len(word) == 2 && afterDash(text[:at[0]])})
			continue
		}
		if m := monthNamed(word); m != 0 && month == 0 {
			month, before = m, len(nums)
			continue
		}
		if !slices.Contains(fillWords, word) && !isWeekday(word) {
			return dateParts{}, process.Wrong("", "date.not_a_day")
		}
	}
	if month != 0 {
		return namedMonth(month, before, nums)
	}
	return r.numbers(nums, text)
}

func afterDash(before string) bool {
	r, _ := utf8.DecodeLastRuneInString(before)
	return strings.ContainsRune("-–'’", r)
}

// namedMonth reads "23 nov 2026", "nov 23, 2026", "nov 2026" and "mars -26".
func namedMonth(month, before int, nums []token) (dateParts, error) {
	switch {
	case len(nums) == 1 && (len(nums[0].text) == 4 || before == 0 && nums[0].late):
		return dateParts{fullYear(nums[0]), month, 0}, nil
	case len(nums) < 2:
		return dateParts{}, process.Wrong("", "date.no_year")
	case len(nums) == 2 && before == 2:
		return dateParts{}, process.Wrong("", "date.not_a_day")
	case len(nums) == 2 && len(nums[0].text) == 4:
		return dateParts{nums[0].num, month, nums[1].num}, nil
	case len(nums) == 2:
		return dateParts{fullYear(nums[1]), month, nums[0].num}, nil
	}
	return dateParts{}, process.Wrong("", "date.not_a_day")
}

// numbers reads dates that are written with numbers only.
func (r dateReader) numbers(n []token, text string) (dateParts, error) {
	switch {
	case strings.Contains(text, ":"):
		return dateParts{}, process.Wrong("", "date.not_a_day")
	case len(n) == 1 && len(n[0].text) == 8:
		return dateParts{n[0].num / 10000, n[0].num / 100 % 100, n[0].num % 100}, nil
	case len(n) == 2 && len(n[0].text) == 4:
		return dateParts{n[0].num, n[1].num, 0}, nil
	case len(n) == 2 && len(n[1].text) == 4:
		return dateParts{n[1].num, n[0].num, 0}, nil
	case len(n) == 2:
		return dateParts{}, process.Wrong("", "date.no_year")
	case len(n) != 3 || len(n[1].text) > 2:
		return dateParts{}, process.Wrong("", "date.not_a_day")
	case len(n[0].text) == 4 && len(n[2].text) <= 2:
		return dateParts{n[0].num, n[1].num, n[2].num}, nil
	case len(n[0].text) > 2 || len(n[2].text) == 3 || len(n[2].text) > 4:
		return dateParts{}, process.Wrong("", "date.not_a_day")
	}
	return r.ordered(n)
}

// ordered reads three numbers of which the first is no year for certain.
func (r dateReader) ordered(n []token) (dateParts, error) {
	fourDigits := len(n[2].text) == 4
	dmy := dateParts{fullYear(n[2]), n[1].num, n[0].num}
	mdy := dateParts{fullYear(n[2]), n[0].num, n[1].num}
	switch {
	case r.order == DayMonthYear:
		return dmy, nil
	case r.order == MonthDayYear:
		return mdy, nil
	case r.order == YearMonthDay && !fourDigits:
		return dateParts{fullYear(n[0]), n[1].num, n[2].num}, nil
	case fourDigits && (n[0].num > 12 || n[0].num == n[1].num):
		return dmy, nil
	case fourDigits && n[1].num > 12:
		return mdy, nil
	}
	return dateParts{}, process.Wrong("", "date.two_readings")
}

// fullYear reads two digits as 1970 to 2069.
func fullYear(t token) int {
	if len(t.text) > 2 {
		return t.num
	}
	if t.num < 70 {
		return 2000 + t.num
	}
	return 1900 + t.num
}

package process

import (
	"fmt"
	"time"
)

// Date is a calendar day in the team's time zone, counted from 1970-01-01. The zero value means that no day is given: nothing that a
// sales team records happened on the first of January 1970.
type Date int32

// FarFuture lies after every day that a person can enter.
const FarFuture Date = 1 << 24

// The years that a date can lie in.
const (
	FirstYear = 1971
	LastYear  = 9999
)

// NewDate is the day with these numbers, normalised as time.Date does.
func NewDate(year int, month time.Month, day int) Date {
	return DateOf(time.Date(year, month, day, 0, 0, 0, 0, time.UTC))
}

// DateOf is the calendar day that t shows in its own location.
func DateOf(t time.Time) Date {
	y, m, d := t.Date()
	return Date(time.Date(y, m, d, 0, 0, 0, 0, time.UTC).Unix() / 86400) //nolint:gosec // years are checked where they come in
}

// ParseDate reads 2026-11-23 and nothing else.
func ParseDate(text string) (Date, error) {
	year, month, day, ok := digits(text)
	d, real := dayOf(year, month, day)
	if !ok || !real {
		return 0, &Error{Kind: Invalid, Msg: "date.not_a_day", Args: []any{text}}
	}
	return d, nil
}

// dayOf is the day with these numbers, if there is one and it can be recorded.
func dayOf(year, month, day int) (Date, bool) {
	t := time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
	return Date(t.Unix() / 86400), t.Day() == day && year >= FirstYear && year <= LastYear //nolint:gosec // the year is checked
}

// digits takes 2026-11-23 apart. Every event has several days, so time.Parse would be a sixth of what it takes to read a file.
func digits[T string | []byte](text T) (year, month, day int, ok bool) {
	if len(text) != len(time.DateOnly) || text[4] != '-' || text[7] != '-' {
		return 0, 0, 0, false
	}
	number := func(from, to int) (n int) {
		for i := from; i < to; i++ {
			c := text[i]
			if c < '0' || c > '9' {
				return -1
			}
			n = 10*n + int(c-'0')
		}
		return n
	}
	year, month, day = number(0, 4), number(5, 7), number(8, 10)
	return year, month, day, year >= 0 && month >= 1 && month <= 12 && day >= 1
}

// MustDate is ParseDate for days that are written in the program.
func MustDate(text string) Date {
	d, err := ParseDate(text)
	if err != nil {
		panic(err)
	}
	return d
}

// Time is midnight UTC of the day.
func (d Date) Time() time.Time { return time.Unix(int64(d)*86400, 0).UTC() }

// IsZero tells that no day is given.
func (d Date) IsZero() bool { return d == 0 }

// Year of the day.
func (d Date) Year() int { return d.Time().Year() }

// Month of the day.
func (d Date) Month() time.Month { return d.Time().Month() }

// Day of the month.
func (d Date) Day() int { return d.Time().Day() }

// Weekday of the day.
func (d Date) Weekday() time.Weekday { return time.Weekday((int(d)%7 + 11) % 7) } // day 0 was a Thursday

// AddDays is the day n days later.
func (d Date) AddDays(n int) Date { return d + Date(n) } //nolint:gosec // day counts are small

// Sub is the number of days from e to d.
func (d Date) Sub(e Date) int { return int(d) - int(e) }

// Monday of the ISO week that contains d.
func (d Date) Monday() Date { return d.AddDays(-(int(d.Weekday()) + 6) % 7) }

func (d Date) String() string {
	if d == 0 {
		return ""
	}
	return d.Time().Format(time.DateOnly)
}

// MarshalText writes the day as 2026-11-23.
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads what MarshalText wrote; empty means no day.
func (d *Date) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*d = 0
		return nil
	}
	v, err := ParseDate(string(text))
	if err != nil {
		return fmt.Errorf("read a day: %w", err)
	}
	*d = v
	return nil
}

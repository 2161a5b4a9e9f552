package process

import (
	"fmt"
	"regexp"
	"strconv"
	"time"
)

// PeriodKind is the length of a period.
type PeriodKind uint8

// The lengths that a report can have. The zero kind is none.
const (
	Week PeriodKind = iota + 1
	Month
	Quarter
	Year
)

// PeriodKinds lists the lengths from short to long.
var PeriodKinds = []PeriodKind{Week, Month, Quarter, Year}

var kindNames = map[PeriodKind]string{Week: "week", Month: "month", Quarter: "quarter", Year: "year"}

func (k PeriodKind) String() string { return kindNames[k] }

// MarshalText writes the word for the length.
func (k PeriodKind) MarshalText() ([]byte, error) { return []byte(k.String()), nil }

// UnmarshalText reads the word for the length.
func (k *PeriodKind) UnmarshalText(text []byte) (err error) {
	*k, err = ParsePeriodKind(string(text))
	return err
}

// ParsePeriodKind reads week, month, quarter or year.
func ParsePeriodKind(text string) (PeriodKind, error) {
	for k, name := range kindNames {
		if name == text {
			return k, nil
		}
	}
	return 0, Wrong("period", "period.unknown_kind", text)
}

// Calendar cuts time into periods. Quarters and years follow the fiscal year, which may start in any month; zero means January.
type Calendar struct{ FiscalYearStart time.Month }

func (c Calendar) first() time.Month {
	if c.FiscalYearStart < 1 || c.FiscalYearStart > 12 {
		return time.January
	}
	return c.FiscalYearStart
}

// Period is a stretch of days, both ends included, that a forecast speaks of. Year is the ISO year of a week, the calendar year of a
// month, and the calendar year in which the fiscal year of a quarter or year starts.
type Period struct {
	Kind       PeriodKind
	Start, End Date
	Year       int
	Number     int // of the week, month or quarter within Year; 0 for a year
	Calendar   Calendar
}

// Period is the period of that length that contains the day.
func (c Calendar) Period(k PeriodKind, day Date) Period {
	p := Period{Kind: k, Calendar: c}
	y, m := day.Year(), day.Month()
	switch k {
	case Week:
		p.Start = day.Monday()
		p.End = p.Start + 6
		p.Year, p.Number = day.Time().ISOWeek()
	case Month:
		p.Start, p.End = NewDate(y, m, 1), NewDate(y, m+1, 0)
		p.Year, p.Number = y, int(m)
	case Quarter, Year:
		fy := y
		if m < c.first() {
			fy--
		}
		p.Year, p.Start, p.End = fy, NewDate(fy, c.first(), 1), NewDate(fy+1, c.first(), 0)
		if k == Quarter {
			q := (int(m) - int(c.first()) + 12) % 12 / 3
			p.Number = q + 1
			p.Start = NewDate(fy, c.first()+time.Month(3*q), 1)
			p.End = NewDate(fy, c.first()+time.Month(3*q+3), 0)
		}
	}
	return p
}

// Next is the period after p.
func (p Period) Next() Period { return p.Calendar.Period(p.Kind, p.End+1) }

// Previous is the period before p.
func (p Period) Previous() Period { return p.Calendar.Period(p.Kind, p.Start-1) }

// Back is the period n periods earlier.
func (p Period) Back(n int) Period {
	for range n {
		p = p.Previous()
	}
	return p
}

// AsOf is the day from which a forecast of p with this lead looks: the day before the lead-th period earlier starts.
func (p Period) AsOf(lead int) Date { return p.Back(lead).Start - 1 }

// Contains tells whether the day lies in p.
func (p Period) Contains(d Date) bool { return p.Start <= d && d <= p.End }

// IsZero tells that no period is given.
func (p Period) IsZero() bool { return p.Kind == 0 }

// Label names the period in addresses and data: 2012-W05, 2012-01, 2024-Q1, 2025; with a fiscal year that does not start in
// January 2025/26-Q1 and 2025/26.
func (p Period) Label() string {
	switch p.Kind {
	case Week:
		return fmt.Sprintf("%04d-W%02d", p.Year, p.Number)
	case Month:
		return fmt.Sprintf("%04d-%02d", p.Year, p.Number)
	case Quarter:
		return fmt.Sprintf("%s-Q%d", p.fiscalYear(), p.Number)
	case Year:
		return p.fiscalYear()
	}
	return ""
}

func (p Period) String() string { return p.Label() }

func (p Period) fiscalYear() string {
	if p.Calendar.first() == time.January {
		return fmt.Sprintf("%04d", p.Year)
	}
	return fmt.Sprintf("%04d/%02d", p.Year, (p.Year+1)%100)
}

var periodLabel = regexp.MustCompile(`^(\d{4})(?:/\d{2})?(?:-(W|Q)?(\d{1,2}))?$`)

// ParsePeriod reads a label as Label writes it.
func (c Calendar) ParsePeriod(label string) (Period, error) {
	m := periodLabel.FindStringSubmatch(label)
	if m == nil {
		return Period{}, Wrong("period", "period.unreadable", label)
	}
	year, _ := strconv.Atoi(m[1])
	number, _ := strconv.Atoi(m[3])
	var p Period
	switch {
	case m[2] == "W":
		p = c.Period(Week, NewDate(year, time.January, 4).Monday().AddDays(7*(number-1)))
	case m[2] == "Q":
		p = c.Period(Quarter, NewDate(year, c.first()+time.Month(3*(number-1)), 1))
	case m[3] != "":
		p = c.Period(Month, NewDate(year, time.Month(number), 1))
	default:
		p = c.Period(Year, NewDate(year, c.first(), 1))
	}
	// Numbers are kept by label, so a period has one label only, and after the fiscal year was moved an old one names no other quarter.
	if p.Label() != label || year < FirstYear || year > LastYear-1 {
		return Period{}, Wrong("period", "period.unreadable", label)
	}
	return p, nil
}

package cells

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"milstolpe/process"
)

const (
	weekWords    = `v|w|wk|kw|vk|vko|uke|uge|vecka|veckan|week|woche|viikko|semaine|semana|settimana|tydzień|tydz`
	quarterWords = `q|kv|kvartal|kvartalet|quarter|qtr|quartal|trimestre|trim|kwartał|kwartaal|kvartaali`
	yearAfter    = `(?:[ ,./'’-]*(20\d\d|\d\d))?`
)

var (
	weekFirst    = regexp.MustCompile(`^(?:` + weekWords + `)\.?[ :-]*(\d{1,2})(?:[ ,./'’-]+(20\d\d|\d\d))?$`)
	weekAfter    = regexp.MustCompile(`^(20\d\d)[ ,./-]*(?:` + weekWords + `)\.?[ :-]*(\d{1,2})$`)
	quarterFirst = regexp.MustCompile(`^(?:` + quarterWords + `)\.? ?([1-4])` + yearAfter + `$`)
	quarterLast  = regexp.MustCompile(`^([1-4])(?:st|nd|rd|th|:a|:e|er|e|º|°)?\.? ?(?:` + quarterWords + `)\.?` + yearAfter + `$`)
	quarterAfter = regexp.MustCompile(`^(20\d\d)[ ,./-]*(?:` + quarterWords + `|k|t)\.? ?([1-4])$`)
)

// period reads a week or a quarter. Without a year it is the one nearest to a day, if there is one to be near to.
func (r dateReader) period(clean string) (reading DayReading, ok bool, err error) {
	for _, shape := range []struct {
		is     *regexp.Regexp
		number int
		span   func(year, n int) (first, last process.Date, ok bool)
	}{
		{weekFirst, 1, week}, {weekAfter, 2, week}, {quarterFirst, 1, quarter}, {quarterLast, 1, quarter}, {quarterAfter, 2, quarter},
	} {
		m := shape.is.FindStringSubmatch(clean)
		if m == nil {
			continue
		}
		n, _ := strconv.Atoi(m[shape.number])
		year := m[3-shape.number]
		if year != "" {
			first, last, ok := shape.span(fullYear(yearToken(year)), n)
			if !ok {
				return DayReading{}, true, process.Wrong("", "date.not_a_day")
			}
			return DayReading{Day: first, Until: last}, true, nil
		}
		reading, err = r.nearest(func(year int) (process.Date, process.Date, bool) { return shape.span(year, n) })
		return reading, true, err
	}
	return DayReading{}, false, nil
}

func yearToken(text string) token {
	n, _ := strconv.Atoi(text)
	return token{text: text, num: n}
}

// nearest is the span of a year that lies nearest to the day that the reader is near to.
func (r dateReader) nearest(span func(year int) (first, last process.Date, ok bool)) (best DayReading, err error) {
	if r.near == 0 {
		return best, process.Wrong("", "date.no_year")
	}
	least := 0
	for year := r.near.Year() - 1; year <= r.near.Year()+1; year++ {
		first, last, ok := span(year)
		if !ok {
			continue
		}
		away := max(first.Sub(r.near), r.near.Sub(last), 0)
		if best.Day == 0 || away < least {
			best, least = DayReading{Day: first, Until: last, YearAssumed: true}, away
		}
	}
	if best.Day == 0 {
		return best, process.Wrong("", "date.not_a_day")
	}
	return best, nil
}

// week is the span of a week as ISO 8601 counts them.
func week(year, n int) (first, last process.Date, ok bool) {
	fourth := process.NewDate(year, time.January, 4) // always in the first week
	monday := fourth.AddDays(-(int(time.Date(year, time.January, 4, 0, 0, 0, 0, time.UTC).Weekday()+6) % 7)).AddDays(7 * (n - 1))
	thursday := monday.AddDays(3)
	return monday, monday.AddDays(6), n >= 1 && n <= 53 && thursday.Year() == year && year >= process.FirstYear && year < process.LastYear
}

func quarter(year, n int) (first, last process.Date, ok bool) {
	first = process.NewDate(year, time.Month(3*n-2), 1)
	return first, process.NewDate(year, time.Month(3*n+1), 0), n >= 1 && n <= 4 && year >= process.FirstYear && year <= process.LastYear
}

// monthAlone reads "oktober" and "24 nov", which name no year.
func (r dateReader) monthAlone(clean string) (DayReading, error) {
	day, month := 0, 0
	for _, word := range strings.FieldsFunc(clean, func(c rune) bool { return strings.ContainsRune(" .,-/", c) }) {
		n, err := strconv.Atoi(word)
		switch m := monthNamed(word); {
		case m != 0 && month == 0:
			month = m
		case err == nil && day == 0 && n >= 1 && n <= 31:
			day = n
		default:
			return DayReading{}, process.Wrong("", "date.no_year")
		}
	}
	if month == 0 {
		return DayReading{}, process.Wrong("", "date.no_year")
	}
	reading, err := r.nearest(func(year int) (process.Date, process.Date, bool) {
		if day == 0 {
			return process.NewDate(year, time.Month(month), 1), process.NewDate(year, time.Month(month)+1, 0), true
		}
		d := process.NewDate(year, time.Month(month), day)
		return d, d, d.Day() == day
	})
	if day != 0 {
		reading.Until = 0
	}
	return reading, err
}

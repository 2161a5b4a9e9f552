package process_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"milstolpe/process"
	"milstolpe/process/processtest"
)

var (
	january = process.Calendar{}
	may     = process.Calendar{FiscalYearStart: time.May}
)

func TestPeriodsByHand(t *testing.T) {
	for _, c := range []struct {
		calendar          process.Calendar
		kind              process.PeriodKind
		day               string
		label, start, end string
	}{
		{january, process.Week, "2012-01-30", "2012-W05", "2012-01-30", "2012-02-05"},
		{january, process.Week, "2021-01-03", "2020-W53", "2020-12-28", "2021-01-03"}, // a year of 53 weeks
		{january, process.Week, "2024-12-30", "2025-W01", "2024-12-30", "2025-01-05"}, // the week belongs to the year of its Thursday
		{january, process.Month, "2024-02-29", "2024-02", "2024-02-01", "2024-02-29"},
		{january, process.Quarter, "2026-11-23", "2026-Q4", "2026-10-01", "2026-12-31"},
		{january, process.Year, "2026-11-23", "2026", "2026-01-01", "2026-12-31"},
		{may, process.Quarter, "2026-05-01", "2026/27-Q1", "2026-05-01", "2026-07-31"},
		{may, process.Quarter, "2026-04-30", "2025/26-Q4", "2026-02-01", "2026-04-30"},
		{may, process.Quarter, "2026-11-23", "2026/27-Q3", "2026-11-01", "2027-01-31"}, // over the turn of the year
		{may, process.Year, "2026-04-30", "2025/26", "2025-05-01", "2026-04-30"},
		{may, process.Year, "2099-06-01", "2099/00", "2099-05-01", "2100-04-30"},
		{may, process.Month, "2026-11-23", "2026-11", "2026-11-01", "2026-11-30"}, // months and weeks know no fiscal year
		{may, process.Week, "2026-11-23", "2026-W48", "2026-11-23", "2026-11-29"},
	} {
		p := c.calendar.Period(c.kind, processtest.Day(c.day))
		if p.Label() != c.label || p.Start != processtest.Day(c.start) || p.End != processtest.Day(c.end) {
			t.Errorf("%s of %s is %s, %s to %s; want %s, %s to %s", c.kind, c.day, p, p.Start, p.End, c.label, c.start, c.end)
		}
	}
}

func anyPeriod(rt *rapid.T) (process.Period, process.Date) {
	c := process.Calendar{FiscalYearStart: time.Month(rapid.IntRange(0, 12).Draw(rt, "fiscal year"))}
	d := process.Date(rapid.Int32Range(int32(processtest.Day("1990-01-01")), int32(processtest.Day("2150-12-31"))).Draw(rt, "day"))
	return c.Period(rapid.SampledFrom(process.PeriodKinds).Draw(rt, "kind"), d), d
}

func TestPeriodsCoverTimeWithoutGapsAndOverlaps(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		p, d := anyPeriod(rt)
		next, before := p.Next(), p.Previous()
		if !p.Contains(d) || next.Start != p.End+1 || before.End != p.Start-1 || next.Previous() != p || before.Next() != p {
			rt.Errorf("%s (%s to %s) for %s lies between %s and %s", p, p.Start, p.End, d, before, next)
		}
		for _, inside := range []process.Date{p.Start, p.End} {
			if same := p.Calendar.Period(p.Kind, inside); same != p {
				rt.Errorf("%s lies in %s, which is said to be in %s", inside, p, same)
			}
		}
		n := rapid.IntRange(0, 9).Draw(rt, "lead")
		if back := p.Back(n); p.AsOf(n) != back.Start-1 || n > 0 && p.AsOf(n) >= p.AsOf(n-1) {
			rt.Errorf("%s with lead %d is seen from %s; %d earlier is %s", p, n, p.AsOf(n), n, back)
		}
		lengths := map[process.PeriodKind][2]int{process.Week: {7, 7}, process.Month: {28, 31}, process.Quarter: {89, 92}, process.Year: {365, 366}}
		if days := p.End.Sub(p.Start) + 1; days < lengths[p.Kind][0] || days > lengths[p.Kind][1] {
			rt.Errorf("%s has %d days", p, days)
		}
	})
}

func TestALabelIsReadAsItIsWritten(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		p, _ := anyPeriod(rt)
		if read, err := p.Calendar.ParsePeriod(p.Label()); err != nil || read != p {
			rt.Errorf("%s is read as %s, %v", p, read, err)
		}
	})
}

// Targets and calls are kept by label, so two labels of one period would hide one number from the other.
func TestAPeriodHasOneLabelOnly(t *testing.T) {
	for _, label := range []string{
		"", "2026-13", "2026-00", "2026-1", "2026-Q5", "2026-Q0", "2026-Q01", "2026-W00", "2026-W5", "2026-W54", "2025-W53", "26-Q1", "2026-q1", "2026Q1",
		"2026-Q1 ", "1970", "9999", "2026/27", "2026/27-Q1", "2026-2027", "2026/28-11",
	} {
		if p, err := january.ParsePeriod(label); err == nil || process.KindOf(err) != process.Invalid {
			t.Errorf("%q is read as %s, %v", label, p, err)
		}
	}
	for _, label := range []string{"2026", "2026-Q1", "2026/28-Q1", "2026/26", "2026/27-11", "2026/27-W03"} {
		if p, err := may.ParsePeriod(label); err == nil {
			t.Errorf("with a fiscal year from May %q is read as %s", label, p)
		}
	}
}

func FuzzParsePeriod(f *testing.F) {
	for _, label := range []string{"2026-W48", "2026-11", "2026-Q4", "2026", "2026/27-Q3", "2026/27", "2099/00", "2026-W00"} {
		f.Add(label, uint8(1))
		f.Add(label, uint8(5))
	}
	f.Fuzz(func(t *testing.T, label string, month uint8) {
		p, err := process.Calendar{FiscalYearStart: time.Month(month)}.ParsePeriod(label)
		if err == nil && p.Label() != label {
			t.Errorf("%q is read as %s", label, p)
		}
	})
}

func TestPeriodKindsHaveWords(t *testing.T) {
	for _, k := range process.PeriodKinds {
		var back process.PeriodKind
		text, _ := k.MarshalText()
		if err := back.UnmarshalText(text); err != nil || back != k {
			t.Errorf("%s is read as %s, %v", k, back, err)
		}
	}
	if k, err := process.ParsePeriodKind("day"); err == nil {
		t.Errorf("a day is read as %s", k)
	}
}

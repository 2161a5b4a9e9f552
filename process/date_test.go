package process_test

import (
	"encoding/json"
	"testing"
	"time"

	"pgregory.net/rapid"

	"milstolpe/process"
	"milstolpe/process/processtest"
)

// anyDay draws a day that a person could enter.
func anyDay(rt *rapid.T, name string) process.Date {
	return process.Date(rapid.Int32Range(int32(processtest.Day("1971-01-01")), int32(processtest.Day("9999-12-31"))).Draw(rt, name))
}

func TestADayIsTheOneOnTheCalendar(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		d := anyDay(rt, "day")
		at := time.Date(1970, 1, 1+int(d), 0, 0, 0, 0, time.UTC)
		if d.Year() != at.Year() || d.Month() != at.Month() || d.Day() != at.Day() || d.Weekday() != at.Weekday() || !d.Time().Equal(at) {
			rt.Errorf("%v is %d %v %d %v; the calendar says %s", int(d), d.Year(), d.Month(), d.Day(), d.Weekday(), at.Format(time.RFC1123))
		}
		if back := process.NewDate(d.Year(), d.Month(), d.Day()); back != d {
			rt.Errorf("%s put together again is %s", d, back)
		}
		if read, err := process.ParseDate(d.String()); err != nil || read != d {
			rt.Errorf("%s is read as %s, %v", d, read, err)
		}
	})
}

func TestAMondayBeginsTheWeek(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		d := anyDay(rt, "day")
		monday := d.Monday()
		year, week := d.Time().ISOWeek()
		mondayYear, mondayWeek := monday.Time().ISOWeek()
		if monday.Weekday() != time.Monday || d.Sub(monday) < 0 || d.Sub(monday) > 6 || year != mondayYear || week != mondayWeek {
			rt.Errorf("the Monday of %s is %s, a %s", d, monday, monday.Weekday())
		}
	})
}

func TestDaysAreAddedAndCounted(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		d, n := anyDay(rt, "day"), rapid.IntRange(-5000, 5000).Draw(rt, "days")
		later := d.AddDays(n)
		if later.Sub(d) != n || later.AddDays(-n) != d || (later > d) != (n > 0) || later != process.DateOf(d.Time().AddDate(0, 0, n)) {
			rt.Errorf("%s and %d days is %s", d, n, later)
		}
	})
	if feb := processtest.Day("2024-02-28").AddDays(2); feb != processtest.Day("2024-03-01") { // 2024 has a 29 February
		t.Errorf("two days after 2024-02-28 is %s", feb)
	}
}

// The day is the one that the clock shows where it hangs, whatever day it is in Greenwich.
func TestADayIsTakenFromTheClockWhereItHangs(t *testing.T) {
	stockholm, err := time.LoadLocation("Europe/Stockholm")
	if err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]string{
		"2026-11-22T23:30:00Z": "2026-11-23", // half past twelve at night in Stockholm
		"2026-06-30T21:59:59Z": "2026-06-30",
		"2026-06-30T22:00:00Z": "2026-07-01", // summer time
		"1969-12-31T12:00:00Z": "1969-12-31",
	} {
		at, err := time.Parse(time.RFC3339, text)
		if err != nil {
			t.Fatal(err)
		}
		if got := process.DateOf(at.In(stockholm)).Time().Format(time.DateOnly); got != want {
			t.Errorf("%s is %s, want %s", text, got, want)
		}
	}
}

func TestWhatIsNoISODayIsRefused(t *testing.T) {
	for _, text := range []string{
		"", "2026-11-31", "2025-02-29", "2026-1-2", "26-11-23", "2026/11/23", "2026-11-23 ", " 2026-11-23", "2026-11-23T00:00:00Z", "1970-01-01", "1970-12-31",
		"0000-00-00", "10000-01-01", "-2026-01-01", "２０２６-11-23",
	} {
		if d, err := process.ParseDate(text); err == nil || process.KindOf(err) != process.Invalid {
			t.Errorf("%q is read as %s, %v", text, d, err)
		}
	}
	if d, err := process.ParseDate("1971-01-01"); err != nil || d != 365 {
		t.Errorf("the first day is %d, %v", d, err)
	}
}

func TestNoDayIsAnEmptyText(t *testing.T) {
	var none process.Date
	if !none.IsZero() || none.String() != "" {
		t.Errorf("no day is %q", none)
	}
	text, err := json.Marshal(struct{ A, B process.Date }{0, processtest.Day("2026-11-23")})
	if err != nil || string(text) != `{"A":"","B":"2026-11-23"}` {
		t.Errorf("%s, %v", text, err)
	}
	var back struct{ A, B process.Date }
	if err := json.Unmarshal(text, &back); err != nil || back.A != 0 || back.B != processtest.Day("2026-11-23") {
		t.Errorf("%+v, %v", back, err)
	}
	if err := json.Unmarshal([]byte(`{"A":"23 November"}`), &back); err == nil {
		t.Error("a day in words is read")
	}
}

func FuzzParseDate(f *testing.F) {
	for _, text := range []string{"2026-11-23", "1971-01-01", "9999-12-31", "2024-02-29", "2023-02-29", "1970-01-01", "", "2026-W47"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		d, err := process.ParseDate(text)
		if err == nil && (d.String() != text || d <= 0 || d >= process.FarFuture) {
			t.Errorf("%q is read as %s (%d)", text, d, d)
		}
	})
}

func TestDaysAreReadAsTheLibraryReadsThem(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.OneOf(rapid.StringMatching(`[0-9]{4}-[01][0-9]-[0-3][0-9]`), rapid.StringMatching(`[0-9+-]{9,11}`), rapid.String()).Draw(t, "text")
		want, err := time.Parse(time.DateOnly, text)
		got, gotErr := process.ParseDate(text)
		if good := err == nil && want.Year() >= 1971; good != (gotErr == nil) || good && got != process.DateOf(want) {
			t.Fatalf("%q is %s, %v; the library says %s, %v", text, got, gotErr, want, err)
		}
	})
}

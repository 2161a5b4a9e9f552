package cells_test

import (
	"errors"
	"testing"
	"time"

	"milstolpe/process"
	"milstolpe/process/importer/cells"
)

func TestDaysAreReadAsPeopleWriteThem(t *testing.T) {
	stockholm, err := time.LoadLocation("Europe/Stockholm")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		text  string
		order cells.DateOrder
		want  string
		month bool
	}{
		{"2026-11-23", "", "2026-11-23", false},
		{"2026/11/23", "", "2026-11-23", false},
		{"2026.11.3", "", "2026-11-03", false},
		{"20261123", "", "2026-11-23", false},
		{"2026-11-23 14:05", "", "2026-11-23", false},
		{"2026-11-23 14:05:59.123", "", "2026-11-23", false},
		{"2026-11-23T14:05:59Z", "", "2026-11-23", false},
		{"2026-11-23T23:30:00Z", "", "2026-11-24", false}, // half past midnight in Stockholm
		{"2026-11-23T23:30:00.000+0000", "", "2026-11-24", false},
		{"2026-11-24T00:30:00+02:00", "", "2026-11-23", false},
		{"2024-01-31 23:11:12.123456+00:00", "", "2024-02-01", false},
		{"2026-07-01 00:30 UTC+03:00", "", "2026-06-30", false},
		{"23.11.2026", "dmy", "2026-11-23", false},
		{"3.4.2026", "dmy", "2026-04-03", false},
		{"03/04/2026", "dmy", "2026-04-03", false},
		{"03/04/2026", "mdy", "2026-03-04", false},
		{"11/23/26 2:05 PM", "mdy", "2026-11-23", false},
		{"11/23/2026, 11:05:00 pm", "mdy", "2026-11-23", false},
		{"23/11 2026", "dmy", "2026-11-23", false},
		{"23.11.2026 14.05", "dmy", "2026-11-23", false},
		{"26-11-23", "ymd", "2026-11-23", false},
		{"13/04/2026", "", "2026-04-13", false}, // no thirteenth month
		{"04/13/2026", "", "2026-04-13", false},
		{"04/04/2026", "", "2026-04-04", false},
		{"03/04/2026", "ymd", "", false},
		{"23 nov. 2026", "", "2026-11-23", false},
		{"23 november 2026 kl. 14:05", "", "2026-11-23", false},
		{"23.11.2026, 09:15 Uhr", "", "2026-11-23", false},
		{"den 1 mars 2026", "", "2026-03-01", false},
		{"mån 23 nov 2026", "", "2026-11-23", false},
		{"Nov 23, 2026", "", "2026-11-23", false},
		{"November 3rd, 2026", "", "2026-11-03", false},
		{"23-Nov-26", "", "2026-11-23", false},
		{"1 mai 2026", "", "2026-05-01", false},
		{"2026 maj 4", "", "2026-05-04", false},
		{"mars -26", "", "2026-03-01", true},
		{"mar-26", "", "2026-03-01", true},
		{"nov '26", "", "2026-11-01", true},
		{"oktober 2026", "", "2026-10-01", true},
		{"2026-11", "", "2026-11-01", true},
		{"11/2026", "", "2026-11-01", true},
		{"29.2.2024", "dmy", "2024-02-29", false},
		{" 2026-11-23 ", "", "2026-11-23", false},
	} {
		got, err := cells.ParseDay(c.text, c.order, stockholm)
		if err != nil && c.want != "" {
			t.Errorf("%q (%s): %v", c.text, c.order, err)
			continue
		}
		if got.Day.String() != c.want || (got.Until != 0) != c.month {
			t.Errorf("%q (%s) is read as %v (only a month: %v), want %s", c.text, c.order, got.Day, got.Until != 0, c.want)
		}
	}
}

func TestWhatIsNoDayOrTwoDaysIsRefused(t *testing.T) {
	for _, c := range []struct {
		text  string
		order cells.DateOrder
		want  string
	}{
		{"", "", "date.not_a_day"},
		{"soon", "", "date.not_a_day"},
		{"31.2.2026", "dmy", "date.not_a_day"},
		{"04/13/2026", "dmy", "date.not_a_day"}, // never against the order
		{"03/04/2026", "", "date.two_readings"},
		{"03/04/26", "", "date.two_readings"},
		{"13/04/26", "", "date.two_readings"}, // may be the 26th of April 2013
		{"03/04/2026", "ymd", "date.two_readings"},
		{"23 nov", "", "date.no_year"},
		{"26-nov", "", "date.no_year"},
		{"23/11", "dmy", "date.no_year"},
		{"1250000", "", "date.not_a_day"},
		{"12:30", "", "date.not_a_day"},
		{"1899-12-30", "", "date.not_a_day"},
		{"23 nov 2026 or so", "", "date.not_a_day"},
		{"2026-11-23-24", "", "date.not_a_day"},
	} {
		got, err := cells.ParseDay(c.text, c.order, time.UTC)
		if err == nil {
			t.Errorf("%q (%s) is read as %v, want a refusal", c.text, c.order, got.Day)
			continue
		}
		var e *process.Error
		if !errors.As(err, &e) || e.Msg != c.want {
			t.Errorf("%q (%s): %v, want %s", c.text, c.order, err, c.want)
		}
	}
}

func TestAMonthAloneEndsWithItsLastDay(t *testing.T) {
	r, err := cells.ParseDay("feb 2024", "", time.UTC)
	if err != nil {
		t.Fatal(err)
	}
	if got := r.Last().String(); got != "2024-02-29" {
		t.Errorf("the last day of February 2024 is %s, want 2024-02-29", got)
	}
}

func FuzzParseDay(f *testing.F) {
	for _, seed := range []string{"2026-11-23", "23.11.2026 14.05", "mars -26", "Nov 23, 2026", "2026-11-23T23:30:00+05:30", "’’’", "1 a 2"} {
		f.Add(seed, "dmy")
		f.Add(seed, "")
	}
	f.Fuzz(func(t *testing.T, text, order string) {
		r, err := cells.ParseDay(text, cells.DateOrder(order), time.FixedZone("", 3600))
		if err == nil && (r.Day < process.NewDate(1970, 12, 30) || r.Day.Year() > 10000) {
			t.Errorf("%q is read as %d", text, r.Day)
		}
		if err != nil && process.KindOf(err) != process.Invalid {
			t.Errorf("%q: %v is not something that a person can mend", text, err)
		}
	})
}

// Words and units are found in any text without falling over, and a word for an outcome is one in any case and with any blanks.
func FuzzWords(f *testing.F) {
	for _, seed := range []string{"Closed - Won", "Belopp (tkr)", "ej order", "v. 40", "Värde i MSEK", "(", "'000", "\xff\xfe", "ǅ"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		_, _ = cells.OutcomeIn(text)
		_ = cells.ColumnMeaning(text)
		rest, unit, _, zeros := cells.HeaderUnit(text)
		if unit == "" && rest != text || zeros < 0 || zeros > 12 {
			t.Errorf("%q is %q with the unit %q and %d zeros", text, rest, unit, zeros)
		}
		if o, ok := cells.OutcomeOf(text); ok {
			if spaced, still := cells.OutcomeOf(" " + text + "_"); !still || spaced != o {
				t.Errorf("%q is %s, and with a blank before it %s", text, o, spaced)
			}
		}
		r, err := cells.ParseDayNear(text, cells.DayMonthYear, time.UTC, process.NewDate(2026, 11, 23))
		if err == nil && r.Last() < r.Day {
			t.Errorf("%q ends on %v, before %v", text, r.Last(), r.Day)
		}
	})
}

package activities_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"milstolpe/process"
	"milstolpe/process/activities"
)

func TestActivitiesComeBackFromTheirLines(t *testing.T) {
	day := process.MustDate("2026-12-01")
	for line, a := range map[string]activities.Activity{
		"Call Maja": {Text: "Call Maja"}, "2026-12-01 Call Maja": {Text: "Call Maja", Due: day}, "2026-12-01 14:30 Call Maja": {Text: "Call Maja", Due: day, Time: "14:30"},
		"– 2026-12-01 is too late": {Text: "2026-12-01 is too late"}, "2026-12-01 – 14:30 or later": {Text: "14:30 or later", Due: day}, "– – odd": {Text: "– odd"},
		"14:30 without a day": {Text: "14:30 without a day"},
	} {
		if got := a.Line(); got != line {
			t.Errorf("%+v is %q, want %q", a, got, line)
		}
		if got, err := activities.ParseLines(line); err != nil || len(got) != 1 || got[0] != a {
			t.Errorf("%q is %+v, %v", line, got, err)
		}
	}
	if got, err := activities.ParseLines("\r\n Call\r\n\n2026-12-01  9.05 Visit\n"); err != nil || len(got) != 2 || got[1].Time != "09:05" {
		t.Errorf("read are %+v, %v", got, err)
	}
	for _, wrong := range []string{"2026-13-01 Call", "2026-12-01", "2026-12-01 25:00 Call"} {
		if got, err := activities.ParseLines(wrong); err == nil {
			t.Errorf("%q is %+v", wrong, got)
		}
	}
}

func TestEveryActivityComesBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := activities.Activity{Text: rapid.StringMatching(`(– )?(2026-12-0[1-9] |[0-9]{2}:[0-9]{2} )?[a-z][a-z ]{0,20}[a-z]`).Draw(t, "text")}
		a.Text = cleaned(a.Text)
		if rapid.Bool().Draw(t, "dated") {
			a.Due = process.MustDate("2026-12-01").AddDays(rapid.IntRange(0, 400).Draw(t, "day"))
			if rapid.Bool().Draw(t, "timed") {
				a.Time = "09:30"
			}
		}
		got, err := activities.ParseLines(a.Line())
		if diff := cmp.Diff([]activities.Activity{a}, got); err != nil || diff != "" {
			t.Fatalf("%q: %v %s", a.Line(), err, diff)
		}
	})
}

// cleaned is a text as a form takes it: no blanks twice.
func cleaned(text string) string { return strings.Join(strings.Fields(text), " ") }

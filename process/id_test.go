package process_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"milstolpe/process"
)

func TestNamesAreComparedWithoutCaseAndStrayBlanks(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		name := rapid.StringOf(rapid.SampledFrom([]rune(" aÅ\t\u00a0é\u2003B\n"))).Draw(rt, "name")
		if want := strings.ToLower(strings.Join(strings.Fields(name), " ")); process.FoldName(name) != want {
			rt.Errorf("%q is compared as %q, want %q", name, process.FoldName(name), want)
		}
	})
	for name, want := range map[string]string{"": "", "  ": "", " Åsa\u00a0 Öberg ": "åsa öberg", "ABC ": "abc"} {
		if got := process.FoldName(name); got != want {
			t.Errorf("%q is compared as %q, want %q", name, got, want)
		}
	}
}

func TestDerivedIdentitiesDependOnDatasetKindAndName(t *testing.T) {
	sara := process.DerivedID("company", "person", "Sara Holm")
	if again := process.DerivedID("company", "person", " SARA  holm"); again != sara {
		t.Errorf("the same name is %s and %s", sara, again)
	}
	for _, other := range []string{
		process.DerivedID("other", "person", "Sara Holm"), process.DerivedID("company", "contact", "Sara Holm"), process.DerivedID("company", "person", "Sara Holt"),
	} {
		if other == sara || len(other) != 26 {
			t.Errorf("another thing has the identity %s, and Sara %s", other, sara)
		}
	}
}

func TestFreshIdentitiesSortByTime(t *testing.T) {
	at := time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
	entropy := bytes.NewReader(bytes.Repeat([]byte{0xff}, 10))
	first, err := process.NewID(at, entropy)
	if err != nil {
		t.Fatal(err)
	}
	second, err := process.NewID(at.Add(time.Millisecond), bytes.NewReader(make([]byte, 10)))
	if err != nil || first >= second {
		t.Errorf("%s, a millisecond later %s, %v", first, second, err)
	}
	if id, err := process.NewID(at, entropy); err == nil {
		t.Errorf("without entropy the identity is %s", id)
	}
}

func TestAnEventsKeyHoldsItsPartsAndSorts(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		draw := func(name string) process.EventID {
			w := process.Writer(rapid.SliceOfN(rapid.Byte(), 8, 8).Draw(rt, name+" writer"))
			clock := rapid.Uint64().Draw(rt, name+" clock")
			id := process.NewEventID(clock, w, rapid.SliceOf(rapid.Byte()).Draw(rt, name+" payload"))
			if id.Clock() != clock || id.Writer() != w || id.At().UnixMilli() != int64(clock>>16) {
				rt.Errorf("%s holds clock %d of %d, writer %x of %x", id, id.Clock(), clock, id.Writer(), w)
			}
			if back, err := process.ParseEventID(id.String()); err != nil || back != id {
				rt.Errorf("%s is read as %s, %v", id, back, err)
			}
			return id
		}
		a, b := draw("a"), draw("b")
		if a.Clock() < b.Clock() && !a.Before(b) || a.Before(b) && b.Before(a) || a.Before(a) {
			rt.Errorf("%s and %s are out of order", a, b)
		}
	})
	for _, text := range []string{"", "AAAA", strings.Repeat("A", 26), strings.Repeat("A", 28), strings.Repeat("+", 27), strings.Repeat("A", 26) + "B", strings.Repeat("A", 26) + "\n"} {
		if id, err := process.ParseEventID(text); err == nil {
			t.Errorf("%q is read as the key %s", text, id)
		}
	}
	if !(process.EventID{}).IsZero() || (process.EventID{19: 1}).IsZero() {
		t.Error("only the key of nothing is zero")
	}
}

func TestMilestoneKeysComeFromNames(t *testing.T) {
	taken := []process.MilestoneID{"budget", "budget_2"}
	has := func(key process.MilestoneID) bool { return slices.Contains(taken, key) }
	for name, want := range map[string]process.MilestoneID{
		"Pengar avsatta": "pengar_avsatta", "Åäö Éü Ø Æ!": "aao_eu_o_ae", "Budget": "budget_3", "  ": "milestone", "北京": "milestone", "100 % klart": "100_klart",
		strings.Repeat("lång ", 20): "lang_lang_lang_lang_lang_lang_lang_lang_lang_lan",
	} {
		if got := process.KeyFor(name, has); got != want {
			t.Errorf("%q gets the key %s, want %s", name, got, want)
		}
	}
	rapid.Check(t, func(rt *rapid.T) {
		key := process.KeyFor(rapid.String().Draw(rt, "name"), has)
		def := process.Definition{Name: "P", Milestones: []process.Milestone{{Key: key, Name: "n"}}}
		if err := def.Check(); err != nil || has(key) {
			rt.Errorf("key %q: %v", key, err)
		}
	})
}

package register_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"milstolpe/process"
	"milstolpe/process/register"
)

// recorded is an entry of the tests, by the number of its event; base are the numbers of those that its form showed.
type recorded struct {
	nr    int
	value string
	known process.Date
	base  []int
}

func eventID(nr int) process.EventID { return process.EventID{14: byte(nr >> 8), 15: byte(nr)} }

func put(f *register.Register[string], entries ...recorded) {
	for _, e := range entries {
		var base []process.EventID
		for _, b := range e.base {
			base = append(base, eventID(b))
		}
		f.Put(eventID(e.nr), e.value, &process.Stamp{Known: e.known, Base: base})
	}
}

func heads(f *register.Register[string], day process.Date, gone register.Retractions) (values []string) {
	for _, e := range f.HeadsOn(day, gone) {
		values = append(values, e.Value)
	}
	return values
}

func TestHeadsAreWhatNobodyReplacedOnTheDay(t *testing.T) {
	t.Parallel()
	var f, undone register.Register[string]
	var undones register.Register[[]process.EventID]
	gone := register.NewRetractions(&undones, nil, nil)
	put(&f, recorded{1, "a", 10, nil}, recorded{2, "b", 20, []int{1}}, recorded{3, "c", 20, []int{1}}, recorded{4, "d", 30, []int{2, 3}})
	for day, want := range map[process.Date][]string{9: nil, 10: {"a"}, 19: {"a"}, 20: {"b", "c"}, 30: {"d"}} {
		if diff := cmp.Diff(want, heads(&f, day, gone)); diff != "" {
			t.Errorf("on day %d (-want +got):\n%s", day, diff)
		}
	}
	undones.Put(eventID(5), []process.EventID{eventID(4)}, &process.Stamp{Known: 40})
	undones.Put(eventID(6), []process.EventID{eventID(5)}, &process.Stamp{Known: 50})
	for day, want := range map[process.Date][]string{39: {"d"}, 40: {"b", "c"}, 50: {"d"}} { // taken back, and that taken back in turn
		if diff := cmp.Diff(want, heads(&f, day, gone)); diff != "" {
			t.Errorf("on day %d (-want +got):\n%s", day, diff)
		}
	}
	if v, ok := f.FirstOrOn(1, gone); v != "a" || !ok {
		t.Errorf("before the first day it is %q, %v", v, ok)
	}
	if v, ok := undone.FirstOrOn(1, gone); v != "" || ok {
		t.Errorf("of nothing the first is %q, %v", v, ok)
	}
}

func TestTheOrderInWhichEntriesComeIsNothing(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		entries := make([]recorded, rapid.IntRange(0, 8).Draw(t, "entries"))
		for i := range entries {
			entries[i] = recorded{
				nr: i + 1, value: rapid.SampledFrom([]string{"a", "b", "c"}).Draw(t, "value"), known: process.Date(rapid.IntRange(1, 5).Draw(t, "known")),
				base: rapid.SliceOfN(rapid.IntRange(1, 8), 0, 3).Draw(t, "base"),
			}
		}
		var a, b register.Register[string]
		put(&a, entries...)
		put(&b, rapid.Permutation(entries).Draw(t, "order")...)
		put(&b, entries...) // once more is not twice
		gone := register.NewRetractions(nil, nil, nil)
		for day := process.Date(0); day < 7; day++ {
			if diff := cmp.Diff(heads(&a, day, gone), heads(&b, day, gone)); diff != "" {
				t.Errorf("on day %d:\n%s", day, diff)
			}
		}
	})
}

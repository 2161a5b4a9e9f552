package hlc_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"milstolpe/process/hlc"
)

var noon = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

func TestAStampHoldsMillisecondsAndACounter(t *testing.T) {
	var c hlc.Clock
	first, second := c.Next(noon), c.Next(noon)
	if !first.Time().Equal(noon) || first.Counter() != 0 {
		t.Errorf("first stamp is %v counter %d, want noon and 0", first.Time(), first.Counter())
	}
	if !second.Time().Equal(noon) || second.Counter() != 1 {
		t.Errorf("second stamp is %v counter %d, want noon and 1", second.Time(), second.Counter())
	}
}

func TestAFullCounterRunsIntoTheNextMillisecond(t *testing.T) {
	var c hlc.Clock
	for range 1 << 16 {
		c.Next(noon)
	}
	got := c.Next(noon)
	if want := noon.Add(time.Millisecond); !got.Time().Equal(want) || got.Counter() != 0 {
		t.Errorf("stamp 65,537 of one millisecond is %v counter %d, want %v and 0", got.Time(), got.Counter(), want)
	}
}

func TestAClockSetBackKeepsItsOrder(t *testing.T) {
	var c hlc.Clock
	before := c.Next(noon.AddDate(10, 0, 0))
	if after := c.Next(noon); after <= before {
		t.Errorf("after the clock went back ten years, %v is not after %v", after, before)
	}
}

func TestStampsMoreThanADayAheadAreNotFollowed(t *testing.T) {
	for _, tc := range []struct {
		name   string
		ahead  time.Duration
		follow bool
	}{
		{"an hour ahead", time.Hour, true},
		{"a day ahead to the millisecond", 24 * time.Hour, true},
		{"a day and a millisecond ahead", 24*time.Hour + time.Millisecond, false},
		{"ten years ahead", 10 * 365 * 24 * time.Hour, false},
		{"ten years behind", -10 * 365 * 24 * time.Hour, true},
	} {
		t.Run(tc.name, func(t *testing.T) {
			var c hlc.Clock
			other := hlc.At(noon.Add(tc.ahead))
			if got := c.Follow(other, noon); got != tc.follow {
				t.Errorf("Follow is %v, want %v", got, tc.follow)
			}
			next := c.Next(noon)
			if tc.follow && next <= other {
				t.Errorf("next stamp %d does not sort after the followed %d", next, other)
			}
			if !tc.follow && !next.Time().Equal(noon) {
				t.Errorf("next stamp is at %v, want the wall clock %v", next.Time(), noon)
			}
		})
	}
}

func TestAnyClockSettingGivesAStamp(t *testing.T) {
	if got := hlc.At(time.Date(1950, 1, 1, 0, 0, 0, 0, time.UTC)); got != 0 {
		t.Errorf("a moment before 1970 is %d, want 0", got)
	}
	if got := hlc.At(time.Date(30000, 1, 1, 0, 0, 0, 0, time.UTC)); got>>16 != 1<<48-1 {
		t.Errorf("a moment beyond 48 bits is %d, want the last millisecond", got>>16)
	}
}

// Whatever the wall clock does and whatever comes in from others, stamps given by one clock rise strictly, sort after what was
// followed, and never run more than a day (and the counter's overflow) ahead of the latest wall clock seen.
func TestClockIsMonotone(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var c hlc.Clock
		var last, followed hlc.Stamp
		latest := time.UnixMilli(0)
		for range rapid.IntRange(1, 200).Draw(t, "steps") {
			now := time.UnixMilli(rapid.Int64Range(0, 1<<45).Draw(t, "wall"))
			if now.After(latest) {
				latest = now
			}
			if rapid.Bool().Draw(t, "follow") {
				s := hlc.Stamp(rapid.Uint64().Draw(t, "stamp"))
				if c.Follow(s, now) {
					followed = max(followed, s)
				} else if !s.Ahead(now) {
					t.Fatalf("stamp %d is not ahead of %v and was not followed", s, now)
				}
				continue
			}
			got := c.Next(now)
			if got <= last || got <= followed {
				t.Fatalf("stamp %d after %d, followed %d", got, last, followed)
			}
			if limit := latest.Add(hlc.MaxAhead + time.Second); got.Time().After(limit) {
				t.Fatalf("stamp at %v, latest wall clock %v", got.Time(), latest)
			}
			last = got
		}
	})
}

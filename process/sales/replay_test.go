package sales_test

import (
	"bytes"
	"reflect"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"milstolpe/process"
	"milstolpe/process/processtest"
	"milstolpe/process/sales"
)

// differ tells where two pictures differ; nothing where they do not.
func differ(a, b processtest.Picture) string {
	if reflect.DeepEqual(a, b) { // by far quicker, and nearly always so
		return ""
	}
	return cmp.Diff(a, b, processtest.SameEmpty)
}

// inParts applies events in a drawn order, in drawn portions.
func inParts(rt *rapid.T, events []process.Event) *sales.Team {
	team := sales.NewTeam()
	d := processtest.NewDrawer(rt)
	rest := slices.Clone(events)
	d.Dice.Shuffle(len(rest), func(i, j int) { rest[i], rest[j] = rest[j], rest[i] })
	for len(rest) > 0 {
		n := 1 + d.Dice.IntN(len(rest))
		team.Apply(rest[:n]...)
		rest = rest[n:]
	}
	return team
}

func TestReplayOrderDoesNotMatter(t *testing.T) {
	for name, draw := range map[string]func(*rapid.T) []process.Event{"what a team records": processtest.HistoryOf, "whatever a merge may bring": processtest.AnyEvents} {
		t.Run(name, func(t *testing.T) {
			rapid.Check(t, func(rt *rapid.T) {
				events := draw(rt)
				if diff := differ(processtest.Look(processtest.TeamOf(events)), processtest.Look(inParts(rt, events))); diff != "" {
					rt.Errorf("(-in order +in another order)\n%s", diff)
				}
			})
		})
	}
}

// A copy is a set of events; merging is their union. Whoever merges whatever with whatever ends with the same team.
func TestMergesOfCopiesEndInTheSameTeam(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		all := processtest.AnyEvents(rt)
		d := processtest.NewDrawer(rt)
		part := func() []process.Event {
			return slices.DeleteFunc(slices.Clone(all), func(process.Event) bool { return d.Dice.IntN(2) == 0 })
		}
		a, b, c := part(), part(), part()
		want := processtest.Look(processtest.TeamOf(union(union(a, b), c)))
		for name, merged := range map[string][]process.Event{
			"grouped otherwise": union(a, union(b, c)), "the other way round": union(c, union(b, a)), "twice": union(union(a, b), union(union(c, a), b)),
		} {
			if diff := differ(want, processtest.Look(processtest.TeamOf(merged))); diff != "" {
				rt.Errorf("%s (-want +got)\n%s", name, diff)
			}
		}
		// The one who had a takes in what is new in b and c, as it comes.
		team := processtest.TeamOf(a)
		had := slices.Clone(a)
		for _, other := range [][]process.Event{b, c} {
			fresh := union(had, other)[len(had):]
			team.Apply(fresh...)
			had = append(had, fresh...)
		}
		if diff := differ(want, processtest.Look(team)); diff != "" {
			rt.Errorf("taken in one after the other (-want +got)\n%s", diff)
		}
	})
}

// union is a, then what b has beside it.
func union(a, b []process.Event) []process.Event {
	sum := slices.Clone(a)
	for _, e := range b {
		if !slices.ContainsFunc(sum, func(have process.Event) bool { return bytes.Equal(have.ID[:], e.ID[:]) }) {
			sum = append(sum, e)
		}
	}
	return sum
}

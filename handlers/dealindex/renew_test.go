package dealindex_test

import (
	"reflect"
	"testing"

	"pgregory.net/rapid"

	"milstolpe/handlers/dealindex"
	"milstolpe/process"
	"milstolpe/process/forecast"
	"milstolpe/process/processtest"
)

func TestLinesThatAreKeptAreThoseThatAreMadeAnew(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		h := processtest.DrawHistory(rt)
		h.Settle(rapid.SampledFrom([]int{0, 20}).Draw(rt, "settled"))
		team, known := processtest.TeamOf(h.Events), len(h.Events)
		model := forecast.NewModel(team, h.At)
		var kept dealindex.Index
		for range rapid.IntRange(1, 6).Draw(rt, "rounds") {
			for range rapid.SampledFrom([]int{0, 1, 2, 5, 50}).Draw(rt, "facts") {
				h.At += process.Date(rapid.SampledFrom([]int{0, 0, 0, 1, 30}).Draw(rt, "days"))
				h.Later()
			}
			team.Apply(h.Events[known:]...)
			known = len(h.Events)
			if !model.Follow(h.At) {
				model = forecast.NewModel(team, h.At)
			}
			var fresh dealindex.Index
			if got, want := kept.Open(model), fresh.Open(model); len(got) != len(want) || len(got) > 0 && !reflect.DeepEqual(got, want) {
				rt.Errorf("open lines: kept\n%+v\nand made anew\n%+v", got, want)
			}
			if got, want := kept.Closed(model), fresh.Closed(model); len(got) != len(want) || len(got) > 0 && !reflect.DeepEqual(got, want) {
				rt.Errorf("closed lines: kept\n%+v\nand made anew\n%+v", got, want)
			}
			if got, want := kept.Conflicts(model), len(team.Conflicts()); got != want {
				rt.Errorf("%d conflicts are counted, and there are %d", got, want)
			}
		}
	})
}

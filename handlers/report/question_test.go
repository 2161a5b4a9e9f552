package report_test

import (
	"testing"

	"milstolpe/handlers/report"
	"milstolpe/process"
	"milstolpe/process/forecast"
	"milstolpe/process/processtest"
)

// A list of the team's own is asked for by its name. Our words go on meaning what they always have, whatever a team calls a list; such a one
// goes by its identity.
func TestOurWordsComeBeforeTheNamesOfLists(t *testing.T) {
	t.Parallel()
	team := processtest.TeamOfFacts([]process.Fact{
		&process.ListNamed{List: "region", Name: "Region"}, &process.ListNamed{List: "ours", Name: "seller"},
	})
	for by, want := range map[string]forecast.Grouping{
		"": "", "seller": forecast.BySeller, "milestone": forecast.ByMilestone, "region": forecast.ByList("region"), "REGION": forecast.ByList("region"),
		string(forecast.ByList("ours")): forecast.ByList("ours"),
	} {
		if q, err := (report.Question{By: by}).Query(team); err != nil || q.By != want {
			t.Errorf("by %q is %q, %v, want %q", by, q.By, err, want)
		}
	}
	if _, err := (report.Question{By: "colour"}).Query(team); err == nil {
		t.Error("what is neither a word of ours nor a list is taken for one")
	}
}

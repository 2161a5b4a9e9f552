package winloss_test

import (
	"fmt"
	"testing"

	"milstolpe/process"
	"milstolpe/process/forecast"
	"milstolpe/process/processtest"
	"milstolpe/process/stats"
	"milstolpe/process/winloss"
)

// Of a team that wins about every second deal whatever the region, as far as its milestones tell, all in the north are won and none in the south:
// the list says so of both, in its order, and changes no chance. Deals that are sorted at random are set apart by nothing.
func TestAListSaysWhereTheChancesFitWorse(t *testing.T) {
	s := processtest.NewStory(t, "a")
	s.Add("", &process.ListNamed{Stamp: processtest.Known("2024-01-01"), List: "region", Name: "Region"})
	for _, c := range []process.ChoiceID{"south", "north"} {
		s.Add("", &process.ChoiceNamed{Stamp: processtest.Known("2024-01-01"), List: "region", Choice: c, Name: string(c)})
	}
	plain := processtest.NewStory(t, "a")
	for i := range 160 {
		id := process.DealID(fmt.Sprintf("d%03d", i))
		opened := processtest.Day("2024-01-01").AddDays(i * 6)
		how, region := process.Won, process.ChoiceID("north")
		if i%2 == 1 {
			how, region = process.Lost, "south"
		}
		for _, one := range []*processtest.Story{s, plain} {
			one.Open(id, opened.String(), processtest.Kronor(100_000))
			one.Close(id, how, opened.AddDays(100).String(), nil)
		}
		s.Add("", &process.ChoiceSet{Stamp: process.Stamp{Known: opened}, Deal: id, List: "region", Choice: region},
			&process.ChoiceSet{Stamp: process.Stamp{Known: opened}, Deal: id, List: "week", Choice: process.ChoiceID([]string{"even", "odd"}[i/2%2])})
	}
	r, err := s.Model().Report(forecast.Query{Kind: process.Quarter, By: forecast.ByList("region")})
	if err != nil {
		t.Fatal(err)
	}
	region, _ := s.Team.Lists().List("region")
	fits := winloss.FitByChoice(r, &region)
	if len(fits) != 2 || fits[0].Choice != "south" || fits[0].Beside != stats.WonFewer || fits[1].Beside != stats.WonMore {
		t.Fatalf("by region: %+v", fits)
	}
	region.ID = "week"
	for _, f := range winloss.FitByChoice(r, &region) {
		if f.Beside != stats.NotTold {
			t.Errorf("%s is set apart: %+v", f.Choice, f)
		}
	}
	// The groups of a split report add up to the whole, and the whole is that of a team without lists.
	was, err := plain.Model().Report(forecast.Query{Kind: process.Quarter})
	if err != nil {
		t.Fatal(err)
	}
	for i, p := range r.Periods {
		sum := 0.0
		for _, g := range r.Groups {
			sum += g.Periods[i].Actual
		}
		if p.Forecast != was.Periods[i].Forecast || p.Actual != was.Periods[i].Actual || sum != p.Actual {
			t.Errorf("%s: %v and %v, without lists %v and %v; the groups brought %v", p.Period.Label(), p.Forecast, p.Actual, was.Periods[i].Forecast, was.Periods[i].Actual, sum)
		}
	}
}

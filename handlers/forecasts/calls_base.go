package forecasts

import (
	"milstolpe/handlers/parts"
	"milstolpe/handlers/web"
	"milstolpe/process"
	"milstolpe/process/calls"
	"milstolpe/process/sales"
)

// enteredBy says whose number it is that stands, the last of its events, and since when.
func enteredBy(v *web.Request, team *sales.Team, ids []process.EventID) string {
	last := ids[len(ids)-1]
	return parts.JoinDots([]string{team.RecordedBy(last), v.Text.DayNear(process.DateOf(last.At().In(v.Now.Location())), v.Today)})
}

func callThing(layer process.Layer, seller process.PersonID) string {
	return string(layer) + ":" + string(seller)
}

// callsBase are the events behind all calls for a period.
func callsBase(team *sales.Team, period string, sellers []process.PersonID) []string {
	base := []string{}
	for _, layer := range process.Layers {
		for _, seller := range sellers {
			_, ids, _ := team.Calls().CallOn(period, layer, seller, process.FarFuture)
			base = append(base, web.EncodeBaseOf(callThing(layer, seller), ids)...)
		}
	}
	return base
}

func targetsBase(team *sales.Team, period string, sellers []process.PersonID) []string {
	base := []string{}
	for _, seller := range sellers {
		_, ids, _ := team.Calls().TargetFor(period, seller)
		base = append(base, web.EncodeBaseOf(string(seller), ids)...)
	}
	return base
}

// callConflicts counts the numbers for a period of which there are several.
func callConflicts(team *sales.Team, period string) (n int) {
	for _, c := range team.OtherClashes() {
		switch value := c.Heads[0].Value.(type) {
		case calls.Call:
			if value.Period == period {
				n++
			}
		case calls.Target:
			if value.Period == period {
				n++
			}
		}
	}
	return n
}

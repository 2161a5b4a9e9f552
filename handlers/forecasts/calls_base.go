package forecasts

import (
	"milstolpe/handlers/web"
	"milstolpe/process"
	"milstolpe/process/calls"
	"milstolpe/process/sales"
)

func callThing(layer process.Layer, seller process.PersonID) string {
	return string(layer) + ":" + string(seller)
}

// callsBase are the events behind all calls for a period.
func callsBase(book *calls.Book, period string, sellers []process.PersonID) []string {
	base := []string{}
	for _, layer := range process.Layers {
		for _, seller := range sellers {
			_, ids, _ := book.CallOn(period, layer, seller, process.FarFuture)
			base = append(base, web.EncodeBaseOf(callThing(layer, seller), ids)...)
		}
	}
	return base
}

func targetsBase(book *calls.Book, period string, sellers []process.PersonID) []string {
	base := []string{}
	for _, seller := range sellers {
		_, ids, _ := book.TargetFor(period, seller)
		base = append(base, web.EncodeBaseOf(string(seller), ids)...)
	}
	return base
}

// callConflicts counts, of all conflicts, the numbers for a period of which there are several.
func callConflicts(all []sales.Conflict, period string) (n int) {
	for _, c := range all {
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

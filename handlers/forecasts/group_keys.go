package forecasts

import (
	"cmp"

	"milstolpe/handlers/wording"
	"milstolpe/process"
	"milstolpe/process/forecast"
)

// groupKey is the group of a deal in a table.
func groupKey(by forecast.Grouping, p *forecast.DealContribution) string {
	switch by {
	case forecast.ByProcess:
		return string(p.Deal.Process())
	case forecast.ByCustomer:
		return string(p.Customer)
	case forecast.ByMilestone:
		return cmp.Or(string(p.Next), wording.AllPassed)
	case forecast.BySeller:
		return string(p.Seller)
	}
	list, _ := by.List()
	return string(p.Deal.Choices().Of(list))
}

// groupParams is by what an address is narrowed to a group.
var groupParams = map[forecast.Grouping]string{
	forecast.BySeller: "seller", forecast.ByCustomer: "customer", forecast.ByProcess: "process", forecast.ByMilestone: "next",
}

// milestoneOrder is where a next milestone stands in the table: process by process, and last the deals that have passed them all.
func (f *forecastView) milestoneOrder() map[string]int {
	order := map[string]int{}
	for _, p := range f.model.Team().Processes() {
		if p.Current() == nil {
			continue
		}
		for _, key := range p.Current().Required {
			if _, known := order[string(key)]; !known {
				order[string(key)] = len(order)
			}
		}
	}
	order[wording.AllPassed] = len(order)
	return order
}

// nextName is what a next milestone is called in the process that asks for it.
func (f *forecastView) nextName(key string) string {
	if key == wording.AllPassed {
		return f.T("outcome.next.all_passed")
	}
	for _, p := range f.model.Team().Processes() {
		if name := f.model.MilestoneName(p.ID, process.MilestoneID(key)); name != key {
			return name
		}
	}
	return key
}

func (f *forecastView) groupName(by forecast.Grouping, key string) string {
	switch by {
	case forecast.ByProcess:
		return f.processName(process.ProcessID(key))
	case forecast.ByCustomer:
		return f.model.Team().Customer(process.CustomerID(key))
	case forecast.ByMilestone:
		return f.nextName(key)
	case forecast.BySeller:
		return f.model.Team().Person(process.PersonID(key))
	}
	list, _ := by.List()
	return wording.ChoiceName(f.Amounts.Text, f.model.Team().Lists(), list, process.ChoiceID(key))
}

func (f *forecastView) scopeOf(by forecast.Grouping, key string) forecast.Scope {
	in := f.ask.scope()
	switch by {
	case forecast.ByProcess:
		in.Process = process.ProcessID(key)
	case forecast.ByCustomer:
		in.Customer = process.CustomerID(key)
	case forecast.ByMilestone:
		waitsFor(&in, key)
	case forecast.BySeller:
		in.Seller = process.PersonID(key)
	default:
		list, _ := by.List()
		in.Picks = in.Picks.With(list, process.ChoiceID(key))
	}
	return in
}

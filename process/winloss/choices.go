package winloss

import (
	"slices"

	"milstolpe/process"
	"milstolpe/process/forecast"
	"milstolpe/process/picklists"
	"milstolpe/process/stats"
)

// ChoiceFit is how the chances of the deals that have one choice of a list compare with what came of them.
type ChoiceFit struct {
	Choice process.ChoiceID // empty: the deals without one
	stats.Kept
	Beside stats.Departure // whether they fit worse than those of all other choices
}

// FitByChoice holds what was promised of the open deals of each complete period against what came, by the choices of a list and in its order. A
// list changes no chance: this tells whether it should be one of the reasons for looking at the process again.
func FitByChoice(r *forecast.Report, list *picklists.List) []ChoiceFit {
	var fits []ChoiceFit
	at := map[process.ChoiceID]int{}
	for _, p := range r.Periods {
		if !p.Complete || !p.HasForecast {
			continue
		}
		for _, part := range p.Parts {
			if !part.Open {
				continue
			}
			choice := part.Deal.Choices().Of(list.ID)
			i, known := at[choice]
			if !known {
				i = len(fits)
				at[choice], fits = i, append(fits, ChoiceFit{Choice: choice})
			}
			fits[i].Add(part.Phi, part.Bar == forecast.BarWon)
		}
	}
	slices.SortFunc(fits, func(a, b ChoiceFit) int { return list.Place(a.Choice) - list.Place(b.Choice) })
	groups := make([]stats.Kept, len(fits))
	for i := range fits {
		groups[i] = fits[i].Kept
	}
	for i, beside := range stats.Apart(groups) {
		fits[i].Beside = beside
	}
	return fits
}

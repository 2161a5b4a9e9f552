package search

import (
	"net/http"
	"slices"

	"milstolpe/handlers/urls"
	"milstolpe/handlers/web"
	"milstolpe/handlers/wording"
	"milstolpe/process"
	"milstolpe/process/sales"
)

// findDeals answers a program with the deals that can be meant: the one with that identity or reference, those that are called so, or else
// those that a search finds.
func findDeals(v *web.Request) error {
	var ask searchAsk
	if err := v.Query(&ask); err != nil {
		return err
	}
	list := []urls.FoundDeal{}
	err := look(v, ask.Q, func(f finding) {
		for _, d := range f.dealsMeant() {
			list = append(list, newFoundDeal(f.team, d))
		}
	})
	if err != nil {
		return err
	}
	return v.JSON(http.StatusOK, list)
}

func (f finding) dealsMeant() []*sales.Deal {
	if d, ok := f.team.Deal(process.DealID(f.question)); ok {
		return []*sales.Deal{d}
	}
	if d, ok := f.team.DealByRef(f.question); ok {
		return []*sales.Deal{d}
	}
	var list []*sales.Deal
	for _, one := range f.Deals {
		if len(f.Instead) == 0 {
			list = append(list, one.Deal)
		}
	}
	called := slices.DeleteFunc(slices.Clone(list), func(d *sales.Deal) bool {
		name := process.FoldName(f.question)
		return process.FoldName(wording.DealName(f.team, d)) != name && process.FoldName(d.Now.Name) != name
	})
	if len(called) > 0 {
		return called
	}
	return list
}

func newFoundDeal(names wording.Names, d *sales.Deal) urls.FoundDeal {
	f := urls.FoundDeal{ID: d.ID, Title: wording.DealName(names, d), Open: d.Now.Close == nil}
	if v := d.Version(); v != nil {
		for i := range v.Definition.Milestones {
			f.Milestones = append(f.Milestones, urls.FoundMilestone{Key: v.Definition.Milestones[i].Key, Name: v.Definition.Milestones[i].Name})
		}
	}
	return f
}

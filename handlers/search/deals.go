package search

import (
	"net/http"
	"slices"

	"milstolpe/handlers/dealindex"
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
	err := v.View(func(team *sales.Team) error {
		for _, d := range dealsMeant(v, team, ask.Q) {
			list = append(list, newFoundDeal(team, d))
		}
		return nil
	})
	if err != nil {
		return err
	}
	return v.JSON(http.StatusOK, list)
}

func dealsMeant(v *web.Request, team *sales.Team, question string) []*sales.Deal {
	if d, ok := team.Deal(process.DealID(question)); ok {
		return []*sales.Deal{d}
	}
	if d, ok := team.DealByRef(question); ok {
		return []*sales.Deal{d}
	}
	var list []*sales.Deal
	found := dealindex.Search(v, team, question)
	for _, f := range found.Deals {
		if len(found.Instead) == 0 {
			list = append(list, f.Deal)
		}
	}
	called := slices.DeleteFunc(slices.Clone(list), func(d *sales.Deal) bool {
		name := process.FoldName(question)
		return process.FoldName(wording.DealName(team, d)) != name && process.FoldName(d.Now.Name) != name
	})
	if len(called) > 0 {
		return called
	}
	return list
}

func newFoundDeal(team *sales.Team, d *sales.Deal) urls.FoundDeal {
	f := urls.FoundDeal{ID: d.ID, Title: wording.DealName(team, d), Open: d.Now.Close == nil}
	if v := d.Version(); v != nil {
		for i := range v.Definition.Milestones {
			f.Milestones = append(f.Milestones, urls.FoundMilestone{Key: v.Definition.Milestones[i].Key, Name: v.Definition.Milestones[i].Name})
		}
	}
	return f
}

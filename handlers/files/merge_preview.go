package files

import (
	"cmp"
	"crypto/sha256"
	"fmt"

	"milstolpe/db"
	"milstolpe/handlers/urls"
	"milstolpe/handlers/web"
	"milstolpe/handlers/wording"
	"milstolpe/process"
	"milstolpe/process/sales"
)

// mergeDeals tells by deal what came in, and what of it needs a decision.
func mergeDeals(v *web.Request, in *db.Incoming) []mergeDeal {
	conflicts := map[process.DealID][]string{}
	for _, c := range in.Conflicts {
		conflicts[c.Deal] = append(conflicts[c.Deal], wording.ConflictField(v.Text, c.Field))
	}
	var deals []mergeDeal
	for _, d := range in.Deals {
		deals = append(deals, mergeDeal{
			Href: urls.DealPath(d.Deal), Name: mergedName(v, d), Changes: d.Changes, People: v.Text.List(d.People), Conflicts: conflicts[d.Deal],
		})
	}
	return deals
}

// mergedName names a deal as everywhere else, with its customer, whether it is here already or not.
func mergedName(v *web.Request, d db.DealChanges) (name string) {
	_ = v.View(func(team *sales.Team) error {
		if deal, ok := team.Deal(d.Deal); ok {
			name = wording.DealName(team, deal)
		}
		return nil
	})
	if name == "" && d.Customer != "" && d.Customer != d.Name {
		name = d.Customer + ", " + d.Name
	}
	return cmp.Or(name, d.Name)
}

// takesBack says what is taken back, and whose.
func takesBack(v *web.Request, in db.Incoming) (list []string) {
	for _, t := range in.TakesBack {
		list = append(list, v.T("file.takes_back", t.Entries, t.By, t.Whose))
	}
	return list
}

// shown is a word for what a preview shows.
func shown(in db.Incoming) string {
	sum := sha256.New()
	for _, id := range in.Events {
		sum.Write(id[:])
	}
	return fmt.Sprintf("%x-%d", sum.Sum(nil)[:8], in.Erased)
}

package settings

import (
	"net/http"

	"milstolpe/handlers/parts"
	"milstolpe/handlers/urls"
	"milstolpe/handlers/web"
	"milstolpe/process"
	"milstolpe/process/sales"
)

// listPeople answers a program with what the page about people shows.
func listPeople(v *web.Request) error {
	page, err := buildPeoplePage(v, personLine{}, parts.FieldErrors{})
	if err != nil {
		return err
	}
	before := map[process.PersonID][]string{}
	err = v.View(func(team *sales.Team) error {
		for id, names := range team.Roster().NameRegisters() {
			for _, e := range names.Entries() {
				whose := team.Roster().Canonical(id)
				before[whose] = append(before[whose], e.Value)
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	list := urls.TeamPeople{People: []urls.TeamPerson{}, Merged: []urls.SamePerson{}, Nobody: v.T("people.nobody")}
	for _, p := range page.People {
		one := urls.TeamPerson{ID: process.PersonID(p.ID), Name: p.Name, Deals: v.T("people.deals", p.Deals), Names: before[process.PersonID(p.ID)]}
		if p.You {
			one.You, list.Nobody = v.T("people.you"), ""
		}
		list.People = append(list.People, one)
	}
	for _, m := range page.Merged {
		list.Merged = append(list.Merged, urls.SamePerson{ID: process.PersonID(m.ID), Name: m.Name, Text: v.T("people.merged", m.Name, m.Into)})
	}
	return v.JSON(http.StatusOK, list)
}

package settings

import (
	"net/http"
	"slices"

	"milstolpe/handlers/parts"
	"milstolpe/handlers/urls"
	"milstolpe/handlers/web"
	"milstolpe/process"
	"milstolpe/process/sales"
)

func peopleRoutes(r *web.Router) {
	r.Get(urls.PeoplePath, showPeople)
	r.Get(urls.ListPeoplePath, listPeople)
	r.Post(urls.PeoplePath+"/:id/rename", renamePerson)
	r.Post(urls.PeoplePath+"/:id/merge", mergePeople)
	r.Post(urls.PeoplePath+"/:id/apart", takeApart)
	r.Post(settingsPath+"/person", renameOneself)
	r.Get(urls.WhoPath, showWho)
	r.Post(urls.WhoPath, saveWho)
	r.Template("people", peoplePage{})
	r.Template("who", whoPage{})
}

// peoplePage lists the people of the team, with what can be done about each.
type peoplePage struct {
	web.Page
	People []personLine
	Merged []mergedLine
	Faults parts.FieldErrors
}

// personLine is one of them.
type personLine struct {
	ID, Name string
	Deals    int
	You      bool
	Base     string // of the name
	Others   []parts.Option
	Into     string
	Both     string // everything that the page showed of who anybody is
	Open     string // the form that is open: rename, merge or none
}

// mergedLine is somebody who is read as somebody else.
type mergedLine struct{ ID, Name, Into, Base string }

// renameForm changes the name of one of us.
type renameForm struct {
	Name string `form:"name" validate:"required,max=200" label:"people.name"`
	Base string `form:"base"`
}

// mergeForm says that one of us is the same person as another.
type mergeForm struct {
	Into string `form:"into" validate:"required" label:"people.merge"`
	Base string `form:"base"`
}

// apartForm takes two people apart again.
type apartForm struct {
	Base string `form:"base"`
}

func showPeople(v *web.Request) error {
	page, err := buildPeoplePage(v, personLine{}, parts.FieldErrors{})
	if err != nil {
		return err
	}
	return v.Render("people", page)
}

// buildPeoplePage is the page as things stand, with a form open as it came back.
func buildPeoplePage(v *web.Request, open personLine, faults parts.FieldErrors) (peoplePage, error) {
	page := peoplePage{Page: v.Page(urls.NoSection, v.T("people.title")), Faults: faults}
	err := v.View(func(team *sales.Team) error {
		deals := map[process.PersonID]int{}
		for _, d := range team.Deals() {
			deals[d.Now.Seller]++
		}
		ids := team.People()
		slices.SortStableFunc(ids, func(a, b process.PersonID) int { return v.Text.Compare(team.Person(a), team.Person(b)) })
		for _, id := range ids {
			line := personLine{
				ID: string(id), Name: team.Person(id), Deals: deals[id], You: id == v.FileInfo.Me(), Base: web.EncodeBase(team.Roster().Heads(id)), Both: peopleBase(team),
			}
			for _, other := range ids {
				if other != id {
					line.Others = append(line.Others, parts.OptionOf(string(other), team.Person(other)))
				}
			}
			if open.ID == line.ID {
				line.Open, line.Into = open.Open, open.Into
			}
			page.People = append(page.People, line)
		}
		for _, m := range team.Roster().Merged() {
			page.Merged = append(page.Merged, mergedLine{string(m.From), m.Name, team.Person(m.Into), m.Event.ID.String()})
		}
		return nil
	})
	return page, err
}

// peopleBase are the events that say who the people of the team are: what a merging of two was decided upon.
func peopleBase(team *sales.Team) string {
	var ids []process.EventID
	for _, id := range team.People() {
		ids = append(ids, team.Roster().Base(id)...)
	}
	return web.EncodeBase(ids)
}

func rejectPeople(v *web.Request, open personLine, err error) error {
	faults, mine := v.FormErrors(err)
	if !mine {
		return err
	}
	page, err := buildPeoplePage(v, open, faults)
	if err != nil {
		return err
	}
	return v.Reject(faults, "people", page)
}

func renamePerson(v *web.Request) error {
	var f renameForm
	id := process.PersonID(v.Param("id"))
	err := v.Read(&f)
	var events []process.Event
	if err == nil {
		events, err = v.Act(func(team *sales.Team) ([]process.Fact, error) {
			return team.Roster().Rename(id, f.Name, web.DecodeBase(f.Base), v.Today)
		})
	}
	if err != nil {
		return rejectPeople(v, personLine{ID: string(id), Open: "rename"}, err)
	}
	return v.DoneWithUndo(urls.PeoplePath, events, v.T("people.renamed", f.Name))
}

func mergePeople(v *web.Request) error {
	var f mergeForm
	id := process.PersonID(v.Param("id"))
	err := v.Read(&f)
	var events []process.Event
	said := ""
	if err == nil {
		events, err = v.Act(func(team *sales.Team) ([]process.Fact, error) {
			if f.Base != peopleBase(team) {
				return nil, &process.Error{Kind: process.Conflict, Msg: "people.changed_meanwhile"}
			}
			said = v.T("people.merged", team.Person(id), team.Person(process.PersonID(f.Into)))
			return team.Roster().Merge(id, process.PersonID(f.Into), v.Today)
		})
	}
	if err != nil {
		return rejectPeople(v, personLine{ID: string(id), Open: "merge", Into: f.Into}, err)
	}
	return v.DoneWithUndo(urls.PeoplePath, events, said)
}

// takeApart undoes that two were merged, however long ago that was.
func takeApart(v *web.Request) error {
	var f apartForm
	id := process.PersonID(v.Param("id"))
	err := v.Read(&f)
	var events []process.Event
	name := ""
	if err == nil {
		events, err = v.Act(func(team *sales.Team) ([]process.Fact, error) {
			for _, m := range team.Roster().Merged() {
				if m.From == id && m.Event.ID.String() == f.Base {
					name = m.Name
					return team.Undo([]process.Event{m.Event}, v.Today)
				}
			}
			return nil, &process.Error{Kind: process.Conflict, Msg: "people.changed_meanwhile"}
		})
	}
	if err != nil {
		return rejectPeople(v, personLine{}, err)
	}
	return v.DoneWithUndo(urls.PeoplePath, events, v.T("people.apart_done", name))
}

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

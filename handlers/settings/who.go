package settings

import (
	"errors"
	"slices"
	"strings"

	"milstolpe/handlers/parts"
	"milstolpe/handlers/urls"
	"milstolpe/handlers/web"
	"milstolpe/process"
	"milstolpe/process/sales"
)

// youForm changes the name of the person who uses this computer.
type youForm struct {
	Person string `form:"person" validate:"required,max=200" label:"settings.person"`
	Base   string `form:"base"`
}

// renameOneself changes the name of the person who uses this computer, wherever it stands: it is the same person who goes on. Somebody whom
// the team does not know yet becomes one of it, with what they have recorded.
func renameOneself(v *web.Request) error {
	var f youForm
	err := v.Read(&f)
	me := v.FileInfo.Me()
	var events []process.Event
	if err == nil && v.OpenedFile().ReadOnly() == nil {
		events, err = v.Act(func(team *sales.Team) ([]process.Fact, error) {
			if me != "" {
				return team.Roster().Rename(me, f.Person, web.DecodeBase(f.Base), v.Today)
			}
			var facts []process.Fact
			var err error
			me, facts, err = team.Roster().Introduce(v.FileInfo.Person(), f.Person, v.Today)
			return facts, err
		})
		if fault, ok := errors.AsType[*process.Error](err); ok && fault.Field == "name" {
			err = process.Wrong("person", fault.Msg, fault.Args...)
		}
	}
	if faults, mine := v.FormErrors(err); mine {
		page, err := buildSettingsPage(v, teamForm{}, rateForm{}, faults)
		if err != nil {
			return err
		}
		page.You = renameForm{Name: f.Person, Base: f.Base}
		return v.Reject(faults, "settings", page)
	}
	if err != nil {
		return err
	}
	if err := v.Server.SetWho(v.OpenedFile(), web.Who{ID: me, Name: strings.TrimSpace(f.Person)}); err != nil {
		return err
	}
	return v.DoneWithUndo(settingsPath, events, v.T("settings.person_saved", f.Person))
}

// whoPage asks who of the team uses this computer.
type whoPage struct {
	web.Page
	People []parts.Option
	Name   string
	First  bool // nobody has said it yet
	Faults parts.FieldErrors
}

// whoForm names one of the team, or somebody who is new.
type whoForm struct {
	ID   string `form:"id"`
	Name string `form:"name" validate:"required_without=ID,max=200" label:"settings.person"`
}

func showWho(v *web.Request) error {
	page, err := buildWhoPage(v, v.Server.UsualPerson(), parts.FieldErrors{})
	if err != nil {
		return err
	}
	return v.Render("who", page)
}

func buildWhoPage(v *web.Request, name string, faults parts.FieldErrors) (whoPage, error) {
	page := whoPage{Page: v.Page(urls.NoSection, v.T("who.title")), Name: name, First: v.Open.AskWho(), Faults: faults}
	return page, v.View(func(team *sales.Team) error {
		for _, id := range team.People() {
			page.People = append(page.People, parts.OptionOf(string(id), team.Person(id)))
			if known := team.Person(id); !faults.Any() && process.FoldName(known) == process.FoldName(name) {
				page.Name = "" // to be chosen in the list, and not added
			}
		}
		slices.SortStableFunc(page.People, func(a, b parts.Option) int { return v.Text.Compare(a.Text, b.Text) })
		return nil
	})
}

// saveWho says who uses this computer. What is recorded from now on is recorded by them.
func saveWho(v *web.Request) error {
	var f whoForm
	err := v.Read(&f)
	who := web.Who{ID: process.PersonID(f.ID), Name: strings.TrimSpace(f.Name)}
	if err == nil && f.ID != "" {
		err = v.View(func(team *sales.Team) error {
			who.ID = team.Roster().Canonical(who.ID)
			if who.Name = team.Person(who.ID); who.Name == "" {
				return process.Wrong("id", "person.no_such")
			}
			return nil
		})
	} else if err == nil {
		_, err = v.Act(func(team *sales.Team) (facts []process.Fact, err error) {
			who.ID, facts, err = team.AddPerson(who.Name, v.Env())
			return facts, err
		})
	}
	if faults, mine := v.FormErrors(err); mine {
		page, err := buildWhoPage(v, f.Name, faults)
		if err != nil {
			return err
		}
		return v.Reject(faults, "who", page)
	}
	if err != nil {
		return err
	}
	if err := v.Server.SetWho(v.OpenedFile(), who); err != nil {
		return err
	}
	return v.DoneWith("/", web.Flash{Text: v.T("settings.person_saved", who.Name)})
}

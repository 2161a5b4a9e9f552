package files

import (
	"milstolpe/handlers/parts"
	"milstolpe/handlers/urls"
	"milstolpe/handlers/web"
	"milstolpe/handlers/wording"
	"milstolpe/process"
	"milstolpe/process/sales"
)

func conflictRoutes(r *web.Router) {
	r.Get(urls.SettlePath, showConflicts)
	r.Post(urls.SettlePath, resolveConflict)
	r.Template("file_settle", conflictsPage{})
}

// conflictsPage shows what people changed without seeing each other's change. Nothing is chosen beforehand.
type conflictsPage struct {
	web.Page
	Clashes []wording.ConflictView
	Faults  parts.FieldErrors
}

// conflictForm chooses one of the events that the page showed.
type conflictForm struct {
	Field   string `form:"field" validate:"required"`
	Subject string `form:"subject"`
	Seen    string `form:"seen" validate:"required"`
	Event   string `form:"event" validate:"required"`
}

func showConflicts(v *web.Request) error {
	page, err := buildConflictsPage(v, parts.FieldErrors{})
	if err != nil {
		return err
	}
	return v.Render("file_settle", page)
}

func buildConflictsPage(v *web.Request, faults parts.FieldErrors) (conflictsPage, error) {
	page := conflictsPage{Page: v.Page(urls.NoSection, v.T("file.settle_title")), Faults: faults}
	err := v.View(func(team *sales.Team) error {
		for _, c := range team.Clashes() {
			page.Clashes = append(page.Clashes, wording.ConflictText{Request: v, Team: team}.View(c))
		}
		return nil
	})
	return page, err
}

func resolveConflict(v *web.Request) error {
	var f conflictForm
	err := v.Read(&f)
	var events []process.Event
	if err == nil {
		events, err = v.Act(func(team *sales.Team) ([]process.Fact, error) { return resolveConflictIn(team, f, v.Env()) })
	}
	if err == nil {
		err = eraseChosen(v, events)
	}
	if faults, mine := v.FormErrors(err); mine {
		page, err := buildConflictsPage(v, faults)
		if err != nil {
			return err
		}
		return v.Reject(faults, "file_settle", page)
	}
	if err != nil {
		return err
	}
	return v.DoneWith(urls.SettlePath, web.Flash{Text: v.T("file.settled")})
}

// eraseChosen takes out of the file what had been recorded about a person whom somebody had erased, where that is what was chosen.
func eraseChosen(v *web.Request, events []process.Event) error {
	for _, e := range events {
		if c, ok := e.Fact.(*process.ContactNamed); ok && c.Name == "" {
			if _, err := v.OpenedFile().EraseContact(v.Request().Context(), c.Contact); err != nil {
				return err
			}
		}
	}
	return nil
}

// resolveConflictIn finds the clash that the form is about. One that is settled already, in another tab or on another computer, is
// said to be: another value than the chosen one may stand.
func resolveConflictIn(team *sales.Team, f conflictForm, m sales.Env) ([]process.Fact, error) {
	event, err := process.ParseEventID(f.Event)
	if err != nil {
		return nil, process.Wrong("event", "form.choose")
	}
	for _, c := range team.Clashes() {
		if string(c.Field) == f.Field && c.Subject == f.Subject {
			return c.Settle(event, web.DecodeBase(f.Seen), m)
		}
	}
	return nil, &process.Error{Kind: process.Conflict, Msg: "file.settled_meanwhile"}
}

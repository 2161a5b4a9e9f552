package files

import (
	"slices"
	"strconv"

	"milstolpe/handlers/parts"
	"milstolpe/handlers/urls"
	"milstolpe/handlers/web"
	"milstolpe/handlers/wording"
	"milstolpe/process"
	"milstolpe/process/sales"
)

func conflictRoutes(r *web.Router) {
	r.Get(urls.SettlePath, showConflicts)
	r.Post(urls.SettlePath, resolveConflicts)
	r.Template("file_settle", conflictsPage{})
}

// conflictsPage shows what people changed without seeing each other's change. Nothing is chosen beforehand.
type conflictsPage struct {
	web.Page
	Conflicts []conflictPart
	Faults    parts.FieldErrors
}

// conflictPart is a conflict on the page. What it is about is said once for all that are about the same.
type conflictPart struct {
	wording.ConflictView
	Same bool // as the one before
}

// conflictsForm says which conflicts the page showed, each with what identifies it and the events that it was decided upon. Which event was
// chosen for the first of them is in choice-0, and so on; a conflict without a choice is left as it is.
type conflictsForm struct {
	Field   []string `form:"field"`
	Subject []string `form:"subject"`
	Seen    []string `form:"seen"`
}

// conflictChoice is what somebody has chosen for one conflict.
type conflictChoice struct {
	field, subject string
	seen           []process.EventID
	event          process.EventID
}

// choices are what was chosen, of the conflicts that the form names whole.
func (f *conflictsForm) choices(v *web.Request) (list []conflictChoice, err error) {
	for i := range min(len(f.Field), len(f.Subject), len(f.Seen)) {
		text := v.FormValue("choice-" + strconv.Itoa(i))
		if text == "" {
			continue
		}
		event, err := process.ParseEventID(text)
		if err != nil {
			return nil, process.Wrong("choice", "form.choose")
		}
		list = append(list, conflictChoice{f.Field[i], f.Subject[i], web.DecodeBase(f.Seen[i]), event})
	}
	if len(list) == 0 {
		return nil, process.Wrong("choice", "form.choose")
	}
	return list, nil
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
		for _, c := range team.Conflicts() {
			part := conflictPart{ConflictView: wording.ConflictText{Text: v.Text, Zone: v.FileInfo.Location, Team: team}.View(c)}
			if n := len(page.Conflicts); n > 0 {
				part.Same = page.Conflicts[n-1].Href == part.Href
			}
			page.Conflicts = append(page.Conflicts, part)
		}
		return nil
	})
	return page, err
}

// resolveConflicts records what was chosen, of several conflicts in one go. One that was settled meanwhile, in another tab or on another
// computer, is left as it is and said to be: another value than the chosen one may stand.
func resolveConflicts(v *web.Request) error {
	var f conflictsForm
	err := v.Read(&f)
	var chosen []conflictChoice
	if err == nil {
		chosen, err = f.choices(v)
	}
	var events []process.Event
	settled := 0
	if err == nil {
		events, err = v.Act(func(team *sales.Team) (facts []process.Fact, err error) {
			facts, settled, err = resolveIn(team, chosen, v.Env())
			return facts, err
		})
	}
	erased := false
	if err == nil {
		erased, err = eraseChosen(v, events)
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
	said := v.T("file.settled", settled)
	if settled < len(chosen) {
		said += " " + v.T("file.settled_others", len(chosen)-settled)
	}
	if erased {
		return v.DoneWith(urls.SettlePath, web.Flash{Text: said})
	}
	return v.DoneWithUndo(urls.SettlePath, events, said)
}

// eraseChosen takes out of the file what had been recorded about a person whom somebody had erased, where that is what was chosen.
func eraseChosen(v *web.Request, events []process.Event) (erased bool, err error) {
	for _, e := range events {
		if c, ok := e.Fact.(*process.ContactNamed); ok && c.Name == "" {
			if _, err := v.OpenedFile().EraseContact(v.Request().Context(), c.Contact); err != nil {
				return erased, err
			}
			erased = true
			if err := v.ForgetKept(); err != nil {
				return erased, err
			}
		}
	}
	return erased, nil
}

// resolveIn finds the conflicts that were chosen for, and tells how many are settled by the facts. None at all is refused.
func resolveIn(team *sales.Team, chosen []conflictChoice, m sales.Env) (facts []process.Fact, settled int, err error) {
	waiting := team.Conflicts()
	for _, choice := range chosen {
		i := slices.IndexFunc(waiting, func(c sales.Conflict) bool { return string(c.Field) == choice.field && c.Subject == choice.subject })
		if i < 0 {
			continue
		}
		more, err := waiting[i].Settle(choice.event, choice.seen, m.Today, m.NewID)
		if err != nil {
			return nil, 0, err
		}
		facts, settled = append(facts, more...), settled+1
	}
	if settled == 0 {
		return nil, 0, &process.Error{Kind: process.Conflict, Msg: "file.settled_meanwhile"}
	}
	return team.JoinDrafts(facts), settled, nil
}

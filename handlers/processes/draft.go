package processes

import (
	"milstolpe/handlers/parts"
	"milstolpe/handlers/urls"
	"milstolpe/handlers/web"
	"milstolpe/process"
	"milstolpe/process/sales"
)

// draftHeadForm is what a process is called and what it is for.
type draftHeadForm struct {
	Name    string `form:"name" validate:"required,max=200" label:"process_edit.process_name"`
	Purpose string `form:"purpose" validate:"max=10000" label:"process_edit.purpose"`
	Base    string `form:"base"`
	Faults  parts.FieldErrors
}

func saveDraftHead(v *web.Request) error {
	f := &draftHeadForm{}
	err := v.Read(f)
	var events []process.Event
	if err == nil {
		events, err = onDraft(v, f.Base, func(def process.Definition) (process.Definition, error) {
			def.Name, def.Purpose = f.Name, f.Purpose
			return def, nil
		})
	}
	if faults, mine := v.FormErrors(err); mine {
		f.Faults = faults
		return rejectDraft(v, faults, &draftForms{Head: f})
	}
	if err != nil {
		return err
	}
	return v.DoneWithUndo(urls.ProcessEditPath(processID(v)), events, v.T("process_edit.head_saved"))
}

// chooseDraftForm names which of the drafts goes on, where people changed it without seeing each other's change.
type chooseDraftForm struct {
	Event string `form:"event" validate:"required"`
	Base  string `form:"base"`
}

func chooseDraft(v *web.Request) error {
	var f chooseDraftForm
	err := v.Read(&f)
	var events []process.Event
	if err == nil {
		events, err = v.Act(func(team *sales.Team) ([]process.Fact, error) {
			p, err := editableFrom(v, team, f.Base)
			if err != nil {
				return nil, err
			}
			for _, h := range p.DraftHeads() {
				if h.ID.String() == f.Event {
					return team.SaveDraft(p.ID, h.Value, nil, v.Today)
				}
			}
			return nil, process.Wrong("event", "form.choose")
		})
	}
	if err != nil {
		return draftNotice(v, err)
	}
	return v.DoneWithUndo(urls.ProcessEditPath(processID(v)), events, v.T("file.settled"))
}

// discardForm throws the draft away.
type discardForm struct {
	Base string `form:"base"`
}

func discardDraft(v *web.Request) error {
	var f discardForm
	err := v.Read(&f)
	var events []process.Event
	to := urls.ProcessHref(processID(v))
	if err == nil {
		events, err = v.Act(func(team *sales.Team) ([]process.Fact, error) {
			p, err := editableFrom(v, team, f.Base)
			if err != nil {
				return nil, err
			}
			if p.Current() == nil {
				to = string(urls.ProcessPages)
			}
			if len(p.DraftHeads()) == 0 {
				return nil, nil
			}
			return team.SaveDraft(p.ID, process.Definition{}, nil, v.Today)
		})
	}
	if err != nil {
		return draftNotice(v, err)
	}
	return v.DoneWithUndo(to, events, v.T("process_edit.discarded"))
}

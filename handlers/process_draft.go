package handlers

import (
	"milstolpe/process"
	"milstolpe/process/sales"
)

// draftHeadForm is what a process is called and what it is for.
type draftHeadForm struct {
	Name    string `form:"name" validate:"required,max=200" label:"process_edit.process_name"`
	Purpose string `form:"purpose" validate:"max=10000" label:"process_edit.purpose"`
	Base    string `form:"base"`
	Faults  Faults
}

func saveDraftHead(v *visit) error {
	f := &draftHeadForm{}
	err := v.read(f)
	var events []process.Event
	if err == nil {
		events, err = v.onDraft(f.Base, func(def process.Definition) (process.Definition, error) {
			def.Name, def.Purpose = f.Name, f.Purpose
			return def, nil
		})
	}
	if faults, mine := v.faults(err); mine {
		f.Faults = faults
		return v.draftAgain(faults, &draftForms{Head: f})
	}
	if err != nil {
		return err
	}
	return v.done(editPath(v.processID()), events, v.t("process_edit.head_saved"))
}

// chooseDraftForm names which of the drafts goes on, where people changed it without seeing each other's change.
type chooseDraftForm struct {
	Event string `form:"event" validate:"required"`
	Base  string `form:"base"`
}

func chooseDraft(v *visit) error {
	var f chooseDraftForm
	err := v.read(&f)
	var events []process.Event
	if err == nil {
		events, err = v.act(func(team *sales.Team) ([]process.Fact, error) {
			p, err := v.editableFrom(team, f.Base)
			if err != nil {
				return nil, err
			}
			for _, h := range p.DraftHeads() {
				if h.ID.String() == f.Event {
					return team.SaveDraft(p.ID, h.Value, nil, v.today)
				}
			}
			return nil, process.Wrong("event", "form.choose")
		})
	}
	if err != nil {
		return v.draftNotice(err)
	}
	return v.done(editPath(v.processID()), events, v.t("file.settled"))
}

// discardForm throws the draft away.
type discardForm struct {
	Base string `form:"base"`
}

func discardDraft(v *visit) error {
	var f discardForm
	err := v.read(&f)
	var events []process.Event
	to := processHref(v.processID())
	if err == nil {
		events, err = v.act(func(team *sales.Team) ([]process.Fact, error) {
			p, err := v.editableFrom(team, f.Base)
			if err != nil {
				return nil, err
			}
			if p.Current() == nil {
				to = string(ProcessPages)
			}
			if len(p.DraftHeads()) == 0 {
				return nil, nil
			}
			return team.SaveDraft(p.ID, process.Definition{}, nil, v.today)
		})
	}
	if err != nil {
		return v.draftNotice(err)
	}
	return v.done(to, events, v.t("process_edit.discarded"))
}

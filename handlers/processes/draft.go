package processes

import (
	"errors"
	"slices"
	"strings"

	"milstolpe/handlers/i18n"
	"milstolpe/handlers/parts"
	"milstolpe/handlers/urls"
	"milstolpe/handlers/web"
	"milstolpe/handlers/wording"
	"milstolpe/process"
	"milstolpe/process/presets"
	"milstolpe/process/sales"
)

// draftHeadForm is what a process is called and what it is for.
type draftHeadForm struct {
	Name    string `form:"name" validate:"required,max=200" label:"process_edit.process_name"`
	Purpose string `form:"purpose" validate:"max=10000" label:"process_edit.purpose"`
	Roles   string `form:"roles" validate:"max=2000" label:"process_edit.roles"` // a name on each line
	Base    string `form:"base"`
	Faults  parts.FieldErrors
	Usual   string // address that fills in the usual roles; empty where there are some
}

// newHeadForm is the form with the draft as it stands; with the usual roles in it where the query asks for them.
func newHeadForm(w *draftView, base string) *draftHeadForm {
	f := &draftHeadForm{Name: w.def.Name, Purpose: w.def.Purpose, Base: base}
	roles := w.def.Roles
	if len(roles) == 0 && w.QueryParam("roles") == "usual" {
		roles = presets.Roles(wording.ProcessLang(w.Text))
	} else if len(roles) == 0 {
		f.Usual = w.href + "?form=head&roles=usual"
	}
	for _, r := range roles {
		f.Roles += r.Name + "\n"
	}
	return f
}

// roleNames are the lines of the form that say something.
func (f *draftHeadForm) roleNames() (names []string) {
	for line := range strings.Lines(f.Roles) {
		if line = strings.TrimSpace(line); line != "" && !slices.Contains(names, line) {
			names = append(names, line)
		}
	}
	return names
}

// rolesToChoose are the roles that a milestone can ask for; no choice where there are none.
func rolesToChoose(t *i18n.Text, roles []process.Role) []parts.Option {
	if len(roles) == 0 {
		return nil
	}
	options := []parts.Option{parts.OptionOf("", t.T("process_edit.behind_any"))}
	for _, r := range roles {
		options = append(options, parts.OptionOf(string(r.Key), r.Name))
	}
	return options
}

func saveDraftHead(v *web.Request) error {
	f := &draftHeadForm{}
	err := v.Read(f)
	var events []process.Event
	if err == nil {
		events, err = onDraft(v, f.Base, func(def process.Definition) (process.Definition, error) {
			def.Name, def.Purpose = f.Name, f.Purpose
			names := f.roleNames()
			if len(names) > process.MaxRoles {
				return def, process.Wrong("roles", "process.too_many_roles", process.MaxRoles)
			}
			return def.WithRoles(names, append(presets.Roles("sv"), presets.Roles("en")...)), nil
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
		events, err = saveDraft(v, f.Base, func(p *sales.Process) (*process.Definition, error) {
			for _, h := range p.DraftHeads() {
				if h.ID.String() == f.Event {
					return &h.Value, nil
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
		events, err = saveDraft(v, f.Base, func(p *sales.Process) (*process.Definition, error) {
			if p.Current() == nil {
				to = string(urls.ProcessPages)
			}
			if len(p.DraftHeads()) == 0 {
				return nil, nil
			}
			return &process.Definition{}, nil
		})
	}
	if err != nil {
		return draftNotice(v, err)
	}
	return v.DoneWithUndo(to, events, v.T("process_edit.discarded"))
}

// isConflict tells a form that somebody else was quicker than.
func isConflict(err error) bool {
	var one *process.Error
	return errors.As(err, &one) && one.Kind == process.Conflict
}

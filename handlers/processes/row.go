package processes

import (
	"net/url"
	"strconv"
	"strings"

	"milstolpe/handlers/parts"
	"milstolpe/handlers/urls"
	"milstolpe/handlers/web"
	"milstolpe/process"
	"milstolpe/process/namecheck"
)

// draftRowForm is a milestone of the draft as it is typed. An empty key is a new one.
type draftRowForm struct {
	Key       string `form:"key"`
	Name      string `form:"name" validate:"required,max=200" label:"process_edit.name"`
	Criterion string `form:"criterion" validate:"max=10000" label:"process_edit.criterion"`
	Why       string `form:"why" validate:"max=10000" label:"process_edit.why"`
	Required  bool   `form:"required"`
	Evidence  bool   `form:"evidence"`
	Patience  string `form:"patience_days" validate:"omitempty,number" label:"process_edit.wait"`
	OurPart   string `form:"our_part" validate:"max=10000" label:"process_edit.our_part"`
	Role      string `form:"role" validate:"max=64" label:"process_edit.behind"`
	Place     string `form:"place"`
	Base      string `form:"base"`
	Asked     string `form:"asked"`  // the name that was questioned when the form was made
	Answer    string `form:"answer"` // a name instead, or keepName

	Action, Back string
	Which        string         // address that tells which deals those are
	Behind       []parts.Option // roles that can stand behind it
	Places       []parts.Option // where a new one can stand
	Question     string         // about the name; empty when there is none
	Instead      []string       // names to take instead
	Faults       parts.FieldErrors
	Focus        bool // on the question
	Meanwhile    bool // somebody else has changed the draft
	Lacking      int  // open deals that are past it and do not have it
}

// keepName is the answer that keeps a name that was questioned.
const keepName = "-"

func rowFormOf(ms *process.Milestone, base string) *draftRowForm {
	f := &draftRowForm{
		Key: string(ms.Key), Name: ms.Name, Criterion: ms.Criterion, Why: ms.Why, Required: ms.Required, OurPart: ms.OurPart, Role: string(ms.Role), Base: base,
		Evidence: ms.Evidence == process.EvidenceRequired, Asked: ms.Name, Answer: keepName, // a name that stands in the draft has been kept
	}
	if ms.Patience != nil {
		f.Patience = strconv.Itoa(*ms.Patience)
	}
	return f
}

// Keep is the answer that keeps the name.
func (f *draftRowForm) Keep() string { return keepName }

// ask puts the question about the name into the form, if there is one.
func (f *draftRowForm) ask(lang string) {
	doubt, doubtful := namecheck.Question(f.Name)
	if !doubtful {
		f.Question = ""
		return
	}
	f.Question, f.Instead = doubt.Msg(), doubt.Suggestions(lang)
	if f.Asked != f.Name {
		f.Asked, f.Answer = f.Name, ""
	}
}

// settled tells whether the name can be taken: it is not doubtful, or the question about it has been answered. A name that was chosen
// instead takes its place.
func (f *draftRowForm) settled() bool {
	if _, doubtful := namecheck.Question(f.Name); !doubtful {
		return true
	}
	if f.Asked != f.Name || f.Answer == "" {
		return false
	}
	if f.Answer != keepName {
		f.Name = f.Answer
	}
	return true
}

func (f *draftRowForm) milestone() (process.Milestone, error) {
	ms := process.Milestone{
		Key: process.MilestoneID(f.Key), Name: f.Name, Criterion: f.Criterion, Why: f.Why, Required: f.Required, OurPart: f.OurPart,
		Evidence: process.EvidenceOptional,
	}
	if f.Evidence {
		ms.Evidence = process.EvidenceRequired
	}
	if f.Patience != "" {
		days, err := strconv.Atoi(f.Patience)
		if err != nil {
			days = -1 // too long to be a number of days; the check below says so
		}
		ms.Patience = &days
	}
	err := checkMilestone(ms)
	ms.Role = process.RoleID(f.Role) // that it is there is for the whole definition to say
	return ms, err
}

// checkMilestone finds what would keep a milestone from being published, at the fields of its form.
func checkMilestone(ms process.Milestone) error {
	alone := process.Definition{Name: "-"}
	alone = alone.With(ms)
	var mine process.Problems
	many, _ := alone.Check().(process.Problems) //nolint:errorlint // Check answers nothing else
	for _, e := range many {
		at := *e
		at.Field = strings.TrimPrefix(e.Field, "milestones.0.")
		mine = append(mine, &at)
	}
	return mine.OrNil()
}

func saveDraftRow(v *web.Request) error {
	f := &draftRowForm{}
	err := v.Read(f)
	if err == nil && !f.settled() {
		f.Focus = true
		return rejectDraft(v, asking, &draftForms{Row: f})
	}
	var events []process.Event
	var saved process.MilestoneID
	if err == nil {
		events, err = onDraft(v, f.Base, func(def process.Definition) (process.Definition, error) {
			ms, err := f.milestone()
			def, saved = f.put(def, ms)
			return def, err
		})
	}
	if faults, mine := v.FormErrors(err); mine {
		f.Faults, f.Meanwhile = faults, isConflict(err)
		return rejectDraft(v, faults, &draftForms{Row: f})
	}
	if err != nil {
		return err
	}
	to := urls.ProcessEditPath(processID(v)) + "?saved=" + url.QueryEscape(string(saved)) + "#m-" + url.PathEscape(string(saved))
	return v.DoneWithUndo(to, events, v.T("process_edit.row_saved", f.Name))
}

// put changes the row of the draft, or adds one at the place that was chosen. It answers with the key of the row.
func (f *draftRowForm) put(def process.Definition, ms process.Milestone) (process.Definition, process.MilestoneID) {
	if f.Key != "" {
		return def.With(ms), ms.Key
	}
	ms.Key = process.KeyFor(ms.Name, func(k process.MilestoneID) bool { _, taken := def.Milestone(k); return taken })
	place, err := strconv.Atoi(f.Place)
	if err != nil || place < 1 || place > len(def.Milestones)+1 {
		return def.With(ms), ms.Key
	}
	with := def.With(ms)
	return with.Moved(ms.Key, place-len(with.Milestones)), ms.Key
}

// rowActForm moves a row or takes it away.
type rowActForm struct {
	Key  string `form:"key" validate:"required"`
	To   string `form:"to" validate:"omitempty,oneof=up down"`
	Base string `form:"base"`
}

func moveDraftRow(v *web.Request) error {
	var f rowActForm
	err := v.Read(&f)
	places := -1
	if f.To == "down" {
		places = 1
	}
	var events []process.Event
	var name string
	var place, of int
	if err == nil {
		events, err = onDraft(v, f.Base, func(def process.Definition) (process.Definition, error) {
			after := def.Moved(process.MilestoneID(f.Key), places)
			for i := range after.Milestones {
				if string(after.Milestones[i].Key) == f.Key {
					name, place, of = after.Milestones[i].Name, i+1, len(after.Milestones)
				}
			}
			return after, nil
		})
	}
	if err != nil {
		return draftNotice(v, err)
	}
	to := urls.ProcessEditPath(processID(v)) + "?moved=" + f.Key + "&to=" + f.To + "#m-" + f.Key
	return v.DoneWithUndo(to, events, v.T("process_edit.moved_done", place, of, name))
}

func removeDraftRow(v *web.Request) error {
	var f rowActForm
	err := v.Read(&f)
	var events []process.Event
	var name string
	if err == nil {
		events, err = onDraft(v, f.Base, func(def process.Definition) (process.Definition, error) {
			if ms, ok := def.Milestone(process.MilestoneID(f.Key)); ok {
				name = ms.Name
			}
			return def.Without(process.MilestoneID(f.Key)), nil
		})
	}
	if err != nil {
		return draftNotice(v, err)
	}
	return v.DoneWithUndo(urls.ProcessEditPath(processID(v)), events, v.T("process_edit.removed_done", name))
}

// draftNotice shows the draft as it stands, with why something was not done to it.
func draftNotice(v *web.Request, err error) error {
	faults, mine := v.FormErrors(err)
	if !mine {
		return err
	}
	return rejectDraft(v, faults, &draftForms{Notice: faults.List[0].Text})
}

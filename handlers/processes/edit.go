package processes

import (
	"cmp"
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"milstolpe/handlers/chart"
	"milstolpe/handlers/i18n"
	"milstolpe/handlers/parts"
	"milstolpe/handlers/urls"
	"milstolpe/handlers/web"
	"milstolpe/handlers/wording"
	"milstolpe/process"
	"milstolpe/process/forecast"
	"milstolpe/process/sales"
)

// processEditPage is the draft of a process, changed in place row by row. What is in force stays in force until the draft is published.
type processEditPage struct {
	web.Page
	Href      string // of the process
	Published bool   // a version is in force
	Draft     processDraft
}

// processDraft is the part of the page that changes with a save.
type processDraft struct {
	Href, Publish string // addresses of the editor and of what publishes
	Name, Purpose string
	Base          string
	HasDraft      bool
	Next          int // the number that the version would get
	Changes       int // milestones and texts that differ from what is in force
	Rows          []draftRow
	Head          *draftHeadForm
	Add           *draftRowForm
	Others        []draftHead  // drafts that somebody else made without seeing this one
	Apart         []i18n.Piece // that two changed the same milestone
	Notice        string       // why something was not done
	Moved         process.MilestoneID
}

// draftRow is one milestone of the draft. When its form is open it is shown as it stands only where somebody has changed it meanwhile.
type draftRow struct {
	processMilestone
	Key         process.MilestoneID
	ID          string
	First, Last bool
	Up, Down    bool // the button that focus goes to after a move
	Saved       bool // it was just saved: focus goes to its link
	Form        *draftRowForm
	Shown       bool
}

// draftHead is a draft that differs from the one that is shown.
type draftHead struct {
	Event, By string
	Known     process.Date
	Changes   []parts.ChangeLine
}

func processEditRoutes(r *web.Router) {
	r.Get("/processes/:id/edit", showProcessEdit)
	r.Post("/processes/:id/edit/head", saveDraftHead)
	r.Post("/processes/:id/edit/row", saveDraftRow)
	r.Post("/processes/:id/edit/move", moveDraftRow)
	r.Post("/processes/:id/edit/remove", removeDraftRow)
	r.Post("/processes/:id/edit/choose", chooseDraft)
	r.Post("/processes/:id/edit/discard", discardDraft)
	r.Template("process_edit", processEditPage{})
	r.Template("process_edit/draft", processDraft{})
}

// draftForms are the forms that may stand open, one at a time.
type draftForms struct {
	Head   *draftHeadForm
	Row    *draftRowForm
	Notice string
}

func showProcessEdit(v *web.Request) error {
	page, err := buildEditPage(v, nil)
	if err != nil {
		return err
	}
	return v.Render("process_edit", page, page.part())
}

func (p *processEditPage) part() web.Fragment {
	return web.Fragment{ID: "draft", Template: "process_edit/draft", Data: p.Draft}
}

func publishPath(id process.ProcessID) string { return urls.ProcessHref(id) + "/publish" }

func processID(v *web.Request) process.ProcessID { return process.ProcessID(v.Param("id")) }

// editable finds the process that the address names, with something in it to change.
func editable(v *web.Request, team *sales.Team) (*sales.Process, error) {
	p, ok := team.Process(processID(v))
	if !ok {
		return nil, process.Missing("process.no_such")
	}
	if def, isDraft := p.Editable(); !isDraft && def.Name == "" && len(def.Milestones) == 0 {
		return nil, process.Missing("process.no_such")
	}
	return p, nil
}

// processEditPage makes the page. Without forms it opens the one that the query asks for.
func buildEditPage(v *web.Request, forms *draftForms) (page processEditPage, err error) {
	page.Page = v.Page(urls.ProcessPages, "")
	err = v.Model(func(m *forecast.Model) error {
		p, err := editable(v, m.Team())
		if err != nil {
			return err
		}
		page.Href, page.Published = urls.ProcessHref(p.ID), p.Current() != nil
		w := &draftView{Request: v, m: m, team: m.Team(), p: p, href: urls.ProcessEditPath(p.ID)}
		w.def, w.isDraft = p.Editable()
		if forms == nil {
			forms = w.formsFromQuery()
		}
		page.Draft = w.draft(forms)
		page.Title = v.T("process_edit.title", cmp.Or(w.def.Name, v.T("process_edit.nameless")))
		return nil
	})
	return page, err
}

// draftView is what the page is made from.
type draftView struct {
	*web.Request
	m       *forecast.Model
	team    *sales.Team
	p       *sales.Process
	href    string
	def     process.Definition
	isDraft bool
}

func (w *draftView) formsFromQuery() *draftForms {
	base, key := web.EncodeBase(w.p.EditBase()), process.MilestoneID(w.QueryParam("m"))
	switch w.QueryParam("form") {
	case "head":
		return &draftForms{Head: newHeadForm(w, base)}
	case "add":
		return &draftForms{Row: &draftRowForm{Required: true, Base: base}}
	case "row":
		if ms, ok := w.def.Milestone(key); ok {
			return &draftForms{Row: rowFormOf(ms, base)}
		}
	}
	return &draftForms{}
}

func (w *draftView) draft(forms *draftForms) processDraft {
	d := processDraft{
		Href: w.href, Publish: publishPath(w.p.ID), Name: w.def.Name, Purpose: w.def.Purpose, Base: web.EncodeBase(w.p.EditBase()), HasDraft: w.isDraft, Head: forms.Head,
		Notice: forms.Notice, Moved: process.MilestoneID(w.QueryParam("moved")), Next: nextNumber(w.p),
	}
	if current := w.p.Current(); current != nil {
		d.Changes = changesIn(process.CompareDefinitions(&current.Definition, &w.def))
	}
	d.Rows = w.rows(forms.Row, d.Moved)
	if f := forms.Row; f != nil && !slices.ContainsFunc(d.Rows, func(r draftRow) bool { return r.Form != nil }) {
		w.complete(f)
		d.Add = f
	}
	rows, whole := w.p.DraftConflicts()
	if len(rows) > 0 {
		d.Apart = w.Text.Sentence("process_edit.rows_apart", len(rows), urls.SettlePath)
	}
	heads := w.p.DraftHeads()
	for _, h := range heads {
		if whole && h.ID != heads[len(heads)-1].ID {
			changes := wording.ChangeLines(w.Text, process.CompareDefinitions(&w.def, &h.Value))
			d.Others = append(d.Others, draftHead{Event: h.ID.String(), By: w.team.RecordedBy(h.ID), Known: h.Stamp.Known, Changes: changes})
		}
	}
	return d
}

func (w *draftView) rows(open *draftRowForm, moved process.MilestoneID) []draftRow {
	plain := milestonesOf(&sales.Version{Definition: w.def, Required: w.def.Required()}, nil)
	rows := make([]draftRow, len(plain))
	for i := range plain {
		ms := &w.def.Milestones[i]
		last := len(plain) - 1
		rows[i] = draftRow{
			processMilestone: plain[i], Key: ms.Key, ID: "m-" + string(ms.Key), First: i == 0, Last: i == last,
			Shown: true,
		}
		rows[i].Saved = string(ms.Key) == w.QueryParam("saved")
		rows[i].Edit = w.href + "?form=row&m=" + url.QueryEscape(string(ms.Key))
		if ms.Key == moved {
			up := w.QueryParam("to") != "down" && i > 0 || i == last
			rows[i].Up, rows[i].Down = up && i > 0, !up && i < last
		}
		if open != nil && open.Key == string(ms.Key) {
			w.complete(open)
			rows[i].Form, rows[i].Shown = open, open.Meanwhile
			rows[i].Plate.State = chart.Next
		}
	}
	return rows
}

// complete adds what the form shows besides what is typed in it.
func (w *draftView) complete(f *draftRowForm) {
	f.Behind = rolesToChoose(w.Text, w.def.Roles)
	f.Action, f.Back, f.Which = w.href+"/row", w.href, publishPath(w.p.ID)+"#deals"
	f.ask(wording.ProcessLang(w.Text))
	f.Instead = slices.DeleteFunc(slices.Clone(f.Instead), func(name string) bool { // what the process has already is no help
		return slices.ContainsFunc(w.def.Milestones, func(ms process.Milestone) bool { return process.FoldName(ms.Name) == process.FoldName(name) })
	})
	if f.Key == "" {
		f.Places = append(f.Places, parts.OptionOf("1", w.T("process_edit.place_first")))
		for i := range w.def.Milestones {
			f.Places = append(f.Places, parts.OptionOf(strconv.Itoa(i+2), w.T("process_edit.place_after", w.def.Milestones[i].Name)))
		}
		f.Place = cmp.Or(f.Place, strconv.Itoa(len(w.def.Milestones)+1))
		return
	}
	ms, ok := w.def.Milestone(process.MilestoneID(f.Key))
	if !ok || !ms.Required || !w.isDraft {
		return
	}
	for _, p := range w.m.PreviewPublish(w.p.ID, w.def) {
		if slices.Contains(p.Lacks, ms.Key) {
			f.Lacking++
		}
	}
}

// editableFrom is editable for a form that was made from base; it refuses one about a draft that somebody has changed since.
func editableFrom(v *web.Request, team *sales.Team, base string) (*sales.Process, error) {
	p, err := editable(v, team)
	if err == nil && web.CheckUnchanged(base, p.EditBase()) != nil {
		return nil, &process.Error{Kind: process.Conflict, Msg: "process_edit.changed_meanwhile"}
	}
	return p, err
}

// onDraft records a change of the draft that was made from base. A stale one is refused, and what is typed comes back.
func onDraft(v *web.Request, base string, change func(process.Definition) (process.Definition, error)) ([]process.Event, error) {
	return saveDraft(v, base, func(p *sales.Process) (*process.Definition, error) {
		before, _ := p.Editable()
		after, err := change(before)
		if c := process.CompareDefinitions(&before, &after); err != nil || c.Same() {
			return nil, err
		}
		return &after, nil
	})
}

// saveDraft records what decide makes of the process that the address names; nil is nothing. A form made from another draft is refused.
func saveDraft(v *web.Request, base string, decide func(*sales.Process) (*process.Definition, error)) ([]process.Event, error) {
	return v.Act(func(team *sales.Team) ([]process.Fact, error) {
		p, err := editableFrom(v, team, base)
		if err != nil {
			return nil, err
		}
		draft, err := decide(p)
		if draft == nil || err != nil {
			return nil, err
		}
		return team.SaveDraft(p.ID, *draft, nil, v.Today)
	})
}

// rejectDraft shows the page with the forms as they came, made from what stands now, so that sent once more they are taken.
func rejectDraft(v *web.Request, faults parts.FieldErrors, forms *draftForms) error {
	page, err := buildEditPage(v, forms)
	if err != nil {
		return err
	}
	if f := forms.Head; f != nil {
		f.Base = page.Draft.Base
	}
	if f := forms.Row; f != nil {
		f.Base = page.Draft.Base
	}
	return v.Reject(faults, "process_edit", page, page.part())
}

// asking is the status of a form that comes back with a question.
var asking = parts.FieldErrors{Status: http.StatusUnprocessableEntity}

package handlers

import (
	"cmp"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"milstolpe/process"
	"milstolpe/process/forecast"
	"milstolpe/process/sales"
)

// processEditPage is the draft of a process, changed in place row by row. What is in force stays in force until the draft is published.
type processEditPage struct {
	Page
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
	Others        []draftHead // drafts that somebody else made without seeing this one
	Notice        string      // why something was not done
	Moved         process.MilestoneID
}

// draftRow is one milestone of the draft. When its form is open it is shown as it stands only where somebody has changed it meanwhile.
type draftRow struct {
	processMilestone
	Key         process.MilestoneID
	ID          string
	First, Last bool
	Up, Down    bool // the button that focus goes to after a move
	Form        *draftRowForm
	Shown       bool
}

// draftHead is a draft that clashes with the one that is shown.
type draftHead struct {
	Event, By string
	Known     process.Date
	Changes   []changeLine
}

func processEditRoutes(r *routes) {
	r.get("/processes/:id/edit", showProcessEdit)
	r.post("/processes/:id/edit/head", saveDraftHead)
	r.post("/processes/:id/edit/row", saveDraftRow)
	r.post("/processes/:id/edit/move", moveDraftRow)
	r.post("/processes/:id/edit/remove", removeDraftRow)
	r.post("/processes/:id/edit/choose", chooseDraft)
	r.post("/processes/:id/edit/discard", discardDraft)
	r.template("process_edit", processEditPage{})
	r.template("process_edit/draft", processDraft{})
}

// draftForms are the forms that may stand open, one at a time.
type draftForms struct {
	Head   *draftHeadForm
	Row    *draftRowForm
	Notice string
}

func showProcessEdit(v *visit) error {
	page, err := v.processEditPage(nil)
	if err != nil {
		return err
	}
	return v.show("process_edit", page, page.part())
}

func (p *processEditPage) part() Part { return Part{"draft", "process_edit/draft", p.Draft} }

func publishPath(id process.ProcessID) string { return processHref(id) + "/publish" }

func (v *visit) processID() process.ProcessID { return process.ProcessID(v.Param("id")) }

func editPath(id process.ProcessID) string { return processHref(id) + "/edit" }

// editable finds the process that the address names, with something in it to change.
func (v *visit) editable(team *sales.Team) (*sales.Process, error) {
	p, ok := team.Process(v.processID())
	if !ok {
		return nil, process.Missing("process.no_such")
	}
	if def, isDraft := p.Editable(); !isDraft && def.Name == "" && len(def.Milestones) == 0 {
		return nil, process.Missing("process.no_such")
	}
	return p, nil
}

// processEditPage makes the page. Without forms it opens the one that the query asks for.
func (v *visit) processEditPage(forms *draftForms) (page processEditPage, err error) {
	page.Page = v.page(ProcessPages, "")
	err = v.model(func(m *forecast.Model) error {
		p, err := v.editable(m.Team())
		if err != nil {
			return err
		}
		page.Href, page.Published = processHref(p.ID), p.Current() != nil
		w := &draftView{visit: v, m: m, team: m.Team(), p: p, href: editPath(p.ID)}
		w.def, w.isDraft = p.Editable()
		if forms == nil {
			forms = w.asked()
		}
		page.Draft = w.draft(forms)
		page.Title = v.t("process_edit.title", cmp.Or(w.def.Name, v.t("process_edit.nameless")))
		return nil
	})
	return page, err
}

// draftView is what the page is made from.
type draftView struct {
	*visit
	m       *forecast.Model
	team    *sales.Team
	p       *sales.Process
	href    string
	def     process.Definition
	isDraft bool
}

func (w *draftView) asked() *draftForms {
	base, key := baseText(w.p.EditBase()), process.MilestoneID(w.QueryParam("m"))
	switch w.QueryParam("form") {
	case "head":
		return &draftForms{Head: &draftHeadForm{Name: w.def.Name, Purpose: w.def.Purpose, Base: base}}
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
		Href: w.href, Publish: publishPath(w.p.ID), Name: w.def.Name, Purpose: w.def.Purpose, Base: baseText(w.p.EditBase()), HasDraft: w.isDraft, Head: forms.Head,
		Notice: forms.Notice, Moved: process.MilestoneID(w.QueryParam("moved")), Next: nextNumber(w.p),
	}
	if current := w.p.Current(); current != nil {
		d.Changes = changesIn(sales.Compare(&current.Definition, &w.def))
	}
	d.Rows = w.rows(forms.Row, d.Moved)
	if f := forms.Row; f != nil && !slices.ContainsFunc(d.Rows, func(r draftRow) bool { return r.Form != nil }) {
		w.complete(f)
		d.Add = f
	}
	for _, h := range w.p.DraftHeads() {
		if heads := w.p.DraftHeads(); len(heads) > 1 && h.ID != heads[len(heads)-1].ID {
			changes := w.visit.changeLines(sales.Compare(&w.def, &h.Value))
			d.Others = append(d.Others, draftHead{Event: h.ID.String(), By: w.team.By(h.ID), Known: h.Stamp.Known, Changes: changes})
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
		rows[i].Edit = w.href + "?form=row&m=" + url.QueryEscape(string(ms.Key))
		if ms.Key == moved {
			up := w.QueryParam("to") != "down" && i > 0 || i == last
			rows[i].Up, rows[i].Down = up && i > 0, !up && i < last
		}
		if open != nil && open.Key == string(ms.Key) {
			w.complete(open)
			rows[i].Form, rows[i].Shown = open, open.Meanwhile
			rows[i].Plate.State = Next
		}
	}
	return rows
}

// complete adds what the form shows besides what is typed in it.
func (w *draftView) complete(f *draftRowForm) {
	f.Action, f.Back, f.Which = w.href+"/row", w.href, publishPath(w.p.ID)+"#deals"
	f.ask(w.processLang())
	f.Instead = slices.DeleteFunc(slices.Clone(f.Instead), func(name string) bool { // what the process has already is no help
		return slices.ContainsFunc(w.def.Milestones, func(ms process.Milestone) bool { return process.FoldName(ms.Name) == process.FoldName(name) })
	})
	if f.Key == "" {
		f.Places = append(f.Places, option("1", w.t("process_edit.place_first")))
		for i := range w.def.Milestones {
			f.Places = append(f.Places, option(strconv.Itoa(i+2), w.t("process_edit.place_after", w.def.Milestones[i].Name)))
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

// nextNumber is the number that the next version gets.
func nextNumber(p *sales.Process) int {
	n := 0
	for _, version := range p.Versions() {
		n = max(n, version.Number)
	}
	return n + 1
}

func changesIn(c sales.Comparison) int {
	n := len(c.Milestones)
	if c.Name != nil {
		n++
	}
	if c.Purpose != nil {
		n++
	}
	return n
}

// editableFrom is editable for a form that was made from base; it refuses one about a draft that somebody has changed since.
func (v *visit) editableFrom(team *sales.Team, base string) (*sales.Process, error) {
	p, err := v.editable(team)
	if err == nil && stillSo(base, p.EditBase()) != nil {
		return nil, &process.Error{Kind: process.Clash, Msg: "process_edit.changed_meanwhile"}
	}
	return p, err
}

// onDraft records a change of the draft that was made from base. A stale one is refused, and what is typed comes back.
func (v *visit) onDraft(base string, change func(process.Definition) (process.Definition, error)) ([]process.Event, error) {
	return v.act(func(team *sales.Team) ([]process.Fact, error) {
		p, err := v.editableFrom(team, base)
		if err != nil {
			return nil, err
		}
		before, _ := p.Editable()
		after, err := change(before)
		if c := sales.Compare(&before, &after); err != nil || c.Same() {
			return nil, err
		}
		return team.SaveDraft(p.ID, after, nil, v.today)
	})
}

// draftAgain shows the page with the forms as they came, made from what stands now, so that sent once more they are taken.
func (v *visit) draftAgain(faults Faults, forms *draftForms) error {
	page, err := v.processEditPage(forms)
	if err != nil {
		return err
	}
	if f := forms.Head; f != nil {
		f.Base = page.Draft.Base
	}
	if f := forms.Row; f != nil {
		f.Base = page.Draft.Base
	}
	return v.again(faults, "process_edit", page, page.part())
}

// isClash tells a form that somebody else was quicker than.
func isClash(err error) bool {
	var one *process.Error
	return errors.As(err, &one) && one.Kind == process.Clash
}

// asking is the status of a form that comes back with a question.
var asking = Faults{status: http.StatusUnprocessableEntity}

package handlers

import (
	"cmp"
	"math"
	"slices"

	"milstolpe/process"
	"milstolpe/process/forecast"
	"milstolpe/process/money"
	"milstolpe/process/sales"
)

// publishPage shows what publishing the draft does, before it is done.
type publishPage struct {
	Page
	Href, Edit    string
	Name          string
	Number        int // that the version gets
	First, Same   bool
	Summary       string
	Changes       []changeLine
	Form          publishForm
	Faults        Faults
	Open          int // open deals that move over
	Lacking       int // of them lack a milestone that comes before where they are
	Before, After money.Amount
	NotPlaced     int
	Moves, Rest   movesPart
}

// movesPart is a table of deals that move over.
type movesPart struct {
	Lines   []moveLine
	Caption string
}

// moveLine is an open deal before and after.
type moveLine struct {
	Href, Name, Small      string
	Passed, Then           int
	Of, ThenOf             int
	Chance, After, Changed float64
	Next                   string
	Lacks                  string // names of what it lacks
	MostlyStart            bool   // the chance then rests mostly on the starting value
}

type publishForm struct {
	Note string `form:"note" validate:"max=10000" label:"process_edit.note"`
	Base string `form:"base"`
}

func publishRoutes(r *routes) {
	r.get("/processes/:id/publish", askPublish)
	r.post("/processes/:id/publish", publishDraft)
	r.template("process_publish", publishPage{})
	r.template("process_publish/moves", movesPart{})
}

func askPublish(v *visit) error {
	page, err := v.publishPage(publishForm{}, Faults{})
	if err != nil {
		return err
	}
	return v.show("process_publish", page)
}

func publishDraft(v *visit) error {
	var f publishForm
	err := v.read(&f)
	var events []process.Event
	var number int
	if err == nil {
		events, err = v.act(func(team *sales.Team) ([]process.Fact, error) {
			p, err := v.editableFrom(team, f.Base)
			if err != nil {
				return nil, err
			}
			def, isDraft := p.Editable()
			if !isDraft {
				return nil, process.Wrong("", "process_edit.nothing_to_publish")
			}
			number = nextNumber(p)
			_, facts, err := team.Publish(p.ID, def, f.Note, v.moment())
			return facts, err
		})
	}
	if faults, mine := v.faults(err); mine {
		for i := range faults.List {
			faults.List[i].Field = "" // the faults of the draft are mended in the editor, not here
		}
		page, err := v.publishPage(f, faults)
		if err != nil {
			return err
		}
		return v.again(faults, "process_publish", page)
	}
	if err != nil {
		return err
	}
	return v.done(processHref(v.processID()), events, v.t("process_edit.published", number))
}

func (v *visit) publishPage(f publishForm, faults Faults) (publishPage, error) {
	page := publishPage{Page: v.page(ProcessPages, ""), Form: f, Faults: faults}
	err := v.model(func(m *forecast.Model) error {
		p, err := v.editable(m.Team())
		if err != nil {
			return err
		}
		page.fill(v, m, p)
		return nil
	})
	page.Title = v.t("process_edit.publish_title", page.Number, page.Name)
	return page, err
}

func (page *publishPage) fill(v *visit, m *forecast.Model, p *sales.Process) {
	def, isDraft := p.Editable()
	page.Href, page.Edit, page.Name, page.Number = processHref(p.ID), editPath(p.ID), def.Name, nextNumber(p)
	page.Form.Base = baseText(p.EditBase())
	current := p.Current()
	if page.First = current == nil; page.First {
		return
	}
	c := sales.Compare(&current.Definition, &def)
	page.Same = !isDraft || c.Same()
	page.Summary, page.Changes = v.changeSummary(c), v.changeLines(c)
	if !page.Same {
		page.moves(v, m, p, def)
	}
}

// moves are the open deals before and after: first those that lack something, then those that stand elsewhere, then the others.
func (page *publishPage) moves(v *visit, m *forecast.Model, p *sales.Process, def process.Definition) {
	team, was, required := m.Team(), len(p.Current().Required), def.Required()
	page.Open, _, _ = usedBy(team, p.ID)
	previews := m.PreviewPublish(p.ID, def)
	page.NotPlaced = page.Open - len(previews)
	before, after := 0.0, 0.0
	for i := range previews {
		one := &previews[i]
		if today, ok := m.DealToday(one.Deal); ok {
			before += today.Value * one.Before.Chance
			after += today.Value * one.After.Chance
		}
		line := moveLine{
			Href: dealPath(one.Deal.ID), Name: dealName(team, one.Deal), Small: team.Person(one.Deal.Now.Seller),
			Passed: one.Before.Passed, Of: was, Then: one.After.Passed, ThenOf: len(required),
			Chance: one.Before.Chance, After: one.After.Chance, Changed: math.Abs(one.After.Chance - one.Before.Chance),
			MostlyStart: one.After.MostlyStart, Next: nameIn(&def, one.After.Next), Lacks: v.namesIn(&def, one.Lacks),
		}
		switch {
		case line.Lacks != "":
			page.Lacking++
			page.Moves.Lines = append(page.Moves.Lines, line)
		case one.Changes():
			page.Moves.Lines = append(page.Moves.Lines, line)
		default:
			page.Rest.Lines = append(page.Rest.Lines, line)
		}
	}
	page.Before = money.New(int64(math.Round(before)), team.Currency())
	page.After = money.New(int64(math.Round(after)), team.Currency())
	slices.SortStableFunc(page.Moves.Lines, func(a, b moveLine) int {
		return cmp.Or(-cmp.Compare(min(len(a.Lacks), 1), min(len(b.Lacks), 1)), -cmp.Compare(a.Changed, b.Changed))
	})
	slices.SortStableFunc(page.Rest.Lines, func(a, b moveLine) int { return -cmp.Compare(a.Changed, b.Changed) })
	page.Moves.Caption, page.Rest.Caption = v.t("process_edit.moves_caption"), v.t("process_edit.rest_caption")
}

func nameIn(def *process.Definition, key process.MilestoneID) string {
	if ms, ok := def.Milestone(key); ok {
		return ms.Name
	}
	return ""
}

func (v *visit) namesIn(def *process.Definition, keys []process.MilestoneID) string {
	names := make([]string, len(keys))
	for i, key := range keys {
		names[i] = nameIn(def, key)
	}
	return v.text.List(names)
}

package processes

import (
	"cmp"
	"math"
	"slices"

	"milstolpe/handlers/parts"
	"milstolpe/handlers/urls"
	"milstolpe/handlers/web"
	"milstolpe/handlers/wording"
	"milstolpe/process"
	"milstolpe/process/forecast"
	"milstolpe/process/money"
	"milstolpe/process/sales"
)

// publishPage shows what publishing the draft does, before it is done.
type publishPage struct {
	web.Page
	Href, Edit    string
	Name          string
	Number        int // that the version gets
	First, Same   bool
	Summary       string
	Changes       []parts.ChangeLine
	Form          publishForm
	Faults        parts.FieldErrors
	Open          int // open deals that move over
	Lacking       int // of them lack a milestone that comes before where they are
	Before, After money.Amount
	Within        string // what the value changes by less than, where the two read the same
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

func publishRoutes(r *web.Router) {
	r.Get("/processes/:id/publish", askPublish)
	r.Post("/processes/:id/publish", publishDraft)
	r.Template("process_publish", publishPage{})
	r.Template("process_publish/moves", movesPart{})
}

func askPublish(v *web.Request) error {
	page, err := buildPublishPage(v, publishForm{}, parts.FieldErrors{})
	if err != nil {
		return err
	}
	return v.Render("process_publish", page)
}

func publishDraft(v *web.Request) error {
	var f publishForm
	err := v.Read(&f)
	var events []process.Event
	var number int
	if err == nil {
		events, err = v.Act(func(team *sales.Team) ([]process.Fact, error) {
			p, err := editableFrom(v, team, f.Base)
			if err != nil {
				return nil, err
			}
			def, isDraft := p.Editable()
			if !isDraft {
				return nil, process.Wrong("", "process_edit.nothing_to_publish")
			}
			if rows, _ := p.DraftConflicts(); len(rows) > 0 {
				return nil, process.Wrong("", "process_edit.resolve_first", len(rows))
			}
			number = nextNumber(p)
			_, facts, err := team.Publish(p.ID, def, f.Note, v.Env())
			return facts, err
		})
	}
	if faults, mine := v.FormErrors(err); mine {
		for i := range faults.List {
			faults.List[i].Field = "" // the faults of the draft are mended in the editor, not here
		}
		page, err := buildPublishPage(v, f, faults)
		if err != nil {
			return err
		}
		return v.Reject(faults, "process_publish", page)
	}
	if err != nil {
		return err
	}
	return v.DoneWithUndo(urls.ProcessHref(processID(v)), events, v.T("process_edit.published", number))
}

func buildPublishPage(v *web.Request, f publishForm, faults parts.FieldErrors) (publishPage, error) {
	page := publishPage{Page: v.Page(urls.ProcessPages, ""), Form: f, Faults: faults}
	err := v.Model(func(m *forecast.Model) error {
		p, err := editable(v, m.Team())
		if err != nil {
			return err
		}
		page.fill(v, m, p)
		return nil
	})
	page.Title = v.T("process_edit.publish_title", page.Number, page.Name)
	return page, err
}

func (page *publishPage) fill(v *web.Request, m *forecast.Model, p *sales.Process) {
	def, isDraft := p.Editable()
	page.Href, page.Edit, page.Name, page.Number = urls.ProcessHref(p.ID), urls.ProcessEditPath(p.ID), def.Name, nextNumber(p)
	page.Form.Base = web.EncodeBase(p.EditBase())
	current := p.Current()
	if page.First = current == nil; page.First {
		return
	}
	c := process.CompareDefinitions(&current.Definition, &def)
	page.Same = !isDraft || c.Same()
	page.Summary, page.Changes = wording.ChangeSummary(v.Text, c), wording.ChangeLines(v.Text, c)
	if !page.Same {
		page.moves(v, m, p, def)
	}
}

// moves are the open deals before and after: first those that lack something, then those that stand elsewhere, then the others.
func (page *publishPage) moves(v *web.Request, m *forecast.Model, p *sales.Process, def process.Definition) {
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
			Href: urls.DealPath(one.Deal.ID), Name: wording.DealName(team, one.Deal), Small: team.Person(one.Deal.Now.Seller),
			Passed: one.Before.Passed, Of: was, Then: one.After.Passed, ThenOf: len(required),
			Chance: one.Before.Chance, After: one.After.Chance, Changed: math.Abs(one.After.Chance - one.Before.Chance),
			MostlyStart: one.After.MostlyStart, Next: nameIn(&def, one.After.Next), Lacks: namesIn(v, &def, one.Lacks),
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
	if v.Text.ShortCode(page.Before) == v.Text.ShortCode(page.After) {
		page.Within = v.Text.ShortCode(roundedUp(money.New(page.After.Minor-page.Before.Minor, team.Currency())))
	}
	slices.SortStableFunc(page.Moves.Lines, func(a, b moveLine) int {
		return cmp.Or(-cmp.Compare(min(len(a.Lacks), 1), min(len(b.Lacks), 1)), -cmp.Compare(a.Changed, b.Changed))
	})
	slices.SortStableFunc(page.Rest.Lines, func(a, b moveLine) int { return -cmp.Compare(a.Changed, b.Changed) })
	page.Moves.Caption, page.Rest.Caption = v.T("process_edit.moves_caption"), v.T("process_edit.rest_caption")
}

// roundedUp is the smallest of 1, 2, 5, 10, 20 … that is more than an amount, whichever way it goes.
func roundedUp(a money.Amount) money.Amount {
	major := math.Abs(a.Major())
	for ten := 1.0; ; ten *= 10 {
		for _, step := range []float64{1, 2, 5} {
			if step*ten > major {
				return money.FromMajor(step*ten, a.Currency)
			}
		}
	}
}

func nameIn(def *process.Definition, key process.MilestoneID) string {
	if ms, ok := def.Milestone(key); ok {
		return ms.Name
	}
	return ""
}

func namesIn(v *web.Request, def *process.Definition, keys []process.MilestoneID) string {
	names := make([]string, len(keys))
	for i, key := range keys {
		names[i] = nameIn(def, key)
	}
	return v.Text.List(names)
}

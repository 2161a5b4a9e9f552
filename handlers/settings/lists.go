package settings

import (
	"strings"

	"milstolpe/handlers/parts"
	"milstolpe/handlers/urls"
	"milstolpe/handlers/web"
	"milstolpe/process"
	"milstolpe/process/picklists"
	"milstolpe/process/sales"
)

func listRoutes(r *web.Router) {
	r.Get(urls.ListsPath, showLists)
	r.Post(urls.ListsPath, addList)
	r.Post(urls.ListsPath+"/:list", renameList)
	r.Post(urls.ListsPath+"/:list/add", addChoices)
	r.Post(urls.ListsPath+"/:list/move", moveChoice)
	r.Post(urls.ListsPath+"/:list/choices/:choice", renameChoice)
	r.Template("lists", listsPage{})
}

// listsPage has the lists of the team's own, with their choices.
type listsPage struct {
	web.Page
	Lists   []listView
	Retired []listView
	Full    bool // there are as many as there can be
	Most    int
	Form    listForm
	Faults  parts.FieldErrors
}

// listView is one list.
type listView struct {
	ID, Href, Name string
	Base           string // of the name
	Order          string // events behind the order
	Choices        []choiceView
	Retired        []choiceView
	Deals          string
	Open           bool // the form to add choices has come back
	Rename         bool // and so has the one for the name
}

// choiceView is one of its choices.
type choiceView struct {
	ID, Href, Name, Base string
	Deals                string
	First, Last          bool
	Open                 bool
}

// listForm adds a list, or choices to one, one on each line.
type listForm struct {
	Name    string `form:"name" validate:"max=200" label:"lists.name"`
	Choices string `form:"choices" validate:"max=10000" label:"lists.choices"`
}

// listNameForm renames a list or a choice, retires it, or brings it back.
type listNameForm struct {
	Name    string `form:"name" validate:"required,max=200" label:"lists.name"`
	Retired string `form:"retired"`
	Base    string `form:"base"`
}

// moveForm puts a choice one place up or down.
type moveForm struct {
	Choice string `form:"choice" validate:"required"`
	To     string `form:"to" validate:"required,oneof=up down"`
	Base   string `form:"base"`
}

// came is which form of the page came back with faults.
type came struct {
	list   process.ListID
	choice process.ChoiceID
	adds   bool
}

func showLists(v *web.Request) error {
	page, err := buildListsPage(v, listForm{}, came{}, parts.FieldErrors{})
	if err != nil {
		return err
	}
	return v.Render("lists", page)
}

func buildListsPage(v *web.Request, form listForm, back came, faults parts.FieldErrors) (listsPage, error) {
	page := listsPage{Page: v.Page(urls.NoSection, v.T("lists.title")), Form: form, Faults: faults, Most: picklists.MaxLists}
	err := v.View(func(team *sales.Team) error {
		deals := map[picklists.Key]int{}
		for _, d := range team.Deals() {
			for _, list := range d.Choices().Lists() {
				if choice := d.Choices().Of(list); choice != "" {
					deals[picklists.Key{List: list, Choice: choice}]++
					deals[picklists.Key{List: list}]++
				}
			}
		}
		for _, l := range team.Lists().All() {
			view := newListView(v, team.Lists(), &l, deals, back)
			if l.Retired {
				page.Retired = append(page.Retired, view)
			} else {
				page.Lists = append(page.Lists, view)
			}
		}
		return nil
	})
	page.Full = len(page.Lists) >= picklists.MaxLists
	return page, err
}

func newListView(v *web.Request, book *picklists.Book, l *picklists.List, deals map[picklists.Key]int, back came) listView {
	href := urls.ListPath(l.ID)
	mine := back.list == l.ID && back.choice == ""
	view := listView{
		ID: string(l.ID), Href: href, Name: l.Name, Base: web.EncodeBase(book.ListHeads(l.ID)), Order: web.EncodeBase(book.OrderHeads(l.ID)),
		Deals: v.T("people.deals", deals[picklists.Key{List: l.ID}]), Open: mine && back.adds, Rename: mine && !back.adds,
	}
	offered := len(l.Offered())
	for _, c := range l.Choices {
		one := choiceView{
			ID: string(c.ID), Href: href + "/choices/" + string(c.ID), Name: c.Name, Base: web.EncodeBase(book.ChoiceHeads(l.ID, c.ID)),
			Deals: v.T("people.deals", deals[picklists.Key{List: l.ID, Choice: c.ID}]), Open: back.list == l.ID && back.choice == c.ID,
		}
		if c.Retired {
			view.Retired = append(view.Retired, one)
			continue
		}
		one.First, one.Last = len(view.Choices) == 0, len(view.Choices) == offered-1
		view.Choices = append(view.Choices, one)
	}
	return view
}

// actOnLists records what decide answers, or shows the page again with what is wrong.
func actOnLists(v *web.Request, form any, back came, said func() string, decide func(*picklists.Book) ([]process.Fact, error)) error {
	err := v.Read(form)
	var events []process.Event
	if err == nil {
		events, err = v.Act(func(team *sales.Team) ([]process.Fact, error) { return decide(team.Lists()) })
	}
	if faults, mine := v.FormErrors(err); mine {
		typed, _ := form.(*listForm)
		if typed == nil {
			typed = &listForm{}
		}
		page, err := buildListsPage(v, *typed, back, faults)
		if err != nil {
			return err
		}
		return v.Reject(faults, "lists", page)
	}
	if err != nil {
		return err
	}
	return v.DoneWithUndo(urls.ListsPath, events, said())
}

// lines are the choices that were typed, one on each.
func (f *listForm) lines() []string {
	return strings.Split(strings.ReplaceAll(f.Choices, "\r", "\n"), "\n")
}

func addList(v *web.Request) error {
	var f listForm
	return actOnLists(v, &f, came{}, func() string { return v.T("lists.added", f.Name) }, func(b *picklists.Book) ([]process.Fact, error) {
		_, facts, err := b.Add(f.Name, f.lines(), process.Stamp{Known: v.Today})
		return facts, err
	})
}

func addChoices(v *web.Request) error {
	var f listForm
	id := process.ListID(v.Param("list"))
	return actOnLists(v, &f, came{list: id, adds: true}, func() string { return v.T("lists.saved") }, func(b *picklists.Book) ([]process.Fact, error) {
		if _, ok := b.List(id); !ok {
			return nil, process.Missing("lists.no_such")
		}
		if strings.TrimSpace(f.Choices) == "" {
			return nil, process.Wrong("choices", "lists.no_choices")
		}
		return b.AddChoices(id, f.lines(), process.Stamp{Known: v.Today})
	})
}

func renameList(v *web.Request) error {
	var f listNameForm
	id := process.ListID(v.Param("list"))
	return actOnLists(v, &f, came{list: id}, func() string { return v.T("lists.saved") }, func(b *picklists.Book) ([]process.Fact, error) {
		return b.Rename(id, picklists.Named{Name: f.Name, Retired: f.Retired != ""}, web.DecodeBase(f.Base), v.Today)
	})
}

func renameChoice(v *web.Request) error {
	var f listNameForm
	id, choice := process.ListID(v.Param("list")), process.ChoiceID(v.Param("choice"))
	return actOnLists(v, &f, came{list: id, choice: choice}, func() string { return v.T("lists.saved") }, func(b *picklists.Book) ([]process.Fact, error) {
		return b.RenameChoice(id, choice, picklists.Named{Name: f.Name, Retired: f.Retired != ""}, web.DecodeBase(f.Base), v.Today)
	})
}

func moveChoice(v *web.Request) error {
	var f moveForm
	id := process.ListID(v.Param("list"))
	return actOnLists(v, &f, came{list: id}, func() string { return v.T("lists.saved") }, func(b *picklists.Book) ([]process.Fact, error) {
		places := map[string]int{"up": -1, "down": 1}[f.To]
		return b.Move(id, process.ChoiceID(f.Choice), places, web.DecodeBase(f.Base), v.Today)
	})
}

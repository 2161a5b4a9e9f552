package search

import (
	"maps"
	"slices"
	"strings"

	"milstolpe/handlers/dealindex"
	"milstolpe/handlers/i18n"
	"milstolpe/handlers/parts"
	"milstolpe/handlers/urls"
	"milstolpe/handlers/web"
	"milstolpe/handlers/wording"
	"milstolpe/process"
	"milstolpe/process/sales"
	written "milstolpe/process/search"
)

// searchPage is what was found.
type searchPage struct {
	web.Page
	Asked    bool // there is a question
	Instead  []string
	Sections []searchSection
	List     parts.Cell // the deals as a list to filter on
}

// searchSection is what was found of one sort.
type searchSection struct {
	ID, Heading string
	Lines       []foundLine
	More        string // that are not shown
}

// foundLine is one thing that was found, and where.
type foundLine struct {
	Href, Name string
	Where      []i18n.Piece
	Side       string
}

// suggestions are what the field at the top offers while somebody types.
type suggestions struct {
	Lines []foundLine
	Count string
	All   parts.Cell
}

// How much is shown of each sort, on the page and under the field.
const (
	mostFound     = 60
	mostSuggested = 8
)

// Routes registers the page and what the field offers.
func Routes(r *web.Router) {
	r.Get(urls.SearchPath, showSearch)
	r.Get(urls.SuggestionsPath, suggest)
	r.Get(urls.FindDealsPath, findDeals)
	r.Template("search", searchPage{})
	r.Template("search/suggestions", suggestions{})
}

type searchAsk struct {
	Q string `query:"q"`
}

func showSearch(v *web.Request) error {
	var ask searchAsk
	if err := v.Query(&ask); err != nil {
		return err
	}
	ask.Q = strings.TrimSpace(ask.Q)
	page := searchPage{Page: v.Page(urls.Deals, v.T("search.title")), Asked: ask.Q != ""}
	page.Search = ask.Q
	sole := ""
	err := v.View(func(team *sales.Team) error {
		found := dealindex.Search(v, team, ask.Q)
		if sole = soleHref(team, &found); sole == "" {
			page.fill(v, team, &found, ask.Q)
		}
		return nil
	})
	if err != nil {
		return err
	}
	if sole != "" {
		return v.RedirectTo(sole)
	}
	return v.Render("search", page)
}

// soleHref is the page of the one thing that can be meant, if there is one.
func soleHref(team *sales.Team, found *written.Found) string {
	deal, customer, person := found.Sole(team)
	switch {
	case deal != nil:
		return urls.DealPath(deal.ID)
	case customer != "":
		return urls.CustomerPath(customer)
	case person != "":
		return urls.PersonHref(string(person))
	}
	return ""
}

func (p *searchPage) fill(v *web.Request, team *sales.Team, found *written.Found, question string) {
	p.Instead = insteadOf(v, found)
	q := highlighted(question, found)
	deals, customers, contacts, people := linesOf(v, team, found, q, mostFound)
	for _, s := range []struct {
		id, key string
		lines   []foundLine
		n       int
	}{
		{"deals", "search.deals", deals, len(found.Deals)},
		{"customers", "search.customers", customers, len(found.Customers)},
		{"people", "search.contacts", contacts, len(found.Contacts)},
		{"sellers", "search.sellers", people, len(found.People)},
	} {
		if s.n == 0 {
			continue
		}
		section := searchSection{ID: s.id, Heading: v.T(s.key, s.n), Lines: s.lines}
		if more := s.n - len(s.lines); more > 0 {
			section.More = v.T("search.more", more)
		}
		p.Sections = append(p.Sections, section)
	}
	if len(found.Deals) > 0 && len(found.Instead) == 0 {
		p.List = parts.Cell{Text: v.T("search.as_list"), Href: urls.DealsQuery{Q: question}.Href("", "")}
	}
}

// insteadOf says which words nothing has, and what was looked for instead.
func insteadOf(v *web.Request, found *written.Found) (said []string) {
	for _, word := range slices.Sorted(maps.Keys(found.Instead)) {
		said = append(said, v.T("search.instead", word))
	}
	return said
}

// highlighted is the question with the spellings that stand in for its words, all of which are marked where they stand.
func highlighted(question string, found *written.Found) string {
	for _, others := range found.Instead {
		question += " " + strings.Join(others, " ")
	}
	return question
}

func linesOf(v *web.Request, team *sales.Team, found *written.Found, question string, most int) (deals, customers, contacts, people []foundLine) {
	for _, f := range found.Deals[:min(len(found.Deals), most)] {
		deals = append(deals, dealLine(v, team, f, question))
	}
	for _, id := range found.Customers[:min(len(found.Customers), most)] {
		customers = append(customers, foundLine{Href: urls.CustomerPath(id), Name: team.Customer(id)})
	}
	for _, f := range found.Contacts[:min(len(found.Contacts), most)] {
		c, _ := team.Contact(f.ID)
		at := team.CanonicalCustomer(c.Customer)
		known := parts.JoinDots([]string{c.Role, c.Email, c.Phone, team.Customer(at)})
		contacts = append(contacts, foundLine{Href: urls.CustomerPath(at) + "#people", Name: c.Name, Where: dealindex.Excerpt(known, question)})
	}
	for _, id := range found.People[:min(len(found.People), most)] {
		people = append(people, foundLine{Href: urls.PersonHref(string(id)), Name: team.Person(id)})
	}
	return deals, customers, contacts, people
}

// dealLine is a deal with the line that was found; where its names say it all, whose it is and how it ended.
func dealLine(v *web.Request, team *sales.Team, f written.FoundDeal, question string) foundLine {
	d := f.Deal
	line := foundLine{Href: urls.DealPath(d.ID), Name: wording.DealName(team, d), Side: v.T("search.open")}
	if end := d.Now.Close; end != nil {
		line.Side = v.T(wording.OutcomeKeys[end.Outcome]) + " " + v.Text.DayNear(end.On, v.Today)
	}
	if line.Where = dealindex.WhereFound(v, team, &f, question); f.Line == nil && team.Person(d.Now.Seller) != "" {
		line.Where = dealindex.Excerpt(team.Person(d.Now.Seller), question)
	}
	return line
}

// suggest answers with the first few that are found. Whoever comes without scripts gets the page.
func suggest(v *web.Request) error {
	var ask searchAsk
	if err := v.Query(&ask); err != nil {
		return err
	}
	ask.Q = strings.TrimSpace(ask.Q)
	if v.Request().Header.Get("HX-Request") != "true" {
		return v.RedirectTo(urls.SearchHref(ask.Q))
	}
	var s suggestions
	err := v.View(func(team *sales.Team) error {
		found := dealindex.Search(v, team, ask.Q)
		s = suggested(v, team, &found, ask.Q)
		return nil
	})
	if err != nil {
		return err
	}
	return v.Render("search/suggestions", s, web.Fragment{ID: "suggestions", Template: "search/suggestions", Data: s})
}

// suggested offers names before what was written about them: two customers and people at the most, the rest deals.
func suggested(v *web.Request, team *sales.Team, found *written.Found, question string) (s suggestions) {
	if process.FoldName(question) == "" {
		return s
	}
	deals, customers, contacts, people := linesOf(v, team, found, highlighted(question, found), mostSuggested)
	for _, lines := range [][]foundLine{customers, contacts, people} {
		s.Lines = append(s.Lines, lines[:min(len(lines), 2)]...)
	}
	s.Lines = append(s.Lines, deals[:min(len(deals), mostSuggested-len(s.Lines))]...)
	s.Count = v.T("search.suggestions", len(s.Lines))
	if found.Len() > len(s.Lines) {
		s.All = parts.Cell{Text: v.T("search.all", found.Len()), Href: urls.SearchHref(question)}
	}
	return s
}

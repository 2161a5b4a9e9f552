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
	err := look(v, ask.Q, func(f finding) {
		if sole = f.soleHref(); sole == "" {
			page.fill(f)
		}
	})
	if err != nil {
		return err
	}
	if sole != "" {
		return v.RedirectTo(sole)
	}
	return v.Render("search", page)
}

// finding is what was found for a question.
type finding struct {
	*web.Request
	team     *sales.Team
	question string
	written.Found
}

// look finds what was written, and lets somebody see it.
func look(v *web.Request, question string, see func(finding)) error {
	return v.View(func(team *sales.Team) error {
		see(finding{v, team, question, dealindex.Written(v).Find(team, question)})
		return nil
	})
}

// soleHref is the page of the one thing that can be meant, if there is one.
func (f finding) soleHref() string {
	deal, customer, person := f.Sole(f.team)
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

func (p *searchPage) fill(f finding) {
	p.Instead = f.insteadOf()
	deals, customers, contacts, people := f.lines(mostFound)
	for _, s := range []struct {
		id, key string
		lines   []foundLine
		n       int
	}{
		{"deals", "search.deals", deals, len(f.Deals)},
		{"customers", "search.customers", customers, len(f.Customers)},
		{"people", "search.contacts", contacts, len(f.Contacts)},
		{"sellers", "search.sellers", people, len(f.People)},
	} {
		if s.n == 0 {
			continue
		}
		section := searchSection{ID: s.id, Heading: f.T(s.key, s.n), Lines: s.lines}
		if more := s.n - len(s.lines); more > 0 {
			section.More = f.T("search.more", more)
		}
		p.Sections = append(p.Sections, section)
	}
	if len(f.Deals) > 0 && len(f.Instead) == 0 {
		p.List = parts.Cell{Text: f.T("search.as_list"), Href: urls.DealsQuery{Q: f.question}.Href("", "")}
	}
}

// insteadOf says which words nothing has, and what was looked for instead.
func (f finding) insteadOf() (said []string) {
	for _, word := range slices.Sorted(maps.Keys(f.Instead)) {
		said = append(said, f.T("search.instead", word))
	}
	return said
}

// highlighted is the question with the spellings that stand in for its words, all of which are marked where they stand.
func (f finding) highlighted() string {
	question := f.question
	for _, others := range f.Instead {
		question += " " + strings.Join(others, " ")
	}
	return question
}

// lines are at most so many of each sort.
func (f finding) lines(most int) (deals, customers, contacts, people []foundLine) {
	team, marked := f.team, f.highlighted()
	for i := range f.Deals[:min(len(f.Deals), most)] {
		deals = append(deals, f.dealLine(&f.Deals[i], marked))
	}
	for _, id := range f.Customers[:min(len(f.Customers), most)] {
		customers = append(customers, foundLine{Href: urls.CustomerPath(id), Name: team.Customer(id)})
	}
	for _, one := range f.Contacts[:min(len(f.Contacts), most)] {
		c, _ := team.Contact(one.ID)
		at := team.CanonicalCustomer(c.Customer)
		known := parts.JoinDots([]string{c.Role, c.Email, c.Phone, team.Customer(at)})
		contacts = append(contacts, foundLine{Href: urls.CustomerPath(at) + "#people", Name: c.Name, Where: dealindex.Excerpt(known, marked)})
	}
	for _, id := range f.People[:min(len(f.People), most)] {
		people = append(people, foundLine{Href: urls.PersonHref(string(id)), Name: team.Person(id)})
	}
	return deals, customers, contacts, people
}

// dealLine is a deal with the line that was found; where its names say it all, whose it is and how it ended.
func (f finding) dealLine(one *written.FoundDeal, marked string) foundLine {
	d, seller := one.Deal, f.team.Person(one.Deal.Now.Seller)
	line := foundLine{Href: urls.DealPath(d.ID), Name: wording.DealName(f.team, d), Side: f.T("search.open")}
	if end := d.Now.Close; end != nil {
		line.Side = f.T(wording.OutcomeKeys[end.Outcome]) + " " + f.Text.DayNear(end.On, f.Today)
	}
	if line.Where = dealindex.WhereFound(f.Text, f.Today, f.team, one, marked); one.Line == nil && seller != "" {
		line.Where = dealindex.Excerpt(seller, marked)
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
	err := look(v, ask.Q, func(f finding) { s = f.suggested() })
	if err != nil {
		return err
	}
	return v.Render("search/suggestions", s, web.Fragment{ID: "suggestions", Template: "search/suggestions", Data: s})
}

// suggested offers names before what was written about them: two customers and people at the most, the rest deals.
func (f finding) suggested() (s suggestions) {
	if process.FoldName(f.question) == "" {
		return s
	}
	deals, customers, contacts, people := f.lines(mostSuggested)
	for _, lines := range [][]foundLine{customers, contacts, people} {
		s.Lines = append(s.Lines, lines[:min(len(lines), 2)]...)
	}
	s.Lines = append(s.Lines, deals[:min(len(deals), mostSuggested-len(s.Lines))]...)
	s.Count = f.T("search.suggestions", len(s.Lines))
	if f.Len() > len(s.Lines) {
		s.All = parts.Cell{Text: f.T("search.all", f.Len()), Href: urls.SearchHref(f.question)}
	}
	return s
}

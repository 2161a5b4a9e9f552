package deals

import (
	"cmp"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"milstolpe/handlers/dealindex"
	"milstolpe/handlers/parts"
	"milstolpe/handlers/urls"
	"milstolpe/handlers/web"
	"milstolpe/handlers/wording"
	"milstolpe/process"
	"milstolpe/process/forecast"
	"milstolpe/process/sales"
)

// howFarPage asks of all open deals that came without milestones how far their customers have come.
type howFarPage struct {
	web.Page
	Action   string
	Filters  []parts.FilterGroup
	Rows     []howFarRow
	Of       int // how many there are in all
	OnHint   string
	Evidence *parts.Field // one line for all, where a milestone asks for it
	Next     parts.Cell   // those after these
	Faults   parts.FieldErrors
}

// howFarRow is one deal: what can be ticked, that nothing is reached yet, and one day.
type howFarRow struct {
	ID, Href, Title, Small string
	Choices                []milestoneChoice
	None                   bool
	On                     string
	Fault                  string // of what was ticked
	Day                    parts.Field
}

// howFarQuery is what the address of the page asks for.
type howFarQuery struct {
	Seller string `query:"seller"`
	From   string `query:"from"`
}

// howFarRows is how many deals are asked about at a time.
const howFarRows = 25

func howFarRoutes(r *web.Router) {
	r.Get(urls.HowFarPath, askHowFar)
	r.Post(urls.HowFarPath, sayHowFar)
	r.Template("deals_how_far", howFarPage{})
}

func askHowFar(v *web.Request) error {
	page, err := buildHowFarPage(v, nil, parts.FieldErrors{})
	if err != nil {
		return err
	}
	return v.Render("deals_how_far", page)
}

// buildHowFarPage shows the deals that wait; where a form came back, those that it was about, with what was ticked.
func buildHowFarPage(v *web.Request, posted url.Values, faults parts.FieldErrors) (howFarPage, error) {
	var ask howFarQuery
	if err := v.Query(&ask); err != nil {
		return howFarPage{}, err
	}
	page := howFarPage{Page: v.Page(urls.Deals, v.T("deal.how_far")), Faults: faults}
	page.Action = urls.HowFarHref(ask.Seller, ask.From)
	err := v.Model(func(m *forecast.Model) error {
		team := m.Team()
		var list []*dealindex.Line
		sellers := map[process.PersonID]bool{}
		lines := dealindex.Get(v).Open(m)
		for i := range lines {
			if l := &lines[i]; l.Deal.WaitsForPlace() {
				sellers[l.Deal.Now.Seller] = true
				if ask.Seller == "" || ask.Seller == string(l.Deal.Now.Seller) {
					list = append(list, l)
				}
			}
		}
		page.Of = len(list)
		page.filter(v, team, ask.Seller, sellers)
		list = page.turn(v, list, ask, posted)
		needed := false
		for _, l := range list {
			row := page.row(v, l, posted)
			needed = needed || howFar{Choices: row.Choices}.NeedsEvidence()
			page.Rows = append(page.Rows, row)
		}
		page.OnHint = historyHint(v, team)
		if needed {
			field := parts.Input("evidence", v.T("deal.evidence_all"), posted.Get("evidence"), faults).Hinted(v.T("deal.how_far_evidence")).Completed("off")
			page.Evidence = &field
		}
		return nil
	})
	return page, err
}

// filter offers the deals of one seller, where there are several sellers.
func (page *howFarPage) filter(v *web.Request, team *sales.Team, chosen string, sellers map[process.PersonID]bool) {
	delete(sellers, "")
	options := dealindex.SellerOptions(v.Text, team, sales.SortedKeys(sellers))
	if len(options) < 2 && chosen == "" {
		return
	}
	group := parts.FilterGroup{Words: []parts.FilterLink{parts.Choice(chosen == "", v.T("deals.all_sellers"), urls.HowFarHref("", ""))}}
	for _, o := range options {
		group.Words = append(group.Words, parts.Choice(o.Value == chosen, o.Text, urls.HowFarHref(o.Value, "")))
	}
	page.Filters = []parts.FilterGroup{group}
}

// turn chooses the deals for this page, those of the person who uses this computer first, and says where the rest are.
func (page *howFarPage) turn(v *web.Request, list []*dealindex.Line, ask howFarQuery, posted url.Values) []*dealindex.Line {
	if posted != nil {
		return slices.DeleteFunc(list, func(l *dealindex.Line) bool { return !slices.Contains(posted["deal"], string(l.Deal.ID)) })
	}
	me := v.FileInfo.Me()
	slices.SortStableFunc(list, func(a, b *dealindex.Line) int {
		return cmp.Or(web.CompareBool(a.Deal.Now.Seller != me, b.Deal.Now.Seller != me), cmp.Compare(a.Seller, b.Seller))
	})
	from, err := strconv.Atoi(ask.From)
	if err != nil || from < 0 || from >= len(list) {
		from = 0
	}
	if to := from + howFarRows; to < len(list) {
		page.Next = parts.Cell{Text: v.T("deal.how_far_next", len(list)-to), Href: urls.HowFarHref(ask.Seller, strconv.Itoa(to))}
	}
	return list[from:min(from+howFarRows, len(list))]
}

func (page *howFarPage) row(v *web.Request, l *dealindex.Line, posted url.Values) howFarRow {
	id := string(l.Deal.ID)
	row := howFarRow{
		ID: id, Href: urls.DealPath(l.Deal.ID), Title: l.Title(), None: posted.Has("none." + id), On: v.Today.String(), Fault: page.Faults.At("reached." + id),
		Small: parts.JoinDots([]string{dealindex.ValueText(v, l), l.Seller, v.T("deal.how_far_opened", v.Text.Day(l.Deal.Now.Opened))}),
	}
	if posted != nil {
		row.On = posted.Get("on." + id)
	}
	row.Choices = missingChoices(l.Deal, posted["reached."+id])
	row.Day = parts.Input("on."+id, v.T("deal.when"), row.On, page.Faults).As("date").Sized("w2")
	return row
}

func sayHowFar(v *web.Request) error {
	posted, err := v.FormParams()
	if err != nil {
		return web.BadBody(err)
	}
	titles, deals := map[string]string{}, 0
	events, err := v.Act(func(team *sales.Team) (facts []process.Fact, err error) {
		var faults process.Problems
		deals = 0
		for _, id := range posted["deal"] {
			d, there := team.Deal(process.DealID(id))
			if ticked := posted["reached."+id]; !there || len(ticked) == 0 && !posted.Has("none."+id) {
				continue
			}
			titles[id] = wording.DealName(team, d)
			more, err := decideHowFar(d, posted, titles[id], v.Today)
			if err != nil && process.KindOf(err) != process.Invalid {
				return nil, err
			}
			faults.Join(err)
			deals++
			facts = append(facts, more...)
		}
		if deals == 0 {
			return nil, process.Wrong("", "deal.how_far_nothing")
		}
		return facts, faults.OrNil()
	})
	if faults, mine := v.FormErrors(err); mine {
		for i := range faults.List {
			_, id, _ := strings.Cut(faults.List[i].Field, ".")
			faults.List[i].Label = titles[id]
		}
		page, err := buildHowFarPage(v, posted, faults)
		if err != nil {
			return err
		}
		return v.Reject(faults, "deals_how_far", page)
	}
	if err != nil {
		return err
	}
	return v.DoneWithUndo(urls.HowFarHref(v.QueryParam("seller"), v.QueryParam("from")), events, v.T("deal.how_far_done", deals))
}

// decideHowFar is what was said of one deal. What somebody else has said of it meanwhile is not added to.
func decideHowFar(d *sales.Deal, posted url.Values, title string, today process.Date) ([]process.Fact, error) {
	id := string(d.ID)
	ticked, none := posted["reached."+id], posted.Has("none."+id)
	switch {
	case !d.WaitsForPlace():
		return nil, process.Wrong("", "deal.how_far_meanwhile", title)
	case none && len(ticked) > 0:
		return nil, process.Wrong("reached."+id, "deal.how_far_both")
	case none:
		return d.SayNoneReached(today)
	case posted.Get("on."+id) == "":
		return nil, process.Wrong("on."+id, "form.required")
	}
	on, err := web.ReadDay("on."+id, posted.Get("on."+id))
	if err != nil {
		return nil, err
	}
	facts, err := reachSeveral(d, ticked, on, posted.Get("evidence"), today)
	return facts, web.SameField(web.SameField(err, "on", "on."+id), "reached_on", "on."+id)
}

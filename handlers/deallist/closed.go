package deallist

import (
	"cmp"
	"slices"

	"milstolpe/handlers/dealindex"
	"milstolpe/handlers/figures"
	"milstolpe/handlers/i18n"
	"milstolpe/handlers/parts"
	"milstolpe/handlers/urls"
	"milstolpe/handlers/wording"
	"milstolpe/process"
	"milstolpe/process/sales"
	"milstolpe/process/search"
)

// closedDeals is the list of deals that have ended, latest first.
type closedDeals struct {
	Words   []parts.FilterLink // by outcome
	Periods []parts.FilterLink // in which they closed
	Rows    []closedRow
	Sums    []closedSum // won and lost are never added together
	More    int
	NoRate  figures.RateNote
}

// closedSum is how many deals ended in one way, and what they were worth.
type closedSum struct{ Text, Amount string }

// closedRow is one of them.
type closedRow struct {
	Href           string
	Customer, Name string
	Found          []i18n.Piece // the line that has what was searched for
	Value, NoRate  string       // in its own currency where there is no rate for that
	Outcome        string
	Won            bool
	Reason         string
	On             string
	Seller         string
}

func (p *dealsPage) fillClosed(v dealsView) {
	team := v.m.Team()
	list := &closedDeals{}
	p.Closed = list
	period := p.closedIn(v, list)
	sums := map[process.Outcome]dealindex.Sum{}
	list.Words = []parts.FilterLink{parts.Choice(p.Ask.Status == urls.StatusClosed, v.T("deals.every_outcome"), p.Ask.Href("status", urls.StatusClosed))}
	for _, o := range process.Outcomes {
		list.Words = append(list.Words, parts.Choice(p.Ask.Status == string(o), v.T(wording.OutcomeKeys[o]), p.Ask.Href("status", string(o))))
	}
	var without figures.NoRate
	lines := dealindex.Get(v.Request).Closed(v.m)
	for i := range lines {
		l := &lines[i]
		if end := l.Deal.Now.Close; !p.keepsClosed(p.Ask, l, v.Today) || p.Ask.Closes != "" && !period.Contains(end.On) {
			continue
		}
		sum := sums[l.Deal.Now.Close.Outcome]
		sum.Deals, sum.ValueMinor = sum.Deals+1, sum.ValueMinor+l.Value
		sums[l.Deal.Now.Close.Outcome] = sum
		without.Add(team, l.Deal, v.Today)
		if len(list.Rows) >= wording.MaxRows && p.Ask.All != urls.Yes {
			list.More++
			continue
		}
		row := newClosedRow(v, l)
		row.Found = dealindex.WhereFound(v.Text, v.Today, team, p.found[l.Deal], p.Ask.Q)
		list.Rows = append(list.Rows, row)
	}
	list.NoRate = without.Note(v.Text, team, p.Path)
	if list.More > 0 {
		p.ShowAll = all(p.Ask)
	}
	for _, o := range process.Outcomes {
		if sum := sums[o]; sum.Deals > 0 {
			amount := v.Text.Amount(figures.Minor(sum.ValueMinor, team.Currency()))
			list.Sums = append(list.Sums, closedSum{i18n.UpperFirst(v.T(wording.OutcomeKeys[o])) + ": " + v.T("deals.count", sum.Deals), amount})
		}
	}
}

// closedIn offers periods in which deals have closed, and finds the one that is asked for. What cannot be read is as if it were not there.
func (p *dealsPage) closedIn(v dealsView, list *closedDeals) (asked process.Period) {
	asked, err := v.FileInfo.Calendar.ParsePeriod(p.Ask.Closes)
	if err != nil {
		p.Ask.Closes = ""
	}
	quarter, year := v.FileInfo.Calendar.Period(process.Quarter, v.Today), v.FileInfo.Calendar.Period(process.Year, v.Today)
	list.Periods = []parts.FilterLink{parts.Choice(p.Ask.Closes == "", v.T("deals.every_period"), p.Ask.Href("closes", ""))}
	for _, one := range []process.Period{quarter, quarter.Previous(), year, year.Previous()} {
		list.Periods = append(list.Periods, parts.Choice(p.Ask.Closes == one.Label(), v.Text.Period(one), p.Ask.Href("closes", one.Label())))
	}
	return asked
}

func (p *dealsPage) keepsClosed(a urls.DealsQuery, l *dealindex.ClosedLine, today process.Date) bool {
	now := &l.Deal.Now
	switch {
	case a.Status != urls.StatusClosed && string(now.Close.Outcome) != a.Status,
		a.Seller != "" && string(now.Seller) != a.Seller,
		a.Customer != "" && string(now.Customer) != a.Customer,
		a.Q != "" && p.found[l.Deal] == nil,
		!picked(a, l.Deal),
		days(a) > 0 && now.Close.On <= today.AddDays(-days(a)):
		return false
	}
	return true
}

func newClosedRow(v dealsView, l *dealindex.ClosedLine) closedRow {
	end := l.Deal.Now.Close
	row := closedRow{
		Href: urls.DealPath(l.Deal.ID), Customer: cmp.Or(l.Customer, l.Name, l.Deal.Now.Ref, string(l.Deal.ID)), Name: l.Name,
		Outcome: v.T(wording.OutcomeKeys[end.Outcome]), Won: end.Outcome == process.Won, Reason: end.Reason, On: v.Text.ISO(end.On), Seller: l.Seller,
	}
	if row.Name == row.Customer {
		row.Name = ""
	}
	if own, unrated := figures.Unrated(v.m.Team(), l.Deal, v.Today); unrated {
		row.Value, row.NoRate = v.Text.Whole(own), v.T("deals.no_rate")
	} else if l.Deal.Now.Value != nil || end.Value != nil {
		row.Value = v.Text.Amount(figures.Minor(l.Value, v.FileInfo.Currency))
	}
	return row
}

// find looks for the words of the query: customers, and deals in which they stand somewhere.
func (p *dealsPage) find(v dealsView) {
	if p.Ask.Q == "" {
		return
	}
	team := v.m.Team()
	found := dealindex.Written(v.Request).Find(team, p.Ask.Q)
	p.found = map[*sales.Deal]*search.FoundDeal{}
	open := 0
	for i := range found.Deals {
		p.found[found.Deals[i].Deal] = &found.Deals[i]
		if found.Deals[i].Deal.Now.Close == nil {
			open++
		}
	}
	for _, id := range found.Customers {
		p.Customers = append(p.Customers, parts.Cell{Text: team.Customer(id), Href: urls.CustomerPath(id)})
	}
	slices.SortFunc(p.Customers, func(a, b parts.Cell) int { return v.Text.Compare(a.Text, b.Text) })
	p.Customers = p.Customers[:min(len(p.Customers), maxCustomers)]
	closed := len(found.Deals) - open
	switch {
	case p.Ask.Status == "" && closed > 0:
		p.Others = parts.Cell{Text: v.T("deals.closed_match", closed), Href: withoutFilters(p.Ask).Href("status", urls.StatusClosed)}
	case p.Ask.Status != "" && open > 0:
		p.Others = parts.Cell{Text: v.T("deals.open_match", open), Href: p.Ask.Href("status", "")}
	}
}

// maxCustomers is how many customers a search names.
const maxCustomers = 12

// emptiness says why there are no rows, and what can be done. Whoever has no deals here may well have them in another place.
func (p *dealsPage) emptiness(v dealsView) (string, []parts.Cell) {
	rows := len(p.Groups)
	if p.Closed != nil {
		rows = len(p.Closed.Rows)
	}
	list := parts.Cell{Text: v.T("home.from_list"), Href: urls.ImportPath}
	switch {
	case rows > 0:
		return "", nil
	case isFiltered(p.Ask):
		return v.T("deals.none_match"), []parts.Cell{{Text: v.T("deals.clear"), Href: urls.DealsQuery{Status: p.Ask.Status}.Href("", "")}}
	case p.Ask.Status != "":
		return v.T("deals.none_closed"), []parts.Cell{{Text: v.T("deals.to_open"), Href: string(urls.Deals)}, list}
	case wording.CountPublished(v.m.Team()) == 0:
		return v.T("deals.no_process"), []parts.Cell{{Text: v.T("deals.make_process"), Href: string(urls.ProcessPages)}, list}
	}
	return v.T("deals.none_yet"), []parts.Cell{{Text: v.T("deals.first"), Href: "/deals/new"}, list}
}

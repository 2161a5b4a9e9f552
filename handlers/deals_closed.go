package handlers

import (
	"cmp"
	"slices"

	"milstolpe/process"
	"milstolpe/process/forecast"
	"milstolpe/process/sales"
)

// closedDeals is the list of deals that have ended, latest first.
type closedDeals struct {
	Words []FilterWord // by outcome
	Rows  []closedRow
	Sum   dealsSum
	More  int
}

// closedRow is one of them.
type closedRow struct {
	Href           string
	Customer, Name string
	Value          string
	Outcome        string
	Won            bool
	Reason         string
	On             string
	Seller         string
}

// outcomeKeys are the words for how a deal ended.
var outcomeKeys = map[process.Outcome]string{
	process.Won: "deals.outcome_won", process.Lost: "deals.outcome_lost", process.NoDecision: "deals.outcome_no_decision",
	process.Withdrew: "deals.outcome_withdrew", process.Void: "deals.outcome_invalid",
}

func (p *dealsPage) fillClosed(v *visit, m *forecast.Model) {
	team := m.Team()
	list := &closedDeals{Sum: newSum(team)}
	p.Closed = list
	list.Words = []FilterWord{choice(p.Ask.Status == statusClosed, v.t("deals.every_outcome"), p.Ask.href("status", statusClosed))}
	for _, o := range process.Outcomes {
		list.Words = append(list.Words, choice(p.Ask.Status == string(o), v.t(outcomeKeys[o]), p.Ask.href("status", string(o))))
	}
	lines := v.open.lines.ofClosed(m)
	for i := range lines {
		l := &lines[i]
		if !p.Ask.keepsClosed(l, v.today) {
			continue
		}
		list.Sum.Deals++
		list.Sum.value += l.value
		if len(list.Rows) >= mostRows && p.Ask.All != yes {
			list.More++
			continue
		}
		list.Rows = append(list.Rows, newClosedRow(v, team, l))
	}
	if list.More > 0 {
		p.ShowAll = p.Ask.all()
	}
}

func (a dealsAsk) keepsClosed(l *closedLine, today process.Date) bool {
	now := &l.deal.Now
	switch {
	case a.Status != statusClosed && string(now.Close.Outcome) != a.Status,
		a.Seller != "" && string(now.Seller) != a.Seller,
		a.Customer != "" && string(now.Customer) != a.Customer,
		a.Q != "" && !found(l.words, process.FoldName(a.Q)),
		a.days() > 0 && now.Close.On <= today.AddDays(-a.days()):
		return false
	}
	return true
}

func newClosedRow(v *visit, team *sales.Team, l *closedLine) closedRow {
	end := l.deal.Now.Close
	row := closedRow{
		Href: dealPath(l.deal.ID), Customer: cmp.Or(l.customer, l.name, l.deal.Now.Ref, string(l.deal.ID)), Name: l.name,
		Outcome: v.t(outcomeKeys[end.Outcome]), Won: end.Outcome == process.Won, Reason: end.Reason, On: v.text.ISO(end.On), Seller: l.seller,
	}
	if row.Name == row.Customer {
		row.Name = ""
	}
	if l.deal.Now.Value != nil || end.Value != nil {
		row.Value = v.text.Amount(minor(l.value, team.Currency()))
	}
	return row
}

// search adds what the words were found in besides the list: customers, and deals on the other side of their end.
func (p *dealsPage) search(v *visit, m *forecast.Model) {
	if p.Ask.Q == "" {
		return
	}
	words := process.FoldName(p.Ask.Q)
	team := m.Team()
	for _, id := range team.Customers() {
		if name := team.Customer(id); found(process.FoldName(name), words) {
			p.Customers = append(p.Customers, Cell{Text: name, Href: customerPath(id)})
		}
	}
	slices.SortFunc(p.Customers, func(a, b Cell) int { return v.text.Compare(a.Text, b.Text) })
	p.Customers = p.Customers[:min(len(p.Customers), mostCustomers)]
	n := 0
	if p.Ask.Status == "" {
		lines := v.open.lines.ofClosed(m)
		for i := range lines {
			if found(lines[i].words, words) {
				n++
			}
		}
		if n > 0 {
			p.Others = Cell{Text: v.t("deals.closed_match", n), Href: p.Ask.plain().href("status", statusClosed)}
		}
		return
	}
	lines := v.open.lines.ofOpen(m)
	for i := range lines {
		if found(lines[i].words, words) {
			n++
		}
	}
	if n > 0 {
		p.Others = Cell{Text: v.t("deals.open_match", n), Href: p.Ask.href("status", "")}
	}
}

// mostCustomers is how many customers a search names.
const mostCustomers = 12

// emptiness says why there are no rows, and what can be done. Whoever has no deals here may well have them in another place.
func (p *dealsPage) emptiness(v *visit, m *forecast.Model) (string, []Cell) {
	rows := len(p.Groups)
	if p.Closed != nil {
		rows = len(p.Closed.Rows)
	}
	list := Cell{Text: v.t("home.from_list"), Href: importPath}
	switch {
	case rows > 0:
		return "", nil
	case p.Ask.narrowed():
		return v.t("deals.none_match"), []Cell{{Text: v.t("deals.clear"), Href: dealsAsk{Status: p.Ask.Status}.href("", "")}}
	case p.Ask.Status != "":
		return v.t("deals.none_closed"), []Cell{{Text: v.t("deals.to_open"), Href: string(Deals)}, list}
	case published(m.Team()) == 0:
		return v.t("deals.no_process"), []Cell{{Text: v.t("deals.make_process"), Href: string(ProcessPages)}, list}
	}
	return v.t("deals.none_yet"), []Cell{{Text: v.t("deals.first"), Href: "/deals/new"}, list}
}

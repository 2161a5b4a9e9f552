package handlers

import (
	"cmp"
	"math"
	"slices"

	"golang.org/x/text/collate"

	"milstolpe/process"
	"milstolpe/process/forecast"
	"milstolpe/process/money"
	"milstolpe/process/sales"
)

// dealsGroup is the deals that wait for the same milestone, or all of them where the list is sorted in another way.
type dealsGroup struct {
	Name     string
	Process  string // where the team has several
	Waiting  string // how many deals wait for this
	Unknown  bool   // what they wait for is not known, nor what can be expected of them
	Sum      dealsSum
	Rows     []dealRow
	More     int    // rows that are left out
	MoreHref string // where they are
}

// dealsSum is what deals come to, in the reporting currency.
type dealsSum struct {
	Deals           int
	currency        string
	value, expected float64
}

func newSum(team *sales.Team) dealsSum { return dealsSum{currency: team.Currency()} }

func (s *dealsSum) add(l *dealLine) {
	s.Deals++
	s.value += l.Value
	s.expected += l.Expected()
}

// Value of the deals.
func (s dealsSum) Value() money.Amount { return minor(s.value, s.currency) }

// Expected value of the deals: each value times its chance.
func (s dealsSum) Expected() money.Amount { return minor(s.expected, s.currency) }

// minor makes money of an amount of the model, which is a float in minor units.
func minor(x float64, currency string) money.Amount {
	return money.New(int64(math.Round(x)), currency)
}

// dealRow is one row of the list.
type dealRow struct {
	Href           string
	Customer, Name string
	Value          string
	Own            string // the amount in its own currency, where that is another
	Track          Track
	State          string // how long it has been here, or that it stalls
	Red            bool
	Chance         string
	Similar        string
	Close          string // expected
	Likely         string
	Moved          string
	Seller         string
}

// Without show-all a list of more than mostRows rows is cut: a group to its share of them.
const (
	mostRows   = 120
	shareOfAll = 60
	leastRows  = 5
)

func (p *dealsPage) fillOpen(v *visit, m *forecast.Model) {
	lines := v.open.lines.ofOpen(m)
	period := p.closesIn(v)
	if len(lines) > 0 { // without a deal there is nothing to choose from
		p.Strip = p.strip(v, lines, period)
	}
	p.Total = newSum(m.Team())
	var kept []*dealLine
	for i := range lines {
		if l := &lines[i]; p.Ask.keeps(l, period, v.today) {
			kept = append(kept, l)
			p.Total.add(l)
			if l.Deal.Now.Value == nil {
				p.NoValue++
			}
		}
	}
	p.Grouped = !slices.Contains([]string{byValue, byClose, byCustomer}, p.Ask.Sort)
	if p.Grouped {
		p.group(v, m, kept)
		return
	}
	sortLines(v.text, kept, p.Ask.Sort)
	if len(kept) > 0 {
		p.Groups = []dealsGroup{p.groupOf(v, m, kept, mostRows)}
	}
	if p.Groups != nil && p.Groups[0].More > 0 {
		p.Groups[0].MoreHref = p.Ask.all()
	}
}

// all is the address of this list with every row.
func (a dealsAsk) all() string { return a.href("all", yes) }

// group splits the rows by next milestone, those that have come furthest first; within a group the moving ones come before the stalled.
func (p *dealsPage) group(v *visit, m *forecast.Model, lines []*dealLine) {
	slices.SortStableFunc(lines, func(a, b *dealLine) int {
		return cmp.Or(cmp.Compare(a.group.place, b.group.place), compareBool(a.Stalled, b.Stalled))
	})
	groups := 1
	for i := 1; i < len(lines); i++ {
		if lines[i].group != lines[i-1].group {
			groups++
		}
	}
	most := len(lines)
	if len(lines) > mostRows {
		most = max(leastRows, shareOfAll/groups)
	}
	for from := 0; from < len(lines); {
		to := from + 1
		for to < len(lines) && lines[to].group == lines[from].group {
			to++
		}
		g := p.groupOf(v, m, lines[from:to], most)
		g.named(v, m.Team(), lines[from].group)
		if g.More > 0 {
			g.MoreHref = p.Ask.ofGroup(lines[from].group).all()
		}
		p.Groups = append(p.Groups, g)
		from = to
	}
}

func (a dealsAsk) ofGroup(g dealGroup) dealsAsk {
	a.Next = cmp.Or(string(g.next), nothingNext)
	if g.unknown {
		a.Next = unknownNext
	}
	return a
}

func compareBool(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	}
	return 1
}

// groupOf makes the rows of a group, at most so many of them.
func (p *dealsPage) groupOf(v *visit, m *forecast.Model, lines []*dealLine, most int) dealsGroup {
	g := dealsGroup{Sum: newSum(m.Team())}
	if p.Ask.All == yes {
		most = len(lines)
	}
	for i, l := range lines {
		g.Sum.add(l)
		if i < most {
			g.Rows = append(g.Rows, newDealRow(v, m.Team(), l))
		} else {
			g.More++
		}
	}
	return g
}

// named says what the deals of a group wait for; where the team has several processes, in which.
func (g *dealsGroup) named(v *visit, team *sales.Team, of dealGroup) {
	switch {
	case of.unknown:
		g.Unknown = true
		g.Name, g.Waiting = v.t("deals.group_unknown"), v.t("deals.to_mark", g.Sum.Deals)
	case of.next == "":
		g.Name, g.Waiting = v.t("deals.group_all_passed"), v.t("deals.to_close", g.Sum.Deals)
	default:
		g.Name, g.Waiting = milestoneName(team, of.process, of.next), v.t("deals.waiting", g.Sum.Deals)
	}
	if proc, ok := team.Process(of.process); ok && published(team) > 1 {
		g.Process = proc.Name()
	}
}

// published counts the processes that deals can follow.
func published(team *sales.Team) (n int) {
	for _, p := range team.Processes() {
		if p.Current() != nil {
			n++
		}
	}
	return n
}

// milestoneName is what a milestone is called in the newest version that knows it.
func milestoneName(team *sales.Team, id process.ProcessID, key process.MilestoneID) string {
	if proc, ok := team.Process(id); ok {
		versions := proc.Versions()
		for i := len(versions) - 1; i >= 0; i-- {
			if ms, ok := versions[i].Definition.Milestone(key); ok {
				return ms.Name
			}
		}
	}
	return string(key)
}

func sortLines(t *Text, lines []*dealLine, by string) {
	switch by {
	case byClose:
		slices.SortStableFunc(lines, func(a, b *dealLine) int {
			return cmp.Compare(orLast(a.Deal.Now.ExpectedClose), orLast(b.Deal.Now.ExpectedClose))
		})
	case byCustomer:
		c := collate.New(t.tag, collate.IgnoreCase)
		slices.SortStableFunc(lines, func(a, b *dealLine) int { return c.CompareString(a.customer+a.name, b.customer+b.name) })
	}
}

// orLast puts deals without a day after those with one.
func orLast(d process.Date) process.Date {
	if d.IsZero() {
		return process.FarFuture
	}
	return d
}

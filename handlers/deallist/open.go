package deallist

import (
	"cmp"
	"slices"

	"golang.org/x/text/collate"

	"milstolpe/handlers/chart"
	"milstolpe/handlers/dealindex"
	"milstolpe/handlers/figures"
	"milstolpe/handlers/i18n"
	"milstolpe/handlers/urls"
	"milstolpe/handlers/web"
	"milstolpe/handlers/wording"
	"milstolpe/process"
)

// dealsGroup is the deals that wait for the same milestone, or all of them where the list is sorted in another way.
type dealsGroup struct {
	Name     string
	Process  string // where the team has several
	Waiting  string // how many deals wait for this
	Unknown  bool   // what they wait for is not known, nor what can be expected of them
	HowFar   string // where that can be said of them all
	Sum      dealindex.Sum
	Rows     []dealRow
	More     int    // rows that are left out
	MoreHref string // where they are
}

// dealRow is one row of the list.
type dealRow struct {
	Href           string
	Customer, Name string
	Found          []i18n.Piece // the line that has what was searched for
	Value          string
	Own            string // the amount in its own currency, where that is another
	Track          chart.ProgressTrack
	State          string // how long it has been here, or that it stalls
	Red            bool
	Chance         string
	Similar        string
	Close          string // expected
	Passed         bool   // that day has gone by
	Likely         string
	Moved          string
	Seller         string
}

func (p *dealsPage) fillOpen(v dealsView) {
	lines := dealindex.Get(v.Request).Open(v.m)
	period := p.closesIn(v)
	if len(lines) > 0 { // without a deal there is nothing to choose from
		p.Strip = p.strip(v, lines, period)
	}
	p.Total = dealindex.NewSum(v.FileInfo.Currency)
	var kept []*dealindex.Line
	var without figures.NoRate
	for i := range lines {
		if l := &lines[i]; p.keeps(p.Ask, l, period, v.Today) {
			kept = append(kept, l)
			p.Total.Add(l)
			without.Add(v.m.Team(), l.Deal, v.Today)
			if l.Deal.Now.Value == nil {
				p.NoValue++
			}
		}
	}
	p.NoRate = without.Note(v.Text, v.m.Team(), p.Path)
	p.Grouped = !slices.Contains([]string{urls.ByValue, urls.ByClose, urls.ByCustomer}, p.Ask.Sort)
	if p.Grouped {
		p.group(v, kept)
		return
	}
	sortLines(v.Text, kept, p.Ask.Sort)
	if len(kept) > 0 {
		p.Groups = []dealsGroup{p.groupOf(v, kept, wording.MaxRows)}
	}
	if p.Groups != nil && p.Groups[0].More > 0 {
		p.Groups[0].MoreHref = all(p.Ask)
	}
}

// all is the address of this list with every row.
func all(a urls.DealsQuery) string { return a.Href("all", urls.Yes) }

// group splits the rows by next milestone, those that have come furthest first; within a group the moving ones come before the stalled.
func (p *dealsPage) group(v dealsView, lines []*dealindex.Line) {
	slices.SortStableFunc(lines, func(a, b *dealindex.Line) int {
		return cmp.Or(cmp.Compare(a.Group.Order, b.Group.Order), web.CompareBool(a.Stalled, b.Stalled))
	})
	groups := 1
	for i := 1; i < len(lines); i++ {
		if lines[i].Group != lines[i-1].Group {
			groups++
		}
	}
	most := len(lines)
	if len(lines) > wording.MaxRows {
		most = max(wording.MinGroupRows, wording.GroupedRows/groups)
	}
	for from := 0; from < len(lines); {
		to := from + 1
		for to < len(lines) && lines[to].Group == lines[from].Group {
			to++
		}
		g := p.groupOf(v, lines[from:to], most)
		g.named(v, v.m.Team(), lines[from].Group)
		if g.More > 0 {
			g.MoreHref = all(onlyGroup(p.Ask, lines[from].Group))
		}
		p.Groups = append(p.Groups, g)
		from = to
	}
	var sums []*dealindex.Sum
	for i := range p.Groups {
		sums = append(sums, &p.Groups[i].Sum)
	}
	dealindex.AddUp(sums, p.Total)
}

func onlyGroup(a urls.DealsQuery, g dealindex.Group) urls.DealsQuery {
	a.Next = cmp.Or(string(g.Next), urls.NothingNext)
	if g.Unknown {
		a.Next = urls.UnknownNext
	}
	return a
}

// groupOf makes the rows of a group, at most so many of them.
func (p *dealsPage) groupOf(v dealsView, lines []*dealindex.Line, most int) dealsGroup {
	g := dealsGroup{Sum: dealindex.NewSum(v.FileInfo.Currency)}
	if p.Ask.All == urls.Yes {
		most = len(lines)
	}
	for i, l := range lines {
		g.Sum.Add(l)
		if i < most {
			row := newDealRow(v.Text, v.Today, v.m.Team(), l)
			row.Found = dealindex.WhereFound(v.Text, v.Today, v.m.Team(), p.found[l.Deal], p.Ask.Q)
			g.Rows = append(g.Rows, row)
		} else {
			g.More++
		}
	}
	return g
}

// named says what the deals of a group wait for; where the team has several processes, in which.
func (g *dealsGroup) named(v dealsView, team wording.Processes, of dealindex.Group) {
	switch {
	case of.Unknown:
		g.Unknown, g.HowFar = true, urls.HowFarPath
		g.Name, g.Waiting = v.T("deals.group_unknown"), v.T("deals.to_mark", g.Sum.Deals)
	case of.Next == "":
		g.Name, g.Waiting = v.T("deals.group_all_passed"), v.T("deals.to_close", g.Sum.Deals)
	default:
		g.Name, g.Waiting = v.T("deals.waits_for", i18n.LowerFirst(wording.MilestoneName(team, of.Process, of.Next))), v.T("deals.waiting", g.Sum.Deals)
	}
	if proc, ok := team.Process(of.Process); ok && wording.CountPublished(team) > 1 {
		g.Process = proc.Name()
	}
}

func sortLines(t *i18n.Text, lines []*dealindex.Line, by string) {
	switch by {
	case urls.ByClose:
		slices.SortStableFunc(lines, func(a, b *dealindex.Line) int {
			return cmp.Compare(orLast(a.Deal.Now.ExpectedClose), orLast(b.Deal.Now.ExpectedClose))
		})
	case urls.ByCustomer:
		c := collate.New(t.Tag, collate.IgnoreCase)
		slices.SortStableFunc(lines, func(a, b *dealindex.Line) int { return c.CompareString(a.Customer+a.Name, b.Customer+b.Name) })
	}
}

// orLast puts deals without a day after those with one.
func orLast(d process.Date) process.Date {
	if d.IsZero() {
		return process.FarFuture
	}
	return d
}

package forecasts

import (
	"cmp"
	"slices"

	"milstolpe/handlers/dealindex"
	"milstolpe/handlers/figures"
	"milstolpe/handlers/i18n"
	"milstolpe/handlers/parts"
	"milstolpe/handlers/urls"
	"milstolpe/handlers/web"
	"milstolpe/handlers/wording"
	"milstolpe/process"
	"milstolpe/process/forecast"
	"milstolpe/process/sales"
)

// boardPage is one sheet of paper for those who do not use the program: the board, the bank. It speaks of the company in the third person, and
// nothing on it is there to be pressed.
type boardPage struct {
	web.Page
	Heading    string // of whose sales it is, where the company has a name
	Filters    []parts.FilterGroup
	Unit       string
	Lead       []i18n.Piece
	Facts      []parts.DealFact
	Waiting    []boardRow
	WaitingSum boardRow
	Won, Lost  []boardRow // the largest of the year
	NoneWon    string     // where there are none
	NoneLost   string
	Record     []i18n.Piece
	Quarters   []boardQuarter
	NoRate     figures.RateNote
	Empty      string
}

// boardRow is a deal, or the open deals that wait for the same milestone.
type boardRow struct{ Name, Small, Deals, Amount string }

// boardQuarter is a quarter that has ended.
type boardQuarter struct{ Name, Forecast, Range, Actual string }

// How many rows the sheet has room for.
const (
	boardMilestones = 7
	boardDeals      = 3
	boardQuarters   = 4
	boardRecord     = 8 // quarters that the record is of
)

func boardRoutes(r *web.Router) {
	r.GetCached(urls.BoardPath, showBoard)
	r.Template("board", boardPage{})
}

func showBoard(v *web.Request) error {
	page := boardPage{Page: v.Page(urls.Forecasts, v.T("board.title")), Heading: i18n.UpperFirst(v.T("board.heading"))}
	if page.Company != "" {
		page.Heading = page.Company + ": " + v.T("board.heading")
	}
	if err := v.Reports(func(r *web.ReportCache) error { return page.fill(v, r) }); err != nil {
		return err
	}
	return v.Render("board", page)
}

func (p *boardPage) fill(v *web.Request, r *web.ReportCache) error {
	m := r.Model
	p.Print = v.T("board.print")
	p.Filters = []parts.FilterGroup{{Words: []parts.FilterLink{{Text: v.T("outcome.print"), Href: urls.BoardPath, Print: true}}}}
	if m.FirstOpened() > m.Today() {
		p.Empty = v.T("board.empty")
		return nil
	}
	calendar := m.Team().Calendar()
	quarter := newForecastView(v.Text, r, forecastQuery{})
	year := newForecastView(v.Text, r, forecastQuery{Period: calendar.Period(process.Year, m.Today()).Label()})
	p.Unit = quarter.Unit(quarter.Currency)
	p.Lead = quarter.boardLead(year, cmp.Or(p.Company, v.T("board.company")))
	p.Facts = quarter.boardFacts(year)
	p.Waiting, p.WaitingSum = quarter.boardWaiting(dealindex.Get(v).Open(m))
	p.Won, p.Lost = year.boardEnded(dealindex.Get(v).Closed(m))
	if len(p.Won) == 0 {
		p.NoneWon = v.T("board.none_won")
	}
	if len(p.Lost) == 0 {
		p.NoneLost = v.T("board.none_lost")
	}
	past, err := r.Report(forecast.Query{Kind: process.Quarter})
	if err != nil {
		return err
	}
	p.Record, p.Quarters = quarter.boardRecord(past)
	p.NoRate = figures.NotCounted(v.Text, m, year.boardSince(past), p.Path)
	return nil
}

// boardLead is the year and the quarter in two sentences, and what is missing to the target.
func (f *forecastView) boardLead(year *forecastView, company string) []i18n.Piece {
	short := func(minor float64) i18n.Piece { return i18n.Strong(f.ShortCode(f.MoneyOf(minor))) }
	a := &f.rounded
	lead := f.Sentence("board.lead_year", company, short(year.rounded.WonSoFarRounded), f.T("outcome.deals", year.rounded.WonSoFarDeals), f.PeriodName(year.period()))
	quarter, won := i18n.UpperFirst(f.PeriodName(f.period())), short(a.WonSoFarRounded)
	if f.ranged(f.report) {
		lead = parts.Sentences(lead, f.Sentence("board.lead_quarter", quarter, i18n.Strong(i18n.UnbrokenRange(f.ShortRange(f.MoneyOf(a.Range.P10), f.MoneyOf(a.Range.P90)))), won))
	} else {
		lead = parts.Sentences(lead, f.Sentence("board.lead_no_range", quarter, won, short(a.ForecastRounded)))
	}
	target, ok := f.target(forecast.Scope{})
	switch missing := target - a.WonSoFarRounded; {
	case !ok:
	case missing > 0:
		lead = parts.Sentences(lead, f.Sentence("board.target_missing", i18n.Unbroken(f.ShortCode(f.MoneyOf(target))), i18n.Unbroken(f.ShortCode(f.MoneyOf(missing)))))
	default:
		lead = parts.Sentences(lead, f.Sentence("board.target_reached", i18n.Unbroken(f.ShortCode(f.MoneyOf(target)))))
	}
	return lead
}

// boardFacts are the figures that the sentences are about, with what they are made of.
func (f *forecastView) boardFacts(year *forecastView) []parts.DealFact {
	a := &f.rounded
	fact := func(label string, minor float64, small string) parts.DealFact {
		return parts.DealFact{Label: label, Value: f.Whole(f.MoneyOf(minor)), Small: small}
	}
	facts := []parts.DealFact{
		fact(f.T("board.year_to_date"), year.rounded.WonSoFarRounded, f.T("outcome.deals", year.rounded.WonSoFarDeals)),
		fact(f.T("board.quarter_to_date"), a.WonSoFarRounded, f.T("outcome.deals", a.WonSoFarDeals)),
		fact(f.T("board.quarter_forecast"), a.ForecastRounded, f.T("board.no_range")),
	}
	if f.ranged(f.report) {
		facts[2].Small = f.T("board.between", i18n.UnbrokenRange(f.Range(f.MoneyOf(f.Round(a.Range.P10)), f.MoneyOf(f.Round(a.Range.P90)))))
	}
	if target, ok := f.target(forecast.Scope{}); ok {
		facts = append(facts, fact(f.T("board.quarter_target"), f.Round(target), f.T("board.against", f.RoundedDelta(a.ForecastRounded-f.Round(target)))))
	}
	if target, ok := year.target(forecast.Scope{}); ok {
		facts = append(facts, fact(f.T("board.year_target"), f.Round(target), f.T("board.against", f.RoundedDelta(year.rounded.ForecastRounded-f.Round(target)))))
	}
	return facts
}

// boardWaiting is how many open deals wait for each milestone and what they are worth, those that have come furthest first. Amounts add up to
// the sum. Milestones that are called the same in several processes share a row, and those that find no room the last one.
func (f *forecastView) boardWaiting(lines []dealindex.Line) (rows []boardRow, sum boardRow) {
	inOrder := slices.SortedStableFunc(slices.Values(lines), func(a, b dealindex.Line) int { return cmp.Compare(a.Group.Order, b.Group.Order) })
	var names []string
	sums := map[string]*dealindex.Sum{}
	all := dealindex.NewSum(f.model.Team().Currency())
	for i := range inOrder {
		l := &inOrder[i]
		name := f.T("deals.group_unknown")
		switch {
		case l.Group.Unknown:
		case l.Group.Next == "":
			name = i18n.UpperFirst(f.T("outcome.next.all_passed"))
		default:
			name = wording.MilestoneName(f.model.Team(), l.Group.Process, l.Group.Next)
		}
		if sums[name] == nil && len(names) >= boardMilestones {
			name = f.T("board.others")
		}
		if sums[name] == nil {
			one := dealindex.NewSum(f.model.Team().Currency())
			sums[name], names = &one, append(names, name)
		}
		sums[name].Add(l)
		all.Add(l)
	}
	exact := make([]float64, len(names))
	for i, name := range names {
		exact[i] = sums[name].ValueMinor
	}
	for i, amount := range f.LargestRemainder(exact, f.Round(all.ValueMinor)) {
		rows = append(rows, boardRow{Name: names[i], Deals: f.Int(int64(sums[names[i]].Deals)), Amount: f.RoundedAmount(amount)})
	}
	return rows, boardRow{Name: f.T("outcome.all"), Deals: f.Int(int64(all.Deals)), Amount: f.RoundedAmount(all.ValueMinor)}
}

// boardEnded are the largest deals that were won and lost in the period.
func (f *forecastView) boardEnded(lines []dealindex.ClosedLine) (won, lost []boardRow) {
	list := slices.Clone(lines)
	slices.SortStableFunc(list, func(a, b dealindex.ClosedLine) int { return cmp.Compare(b.Value, a.Value) })
	for i := range list {
		l := &list[i]
		end := l.Deal.Now.Close
		own, unrated := figures.Unrated(f.model.Team(), l.Deal, f.day)
		if !f.period().Contains(end.On) || l.Value == 0 && !unrated {
			continue
		}
		row := boardRow{Name: wording.DealName(f.model.Team(), l.Deal), Small: f.DayNear(end.On, f.day), Amount: f.RoundedAmount(l.Value)}
		if unrated { // after those that can be compared
			row.Amount = f.Whole(own)
		}
		switch {
		case end.Outcome == process.Won && len(won) < boardDeals:
			won = append(won, row)
		case end.Outcome.IsLoss() && len(lost) < boardDeals:
			row.Small = parts.JoinComma(row.Small, boardReason(end))
			lost = append(lost, row)
		}
	}
	return won, lost
}

// boardSince is the first day of what the sheet has deals of: the year, and the quarters of the record.
func (f *forecastView) boardSince(past *forecast.Report) process.Date {
	since := f.period().Start
	for _, p := range past.Periods[max(0, len(past.Periods)-boardRecord-1):] {
		since = min(since, p.Period.Start)
	}
	return since
}

// boardReason is why a deal was lost, where that is said in few words.
func boardReason(c *sales.Close) string {
	if len([]rune(c.Reason)) > 60 {
		return ""
	}
	return i18n.LowerFirst(c.Reason)
}

// boardRecord says how the forecasts of earlier quarters have held, and shows the latest of them.
func (f *forecastView) boardRecord(past *forecast.Report) (said []i18n.Piece, rows []boardQuarter) {
	told, inside := 0, 0
	for _, p := range slices.Backward(past.Periods) {
		if !p.Complete || !p.HasForecast {
			continue
		}
		if p.RangeShown && told < boardRecord {
			told++
			if p.Range.Holds(p.Actual, p.Forecast) {
				inside++
			}
		}
		if len(rows) < boardQuarters {
			row := boardQuarter{f.Period(p.Period), f.RoundedAmount(p.Forecast), i18n.Dash, f.RoundedAmount(p.Actual)}
			if p.RangeShown {
				row.Range = f.Range(f.MoneyOf(f.Round(p.Range.P10)), f.MoneyOf(f.Round(p.Range.P90)))
			}
			rows = append(rows, row)
		}
	}
	if told == 0 {
		return f.Sentence("board.no_record"), rows
	}
	said = f.Sentence("board.record", inside, told)
	if w := past.Summary.WAPE; w != nil && past.Summary.Periods >= forecast.RangeNeedsPeriods {
		said = parts.Sentences(said, f.Sentence("board.usual_miss", f.Percent(*w)))
	}
	return said, rows
}

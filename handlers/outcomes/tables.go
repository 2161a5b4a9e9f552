package outcomes

import (
	"cmp"
	"math"
	"slices"

	"milstolpe/handlers/figures"
	"milstolpe/handlers/i18n"
	"milstolpe/handlers/parts"
	"milstolpe/handlers/urls"
	"milstolpe/handlers/wording"
	"milstolpe/process"
	"milstolpe/process/forecast"
	"milstolpe/process/stats"
	"milstolpe/process/winloss"
)

// periodTable is every period in a row, the newest first.
type periodTable struct {
	Title, Head string
	Unit        string
	Rows        []periodRow
	Since       string // address with the earlier periods too, where there are any
}

type periodRow struct {
	Name           parts.Cell
	Said, Came     parts.Cell
	Range          string
	Difference     parts.Cell
	Inside         string
	Chosen, Silent bool // Silent: the last columns are remarks, no answers
}

func (o *outcomeView) periodTable() periodTable {
	kind := o.report.Query.Kind
	t := periodTable{Title: o.T(wording.ByPeriodKeys[kind]), Head: o.T(wording.PeriodHeadKeys[kind]), Unit: o.Unit(o.Currency)}
	if href, less := since(&o.ask, o.model, o.report.Query); less {
		t.Since = href
	}
	for i, p := range slices.Backward(o.report.Periods) {
		row := o.periodRow(p)
		row.Chosen = i == o.index
		t.Rows = append(t.Rows, row)
	}
	return t
}

func (o *outcomeView) periodRow(p *forecast.PeriodReport) periodRow {
	said, came := o.Round(p.Forecast), o.Round(p.Actual)
	row := periodRow{
		Name: parts.Cell{Text: wording.PeriodName(o.Amounts.Text, p.Period), Href: o.ask.Href(urls.OutcomePath, "chosen", p.Period.Label())},
		Said: parts.Cell{Text: i18n.Dash}, Came: parts.Cell{Text: o.RoundedAmount(came)}, Range: i18n.Dash, Difference: parts.Cell{Text: i18n.Dash}, Silent: true,
	}
	if p.ActualDeals > 0 {
		row.Came.Href, row.Came.Small = o.dealsIn(p.Period, barActual), o.T("outcome.deals", p.ActualDeals)
	}
	if !p.HasForecast {
		row.Inside = o.T("outcome.table.nothing_said", o.whenMade())
		return row
	}
	row.Name.Small = o.T(sourceTexts[p.Source].row)
	row.Said.Text = o.RoundedAmount(said)
	if said != 0 || p.OpenDeals > 0 {
		row.Said.Href = o.dealsIn(p.Period, barForecast)
	}
	if rebuilt := o.Round(p.Rebuilt()); p.Noted != nil && rebuilt != said {
		row.Said.Small = o.T("outcome.table.rebuilt", o.RoundedAmount(rebuilt))
	}
	if p.RangeShown {
		row.Range = o.Range(o.MoneyOf(p.Range.P10), o.MoneyOf(p.Range.P90))
	}
	if !p.Complete {
		row.Difference.Text, row.Inside = o.T("outcome.table.running"), o.T("outcome.table.until_today")
		return row
	}
	row.Difference = differenceCell(o.Amounts, said, came)
	switch {
	case !p.RangeShown:
		row.Inside = o.T("outcome.table.no_range")
		return row
	case p.Range.Holds(p.Actual, p.Forecast):
		row.Inside = o.T("outcome.table.inside")
	case came > said:
		row.Inside = o.T("outcome.table.above")
	default:
		row.Inside = o.T("outcome.table.below")
	}
	row.Silent = false
	return row
}

// differenceCell is what came beyond what was said, also as a share of what came.
func differenceCell(l figures.Amounts, said, came float64) parts.Cell {
	c := parts.Cell{Text: l.RoundedDelta(came - said)}
	if came != 0 {
		c.Small = i18n.Plus(l.Percent((came-said)/math.Abs(came)), came-said)
	}
	return c
}

// groupTable compares forecast and actual of sellers, processes or customers.
type groupTable struct {
	Title, Head, Unit string
	EvidenceHead      string
	By                parts.FilterGroup
	Lead              []i18n.Piece
	Rows              []groupRow
	NoBreak           bool // names are short enough to stand on one line
	Scores            bool // the columns about all periods are shown
	Evidence          bool // and the one about what their milestones led to
	Note              string
}

type groupRow struct {
	Name          parts.Cell
	Said, Came    parts.Cell
	Difference    string
	Miss, Lean    string
	LeanKnown     bool
	Evidence      string
	EvidenceKnown bool
}

func (o *outcomeView) groupTable() (groupTable, error) {
	by := o.ask.Grouping()
	lists := o.model.Team().Lists()
	list, ofList := by.List()
	title, head, _, _ := wording.Groups(o.Text, lists, by)
	t := groupTable{
		Title: title, Head: head, Unit: o.Unit(o.Currency), Scores: by != forecast.ByCustomer, NoBreak: by == forecast.BySeller, Evidence: by == forecast.BySeller || ofList, EvidenceHead: o.T("outcome.col.evidence"),
		By: parts.FilterGroup{Label: o.T("outcome.by")},
	}
	for _, g := range append([]forecast.Grouping{forecast.BySeller, forecast.ByCustomer, forecast.ByProcess}, wording.ByLists(lists)...) {
		_, _, offer, _ := wording.Groups(o.Text, lists, g)
		t.By.Words = append(t.By.Words, parts.Choice(g == by, offer, o.ask.Href(urls.OutcomePath, "by", string(g))+"#groups"))
	}
	q := o.report.Query
	q.By = by
	if !t.Scores {
		q.From, q.To = o.chosen.Period.Start, o.chosen.Period.Start
	}
	r, err := o.reports.Report(q)
	if err != nil {
		return t, err
	}
	var fits map[string]winloss.ChoiceFit
	if ofList {
		fits = o.choiceFits(list)
	}
	evidence, err := o.evidenceOf(q)
	if err != nil {
		return t, err
	}
	groups := o.inOrder(slices.Clone(r.Groups), by)
	for _, g := range groups {
		if g.Key == "" && !ofList {
			continue // deals without a seller: no scope means everything
		}
		if row, any := o.groupRow(g, by); any {
			row.Evidence, row.EvidenceKnown = o.T(wording.WinBiasKeys[evidence[g.Key]]), evidence[g.Key] == forecast.LeansHigh || evidence[g.Key] == forecast.LeansLow
			if ofList {
				o.fit(&row, fits[g.Key])
			}
			t.Rows = append(t.Rows, row)
		}
	}
	t.Lead, t.Note = o.groupLead(groups, evidence, by), o.groupNote(by, len(groups))
	if ofList {
		o.fitWords(&t, fits)
	}
	return t, nil
}

// evidenceOf is by seller how much their milestones seem to mean; nothing where the groups are others.
func (o *outcomeView) evidenceOf(q forecast.Query) (map[string]forecast.Leaning, error) {
	evidence := map[string]forecast.Leaning{}
	if q.By != forecast.BySeller {
		return evidence, nil
	}
	leanings, err := o.reports.Sellers(q)
	for i := range leanings {
		evidence[string(leanings[i].Seller)] = leanings[i].Evidence
	}
	return evidence, err
}

// inOrder sorts groups by name, so that nobody is ranked; customers, of whom there may be hundreds, by amount, and only the largest.
func (o *outcomeView) inOrder(groups []*forecast.Group, by forecast.Grouping) []*forecast.Group {
	if _, ofList := by.List(); ofList {
		return groups // as the list has them
	}
	if by != forecast.ByCustomer {
		slices.SortStableFunc(groups, func(a, b *forecast.Group) int { return o.Compare(a.Name, b.Name) })
		return groups
	}
	size := func(g *forecast.Group) float64 {
		p := g.Periods[0]
		return max(p.Forecast, p.Actual)
	}
	slices.SortStableFunc(groups, func(a, b *forecast.Group) int { return cmp.Compare(size(b), size(a)) })
	return groups[:min(len(groups), wording.MaxGroups)]
}

func (o *outcomeView) groupRow(g *forecast.Group, by forecast.Grouping) (row groupRow, any bool) {
	i := slices.IndexFunc(g.Periods, func(p *forecast.PeriodReport) bool { return p.Period.Start == o.chosen.Period.Start })
	if i < 0 {
		return row, false
	}
	p, param, key := g.Periods[i], string(by), g.Key
	if list, ofList := by.List(); ofList {
		choice := process.ChoiceID(key)
		g.Name, param, key = wording.ChoiceName(o.Text, o.model.Team().Lists(), list, choice), "pick", string(process.Picks(o.ask.Pick).With(list, choice))
	}
	said, came := o.Round(p.Forecast), o.Round(p.Actual)
	row = groupRow{Name: parts.Cell{Text: cmp.Or(g.Name, g.Key)}, Said: parts.Cell{Text: o.RoundedAmount(said)}, Came: parts.Cell{Text: o.RoundedAmount(came)}, Difference: o.RoundedDelta(came - said)}
	if !p.Complete || !p.HasForecast {
		row.Difference = i18n.Dash
	}
	row.Name.Href = o.ask.Href(urls.OutcomePath, param, key, "by", "")
	if said != 0 || p.OpenDeals > 0 {
		row.Said.Href = o.ask.Href(urls.OutcomeDealsPath, "chosen", p.Period.Label(), "bar", barForecast, param, key)
	}
	if p.ActualDeals > 0 {
		row.Came.Href = o.ask.Href(urls.OutcomeDealsPath, "chosen", p.Period.Label(), "bar", barActual, param, key)
	}
	s := &g.Summary
	row.Miss, row.Lean = o.T("outcome.cannot_tell"), o.T("outcome.cannot_tell")
	if s.WAPE != nil && s.Periods >= tellFrom {
		row.Miss = o.Percent(*s.WAPE)
	}
	if s.Periods >= leanFrom {
		row.Lean = o.T(wording.BiasKeys[s.Lean])
		row.LeanKnown = s.Lean == stats.TooHigh || s.Lean == stats.TooLow
	}
	return row, true
}

// groupLead says whether any group leans, and where milestones seem to be worth more or less.
func (o *outcomeView) groupLead(groups []*forecast.Group, evidence map[string]forecast.Leaning, by forecast.Grouping) []i18n.Piece {
	if by == forecast.ByCustomer {
		return nil
	}
	leaning, told, named := 0, 0, 0
	for _, g := range groups {
		if g.Summary.Periods >= leanFrom {
			told++
			if g.Summary.Lean == stats.TooHigh || g.Summary.Lean == stats.TooLow {
				leaning++
			}
		}
		if l := evidence[g.Key]; l == forecast.LeansHigh || l == forecast.LeansLow {
			named++
		}
	}
	lead := o.Sentence("outcome.groups.cannot_tell", o.count(leanFrom))
	switch {
	case told > 0 && leaning == 0:
		lead = o.Sentence("outcome.groups.none_leans")
	case leaning > 0:
		lead = o.Sentence("outcome.groups.leaning", leaning)
	}
	if by == forecast.BySeller && named == 0 {
		lead = parts.Sentences(lead, o.Sentence("outcome.groups.milestones_alike"))
	}
	return lead
}

func (o *outcomeView) groupNote(by forecast.Grouping, shown int) string {
	if by == forecast.ByCustomer {
		if shown == wording.MaxGroups {
			return o.T("outcome.groups.customers_largest", wording.MaxGroups)
		}
		return o.T("outcome.groups.customers")
	}
	return o.T("outcome.groups.note", o.count(o.report.Summary.Periods))
}

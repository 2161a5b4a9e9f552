package outcomes

import (
	"cmp"
	"math"
	"strconv"

	"milstolpe/handlers/figures"
	"milstolpe/handlers/i18n"
	"milstolpe/handlers/parts"
	"milstolpe/handlers/urls"
	"milstolpe/handlers/web"
	"milstolpe/handlers/wording"
	"milstolpe/process"
	"milstolpe/process/forecast"
)

// chosenView is one period in words: what was said, what came, and the deals that explain most of the difference.
type chosenView struct {
	Name    string
	Lead    []i18n.Piece
	Explain string
	Deals   []missLine
}

// missLine is a deal that explains part of a miss.
type missLine struct {
	Name, Href       string
	Note             []i18n.Piece
	Amount, DealsRef string
}

// outcomeView builds the page of forecast against actual from a report.
type outcomeView struct {
	figures.Amounts
	ask     urls.OutcomeQuery
	reports *web.ReportCache
	model   *forecast.Model
	report  *forecast.Report
	chosen  figures.RoundedReport
	index   int    // of the chosen period in the report
	the     string // "the quarter", in the language
}

// count writes a number of periods: 8 quarters.
func (o *outcomeView) count(n int) string {
	return o.T(wording.PeriodCountKeys[o.report.Query.Kind], n)
}

// dealsOf is the address of the deals behind a number of the chosen period.
func (o *outcomeView) dealsOf(bar string) string { return o.dealsIn(o.chosen.Period, bar) }

func (o *outcomeView) dealsIn(p process.Period, bar string) string {
	return o.ask.Href(urls.OutcomeDealsPath, "chosen", p.Label(), "bar", bar)
}

// number is an amount that leads to its deals; nothing leads nowhere.
func (o *outcomeView) number(text string, minor float64, deals int, href string) i18n.Piece {
	if minor == 0 && deals == 0 {
		return i18n.Unbroken(text)
	}
	return i18n.Link(text, href)
}

func (o *outcomeView) inWords() chosenView {
	v := chosenView{Name: o.PeriodName(o.chosen.Period)}
	a := &o.chosen
	if !a.HasForecast && !a.Complete {
		v.Lead = parts.Sentences(o.Sentence("outcome.nothing_said", o.whenMade()), o.actualText("outcome.came_so_far", "outcome.nothing_so_far"))
		return v
	}
	if !a.HasForecast {
		v.Lead = parts.Sentences(o.Sentence("outcome.nothing_said", o.whenMade()), o.actualText("outcome.came", "outcome.came_nothing"))
		return v
	}
	said := o.number(o.ShortCode(o.MoneyOf(a.ForecastRounded)), a.ForecastRounded, a.OpenDeals, o.dealsOf(barForecast))
	v.Lead = o.Sentence(cmp.Or(saidTexts[a.Source], "outcome.said"), said, i18n.Unbroken(o.T("outcome.deals_open", a.OpenDeals)))
	if !a.Complete {
		v.Lead = parts.Sentences(v.Lead, o.actualText("outcome.came_so_far", "outcome.nothing_so_far"), o.Sentence("outcome.runs_until", o.the, a.Period.End))
		return v
	}
	v.Lead = parts.Sentences(v.Lead, o.actualText("outcome.came", "outcome.came_nothing"), o.verdict())
	v.Explain, v.Deals = o.explanation()
	return v
}

// saidTexts say what the forecast was. One that was not noted then was nobody's: it is what the deals would have shown.
var saidTexts = map[forecast.Source]string{
	forecast.Noted: "outcome.said", forecast.NotedEarlier: "outcome.said", forecast.Rebuilt: "outcome.said_rebuilt", forecast.Imported: "outcome.said_imported",
}

func (o *outcomeView) actualText(some, none string) []i18n.Piece {
	a := &o.chosen
	if a.ActualDeals == 0 {
		return o.Sentence(none)
	}
	return o.Sentence(some, o.number(o.RoundedShort(a.ActualRounded), a.ActualRounded, a.ActualDeals, o.dealsOf(barActual)), o.T("outcome.deals", a.ActualDeals))
}

// verdict says how much more or less came, and whether the range held it.
func (o *outcomeView) verdict() []i18n.Piece {
	a := &o.chosen
	more := a.ActualRounded - a.ForecastRounded
	amount := i18n.Unbroken(o.RoundedShort(math.Abs(more)))
	if !a.RangeShown {
		closed, periods := o.model.RangeBasis(a.PeriodReport, o.report.Query.Lead)
		why := o.Sentence("outcome.no_range_periods", periods, forecast.RangeNeedsPeriods, o.count(forecast.RangeNeedsPeriods))
		if closed < forecast.RangeNeedsDeals {
			why = o.Sentence("outcome.no_range_deals", closed, forecast.RangeNeedsDeals)
		}
		return parts.Sentences(o.Sentence(web.BySign(more, "outcome.differs.more", "outcome.differs.less", "outcome.differs.same"), amount), why)
	}
	within := i18n.Unbroken(o.RangeAround(o.MoneyOf(a.Range.P10), o.MoneyOf(a.Range.P90), o.MoneyOf(a.ForecastRounded)))
	switch {
	case more == 0:
		return o.Sentence("outcome.differs.same")
	case a.Range.Holds(a.Actual, a.Forecast):
		return o.Sentence(web.BySign(more, "outcome.inside.more", "outcome.inside.less", ""), amount, within)
	default:
		return o.Sentence(web.BySign(more, "outcome.outside.more", "outcome.outside.less", ""), amount, within)
	}
}

const explainedBy = 3

// whenMade says when the forecasts that are shown were made: when their periods began, or how long before.
func (o *outcomeView) whenMade() string {
	if lead := o.report.Query.Lead; lead > 0 {
		return o.T("outcome.lead.before_began", o.count(lead), o.the)
	}
	return o.T("outcome.lead.start", o.the)
}

// explanation names the deals that took most part in the miss, and the milestone that each had not reached.
func (o *outcomeView) explanation() (text string, lines []missLine) {
	parts := o.chosen.Explaining(explainedBy)
	ends := map[forecast.Bar]int{}
	lacking := 0
	for _, p := range parts {
		ends[p.Bar]++
		if p.Open && p.Next != "" && p.Next != forecast.NextUnknown {
			lacking++
		}
		lines = append(lines, missLine{
			Name: wording.DealName(o.model.Team(), p.Deal), Href: urls.DealPath(p.Deal.ID), Note: o.missNote(p), Amount: o.Signed(o.MoneyOf(p.Miss())),
			DealsRef: o.dealsOf(string(p.Bar)) + "#" + string(p.Deal.ID),
		})
	}
	n := len(parts)
	if n == 0 {
		return "", nil
	}
	count := strconv.Itoa(n)
	text = o.T(web.BySign(o.chosen.Actual-o.chosen.Forecast, "outcome.explain.up.", "outcome.explain.down.", "outcome.explain.down.") + count)
	for _, end := range []struct {
		bar forecast.Bar
		key string
	}{{forecast.BarWon, "outcome.explain.won."}, {forecast.BarLost, "outcome.explain.lost."}, {forecast.BarSlipped, "outcome.explain.slipped."}} {
		if ends[end.bar] == n {
			text += " " + o.T(end.key+count)
		}
	}
	if lacking == n {
		text += " " + o.T("outcome.explain.lacking."+count, o.whenMade())
	}
	return text, lines
}

// missNote is the small line under such a deal.
func (o *outcomeView) missNote(p *forecast.DealContribution) []i18n.Piece {
	value := p.Brought
	if value == 0 {
		value = p.Value
	}
	list := [][]i18n.Piece{{{Text: o.model.Team().Person(p.Seller)}}, {i18n.Unbroken(o.Whole(o.MoneyOf(value)))}, {i18n.Unbroken(o.ended(p))}}
	switch {
	case !p.Open:
		list = append(list, o.Sentence("outcome.note.not_open", o.dayOf(o.chosen.AsOf)))
	case p.Next == forecast.NextUnknown:
		list = append(list, o.Sentence("outcome.note.unknown", o.dayOf(o.chosen.AsOf)))
	case p.Next != "":
		list = append(list, o.Sentence("outcome.note.lacked", i18n.Strong(o.model.MilestoneName(p.Deal.Process(), p.Next)), o.dayOf(o.chosen.AsOf)))
	default:
		list = append(list, o.Sentence("outcome.note.had_all", o.dayOf(o.chosen.AsOf)))
	}
	return parts.JoinPiecesDots(list...)
}

// dayOf writes a day without its year where the period makes that clear.
func (o *outcomeView) dayOf(d process.Date) i18n.Piece {
	return i18n.Unbroken(o.DayNear(d, o.chosen.Period.End))
}

// ended says how a deal stands at the end of the period: won 30 March, still open 31 March.
func (o *outcomeView) ended(p *forecast.DealContribution) string {
	c := p.Deal.CloseOn(process.FarFuture)
	if p.Bar == forecast.BarSlipped || c == nil {
		return o.T("outcome.end.open", o.DayNear(min(o.chosen.Period.End, o.model.Today()), o.chosen.Period.End))
	}
	return o.T(wording.OutcomeEndKeys[c.Outcome], o.DayNear(c.On, o.chosen.Period.End))
}

package deals

import (
	"math"

	"milstolpe/handlers/chart"
	"milstolpe/handlers/i18n"
	"milstolpe/handlers/parts"
	"milstolpe/handlers/urls"
	"milstolpe/handlers/web"
	"milstolpe/handlers/wording"
	"milstolpe/process"
	"milstolpe/process/forecast"
	"milstolpe/process/stats"
)

// dealWhyPage explains the chance of a deal: how it is counted, on which deals, and what would change it.
type dealWhyPage struct {
	web.Page
	Href   string
	Name   string
	Placed bool
	None   string // why there is none
	Lead   []i18n.Piece
	Where  string // where the deal stands, in words
	Count  []whyRow
	Result whyRow
	Days   []i18n.Piece
	Known  []i18n.Piece // what was counted on, and until when
	Within []whyWithin

	WithinName string
	Lose       []i18n.Piece
	Prospects  []whyProspect
	Likely     []i18n.Piece
	Curve      *chart.Chart
	Similar    []whyDeal
	More       int
	AllHref    string
}

// whyRow is one line of the count: what, how many deals it weighs, and which share.
type whyRow struct{ What, Weight, Share string }

// whyWithin is what has become of such deals after some days.
type whyWithin struct{ Days, Won, Lost, Open string }

// whyProspect is the chance that a milestone would lead to.
type whyProspect struct{ What, Chance string }

// whyDeal is one of the deals that the chance rests on.
type whyDeal struct {
	Name    parts.Cell
	Outcome string
	Won     bool
	Days    string
	Closed  string
}

func dealWhyRoutes(r *web.Router) {
	r.GetCached("/deals/:id/why", showDealWhy)
	r.Template("deal_why", dealWhyPage{})
}

func showDealWhy(v *web.Request) error {
	page := dealWhyPage{Page: v.Page(urls.Deals, "")}
	err := v.Model(func(m *forecast.Model) error {
		d, err := v.Deal(m.Team())
		if err != nil {
			return err
		}
		page.fill(newDealView(v, m, d))
		return nil
	})
	if err != nil {
		return err
	}
	return v.Render("deal_why", page)
}

func (p *dealWhyPage) fill(w *dealView) {
	p.Href, p.Name, p.Placed = w.href, wording.DealName(w.team, w.d), w.today.Calibration != nil
	p.Title = w.T("why.title", p.Name)
	if !p.Placed {
		p.None = w.T("why.none_without_process")
		if w.now.Close != nil {
			p.None = w.T("why.none_closed")
		}
		return
	}
	c := &w.today.Chance
	f := c.Calibration.At(c.Standing)
	p.Lead = w.whyLead(f)
	p.Where = w.whereItStands()
	p.Count, p.Result = w.count(f)
	p.Days = w.Text.Sentence("why.no_days")
	if days := f.Days.Won + f.Days.Lost + f.Days.Censored; days > 0 {
		p.Days = w.Text.Sentence("why.days", days, w.Text.Int(int64(f.Days.Won)), w.Text.Int(int64(f.Days.Lost)), w.Text.Int(int64(f.Days.Censored)))
	}
	known, within := "why.known", "why.within"
	if f.Deals == 0 {
		known, within = "why.known_start", "why.within_start"
	}
	p.Known = w.Text.Sentence(known, c.Calibration.On, w.Text.Dec(c.Low*100, 0), w.Text.Chance(c.High))
	p.Within, p.WithinName = w.within(), w.T(within)
	p.Prospects = w.prospects()
	p.Lose, p.Likely = w.howLong(c)
	p.Curve = w.cumulativeWins()
	p.list(w)
}

// whyLead says the chance, the usual figure beside it, and why they differ.
func (w *dealView) whyLead(f *stats.Figures) []i18n.Piece {
	t, c := w.Text, &w.today.Chance
	said := t.Chance(c.Chance)
	if c.Unknown {
		return t.Sentence("why.lead_unknown", said, w.href)
	}
	if f.Deals == 0 {
		answer := c.Calibration.WinsOfTen
		if !c.Calibration.Answered {
			return t.Sentence("why.lead_start", said)
		}
		return t.Sentence("why.lead_own_start", said, t.Dec(answer, chart.DecimalsOf(answer)))
	}
	usual := float64(f.Wins) / float64(f.Deals)
	key := "why.lead_same"
	switch diff := math.Round(100*usual) - math.Round(100*c.Chance); {
	case c.MostlyStart:
		key = "why.lead_few"
	case diff > 0:
		key = "why.lead_lower"
	case diff < 0:
		key = "why.lead_higher"
	}
	return t.Sentence(key, said, f.Deals, t.Percent(usual))
}

// whereItStands names the milestone that was passed last and the one that is waited for, and whether it stalled there.
func (w *dealView) whereItStands() string {
	c := &w.today.Chance
	required := c.Calibration.Version.Required
	name := func(i int) string { return wording.MilestoneName(w.team, w.d.Process(), required[i]) }
	var text string
	switch {
	case c.Unknown:
		text = w.T("why.anywhere")
	case c.Passed == 0 && len(required) == 0:
		text = w.T("why.at_start_alone")
	case c.Passed == 0:
		text = w.T("why.at_start", name(0))
	case c.Passed == len(required):
		text = w.T("why.at_end", name(c.Passed-1))
	default:
		text = w.T("why.between", name(c.Passed-1), name(c.Passed))
	}
	if c.Stalled {
		return text + " " + w.T("why.and_stalled", c.Patience.Days)
	}
	return text
}

// count is the arithmetic: the share of days that a win followed, weighed with the starting value.
func (w *dealView) count(f *stats.Figures) ([]whyRow, whyRow) {
	t := w.Text
	start := whyRow{w.startingValue(), t.Dec(stats.PriorWeight, 1), t.Percent(f.Prior)}
	result := whyRow{w.T("why.row_chance"), t.Dec(f.N+stats.PriorWeight, 1), t.Chance(f.Chance)}
	if f.N == 0 {
		return []whyRow{start}, result
	}
	return []whyRow{{w.T("why.row_days", f.Deals), t.Dec(f.N, 1), t.Percent(f.Curve.Q())}, start}, result
}

// startingValue says what the starting value comes from (model, section 6): the answer, what has closed, and the steps that it is spread over.
func (w *dealView) startingValue() string {
	c := w.today.Calibration
	answer, steps := w.Text.Dec(c.WinsOfTen, chart.DecimalsOf(c.WinsOfTen)), len(c.Version.Required)+1
	said := w.T("why.row_start_default", answer)
	switch {
	case c.Closed > 0:
		said = w.T("why.row_start_learned", c.Won, c.Closed, answer)
	case c.Answered:
		said = w.T("why.row_start_answer", answer)
	}
	if !w.today.Unknown && steps > 1 {
		said += w.T("why.row_start_spread", steps)
	}
	if w.today.Chance.Stalled {
		said += w.T("why.row_start_stalled")
	}
	return said
}

// after are the days for which the page says what has become of such deals.
var after = []int{30, 90, 180, 365}

func (w *dealView) within() []whyWithin {
	c := &w.today.Chance
	var rows []whyWithin
	for _, days := range after {
		won, lost := c.Calibration.Win(c.Standing, days), c.Calibration.Lose(c.Standing, days)
		rows = append(rows, whyWithin{
			Days: w.T("why.within_days", days), Won: w.Text.Percent(won), Lost: w.Text.Percent(lost), Open: w.Text.Percent(max(0, 1-won-lost)),
		})
	}
	return rows
}

// howLong says when such deals are decided. A team that has not won or lost yet has only an assumption (model, section 7), and is told so.
func (w *dealView) howLong(c *forecast.Chance) (lose, likely []i18n.Piece) {
	loses, takes := "why.lose", "why.likely"
	if c.Calibration.Closed == c.Calibration.Won {
		loses = "why.lose_assumed"
	}
	if c.Calibration.Won == 0 {
		takes = "why.likely_assumed"
	}
	return w.Text.Sentence(loses, w.Text.Chance(1-c.Chance), halfLost(c), c.Calibration.On),
		w.Text.Sentence(takes, c.Likely.Sub(max(c.Since, c.Calibration.On)), w.Text.Day(c.Likely), c.Calibration.On)
}

// halfLost is the number of days within which half of what is lost from here has been lost.
func halfLost(c *forecast.Chance) int {
	half := c.Calibration.Lose(c.Standing, stats.Horizon) / 2
	days := 1
	for days < stats.Horizon && c.Calibration.Lose(c.Standing, days) < half {
		days++
	}
	return days
}

func (w *dealView) prospects() []whyProspect {
	var rows []whyProspect
	for i, next := range w.m.Prospects(w.d) {
		what := i18n.UpperFirst(w.T("why.when", i18n.LowerFirst(wording.MilestoneName(w.team, w.d.Process(), next.Milestone))))
		if i > 0 {
			what = w.T("why.then", i18n.LowerFirst(wording.MilestoneName(w.team, w.d.Process(), next.Milestone)))
		}
		rows = append(rows, whyProspect{what, w.Text.Chance(next.Chance)})
	}
	if d := &w.today; d.StallsIn > 0 {
		rows = append(rows, whyProspect{w.T("why.if_nothing", d.StallsOn), w.Text.Chance(d.IfStalled)})
	}
	return rows
}

// showFirstSimilar is how many of the deals behind a chance are shown at first.
const showFirstSimilar = 20

func (p *dealWhyPage) list(w *dealView) {
	similar := w.m.Similar(w.today.Calibration, w.today.Standing)
	if w.QueryParam("all") != urls.Yes && len(similar) > showFirstSimilar {
		p.More, p.AllHref = len(similar)-showFirstSimilar, p.Href+"/why?all=1#similar"
		similar = similar[:showFirstSimilar]
	}
	for _, s := range similar {
		row := whyDeal{
			Name: parts.Cell{Text: wording.DealName(w.team, s.Deal), Href: urls.DealPath(s.Deal.ID)}, Won: s.Won, Outcome: w.T(wording.OutcomeKeys[process.Lost]),
			Days: w.Text.Int(int64(s.Days)), Closed: w.Text.ISO(s.Closed),
		}
		if c := s.Deal.Now.Close; c != nil {
			row.Outcome, row.Closed = w.T(wording.OutcomeKeys[c.Outcome]), w.Text.ISO(c.On)
		}
		if s.Won {
			row.Outcome = w.T(wording.OutcomeKeys[process.Won])
		}
		p.Similar = append(p.Similar, row)
	}
}

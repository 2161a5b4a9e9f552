package processes

import (
	"math"

	"milstolpe/handlers/chart"
	"milstolpe/handlers/parts"
	"milstolpe/handlers/report"
	"milstolpe/handlers/urls"
	"milstolpe/handlers/web"
	"milstolpe/process"
	"milstolpe/process/forecast"
	"milstolpe/process/stats"
	"milstolpe/process/winloss"
)

// impactPage tells from the team's own closed deals which milestones matter, in words before figures.
type impactPage struct {
	web.Page
	Href, Name string
	Filters    []parts.FilterGroup
	Closed     int
	Lead       string
	News       []string // a required one without a difference, an optional one that decides
	Lines      []impactLine
	Order      impactLine
	OrderSays  string
}

// impactLine is one milestone, or the order, with both groups.
type impactLine struct {
	Plate                                chart.MilestoneMarker
	Name                                 string
	Optional                             bool
	With, WithWon, Without, WithoutWon   int
	ShareWith, ShareWithout              float64
	HasWith, HasWithout                  bool
	WithHref, WithoutHref                string
	Verdict, Factor, Missing             string
	Landmark                             int
	Decides, NoDifference, CannotTellYet bool
}

// enoughToCompare is how many deals each group must have before "no visible difference" is said (model, section 10).
const enoughToCompare = 20

func impactRoutes(r *web.Router) {
	r.GetCached("/processes/:id/evidence", showImpact)
	r.Report("/processes/:id/evidence", "process_evidence.title", impactReport)
	r.GetCached(impactDealsPath, showImpactDeals)
	r.Template("process_evidence", impactPage{})
}

func showImpact(v *web.Request) error {
	page := impactPage{Page: v.Page(urls.ProcessPages, "")}
	err := v.Model(func(m *forecast.Model) error {
		e := winloss.Milestones(m.Team(), processID(v), v.Today)
		if e == nil {
			return process.Missing("process.no_such")
		}
		page.Href, page.Name = urls.ProcessHref(e.Process), e.Version.Definition.Name
		page.fill(v, e)
		edit := parts.FilterGroup{Words: []parts.FilterLink{{Text: v.T("process.edit"), Href: page.Href + "/edit"}}}
		page.Filters = []parts.FilterGroup{edit, web.DownloadLinks(v.Text, page.Href+"/evidence")}
		return nil
	})
	if err != nil {
		return err
	}
	page.Title = v.T("process_evidence.title_of", page.Name)
	page.Print = page.Title
	return v.Render("process_evidence", page)
}

func impactReport(v *web.Request) (made report.Report, err error) {
	err = v.Model(func(m *forecast.Model) error {
		e := winloss.Milestones(m.Team(), processID(v), v.Today)
		if e == nil {
			return process.Missing("process.no_such")
		}
		made = v.AsReports().Milestones(e.Version.Definition.Name, e)
		return nil
	})
	return made, err
}

func (page *impactPage) fill(v *web.Request, e *winloss.ProcessEvidence) {
	page.Closed = e.Closed
	numeral, decide, nothing := 0, 0, 0
	for i := range e.Milestones {
		one := &e.Milestones[i]
		line := newImpactLine(v, one)
		line.Plate.State = chart.Reached
		if one.Milestone.Required {
			numeral++
			line.Plate.Numeral = numeral
		}
		switch {
		case line.Decides:
			decide++
		case line.NoDifference:
			nothing++
		}
		if one.Surprises() {
			page.News = append(page.News, news(v, &line))
		}
		page.Lines = append(page.Lines, line)
	}
	page.Lead = impactLead(v, e.Closed, len(e.Milestones), decide, nothing)
	page.Order = newImpactLine(v, &e.Order)
	page.Order.Missing = orderMissing(v, &e.Order)
	page.OrderSays = orderSays(v, &page.Order)
}

func impactLead(v *web.Request, closed, all, decide, nothing int) string {
	switch {
	case closed == 0:
		return v.T("process_evidence.no_closed")
	case decide == 0 && nothing == 0:
		return v.T("process_evidence.lead_cannot_tell", closed)
	case nothing == 0:
		return v.T("process_evidence.lead_decide", decide, all, closed)
	case decide == 0:
		return v.T("process_evidence.lead_nothing", nothing, all, closed)
	}
	return v.T("process_evidence.lead_both", decide, nothing, all, closed)
}

func newImpactLine(v *web.Request, e *winloss.MilestoneEvidence) impactLine {
	line := impactLine{
		Name: e.Milestone.Name, Optional: !e.Milestone.Required, Landmark: e.Landmark,
		With: e.With, WithWon: e.WithWon, Without: e.Without, WithoutWon: e.WithoutWon, HasWith: e.With > 0, HasWithout: e.Without > 0,
		WithHref: impactDealsHref(processID(v), e, groupWith), WithoutHref: impactDealsHref(processID(v), e, groupWithout),
		ShareWith: wonShare(e.WithWon, e.With), ShareWithout: wonShare(e.WithoutWon, e.Without), Factor: weight(v, e.Factor),
	}
	switch e.Verdict {
	case stats.Decides:
		line.Decides, line.Verdict = true, v.T("process_evidence.decides")
	case stats.NoVisibleDifference:
		line.NoDifference, line.Verdict = true, v.T("process_evidence.no_difference")
	case stats.CannotTellDifference:
		line.CannotTellYet, line.Verdict, line.Missing = true, v.T("process_evidence.cannot_tell"), missing(v, e)
	}
	return line
}

func wonShare(won, of int) float64 {
	if of == 0 {
		return 0
	}
	return float64(won) / float64(of)
}

// missing says what it takes to tell.
func missing(v *web.Request, e *winloss.MilestoneEvidence) string {
	switch {
	case e.With+e.Without == 0:
		return v.T("process_evidence.missing_all")
	case e.With == 0:
		return v.T("process_evidence.missing_none_with", e.Without)
	case e.Without == 0:
		return v.T("process_evidence.missing_none_without", e.With)
	case e.With < enoughToCompare || e.Without < enoughToCompare:
		return v.T("process_evidence.missing_few", e.With, e.Without, enoughToCompare)
	case e.Factor > 10:
		return v.T("process_evidence.missing_turned")
	}
	return v.T("process_evidence.missing_clear")
}

// orderMissing says what it takes to tell whether the order matters.
func orderMissing(v *web.Request, e *winloss.MilestoneEvidence) string {
	switch all := e.With + e.Without; {
	case all == 0:
		return v.T("process_evidence.order_none")
	case e.With == 0 || e.Without == 0:
		return v.T("process_evidence.order_one_way", all)
	case e.With < enoughToCompare || e.Without < enoughToCompare:
		return v.T("process_evidence.order_few", e.With, e.Without, enoughToCompare)
	case e.Factor > 10:
		return v.T("process_evidence.order_turned")
	}
	return v.T("process_evidence.missing_clear")
}

// weight writes how much the deals speak for a difference, or against one: 26 : 1, 1 : 4.
func weight(v *web.Request, factor float64) string {
	switch {
	case factor >= 1000:
		return v.T("process_evidence.weight_for", v.T("process_evidence.over_thousand"))
	case factor >= 1:
		return v.T("process_evidence.weight_for", v.Text.Dec(factor, 0))
	case factor > 0:
		return v.T("process_evidence.weight_against", v.Text.Dec(math.Min(1/factor, 1000), 0))
	}
	return ""
}

func news(v *web.Request, line *impactLine) string {
	key := "process_evidence.news_required"
	if line.Optional {
		key = "process_evidence.news_optional"
	}
	return v.T(key, line.Name, v.Text.Percent(line.ShareWith), v.Text.Percent(line.ShareWithout))
}

func orderSays(v *web.Request, o *impactLine) string {
	switch {
	case o.Decides:
		return v.T("process_evidence.order_decides", v.Text.Percent(o.ShareWith), v.Text.Percent(o.ShareWithout))
	case o.NoDifference:
		return v.T("process_evidence.order_nothing", v.Text.Percent(o.ShareWith), v.Text.Percent(o.ShareWithout))
	}
	return v.T("process_evidence.order_cannot_tell", o.Missing)
}

package handlers

import (
	"math"

	"milstolpe/handlers/report"
	"milstolpe/process"
	"milstolpe/process/counting"
	"milstolpe/process/forecast"
)

// evidencePage tells from the team's own closed deals which milestones matter, in words before figures.
type evidencePage struct {
	Page
	Href, Name string
	Filters    []FilterGroup
	Closed     int
	Lead       string
	News       []string // a required one without a difference, an optional one that decides
	Lines      []evidenceLine
	Order      evidenceLine
	OrderSays  string
}

// evidenceLine is one milestone, or the order, with both groups.
type evidenceLine struct {
	Plate                                Plate
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

func evidenceRoutes(r *routes) {
	r.getKept("/processes/:id/evidence", showEvidence)
	r.report("/processes/:id/evidence", "process_evidence.title", evidenceReport)
	r.getKept(evidenceDealsPath, showEvidenceDeals)
	r.template("process_evidence", evidencePage{})
}

func showEvidence(v *visit) error {
	page := evidencePage{Page: v.page(ProcessPages, "")}
	err := v.model(func(m *forecast.Model) error {
		e := m.Evidence(v.processID(), v.today)
		if e == nil {
			return process.Missing("process.no_such")
		}
		page.Href, page.Name = processHref(e.Process), e.Version.Definition.Name
		page.fill(v, e)
		edit := FilterGroup{Words: []FilterWord{{Text: v.t("process.edit"), Href: page.Href + "/edit"}}}
		page.Filters = []FilterGroup{edit, takeAways(v.text, page.Href+"/evidence")}
		return nil
	})
	if err != nil {
		return err
	}
	page.Title = v.t("process_evidence.title_of", page.Name)
	page.Print = page.Title
	return v.show("process_evidence", page)
}

func evidenceReport(v *visit) (made report.Report, err error) {
	err = v.model(func(m *forecast.Model) error {
		e := m.Evidence(v.processID(), v.today)
		if e == nil {
			return process.Missing("process.no_such")
		}
		made = v.asReports().Milestones(e.Version.Definition.Name, e)
		return nil
	})
	return made, err
}

func (page *evidencePage) fill(v *visit, e *forecast.ProcessEvidence) {
	page.Closed = e.Closed
	numeral, decide, nothing := 0, 0, 0
	for i := range e.Milestones {
		one := &e.Milestones[i]
		line := v.evidenceLine(one)
		line.Plate.State = Reached
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
			page.News = append(page.News, v.news(&line))
		}
		page.Lines = append(page.Lines, line)
	}
	page.Lead = v.evidenceLead(e.Closed, len(e.Milestones), decide, nothing)
	page.Order = v.evidenceLine(&e.Order)
	page.Order.Missing = v.orderMissing(&e.Order)
	page.OrderSays = v.orderSays(&page.Order)
}

func (v *visit) evidenceLead(closed, all, decide, nothing int) string {
	switch {
	case closed == 0:
		return v.t("process_evidence.no_closed")
	case decide == 0 && nothing == 0:
		return v.t("process_evidence.lead_cannot_tell", closed)
	case nothing == 0:
		return v.t("process_evidence.lead_decide", decide, all, closed)
	case decide == 0:
		return v.t("process_evidence.lead_nothing", nothing, all, closed)
	}
	return v.t("process_evidence.lead_both", decide, nothing, all, closed)
}

func (v *visit) evidenceLine(e *forecast.MilestoneEvidence) evidenceLine {
	line := evidenceLine{
		Name: e.Milestone.Name, Optional: !e.Milestone.Required, Landmark: e.Landmark,
		With: e.With, WithWon: e.WithWon, Without: e.Without, WithoutWon: e.WithoutWon, HasWith: e.With > 0, HasWithout: e.Without > 0,
		WithHref: evidenceDealsHref(v.processID(), e, groupWith), WithoutHref: evidenceDealsHref(v.processID(), e, groupWithout),
		ShareWith: wonShare(e.WithWon, e.With), ShareWithout: wonShare(e.WithoutWon, e.Without), Factor: v.weight(e.Factor),
	}
	switch e.Verdict {
	case counting.Decides:
		line.Decides, line.Verdict = true, v.t("process_evidence.decides")
	case counting.NoVisibleDifference:
		line.NoDifference, line.Verdict = true, v.t("process_evidence.no_difference")
	case counting.CannotTellDifference:
		line.CannotTellYet, line.Verdict, line.Missing = true, v.t("process_evidence.cannot_tell"), v.missing(e)
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
func (v *visit) missing(e *forecast.MilestoneEvidence) string {
	switch {
	case e.With+e.Without == 0:
		return v.t("process_evidence.missing_all")
	case e.With == 0:
		return v.t("process_evidence.missing_none_with", e.Without)
	case e.Without == 0:
		return v.t("process_evidence.missing_none_without", e.With)
	case e.With < enoughToCompare || e.Without < enoughToCompare:
		return v.t("process_evidence.missing_few", e.With, e.Without, enoughToCompare)
	case e.Factor > 10:
		return v.t("process_evidence.missing_turned")
	}
	return v.t("process_evidence.missing_clear")
}

// orderMissing says what it takes to tell whether the order matters.
func (v *visit) orderMissing(e *forecast.MilestoneEvidence) string {
	switch all := e.With + e.Without; {
	case all == 0:
		return v.t("process_evidence.order_none")
	case e.With == 0 || e.Without == 0:
		return v.t("process_evidence.order_one_way", all)
	case e.With < enoughToCompare || e.Without < enoughToCompare:
		return v.t("process_evidence.order_few", e.With, e.Without, enoughToCompare)
	case e.Factor > 10:
		return v.t("process_evidence.order_turned")
	}
	return v.t("process_evidence.missing_clear")
}

// weight writes how much the deals speak for a difference, or against one: 26 : 1, 1 : 4.
func (v *visit) weight(factor float64) string {
	switch {
	case factor >= 1000:
		return v.t("process_evidence.weight_for", v.t("process_evidence.over_thousand"))
	case factor >= 1:
		return v.t("process_evidence.weight_for", v.text.Dec(factor, 0))
	case factor > 0:
		return v.t("process_evidence.weight_against", v.text.Dec(math.Min(1/factor, 1000), 0))
	}
	return ""
}

func (v *visit) news(line *evidenceLine) string {
	key := "process_evidence.news_required"
	if line.Optional {
		key = "process_evidence.news_optional"
	}
	return v.t(key, line.Name, v.text.Percent(line.ShareWith), v.text.Percent(line.ShareWithout))
}

func (v *visit) orderSays(o *evidenceLine) string {
	switch {
	case o.Decides:
		return v.t("process_evidence.order_decides", v.text.Percent(o.ShareWith), v.text.Percent(o.ShareWithout))
	case o.NoDifference:
		return v.t("process_evidence.order_nothing", v.text.Percent(o.ShareWith), v.text.Percent(o.ShareWithout))
	}
	return v.t("process_evidence.order_cannot_tell", o.Missing)
}

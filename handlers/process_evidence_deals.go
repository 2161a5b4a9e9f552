package handlers

import (
	"net/url"

	"milstolpe/process"
	"milstolpe/process/forecast"
)

const evidenceDealsPath = processPath + ":id/evidence/deals"

// evidenceAsk is which group of deals of which milestone; no milestone is the order in which they were taken.
type evidenceAsk struct {
	Milestone string `query:"milestone"`
	Group     string `query:"group"`
}

// The two groups that are compared, as they are named in an address.
const (
	groupWith    = "with"
	groupWithout = "without"
)

func evidenceDealsHref(id process.ProcessID, e *forecast.MilestoneEvidence, group string) string {
	values := url.Values{"group": {group}}
	if e.Milestone.Key != "" {
		values.Set("milestone", string(e.Milestone.Key))
	}
	return address(processHref(id)+"/evidence/deals", values, nil)
}

func showEvidenceDeals(v *visit) error {
	var ask evidenceAsk
	if err := v.query(&ask); err != nil {
		return err
	}
	page := dealsBehindPage{Page: v.page(ProcessPages, v.t("process_evidence.title"))}
	if err := v.model(func(m *forecast.Model) error { return page.evidence(v, m, ask) }); err != nil {
		return err
	}
	return v.showDealsBehind(&page)
}

// evidence fills the page with one of the two groups.
func (p *dealsBehindPage) evidence(v *visit, m *forecast.Model, ask evidenceAsk) error {
	all := m.Evidence(v.processID(), v.today)
	if all == nil {
		return process.Missing("process.no_such")
	}
	e, keys := &all.Order, map[string]string{groupWith: "process_evidence.in_order", groupWithout: "process_evidence.other_order"}
	if ask.Milestone != "" {
		keys = map[string]string{groupWith: "process_evidence.deals_with", groupWithout: "process_evidence.deals_without"}
		e = nil
		for i := range all.Milestones {
			if one := &all.Milestones[i]; string(one.Milestone.Key) == ask.Milestone {
				e = one
			}
		}
	}
	if e == nil || keys[ask.Group] == "" {
		return process.Missing("outcome.no_such_number")
	}
	p.Heading, p.Back = e.Milestone.Name, Cell{Text: v.t("process_evidence.title"), Href: processHref(all.Process) + "/evidence"}
	if ask.Milestone == "" {
		p.Heading = v.t("process_evidence.order")
	}
	groups := FilterGroup{}
	for _, group := range []string{groupWith, groupWithout} {
		groups.Words = append(groups.Words, choice(group == ask.Group, v.t(keys[group]), evidenceDealsHref(all.Process, e, group)))
	}
	p.Filters = []FilterGroup{groups}
	deals, won := e.DealsWith, e.WithWon
	if ask.Group == groupWithout {
		deals, won = e.DealsWithout, e.WithoutWon
	}
	p.Lead = v.t("process_evidence.deals_lead", len(deals), won, v.text.Percent(wonShare(won, len(deals))))
	p.list(v, m.Team(), deals)
	return nil
}

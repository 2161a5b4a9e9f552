package processes

import (
	"net/url"

	"milstolpe/handlers/figures"
	"milstolpe/handlers/parts"
	"milstolpe/handlers/urls"
	"milstolpe/handlers/web"
	"milstolpe/process"
	"milstolpe/process/forecast"
	"milstolpe/process/winloss"
)

const impactDealsPath = urls.ProcessPath + ":id/evidence/deals"

// impactQuery is which group of deals of which milestone; no milestone is the order in which they were taken.
type impactQuery struct {
	Milestone string `query:"milestone"`
	Group     string `query:"group"`
}

// The two groups that are compared, as they are named in an address.
const (
	groupWith    = "with"
	groupWithout = "without"
)

func impactDealsHref(id process.ProcessID, e *winloss.MilestoneEvidence, group string) string {
	values := url.Values{"group": {group}}
	if e.Milestone.Key != "" {
		values.Set("milestone", string(e.Milestone.Key))
	}
	return urls.Address(urls.ProcessHref(id)+"/evidence/deals", values, nil)
}

func showImpactDeals(v *web.Request) error {
	var ask impactQuery
	if err := v.Query(&ask); err != nil {
		return err
	}
	page := figures.DealListPage{Page: v.Page(urls.ProcessPages, v.T("process_evidence.title"))}
	if err := v.Model(func(m *forecast.Model) error { return impactOf(&page, v, m, ask) }); err != nil {
		return err
	}
	return figures.ShowDealList(v, &page)
}

// impactOf fills the page with one of the two groups.
func impactOf(p *figures.DealListPage, v *web.Request, m *forecast.Model, ask impactQuery) error {
	all := winloss.Milestones(m.Team(), processID(v), v.Today)
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
	p.Heading, p.Back = e.Milestone.Name, parts.Cell{Text: v.T("process_evidence.title"), Href: urls.ProcessHref(all.Process) + "/evidence"}
	if ask.Milestone == "" {
		p.Heading = v.T("process_evidence.order")
	}
	groups := parts.FilterGroup{}
	for _, group := range []string{groupWith, groupWithout} {
		groups.Words = append(groups.Words, parts.Choice(group == ask.Group, v.T(keys[group]), impactDealsHref(all.Process, e, group)))
	}
	p.Filters = []parts.FilterGroup{groups}
	deals, won := e.DealsWith, e.WithWon
	if ask.Group == groupWithout {
		deals, won = e.DealsWithout, e.WithoutWon
	}
	p.Lead = v.T("process_evidence.deals_lead", len(deals), won, v.Text.Percent(wonShare(won, len(deals))))
	p.List(v, m.Team(), deals)
	return nil
}

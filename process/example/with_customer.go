package example

import (
	"milstolpe/process"
	"milstolpe/process/sales"
)

// plan words the plan for the customer in some of the deals that have come half-way: who does it there, and a greeting.
func (w *recorder) plan(t turn, day int) {
	d := w.company.dice.fork("plan", 1000*w.number+day)
	if t.key != "decision_path_described" && t.key != "year_reviewed" || !d.chance(0.35) {
		return
	}
	closing, who := about(pick(d, w.t.PlanClosings), w.customer.contacts[0]), w.customer.contacts
	w.by(day, w.next(day), w.onDeal(func(deal *sales.Deal, _ *sales.Team, m sales.Env) ([]process.Fact, error) {
		plan := process.Plan{Closing: closing}
		for _, key := range []process.MilestoneID{"solution_approved", "need_confirmed"} {
			plan.Lines = append(plan.Lines, process.PlanLine{Milestone: key, Who: who[0].name})
		}
		for _, key := range []process.MilestoneID{"budget_set_aside", "terms_accepted", "renewal_terms_accepted"} {
			plan.Lines = append(plan.Lines, process.PlanLine{Milestone: key, Who: who[1].name})
		}
		asked := deal.Version().Definition
		lines := plan.Lines[:0]
		for _, l := range plan.Lines {
			if _, ok := asked.Milestone(l.Milestone); ok {
				lines = append(lines, l)
			}
		}
		plan.Lines = lines
		return deal.WordPlan(plan, nil, m.Today)
	}))
}

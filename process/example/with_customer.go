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
	w.by(day, w.next(day), w.onDeal(func(deal *sales.Deal, m sales.Env) ([]process.Fact, error) {
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

// roles writes down who decides, holds the money, will use it and examines it, and whom the seller has met. In the deals that are won the
// one who decides has been met more often.
func (w *recorder) roles() {
	d := w.company.dice.fork("roles", w.number)
	meets := 0.42
	if w.outcome == process.Won {
		meets = 0.8
	}
	for i, key := range []process.RoleID{process.Examines, process.Decides, process.Money, process.Uses} {
		known, met := w.opens+d.between(2, 12)+6*i, d.chance(meets)
		if i == 0 {
			met = d.chance(0.9) // the first whom they talk to
		}
		who := w.customer.contacts[[]int{0, 1, 1, 2}[i]]
		if !d.chance(0.85) || key == process.Money && d.chance(0.4) {
			continue
		}
		w.knows(key, who, w.workday(known), 0)
		if met {
			w.knows(key, who, w.workday(known+d.between(4, 16)), 1)
		}
	}
}

// knows records on a day who has a role, and from the second time on that they have been met.
func (w *recorder) knows(key process.RoleID, who contact, day, times int) {
	if !w.isOpen(day) || day >= w.closes() {
		return
	}
	w.by(day, 11*60+w.company.dice.fork("minute", 1000*w.number+day).between(0, 40), w.onDeal(func(deal *sales.Deal, m sales.Env) ([]process.Fact, error) {
		if v := deal.Version(); v == nil {
			return nil, nil
		} else if _, asked := v.Definition.Role(key); !asked {
			return nil, nil // the version that the deal follows does not ask for it yet
		}
		id, facts, err := deal.AddContact(sales.ContactForm{Name: who.name, Role: who.role, Email: who.email, Phone: who.phone}, m)
		if err != nil {
			return nil, err
		}
		holder := sales.RoleHolder{Contact: id}
		if times > 0 {
			holder.Met = m.Today
		}
		more, err := deal.SetRole(key, holder, nil, m.Today)
		return append(facts, more...), err
	}))
}

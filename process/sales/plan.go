package sales

import (
	"reflect"

	"milstolpe/process"
)

// Plan is how the plan for the customer is worded, and the events that say so.
func (d *Deal) Plan() (process.Plan, []process.EventID) {
	plan, _ := d.plan.On(process.FarFuture, d.Retractions())
	return plan, d.plan.HeadIDs(process.FarFuture, d.Retractions())
}

// WordPlan changes how the plan for the customer is worded. Lines that change nothing are left out.
func (d *Deal) WordPlan(p process.Plan, base []process.EventID, today process.Date) ([]process.Fact, error) {
	if d.Now.Close != nil {
		return nil, &process.Error{Kind: process.Invalid, Msg: "deal.already_closed"}
	}
	var lines []process.PlanLine
	for _, l := range p.Lines {
		if !l.IsZero() {
			lines = append(lines, l)
		}
	}
	p.Lines = lines
	if err := p.Check(); err != nil {
		return nil, err
	}
	have, heads := d.Plan()
	if samePlan(have, p) && !d.resolves(base, heads) {
		return nil, nil
	}
	return []process.Fact{&process.PlanWorded{Stamp: process.Stamp{Known: today, Base: orHeads(base, heads)}, Deal: d.ID, Plan: p}}, nil
}

func samePlan(a, b process.Plan) bool { return reflect.DeepEqual(a, b) }

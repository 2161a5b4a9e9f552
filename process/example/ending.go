package example

import (
	"milstolpe/process"
	"milstolpe/process/sales"
)

// Why deals end, by outcome; keys of process.LossReasons. The first ones are the most frequent.
var endings = map[process.Outcome][]string{
	process.Lost: {
		"price_over_value", "price_over_value", "price_over_value", "stayed_with_supplier", "stayed_with_supplier", "delivery_time",
		"missing_capability", "came_too_late", "lower_score", "references_lacking", "requirements_not_met",
	},
	process.NoDecision: {
		"other_priorities", "other_priorities", "project_postponed", "project_postponed", "no_budget", "no_budget", "stopped_answering",
		"stopped_answering", "no_agreement", "fear_of_choosing", "contact_left", "project_cancelled", "reorganisation",
	},
	process.Withdrew: {"not_for_us", "not_for_us", "contract_terms"},
}

// end writes down how the deal ended, or how it seemed to have ended before it was re-opened.
func (w *recorder) end(i, day int) {
	outcome := w.outcome
	if i < len(w.turns)-1 {
		outcome = process.NoDecision
	}
	c := sales.CloseInput{Outcome: outcome, On: w.first.AddDays(w.turns[i].day)}
	switch outcome {
	case process.Won:
		if w.d.chance(0.85) {
			c.Value = w.amount(w.worth)
		}
	case process.Void:
		c.Reason = w.t.Void
	case process.Lost, process.NoDecision, process.Withdrew:
		c.Reason = w.t.losses[pick(w.d, endings[outcome])]
		c.SaidBy = process.SaidByUs
		if w.d.chance(w.habits(day).asks) && outcome != process.Withdrew {
			c.SaidBy = process.SaidByCustomer
		}
		if outcome == process.Lost && w.d.chance(0.75) {
			c.Competitor = pick(w.d, w.t.Competitors)
		}
	}
	w.by(day, 18*60+w.d.between(0, 30), w.onDeal(func(d *sales.Deal, m sales.Env) ([]process.Fact, error) {
		if c.Outcome == process.Won && c.Value == nil && d.Now.Value == nil {
			c.Value = w.amount(w.worth)
		}
		return d.CloseDeal(c, m.Today)
	}))
}

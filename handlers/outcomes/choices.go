package outcomes

import (
	"milstolpe/handlers/parts"
	"milstolpe/process"
	"milstolpe/process/stats"
	"milstolpe/process/winloss"
)

var departureKeys = map[stats.Departure]string{stats.WonMore: "lists.fit.more", stats.WonFewer: "lists.fit.fewer"}

// choiceFits are how well the chances fit the groups of a list, by choice.
func (o *outcomeView) choiceFits(id process.ListID) map[string]winloss.ChoiceFit {
	list, _ := o.model.Team().Lists().List(id)
	fits := map[string]winloss.ChoiceFit{}
	for _, f := range winloss.FitByChoice(o.report, &list) {
		fits[string(f.Choice)] = f
	}
	return fits
}

// fit fills in the column for a group.
func (o *outcomeView) fit(row *groupRow, f winloss.ChoiceFit) {
	switch {
	case f.Deals == 0:
		row.Evidence = o.T("outcome.cannot_tell")
	case f.Beside == stats.NotTold:
		row.Evidence = o.T("lists.fit.counts", f.Won, o.Dec(f.Promised, 1))
	default:
		row.Evidence, row.EvidenceKnown = o.T(departureKeys[f.Beside], f.Won, o.Dec(f.Promised, 1)), true
	}
}

// fitWords say over and under the table what can be told.
func (o *outcomeView) fitWords(t *groupTable, fits map[string]winloss.ChoiceFit) {
	apart := 0
	for _, f := range fits {
		if f.Beside != stats.NotTold {
			apart++
		}
	}
	lead := o.Sentence("lists.fit.none")
	if apart > 0 {
		lead = o.Sentence("lists.fit.some", apart)
	}
	t.EvidenceHead, t.Lead, t.Note = o.T("lists.fit.head"), parts.Sentences(t.Lead, lead), o.T("lists.fit.note")
}

package deals

import (
	"slices"

	"milstolpe/handlers/i18n"
	"milstolpe/handlers/parts"
	"milstolpe/handlers/web"
	"milstolpe/handlers/wording"
	"milstolpe/process"
	"milstolpe/process/picklists"
)

// listFields are the controls with the choices of the team's own lists: as the deal has them, or as they were sent, with their faults.
func listFields(t *i18n.Text, lists *picklists.Book, has picklists.Chosen, sent *sentChoices, faults parts.FieldErrors) []wording.ListChoice {
	none := func(picklists.List) string { return t.T("lists.none") }
	fields := wording.ListChoices(t, lists, none, has.Of)
	for i, l := range lists.Lists() {
		f := &fields[i]
		f.Base, f.Fault = web.EncodeBaseOf(string(l.ID), has.Heads(l.ID)), faults.At(f.Field)
		if sent != nil {
			f.Base = web.EncodeBaseOf(string(l.ID), web.DecodeBaseOf(string(l.ID), sent.base))
			f.Value, f.Was = pickIn(sent.now, l.ID, f.Value), pickIn(sent.was, l.ID, f.Was)
		}
	}
	return fields
}

// sentChoices are those of a form as it was sent.
type sentChoices struct{ now, was, base []string }

// pickIn is what was picked of a list; otherwise where nothing was.
func pickIn(picks []string, id process.ListID, otherwise string) string {
	for _, pick := range picks {
		if list, _, _ := process.Picks(pick).First(); list == id {
			return pick
		}
	}
	return otherwise
}

// choose gives a deal the choices that were sent. One that was left as it stood is not recorded again, whatever somebody else has made of it
// meanwhile.
func (c *sentChoices) choose(lists *picklists.Book, id process.DealID, has picklists.Chosen, stamp process.Stamp) ([]process.Fact, error) {
	var problems process.Problems
	var facts []process.Fact
	for _, pick := range c.now {
		list, choice, any := process.Picks(pick).First()
		seen := web.DecodeBaseOf(string(list), c.base)
		if !any || slices.Contains(c.was, pick) && len(seen) < 2 {
			continue
		}
		more, err := has.Set(lists, id, list, choice, seen, stamp)
		if err != nil {
			problems.Join(err)
		}
		facts = append(facts, more...)
	}
	return facts, problems.OrNil()
}

// openedWith is the stamp of what is recorded together with a deal that is being opened.
func openedWith(facts []process.Fact) (s process.Stamp) {
	for _, f := range facts {
		if o, ok := f.(*process.DealOpened); ok {
			s.Known, s.History = o.Known, o.History
		}
	}
	return s
}

// listFacts are what the deal has of the team's own lists.
func (w *dealView) listFacts() (facts []parts.DealFact) {
	for _, l := range w.team.Lists().Lists() {
		facts = append(facts, parts.DealFact{Label: l.Name, Value: wording.ChoiceName(w.Text, w.team.Lists(), l.ID, w.d.Choices().Of(l.ID))})
	}
	return facts
}

package handlers

import (
	"cmp"
	"strings"

	"milstolpe/process"
	"milstolpe/process/money"
	"milstolpe/process/sales"
)

// factWords says in a sentence what somebody has recorded. The sentence does not name the deal: the history of a deal is about it, and
// the log names it beside.
type factWords struct {
	t       *Text
	team    *sales.Team
	process process.ProcessID // of the deal that facts are about
}

// say is the sentence for one event. Facts that need more than a word or two are in the functions below.
func (w factWords) say(e process.Event) []Piece {
	switch f := e.Fact.(type) {
	case *process.DealOpened:
		return w.opened(f)
	case *process.DealRenamed:
		return w.t.Sentence("fact.renamed", w.or(f.Name))
	case *process.DealCustomerSet:
		return w.t.Sentence("fact.customer_set", w.or(w.team.Customer(f.Customer)))
	case *process.SellerSet:
		return w.t.Sentence("fact.seller_set", w.or(w.team.Person(f.Seller)))
	case *process.ValueSet:
		return w.t.Sentence("fact.value_set", w.amount(f.Value))
	case *process.ExpectedCloseSet:
		return w.t.Sentence("fact.expected_set", w.or(w.t.Day(f.Day)))
	case *process.OpinionSet:
		return w.t.Sentence("fact.opinion_set", w.t.Percent(f.Percent/100))
	case *process.DealMoved:
		return w.moved(f)
	case *process.NextStepSet:
		return w.next(f)
	case *process.JournalWritten:
		return w.t.Sentence("fact.journal", f.Text)
	case *process.ContactLinked:
		return w.linked(f)
	case *process.DealClosed:
		return w.closed(f)
	case *process.DealReopened:
		return w.t.Sentence("fact.reopened", f.Reason)
	}
	if pieces, ok := w.milestone(e.Fact); ok {
		return pieces
	}
	return w.teamwide(e.Fact)
}

// or stands in for an empty value.
func (w factWords) or(text string) string { return cmp.Or(text, w.t.T("deal.empty")) }

func (w factWords) amount(v *money.Amount) string {
	if v == nil {
		return w.t.T("deal.empty")
	}
	return w.t.Money(*v)
}

func (w factWords) opened(f *process.DealOpened) []Piece {
	if f.Value == nil {
		return w.t.Sentence("fact.opened")
	}
	return w.t.Sentence("fact.opened_value", w.t.Money(*f.Value))
}

func (w factWords) moved(f *process.DealMoved) []Piece {
	number := 0
	if v, ok := w.team.Version(f.Version); ok {
		number = v.Number
	}
	return w.t.Sentence("fact.moved", number)
}

func (w factWords) next(f *process.NextStepSet) []Piece {
	switch {
	case f.Text == "":
		return w.t.Sentence("fact.next_none")
	case f.Due.IsZero():
		return w.t.Sentence("fact.next", f.Text)
	}
	return w.t.Sentence("fact.next_due", f.Text, f.Due)
}

func (w factWords) linked(f *process.ContactLinked) []Piece {
	c, _ := w.team.Contact(f.Contact)
	name := cmp.Or(c.Name, w.t.T("fact.erased_person"))
	if f.Off {
		return w.t.Sentence("fact.contact_off", name)
	}
	return w.t.Sentence("fact.contact_on", name)
}

func (w factWords) closed(f *process.DealClosed) []Piece {
	outcome := w.t.T(outcomeKeys[f.Outcome])
	details := []string{f.Reason}
	if f.Value != nil {
		details = append([]string{w.t.Money(*f.Value)}, details...)
	}
	if f.Competitor != "" {
		details = append(details, w.t.T("fact.competitor", f.Competitor))
	}
	var said []string
	for _, d := range details {
		if d != "" {
			said = append(said, d)
		}
	}
	if len(said) == 0 {
		return w.t.Sentence("fact.closed", outcome)
	}
	return w.t.Sentence("fact.closed_why", outcome, strings.Join(said, ", "))
}

// milestone words the facts about milestones.
func (w factWords) milestone(fact process.Fact) ([]Piece, bool) {
	name := func(key process.MilestoneID) string { return milestoneName(w.team, w.process, key) }
	switch f := fact.(type) {
	case *process.MilestoneReached:
		return w.t.Sentence("fact.reached", name(f.Milestone)), true
	case *process.MilestoneWaived:
		return w.t.Sentence("fact.waived", name(f.Milestone), f.Reason), true
	case *process.MilestoneWithdrawn:
		if f.Mistake {
			return w.t.Sentence("fact.withdrawn_mistake", name(f.Milestone), f.Reason), true
		}
		return w.t.Sentence("fact.withdrawn", name(f.Milestone), f.Reason), true
	case *process.MilestoneCorrected:
		return w.t.Sentence("fact.corrected", name(f.Milestone)), true
	case *process.MilestonePromised:
		if f.Day.IsZero() {
			return w.t.Sentence("fact.promise_gone", name(f.Milestone)), true
		}
		return w.t.Sentence("fact.promised", name(f.Milestone), f.Day), true
	}
	return nil, false
}

// teamwide words the facts about the team and its processes, and the undoing of anything.
func (w factWords) teamwide(fact process.Fact) []Piece {
	switch f := fact.(type) {
	case *process.Undone:
		return w.t.Sentence("fact.undone", len(f.Events))
	case *process.WriterIntroduced:
		return w.t.Sentence("fact.writer", w.or(f.Computer))
	case *process.TeamFounded:
		return w.t.Sentence("fact.founded")
	case *process.SettingSet:
		return w.t.Sentence("fact.setting", w.t.T("fact.setting_"+string(f.Setting)), w.or(w.t.setting(f.Setting, f.Value)))
	case *process.PersonNamed:
		return w.t.Sentence("fact.person", f.Name)
	case *process.CustomerNamed:
		return w.t.Sentence("fact.customer", f.Name)
	case *process.CustomersMerged:
		return w.t.Sentence("fact.merged", w.team.Customer(f.Into))
	case *process.ContactNamed:
		return w.t.Sentence("fact.contact", cmp.Or(f.Name, w.t.T("fact.erased_person")))
	case *process.RateSet:
		return w.t.Sentence("fact.rate", f.Currency, w.t.Dec(f.Rate, 4))
	case *process.TargetSet:
		return w.t.Sentence("fact.target", f.Period, w.t.Money(f.Amount))
	case *process.CallMade:
		return w.t.Sentence("fact.call", f.Period, w.t.Money(f.Amount))
	case *process.ForecastNoted:
		return w.t.Sentence("fact.noted", len(f.Figures))
	case *process.ImportTaken:
		return w.t.Sentence("fact.import", f.Source, f.Deals)
	case *process.ImportUndone:
		return w.t.Sentence("fact.import_undone")
	case *process.MappingKept:
		return w.t.Sentence("fact.mapping")
	case *process.DraftSaved:
		return w.t.Sentence("fact.draft", w.or(f.Definition.Name))
	case *process.VersionPublished:
		return w.t.Sentence("fact.published", f.Definition.Name)
	}
	return w.t.Sentence("fact.newer", process.FactType(fact))
}

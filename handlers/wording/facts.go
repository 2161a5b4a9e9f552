package wording

import (
	"cmp"
	"strings"

	"milstolpe/handlers/i18n"
	"milstolpe/process"
	"milstolpe/process/money"
	"milstolpe/process/sales"
)

// FactSentence writes a sentence about what somebody has recorded. The sentence does not name the deal: the history of a deal is about it, and
// the log names it beside the sentence.
type FactSentence struct {
	T       *i18n.Text
	Team    *sales.Team
	Process process.ProcessID // of the deal that the facts are about
	Erased  bool              // the content of the event was erased later
}

// Pieces is the sentence for one event, in pieces of which some may be links. A fact that this program does not know gets a general
// sentence.
func (w FactSentence) Pieces(e process.Event) []i18n.Piece {
	switch f := e.Fact.(type) {
	case *process.DealOpened:
		return w.opened(f)
	case *process.DealRenamed:
		return w.T.Sentence("fact.renamed", w.orEmpty(f.Name))
	case *process.DealCustomerSet:
		return w.T.Sentence("fact.customer_set", w.orEmpty(w.Team.Customer(f.Customer)))
	case *process.SellerSet:
		return w.T.Sentence("fact.seller_set", w.orEmpty(w.Team.Person(f.Seller)))
	case *process.OpeningCorrected:
		return w.T.Sentence("fact.opening_corrected", f.On)
	case *process.SourceSet:
		return w.T.Sentence("fact.source_set", w.orEmpty(f.Source))
	case *process.ChoiceSet:
		return w.T.Sentence("fact.choice_set", w.listName(f.List), w.orEmpty(w.Team.Lists().ChoiceName(f.List, f.Choice)))
	case *process.ValueSet:
		return w.T.Sentence("fact.value_set", w.amount(f.Value))
	case *process.ExpectedCloseSet:
		return w.T.Sentence("fact.expected_set", w.orEmpty(w.T.Day(f.Day)))
	case *process.OpinionSet:
		return w.T.Sentence("fact.opinion_set", w.T.Percent(f.Percent/100))
	case *process.DealMoved:
		return w.moved(f)
	case *process.NextStepSet:
		return w.next(f)
	case *process.JournalWritten:
		return w.T.Sentence("fact.journal", f.Text)
	case *process.ContactLinked:
		return w.linked(f)
	case *process.RoleSet:
		return w.role(f)
	case *process.PlanWorded:
		return w.T.Sentence("fact.plan_worded")
	case *process.DealClosed:
		return w.closed(f)
	case *process.DealReopened:
		return w.T.Sentence("fact.reopened", f.Reason)
	}
	if pieces, ok := w.milestone(e.Fact); ok {
		return pieces
	}
	return w.teamFact(e.Fact)
}

// orEmpty is the text, or for an empty one the word for that.
func (w FactSentence) orEmpty(text string) string { return cmp.Or(text, w.T.T("deal.empty")) }

func (w FactSentence) amount(v *money.Amount) string {
	if v == nil {
		return w.T.T("deal.empty")
	}
	return w.T.Money(*v)
}

func (w FactSentence) opened(f *process.DealOpened) []i18n.Piece {
	if f.Value == nil {
		return w.T.Sentence("fact.opened")
	}
	return w.T.Sentence("fact.opened_value", w.T.Money(*f.Value))
}

func (w FactSentence) moved(f *process.DealMoved) []i18n.Piece {
	number := 0
	if v, ok := w.Team.Version(f.Version); ok {
		number = v.Number
	}
	return w.T.Sentence("fact.moved", number)
}

func (w FactSentence) next(f *process.NextStepSet) []i18n.Piece {
	switch {
	case f.Text == "":
		return w.T.Sentence("fact.next_none")
	case f.Due.IsZero():
		return w.T.Sentence("fact.next", f.Text)
	}
	return w.T.Sentence("fact.next_due", f.Text, DayAndTime(w.T, f.Due, f.Time, 0))
}

func (w FactSentence) linked(f *process.ContactLinked) []i18n.Piece {
	c, _ := w.Team.Contact(f.Contact)
	name := c.Name
	switch {
	case c.Erased:
		name = w.T.T("fact.erased_person")
	case name == "": // not known here: what names the person has not come in, or was undone
		name = w.T.T("fact.unknown_person")
	}
	if f.Off {
		return w.T.Sentence("fact.contact_off", name)
	}
	return w.T.Sentence("fact.contact_on", name)
}

func (w FactSentence) closed(f *process.DealClosed) []i18n.Piece {
	outcome := w.T.T(OutcomeKeys[f.Outcome])
	details := []string{f.Reason}
	if f.Value != nil {
		details = append([]string{w.T.Money(*f.Value)}, details...)
	}
	if f.Competitor != "" {
		details = append(details, w.T.T("fact.competitor", f.Competitor))
	}
	var said []string
	for _, d := range details {
		if d != "" {
			said = append(said, d)
		}
	}
	if len(said) == 0 {
		return w.T.Sentence("fact.closed", outcome)
	}
	return w.T.Sentence("fact.closed_why", outcome, strings.Join(said, ", "))
}

// milestone writes the facts about milestones.
func (w FactSentence) milestone(fact process.Fact) ([]i18n.Piece, bool) {
	name := func(key process.MilestoneID) string { return MilestoneName(w.Team, w.Process, key) }
	switch f := fact.(type) {
	case *process.MilestoneReached:
		return w.T.Sentence("fact.reached", name(f.Milestone)), true
	case *process.MilestoneWaived:
		return w.T.Sentence("fact.waived", name(f.Milestone), f.Reason), true
	case *process.MilestoneWithdrawn:
		if f.Mistake {
			return w.T.Sentence("fact.withdrawn_mistake", name(f.Milestone), f.Reason), true
		}
		return w.T.Sentence("fact.withdrawn", name(f.Milestone), f.Reason), true
	case *process.MilestoneCorrected:
		return w.T.Sentence("fact.corrected", name(f.Milestone)), true
	case *process.NoneReached:
		return w.T.Sentence("fact.none_reached"), true
	case *process.MilestonePromised:
		if f.Day.IsZero() {
			return w.T.Sentence("fact.promise_gone", name(f.Milestone)), true
		}
		return w.T.Sentence("fact.promised", name(f.Milestone), f.Day), true
	}
	return nil, false
}

// teamFact writes the facts about the team and its processes, and the undoing of anything.
func (w FactSentence) teamFact(fact process.Fact) []i18n.Piece {
	switch f := fact.(type) {
	case *process.Undone:
		return w.T.Sentence("fact.undone", len(f.Events))
	case *process.WriterIntroduced:
		return w.T.Sentence("fact.writer", w.orEmpty(f.Computer))
	case *process.TeamFounded:
		return w.T.Sentence("fact.founded")
	case *process.SettingSet:
		return w.T.Sentence("fact.setting", w.T.T("fact.setting_"+string(f.Setting)), w.orEmpty(setting(w.T, f.Setting, f.Value)))
	case *process.PersonNamed:
		if len(f.Base) > 0 {
			return w.T.Sentence("fact.person_renamed", f.Name)
		}
		return w.T.Sentence("fact.person", f.Name)
	case *process.PeopleMerged:
		return w.T.Sentence("fact.people_merged", w.Team.Person(f.Into))
	case *process.CustomerNamed:
		return w.T.Sentence("fact.customer", f.Name)
	case *process.CustomersMerged:
		return w.T.Sentence("fact.merged", w.Team.Customer(f.Into))
	case *process.ContactNamed:
		if f.Name == "" && !w.Erased {
			return w.T.Sentence("fact.contact_erased", w.orEmpty(w.Team.Customer(f.Customer)))
		}
		return w.T.Sentence("fact.contact", cmp.Or(f.Name, w.T.T("fact.erased_person")))
	case *process.RateSet:
		return w.T.Sentence("fact.rate", f.Currency, w.T.Dec(f.Rate, 4))
	case *process.TargetSet:
		return w.T.Sentence("fact.target", f.Period, w.T.Money(f.Amount))
	case *process.CallMade:
		return w.T.Sentence("fact.call", f.Period, w.T.Money(f.Amount))
	case *process.ForecastNoted:
		return w.T.Sentence("fact.noted", len(f.Figures))
	case *process.MeetingHeld:
		return w.T.Sentence("fact.meeting_held", len(f.Agreed))
	case *process.ImportTaken:
		return w.T.Sentence("fact.import", f.Source, f.Deals)
	case *process.ImportUndone:
		return w.T.Sentence("fact.import_undone")
	case *process.MappingKept:
		return w.T.Sentence("fact.mapping")
	case *process.DraftSaved:
		return w.T.Sentence("fact.draft", w.orEmpty(f.Definition.Name))
	case *process.VersionPublished:
		return w.T.Sentence("fact.published", f.Definition.Name)
	}
	if pieces, ok := w.list(fact); ok {
		return pieces
	}
	return w.T.Sentence("fact.newer", process.FactType(fact))
}

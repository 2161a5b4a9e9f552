package deals

import (
	"strings"

	"milstolpe/handlers/chart"
	"milstolpe/handlers/i18n"
	"milstolpe/handlers/parts"
	"milstolpe/handlers/urls"
	"milstolpe/handlers/web"
	"milstolpe/process"
	"milstolpe/process/sales"
)

// dealMilestones is the buyer's milestones in order, with the form of one of them open.
type dealMilestones struct {
	Href    string
	Mail    string // where a mail is taken in as evidence; empty for a closed deal
	Process parts.Cell
	Items   []milestoneItem
	People  []string // names to choose from: the buyer's
	Today   string
	HowFar  *howFar // the form for several at once
	Several bool    // more than one is missing
	Closed  bool
}

// milestoneItem is one of them. At most one of its forms is there.
type milestoneItem struct {
	ID, Name, Class string
	Deal            string // address of the deal
	Href            string // of what can be done with the milestone
	Plate           chart.MilestoneMarker
	Optional        bool
	Said            string // when, by whom
	Evidence        string // what shows it
	Link            string // where that is
	Notes           string // small print
	Red             string // a day that the buyer had named, and that has passed
	Acts            []milestoneAct
	MayBeMarked     bool // the button that marks it as reached
	Next            bool
	Required        bool
	EvidenceNeeded  bool
	Mark            string            // the report that is shown
	Others          []milestoneReport // what others have reported of the same

	Reach    *reachForm
	Withdraw *withdrawForm
	Waive    *waiveForm
	Promise  *promiseForm
}

// milestoneReport is another report of a milestone that was reached.
type milestoneReport struct {
	Said, Evidence, Link, Notes string
	Acts                        []milestoneAct
	Mark                        string
}

// Ask is the address that opens a form of the milestone.
func (i milestoneItem) Ask(form string) string { return i.AskOf(form, i.Mark) }

// AskOf is the address that opens a form about one of the reports.
func (i milestoneItem) AskOf(form, mark string) string {
	address := i.Deal + "?form=" + form + "&m=" + strings.TrimPrefix(i.ID, "m-")
	if len(i.Others) > 0 && mark != "" {
		address += "&mark=" + mark
	}
	return address
}

// milestoneAct is a word that opens a form.
type milestoneAct struct{ Form, Text string }

func (w *dealView) milestones(forms dealForms) dealMilestones {
	part := dealMilestones{Href: w.href, Today: w.Request.Today.String()}
	if w.now.Close == nil {
		part.Mail = urls.MailPath(w.d.ID)
	}
	if w.Version == nil {
		return part
	}
	if proc, ok := w.team.Process(w.d.Process()); ok {
		part.Process = parts.Cell{Text: proc.Name(), Href: "/processes/" + string(proc.ID)}
	}
	for _, c := range w.team.ContactsOf(w.now.Customer) {
		part.People = append(part.People, c.Name)
	}
	plates := w.Markers()
	for i := range w.Version.Definition.Milestones {
		ms := &w.Version.Definition.Milestones[i]
		part.Items = append(part.Items, w.milestone(ms, plates[i], forms))
	}
	part.HowFar, part.Several, part.Closed = w.howFar(forms.CatchUp), len(missingChoices(w.d, nil)) > 1, w.now.Close != nil
	return part
}

func (w *dealView) milestone(ms *process.Milestone, plate chart.MilestoneMarker, forms dealForms) milestoneItem {
	item := milestoneItem{
		ID: "m-" + string(ms.Key), Name: ms.Name, Deal: w.href, Href: w.href + "/milestones/" + string(ms.Key), Plate: plate, Optional: !ms.Required,
		Next: plate.State == chart.Next, Required: ms.Required, EvidenceNeeded: ms.Evidence == process.EvidenceRequired,
	}
	open := w.now.Close == nil
	mark, there := w.Marks[ms.Key]
	switch {
	case there && mark.Waived:
		w.waived(&item, mark, open)
	case there:
		w.reached(&item, mark, w.d.MarkOpen(mark))
	default:
		w.missing(&item, ms, open)
	}
	w.reports(&item, ms.Key, mark)
	item.open(forms, ms.Key)
	if f := item.Reach; f != nil {
		f.Hint = historyHint(w.Request, w.team)
		f.Role, _ = w.behind(ms.Key)
	}
	if f := item.Reach; f != nil && there && !mark.Waived {
		f.Correct = true
		if f.Base == "" || f.Faults.Stale() {
			f.Base = web.EncodeBase(w.d.CorrectionIDs(ms.Key))
		}
	}
	w.freshen(&item, ms.Key)
	return item
}

// freshen makes the forms that came back stale anew from what stands now.
func (w *dealView) freshen(item *milestoneItem, key process.MilestoneID) {
	marks := web.EncodeBase(w.d.MarkIDs(key, process.FarFuture))
	if f := item.Withdraw; f != nil {
		if f.Faults.Stale() {
			f.Base = web.EncodeBase(w.d.CorrectionIDs(key))
		}
		if meant, there := w.report(key, f.Mark); there && len(item.Others) > 0 {
			f.Whose = w.T("deal.withdraw_whose", w.team.RecordedBy(meant.ID), w.Text.DayNear(meant.On, w.Request.Today))
		}
	}
	if f := item.Waive; f != nil && f.Faults.Stale() {
		f.Base = marks
	}
}

func (i *milestoneItem) open(forms dealForms, key process.MilestoneID) {
	if f := forms.Reach; f != nil && f.Key == key {
		i.Reach = f
	}
	if f := forms.Withdraw; f != nil && f.Key == key {
		i.Withdraw = f
	}
	if f := forms.Waive; f != nil && f.Key == key {
		i.Waive = f
	}
	if f := forms.Promise; f != nil && f.Key == key {
		i.Promise = f
	}
	if i.Reach != nil || i.Withdraw != nil || i.Waive != nil || i.Promise != nil {
		i.MayBeMarked, i.Acts = false, nil
	}
}

func (i *milestoneItem) note(text string) { i.Notes = strings.TrimSpace(i.Notes + " " + text) }

// reports adds what others have reported of the same milestone, each with its own date, evidence and name.
func (w *dealView) reports(item *milestoneItem, key process.MilestoneID, shown sales.Mark) {
	if shown.ID.IsZero() {
		return
	}
	item.Mark = shown.ID.String()
	for _, m := range w.d.ReportsOn(key, process.FarFuture) {
		if m.ID == shown.ID {
			continue
		}
		r := milestoneReport{Mark: m.ID.String(), Notes: w.recorded(m)}
		if m.Waived {
			r.Said, r.Notes = w.T("deal.waived_on", w.Text.DayNear(m.On, w.Request.Today), m.Reason), w.T("deal.recorded_by", w.team.RecordedBy(m.ID))
		} else {
			r.Said, r.Evidence, r.Link = w.saidOf(m)
		}
		switch open := w.d.MarkOpen(m); {
		case open && m.Waived:
			r.Acts = []milestoneAct{{"withdraw", w.T("deal.withdraw")}}
		case open:
			r.Acts = []milestoneAct{{"reach", w.T("deal.correct")}, {"withdraw", w.T("deal.withdraw")}}
		}
		item.Others = append(item.Others, r)
	}
}

// saidOf is when and by whom a milestone was reached, and what shows it.
func (w *dealView) saidOf(mark sales.Mark) (said, evidence, link string) {
	on := w.Text.DayNear(mark.On, w.Request.Today)
	said = i18n.EndWithStop(w.T("deal.reached_on", on))
	if c, ok := w.team.Contact(mark.Contact); ok && !c.Erased {
		who := c.Name
		if c.Role != "" {
			who += ", " + c.Role
		}
		said = w.T("deal.reached_by", on, who)
	}
	evidence, link = mark.Evidence.Text, mark.Evidence.Link
	if link != "" && evidence == "" {
		evidence = link
	}
	return said, evidence, link
}

// reached tells when, by whom and what shows it.
func (w *dealView) reached(item *milestoneItem, mark sales.Mark, open bool) {
	item.Said, item.Evidence, item.Link = w.saidOf(mark)
	if item.Plate.State == chart.Ahead {
		if next, ok := w.Version.Definition.Milestone(w.Next); ok {
			item.note(w.T("deal.ahead", i18n.LowerFirst(next.Name)))
		}
	}
	if item.Optional {
		item.note(w.T("deal.optional_moves_nothing"))
	}
	item.note(w.recorded(mark))
	if open {
		item.Acts = []milestoneAct{{"reach", w.T("deal.correct")}, {"withdraw", w.T("deal.withdraw")}}
	}
}

// recorded says who wrote it down, and when if that was later.
func (w *dealView) recorded(mark sales.Mark) string {
	by := w.team.RecordedBy(mark.ID)
	late := mark.Stamp.Known.Sub(mark.On)
	switch {
	case mark.Stamp.Import != "":
		return w.T("deal.recorded_import")
	case mark.Stamp.History:
		return w.T("deal.recorded_history", by)
	case late <= 0:
		return w.T("deal.recorded_same_day", by)
	}
	return w.T("deal.recorded_later", late, by)
}

func (w *dealView) waived(item *milestoneItem, mark sales.Mark, open bool) {
	item.Said = w.T("deal.waived_on", w.Text.DayNear(mark.On, w.Request.Today), mark.Reason)
	item.note(w.T("deal.recorded_by", w.team.RecordedBy(mark.ID)))
	if open {
		item.Acts = []milestoneAct{{"reach", w.T("deal.reach")}, {"withdraw", w.T("deal.withdraw")}}
	}
}

// missing says what it takes, and whether the buyer has named a day.
func (w *dealView) missing(item *milestoneItem, ms *process.Milestone, open bool) {
	item.Class = "later"
	if item.Next {
		item.Class = "next"
	}
	if ms.Criterion != "" {
		item.note(w.T("deal.counts_when", i18n.LowerFirst(strings.TrimRight(ms.Criterion, ". "))))
	}
	if item.EvidenceNeeded {
		item.note(w.T("deal.evidence_needed"))
	}
	item.MayBeMarked = true
	if !open {
		return
	}
	if ms.Required && !item.Next {
		item.Acts = append(item.Acts, milestoneAct{"catchup", w.T("deal.reach_through")})
	}
	promise := w.T("deal.promise")
	day, _ := w.d.Promised(ms.Key)
	promised := !day.IsZero()
	if promised {
		promise = w.T("deal.promise_change")
		said := w.Text.DayNear(day, w.Request.Today)
		if day < w.Request.Today {
			item.Red = i18n.EndWithStop(w.T("deal.promised_passed", said))
		} else {
			item.Said = i18n.EndWithStop(w.T("deal.promised", said))
		}
	}
	if item.Next || promised {
		item.Acts = append(item.Acts, milestoneAct{"promise", promise})
	}
	if item.Next {
		item.Acts = append(item.Acts, milestoneAct{"waive", w.T("deal.waive")})
	}
}

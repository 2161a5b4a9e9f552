package wording

import (
	"cmp"
	"strings"
	"time"

	"milstolpe/handlers/i18n"
	"milstolpe/handlers/parts"
	"milstolpe/handlers/urls"
	"milstolpe/handlers/web"
	"milstolpe/process"
	"milstolpe/process/calls"
	"milstolpe/process/conflicts"
	"milstolpe/process/drafts"
	"milstolpe/process/sales"
)

// ConflictView is one conflict, something that people disagree about, with what each of them recorded.
type ConflictView struct {
	Field, Subject  string // which identify it, for the form
	Seen            string // the events that the page shows
	Of, Href, Title string // "Björk, new kitchen", its page, "Value"
	Heads           []headView
	Before          *headView // what was there before; nil where that cannot be chosen
}

// headView is one of the values: in a line, or for a process as what differs from before.
type headView struct {
	Event, Text, By string
	At              time.Time
	Changes         []parts.ChangeLine
	Stands          bool // counts until somebody has chosen
}

// ConflictText says what a conflict is about and what its values are.
type ConflictText struct {
	*i18n.Text
	Zone *time.Location // of the times at which things were recorded
	Team *sales.Team
}

// View is the conflict as its page shows it.
func (w ConflictText) View(c sales.Conflict) ConflictView {
	view := ConflictView{Field: string(c.Field), Subject: c.Subject, Title: w.title(c)}
	view.Of, view.Href = w.of(c)
	var seen []process.EventID
	for _, h := range c.Heads {
		head := w.head(c, h)
		head.Stands = h.Event == c.Stands
		view.Heads = append(view.Heads, head)
		seen = append(seen, h.Event)
	}
	view.Seen = web.EncodeBase(seen)
	if c.Before != nil {
		if before := w.head(c, *c.Before); before.Text != "" && len(before.Changes) == 0 {
			view.Before = &before
		}
	}
	return view
}

func (w ConflictText) head(c sales.Conflict, h conflicts.Head) headView {
	head := headView{Event: h.Event.String(), By: w.Team.RecordedBy(h.Event), At: h.Event.At().In(w.Zone)}
	head.Text, head.Changes = w.Value(c, h)
	return head
}

// of names the deal, the process or the customer that a conflict is about, with its page.
func (w ConflictText) of(c sales.Conflict) (name, href string) {
	switch c.Field {
	case conflicts.Draft, conflicts.DraftRow:
		return c.Process.Name(), urls.ProcessEditPath(c.Process.ID)
	case conflicts.Version:
		return c.Process.Name(), urls.ProcessHref(c.Process.ID)
	case conflicts.CustomerName, conflicts.CustomerSame:
		id := process.CustomerID(c.Subject)
		return w.Team.Customer(id), urls.CustomerPath(w.Team.CanonicalCustomer(id))
	case conflicts.Person, conflicts.PersonSame:
		return w.Team.Person(process.PersonID(c.Subject)), urls.PeoplePath
	case conflicts.ListName, conflicts.ChoiceName, conflicts.ChoiceOrder:
		list, _, _ := strings.Cut(c.Subject, "\x1f")
		return ListName(w.Team.Lists(), process.ListID(list)), urls.ListsPath
	case conflicts.Contact:
		contact, _ := c.Heads[0].Value.(sales.Contact)
		return w.Team.Customer(contact.Customer), urls.CustomerPath(w.Team.CanonicalCustomer(contact.Customer))
	}
	if c.Deal != nil {
		return DealName(w.Team, c.Deal), urls.DealPath(c.Deal.ID)
	}
	return "", ""
}

// conflictKeys name what a conflict is about, without saying whose or of when.
var conflictKeys = map[conflicts.Field]string{
	conflicts.Name: "file.field_name", conflicts.Customer: "file.field_customer", conflicts.Seller: "file.field_seller",
	conflicts.Value: "file.field_value", conflicts.ExpectedClose: "file.field_expected_close", conflicts.NextStep: "file.field_next_step",
	conflicts.Opened: "file.field_opened", conflicts.Source: "file.field_source", conflicts.Choice: "file.kind_choice",
	conflicts.Outcome: "file.field_outcome", conflicts.Opinion: "file.field_opinion", conflicts.Plan: "file.field_plan", conflicts.Role: "file.kind_role", conflicts.Draft: "file.field_draft", conflicts.DraftRow: "file.kind_draft_row",
	conflicts.Version: "file.field_version", conflicts.CustomerName: "file.field_customer_name",
	conflicts.CustomerSame: "file.field_customer_same", conflicts.Contact: "file.field_contact", conflicts.Person: "file.field_person",
	conflicts.PersonSame: "file.field_person_same",
	conflicts.Promise:    "file.kind_promised", conflicts.Target: "file.kind_target", conflicts.Call: "file.kind_call",
	conflicts.ListName: "file.field_list", conflicts.ChoiceName: "file.kind_list_choice", conflicts.ChoiceOrder: "file.kind_list_order",
	conflicts.Rate: "file.kind_rate", conflicts.Reached: "file.kind_reached", conflicts.Setting: "file.kind_setting",
}

// ConflictField names a field of which there are several values, such as "Value" or "Expected close".
func ConflictField(t *i18n.Text, f conflicts.Field) string { return t.T(conflictKeys[f]) }

// SettingKeys are the texts that name the settings.
var SettingKeys = map[process.Setting]string{
	process.CompanySetting: "settings.company", process.CurrencySetting: "settings.currency", process.TimeZoneSetting: "settings.time_zone",
	process.CalibrationSetting: "settings.calibration", process.WinsOfTenSetting: "settings.wins", process.FiscalYearSetting: "settings.fiscal_year",
}

// title names the field.
func (w ConflictText) title(c sales.Conflict) string {
	switch value := c.Heads[0].Value.(type) {
	case calls.Target:
		return w.T("file.field_target", w.period(value.Period, w.Team.Person(value.Seller)))
	case drafts.Row:
		return w.T("file.field_draft_row", rowNamed(c))
	case calls.Call:
		return w.T("file.field_call", w.period(value.Period, w.Team.Person(value.Seller)))
	}
	switch c.Field {
	case conflicts.Promise:
		_, key, _ := strings.Cut(c.Subject, "\x1f")
		return w.T("file.field_promised", MilestoneName(w.Team, c.Deal.Process(), process.MilestoneID(key)))
	case conflicts.Role:
		_, key, _ := strings.Cut(c.Subject, "\x1f")
		return w.T("file.field_role", RoleName(w.Team, c.Deal.Process(), process.RoleID(key)))
	case conflicts.Reached:
		parts := strings.Split(c.Subject, "\x1f")
		return w.T("file.field_reached", MilestoneName(w.Team, c.Deal.Process(), process.MilestoneID(parts[1])))
	case conflicts.Rate:
		currency, day, _ := strings.Cut(c.Subject, "\x1f")
		if from, err := process.ParseDate(day); err == nil {
			return w.T("file.field_rate_from", currency, from)
		}
		return w.T("file.field_rate", currency)
	case conflicts.Choice, conflicts.ListName, conflicts.ChoiceName, conflicts.ChoiceOrder:
		return w.ofList(c)
	case conflicts.Setting:
		if key, ok := SettingKeys[process.Setting(c.Subject)]; ok {
			return w.T(key)
		}
		return w.T("file.field_setting", c.Subject)
	}
	return ConflictField(w.Text, c.Field)
}

// period names a period and, where it is one seller's, the seller.
func (w ConflictText) period(label, seller string) string {
	p, err := w.Team.Calendar().ParsePeriod(label)
	if err != nil {
		return label
	}
	return parts.JoinDots([]string{PeriodName(w.Text, p), seller})
}

// Value writes one of the values in conflict. For a definition it also lists how it differs from the one before; for others there is no
// list.
func (w ConflictText) Value(c sales.Conflict, h conflicts.Head) (string, []parts.ChangeLine) {
	switch x := h.Value.(type) {
	case process.Definition:
		if x.Name == "" && len(x.Milestones) == 0 {
			return w.T("file.draft_gone"), nil
		}
		before := process.Definition{}
		if current := c.Process.Current(); current != nil {
			before = current.Definition
		}
		return w.definition(before, x)
	case drafts.Row:
		return w.draftRow(x)
	case *sales.Version:
		return w.definition(versionBefore(c), x.Definition)
	case sales.Contact:
		if x.Erased {
			return w.T("file.contact_erased"), nil
		}
		return parts.JoinDots([]string{x.Name, x.Role, x.Email, x.Phone}), nil
	case sales.Correction:
		contact, _ := w.Team.Contact(x.Contact)
		return parts.JoinDots([]string{w.Text.Day(x.On), contact.Name, x.Evidence.Text, x.Evidence.Link}), nil
	case sales.Close:
		return EndText(w.Text, x), nil
	case process.Plan:
		return PlanText(w.Text, x), nil
	case calls.Target:
		return w.Text.Money(x.Amount), nil
	case calls.Call:
		return parts.JoinDots([]string{w.T("calls.layer." + string(x.Layer)), w.Text.Money(x.Amount), x.Reason}), nil
	case float64:
		if c.Field == conflicts.Rate {
			return w.Text.Dec(x, 4), nil
		}
		return w.Text.Percent(x / 100), nil
	case string:
		if c.Field == conflicts.Setting {
			x = setting(w.Text, process.Setting(c.Subject), x)
		}
		return cmp.Or(x, w.T("deal.empty")), nil
	}
	if text, ok := w.listValue(c, h.Value); ok {
		return text, nil
	}
	return w.fieldValue(h.Value), nil
}

// EndText says how a deal ended: outcome, day, value, reason and competitor.
func EndText(t *i18n.Text, end sales.Close) string {
	value := ""
	if end.Value != nil {
		value = t.Money(*end.Value)
	}
	return parts.JoinDots([]string{i18n.UpperFirst(t.T(OutcomeKeys[end.Outcome])), t.Day(end.On), value, end.Reason, end.Competitor})
}

func (w ConflictText) definition(before, after process.Definition) (string, []parts.ChangeLine) {
	return cmp.Or(after.Name, w.T("deal.empty")), ChangeLines(w.Text, process.CompareDefinitions(&before, &after))
}

// draftRow is a milestone as somebody has it in a draft, and what differs from what was there before.
func (w ConflictText) draftRow(x drafts.Row) (string, []parts.ChangeLine) {
	if x.Milestone == nil {
		return w.T("file.row_removed"), nil
	}
	var before process.Definition
	if x.Before != nil {
		before.Milestones = []process.Milestone{*x.Before}
	}
	after := process.Definition{Milestones: []process.Milestone{*x.Milestone}}
	lines := ChangeLines(w.Text, process.CompareDefinitions(&before, &after))
	for i := range lines {
		lines[i].Name = "" // it stands over them
		if x.Before != nil {
			lines[i].Kind = ""
		}
	}
	return cmp.Or(x.Name, w.T("deal.empty")), lines
}

// rowNamed is what the milestone of a conflict is called by those who have it.
func rowNamed(c sales.Conflict) (name string) {
	for _, h := range c.Heads {
		if row, ok := h.Value.(drafts.Row); ok && row.Milestone != nil {
			name = cmp.Or(name, row.Name)
		}
	}
	return name
}

// versionBefore is the version that people began with before they published two.
func versionBefore(c sales.Conflict) (before process.Definition) {
	for _, v := range c.Process.Versions() {
		if v.Event.Before(c.Heads[0].Event) {
			before = v.Definition
		}
	}
	return before
}

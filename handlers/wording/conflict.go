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

func (w ConflictText) head(c sales.Conflict, h sales.ClashHead) headView {
	head := headView{Event: h.Event.String(), By: w.Team.RecordedBy(h.Event), At: h.Event.At().In(w.Zone)}
	head.Text, head.Changes = w.Value(c, h)
	return head
}

// of names the deal, the process or the customer that a conflict is about, with its page.
func (w ConflictText) of(c sales.Conflict) (name, href string) {
	switch c.Field {
	case sales.ClashDraft:
		return c.Process.Name(), urls.ProcessEditPath(c.Process.ID)
	case sales.ClashVersion:
		return c.Process.Name(), urls.ProcessHref(c.Process.ID)
	case sales.ClashCustomerName, sales.ClashCustomerSame:
		id := process.CustomerID(c.Subject)
		return w.Team.Customer(id), urls.CustomerPath(w.Team.CanonicalCustomer(id))
	case sales.ClashPerson, sales.ClashPersonSame:
		return w.Team.Person(process.PersonID(c.Subject)), urls.PeoplePath
	case sales.ClashContact:
		contact, _ := c.Heads[0].Value.(sales.Contact)
		return w.Team.Customer(contact.Customer), urls.CustomerPath(w.Team.CanonicalCustomer(contact.Customer))
	}
	if c.Deal != nil {
		return DealName(w.Team, c.Deal), urls.DealPath(c.Deal.ID)
	}
	return "", ""
}

// conflictKeys name what a conflict is about, without saying whose or of when.
var conflictKeys = map[sales.ClashField]string{
	sales.ClashName: "file.field_name", sales.ClashCustomer: "file.field_customer", sales.ClashSeller: "file.field_seller",
	sales.ClashValue: "file.field_value", sales.ClashExpectedClose: "file.field_expected_close", sales.ClashNextStep: "file.field_next_step",
	sales.ClashOpened: "file.field_opened", sales.ClashSource: "file.field_source",
	sales.ClashOutcome: "file.field_outcome", sales.ClashOpinion: "file.field_opinion", sales.ClashPlan: "file.field_plan", sales.ClashRole: "file.kind_role", sales.ClashDraft: "file.field_draft",
	sales.ClashVersion: "file.field_version", sales.ClashCustomerName: "file.field_customer_name",
	sales.ClashCustomerSame: "file.field_customer_same", sales.ClashContact: "file.field_contact", sales.ClashPerson: "file.field_person",
	sales.ClashPersonSame: "file.field_person_same",
	sales.ClashPromise:    "file.kind_promised", sales.ClashTarget: "file.kind_target", sales.ClashCall: "file.kind_call",
	sales.ClashRate: "file.kind_rate", sales.ClashReached: "file.kind_reached", sales.ClashSetting: "file.kind_setting",
}

// ConflictField names a field of which there are several values, such as "Value" or "Expected close".
func ConflictField(t *i18n.Text, f sales.ClashField) string { return t.T(conflictKeys[f]) }

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
	case calls.Call:
		return w.T("file.field_call", w.period(value.Period, w.Team.Person(value.Seller)))
	}
	switch c.Field {
	case sales.ClashPromise:
		_, key, _ := strings.Cut(c.Subject, "\x1f")
		return w.T("file.field_promised", MilestoneName(w.Team, c.Deal.Process(), process.MilestoneID(key)))
	case sales.ClashRole:
		_, key, _ := strings.Cut(c.Subject, "\x1f")
		return w.T("file.field_role", RoleName(w.Team, c.Deal.Process(), process.RoleID(key)))
	case sales.ClashReached:
		parts := strings.Split(c.Subject, "\x1f")
		return w.T("file.field_reached", MilestoneName(w.Team, c.Deal.Process(), process.MilestoneID(parts[1])))
	case sales.ClashRate:
		return w.T("file.field_rate", c.Subject)
	case sales.ClashSetting:
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
func (w ConflictText) Value(c sales.Conflict, h sales.ClashHead) (string, []parts.ChangeLine) {
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
		value := ""
		if x.Value != nil {
			value = w.Text.Money(*x.Value)
		}
		return parts.JoinDots([]string{i18n.UpperFirst(w.T(OutcomeKeys[x.Outcome])), w.Text.Day(x.On), value, x.Reason, x.Competitor}), nil
	case process.Plan:
		return PlanText(w.Text, x), nil
	case calls.Target:
		return w.Text.Money(x.Amount), nil
	case calls.Call:
		return parts.JoinDots([]string{w.T("calls.layer." + string(x.Layer)), w.Text.Money(x.Amount), x.Reason}), nil
	case float64:
		if c.Field == sales.ClashRate {
			return w.Text.Dec(x, 4), nil
		}
		return w.Text.Percent(x / 100), nil
	case string:
		if c.Field == sales.ClashSetting {
			x = setting(w.Text, process.Setting(c.Subject), x)
		}
		return cmp.Or(x, w.T("deal.empty")), nil
	}
	return w.fieldValue(h.Value), nil
}

func (w ConflictText) definition(before, after process.Definition) (string, []parts.ChangeLine) {
	return cmp.Or(after.Name, w.T("deal.empty")), ChangeLines(w.Text, process.CompareDefinitions(&before, &after))
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

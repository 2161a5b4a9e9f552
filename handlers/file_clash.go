package handlers

import (
	"cmp"
	"strings"
	"time"

	"milstolpe/process"
	"milstolpe/process/sales"
)

// clashView is one thing that people disagree about, with what each of them recorded.
type clashView struct {
	Field, Subject  string // what tells it from others, for the form
	Seen            string // the events that the page shows
	Of, Href, Title string // "Björk, new kitchen", its page, "Value"
	Heads           []headView
}

// headView is one of the values: in a line, or for a process as what differs from before.
type headView struct {
	Event, Text, By string
	At              time.Time
	Changes         []changeLine
}

// clashWords says what a clash is about and what its values are.
type clashWords struct {
	*visit
	team *sales.Team
}

func (w clashWords) clash(c sales.Conflict) clashView {
	view := clashView{Field: string(c.Field), Subject: c.Subject, Title: w.title(c)}
	view.Of, view.Href = w.of(c)
	var seen []process.EventID
	for _, h := range c.Heads {
		head := headView{Event: h.Event.String(), By: w.team.By(h.Event), At: h.Event.At().In(w.brief.location)}
		head.Text, head.Changes = w.value(c, h)
		view.Heads = append(view.Heads, head)
		seen = append(seen, h.Event)
	}
	view.Seen = baseText(seen)
	return view
}

// of names the deal, the process or the customer that a clash is about, with its page.
func (w clashWords) of(c sales.Conflict) (name, href string) {
	switch c.Field {
	case sales.ClashDraft:
		return c.Process.Name(), editPath(c.Process.ID)
	case sales.ClashVersion:
		return c.Process.Name(), processHref(c.Process.ID)
	case sales.ClashCustomerName, sales.ClashCustomerSame:
		id := process.CustomerID(c.Subject)
		return w.team.Customer(id), customerPath(w.team.CanonicalCustomer(id))
	case sales.ClashContact:
		contact, _ := c.Heads[0].Value.(sales.Contact)
		return w.team.Customer(contact.Customer), customerPath(w.team.CanonicalCustomer(contact.Customer))
	}
	if c.Deal != nil {
		return dealName(w.team, c.Deal), dealPath(c.Deal.ID)
	}
	return "", ""
}

// clashKeys name what a clash is about, without saying whose or of when.
var clashKeys = map[sales.ClashField]string{
	sales.ClashName: "file.field_name", sales.ClashCustomer: "file.field_customer", sales.ClashSeller: "file.field_seller",
	sales.ClashValue: "file.field_value", sales.ClashExpectedClose: "file.field_expected_close", sales.ClashNextStep: "file.field_next_step",
	sales.ClashOutcome: "file.field_outcome", sales.ClashOpinion: "file.field_opinion", sales.ClashDraft: "file.field_draft",
	sales.ClashVersion: "file.field_version", sales.ClashCustomerName: "file.field_customer_name",
	sales.ClashCustomerSame: "file.field_customer_same", sales.ClashContact: "file.field_contact", sales.ClashPerson: "file.field_person",
	sales.ClashPromise: "file.kind_promised", sales.ClashTarget: "file.kind_target", sales.ClashCall: "file.kind_call",
	sales.ClashRate: "file.kind_rate", sales.ClashSetting: "file.kind_setting",
}

// ClashField names a field of which there are two values.
func (t *Text) ClashField(f sales.ClashField) string { return t.T(clashKeys[f]) }

var settingKeys = map[process.Setting]string{
	process.CompanySetting: "settings.company", process.CurrencySetting: "settings.currency", process.TimeZoneSetting: "settings.time_zone",
	process.CalibrationSetting: "settings.calibration", process.WinsOfTenSetting: "settings.wins", process.FiscalYearSetting: "settings.fiscal_year",
}

// title names the field.
func (w clashWords) title(c sales.Conflict) string {
	switch value := c.Heads[0].Value.(type) {
	case sales.Target:
		return w.t("file.field_target", w.period(value.Period, w.team.Person(value.Seller)))
	case sales.Call:
		return w.t("file.field_call", w.period(value.Period, w.team.Person(value.Seller)))
	}
	switch c.Field {
	case sales.ClashPromise:
		_, key, _ := strings.Cut(c.Subject, "\x1f")
		return w.t("file.field_promised", milestoneName(w.team, c.Deal.Process(), process.MilestoneID(key)))
	case sales.ClashRate:
		return w.t("file.field_rate", c.Subject)
	case sales.ClashSetting:
		if key, ok := settingKeys[process.Setting(c.Subject)]; ok {
			return w.t(key)
		}
		return w.t("file.field_setting", c.Subject)
	}
	return w.text.ClashField(c.Field)
}

// period names a period and, where it is one seller's, the seller.
func (w clashWords) period(label, seller string) string {
	p, err := w.team.Calendar().ParsePeriod(label)
	if err != nil {
		return label
	}
	return dots([]string{w.text.periodName(p), seller})
}

// value writes one of the values that clash. A definition is told by how it differs from the one that stood before.
func (w clashWords) value(c sales.Conflict, h sales.ClashHead) (string, []changeLine) {
	switch x := h.Value.(type) {
	case process.Definition:
		if x.Name == "" && len(x.Milestones) == 0 {
			return w.t("file.draft_gone"), nil
		}
		before := process.Definition{}
		if current := c.Process.Current(); current != nil {
			before = current.Definition
		}
		return w.definition(before, x)
	case *sales.Version:
		return w.definition(versionBefore(c), x.Definition)
	case sales.Contact:
		return dots([]string{x.Name, x.Role, x.Email, x.Phone}), nil
	case sales.Close:
		value := ""
		if x.Value != nil {
			value = w.text.Money(*x.Value)
		}
		return dots([]string{upperFirst(w.t(outcomeKeys[x.Outcome])), w.text.Day(x.On), value, x.Reason, x.Competitor}), nil
	case sales.Target:
		return w.text.Money(x.Amount), nil
	case sales.Call:
		return dots([]string{w.t("calls.layer." + string(x.Layer)), w.text.Money(x.Amount), x.Reason}), nil
	case float64:
		if c.Field == sales.ClashRate {
			return w.text.Dec(x, 4), nil
		}
		return w.text.Percent(x / 100), nil
	case string:
		if c.Field == sales.ClashSetting {
			x = w.text.setting(process.Setting(c.Subject), x)
		}
		return cmp.Or(x, w.t("deal.empty")), nil
	}
	return fieldValue(w.text, w.team, h.Value), nil
}

func (w clashWords) definition(before, after process.Definition) (string, []changeLine) {
	return cmp.Or(after.Name, w.t("deal.empty")), w.changeLines(sales.Compare(&before, &after))
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

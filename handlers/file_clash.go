package handlers

import (
	"cmp"
	"strings"
	"time"

	"milstolpe/process"
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
	team *process.Team
}

func (w clashWords) clash(c process.FieldClash) clashView {
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
func (w clashWords) of(c process.FieldClash) (name, href string) {
	switch c.Field {
	case process.ClashDraft:
		return c.Process.Name(), editPath(c.Process.ID)
	case process.ClashVersion:
		return c.Process.Name(), processHref(c.Process.ID)
	case process.ClashCustomerName, process.ClashCustomerSame:
		id := process.CustomerID(c.Subject)
		return w.team.Customer(id), customerPath(w.team.CustomerAs(id))
	case process.ClashContact:
		contact, _ := c.Heads[0].Value.(process.Contact)
		return w.team.Customer(contact.Customer), customerPath(w.team.CustomerAs(contact.Customer))
	}
	if c.Deal != nil {
		return dealName(w.team, c.Deal), dealPath(c.Deal.ID)
	}
	return "", ""
}

// clashKeys name what a clash is about, without saying whose or of when.
var clashKeys = map[process.ClashField]string{
	process.ClashName: "file.field_name", process.ClashCustomer: "file.field_customer", process.ClashSeller: "file.field_seller",
	process.ClashValue: "file.field_value", process.ClashExpectedClose: "file.field_expected_close", process.ClashNextStep: "file.field_next_step",
	process.ClashOutcome: "file.field_outcome", process.ClashOpinion: "file.field_opinion", process.ClashDraft: "file.field_draft",
	process.ClashVersion: "file.field_version", process.ClashCustomerName: "file.field_customer_name",
	process.ClashCustomerSame: "file.field_customer_same", process.ClashContact: "file.field_contact", process.ClashPerson: "file.field_person",
	process.ClashPromise: "file.kind_promised", process.ClashTarget: "file.kind_target", process.ClashCall: "file.kind_call",
	process.ClashRate: "file.kind_rate", process.ClashSetting: "file.kind_setting",
}

// ClashField names a field of which there are two values.
func (t *Text) ClashField(f process.ClashField) string { return t.T(clashKeys[f]) }

var settingKeys = map[process.Setting]string{
	process.CompanySetting: "settings.company", process.CurrencySetting: "settings.currency", process.TimeZoneSetting: "settings.time_zone",
	process.CalibrationSetting: "settings.calibration", process.WinsOfTenSetting: "settings.wins", process.FiscalYearSetting: "settings.fiscal_year",
}

// title names the field.
func (w clashWords) title(c process.FieldClash) string {
	switch value := c.Heads[0].Value.(type) {
	case process.Target:
		return w.t("file.field_target", w.period(value.Period, w.team.Person(value.Seller)))
	case process.Call:
		return w.t("file.field_call", w.period(value.Period, w.team.Person(value.Seller)))
	}
	switch c.Field {
	case process.ClashPromise:
		_, key, _ := strings.Cut(c.Subject, "\x1f")
		return w.t("file.field_promised", milestoneName(w.team, c.Deal.Process(), process.MilestoneID(key)))
	case process.ClashRate:
		return w.t("file.field_rate", c.Subject)
	case process.ClashSetting:
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
func (w clashWords) value(c process.FieldClash, h process.ClashHead) (string, []changeLine) {
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
	case *process.Version:
		return w.definition(versionBefore(c), x.Definition)
	case process.Contact:
		return dots([]string{x.Name, x.Role, x.Email, x.Phone}), nil
	case process.Close:
		value := ""
		if x.Value != nil {
			value = w.text.Money(*x.Value)
		}
		return dots([]string{upperFirst(w.t(outcomeKeys[x.Outcome])), w.text.Day(x.On), value, x.Reason, x.Competitor}), nil
	case process.Target:
		return w.text.Money(x.Amount), nil
	case process.Call:
		return dots([]string{w.t("calls.layer." + string(x.Layer)), w.text.Money(x.Amount), x.Reason}), nil
	case float64:
		if c.Field == process.ClashRate {
			return w.text.Dec(x, 4), nil
		}
		return w.text.Percent(x / 100), nil
	case string:
		if c.Field == process.ClashSetting {
			x = w.text.setting(process.Setting(c.Subject), x)
		}
		return cmp.Or(x, w.t("deal.empty")), nil
	}
	return fieldValue(w.text, w.team, h.Value), nil
}

func (w clashWords) definition(before, after process.Definition) (string, []changeLine) {
	return cmp.Or(after.Name, w.t("deal.empty")), w.changeLines(process.Compare(&before, &after))
}

// versionBefore is the version that people began with before they published two.
func versionBefore(c process.FieldClash) (before process.Definition) {
	for _, v := range c.Process.Versions() {
		if v.Event.Before(c.Heads[0].Event) {
			before = v.Definition
		}
	}
	return before
}

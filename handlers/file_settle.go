package handlers

import (
	"milstolpe/process"
	"milstolpe/process/money"
)

const settlePath = filePath + "/settle"

func settleRoutes(r *routes) {
	r.get(settlePath, showSettle)
	r.post(settlePath, settle)
	r.template("file_settle", settlePage{})
}

// settlePage shows what people changed without seeing each other's change. Nothing is chosen beforehand.
type settlePage struct {
	Page
	Clashes []clashView
	Faults  Faults
}

type clashView struct {
	Deal, DealHref, DealName string
	Field, FieldName         string
	Heads                    []headView
}

type headView struct {
	Event, Text, By string
	Known           process.Date
}

type settleForm struct {
	Deal  string `form:"deal"`
	Field string `form:"field" validate:"required"`
	Event string `form:"event" validate:"required"`
}

func showSettle(v *visit) error {
	page, err := v.settlePage(Faults{})
	if err != nil {
		return err
	}
	return v.show("file_settle", page)
}

func (v *visit) settlePage(faults Faults) (settlePage, error) {
	page := settlePage{Page: v.page(NoSection, v.t("file.settle_title")), Faults: faults}
	err := v.view(func(team *process.Team) error {
		for _, c := range team.Clashes() {
			page.Clashes = append(page.Clashes, v.clashView(team, c))
		}
		return nil
	})
	return page, err
}

func (v *visit) clashView(team *process.Team, c process.FieldClash) clashView {
	view := clashView{Field: c.Field, FieldName: v.fieldName(c.Field)}
	if c.Deal != nil {
		view.Deal, view.DealName, view.DealHref = string(c.Deal.ID), dealName(team, c.Deal), dealPath(c.Deal.ID)
	}
	for _, h := range c.Heads {
		view.Heads = append(view.Heads, headView{Event: h.Event.String(), Text: v.clashValue(team, h.Value), By: team.By(h.Event), Known: h.Known})
	}
	return view
}

func (v *visit) fieldName(field string) string {
	switch field {
	case "name":
		return v.t("file.field_name")
	case "customer":
		return v.t("file.field_customer")
	case "seller":
		return v.t("file.field_seller")
	case "value":
		return v.t("file.field_value")
	case "expected_close":
		return v.t("file.field_expected_close")
	case "next_step":
		return v.t("file.field_next_step")
	}
	return v.t("file.field_setting", field)
}

func (v *visit) clashValue(team *process.Team, value any) string {
	text := ""
	switch x := value.(type) {
	case string:
		text = x
	case process.CustomerID:
		text = team.Customer(x)
	case process.PersonID:
		text = team.Person(x)
	case *money.Amount:
		if x != nil {
			text = v.text.Money(*x)
		}
	case process.Date:
		if x != 0 {
			text = v.text.Day(x)
		}
	case process.NextStep:
		if text = x.Text; x.Due != 0 {
			text += ", " + v.text.Day(x.Due)
		}
	}
	if text == "" {
		return v.t("file.no_value")
	}
	return text
}

func settle(v *visit) error {
	var f settleForm
	err := v.read(&f)
	if err == nil {
		_, err = v.act(func(team *process.Team) ([]process.Fact, error) { return settleIn(team, f, v.today) })
	}
	if faults, mine := v.faults(err); mine {
		page, err := v.settlePage(faults)
		if err != nil {
			return err
		}
		return v.again(faults, "file_settle", page)
	}
	if err != nil {
		return err
	}
	return v.saved(settlePath, Toast{Text: v.t("file.settled")})
}

// settleIn finds the clash that the form is about. One that is settled already, in another tab or on another computer, is no fault.
func settleIn(team *process.Team, f settleForm, today process.Date) ([]process.Fact, error) {
	event, err := process.ParseEventID(f.Event)
	if err != nil {
		return nil, process.Wrong("event", "form.choose")
	}
	for _, c := range team.Clashes() {
		deal := ""
		if c.Deal != nil {
			deal = string(c.Deal.ID)
		}
		if deal == f.Deal && c.Field == f.Field {
			return c.Settle(event, today)
		}
	}
	return nil, nil
}

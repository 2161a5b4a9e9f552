package handlers

import (
	"milstolpe/process"
	"milstolpe/process/sales"
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

// settleForm chooses one of the events that the page showed.
type settleForm struct {
	Field   string `form:"field" validate:"required"`
	Subject string `form:"subject"`
	Seen    string `form:"seen" validate:"required"`
	Event   string `form:"event" validate:"required"`
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
	err := v.view(func(team *sales.Team) error {
		for _, c := range team.Clashes() {
			page.Clashes = append(page.Clashes, clashWords{v, team}.clash(c))
		}
		return nil
	})
	return page, err
}

func settle(v *visit) error {
	var f settleForm
	err := v.read(&f)
	if err == nil {
		_, err = v.act(func(team *sales.Team) ([]process.Fact, error) { return settleIn(team, f, v.moment()) })
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
func settleIn(team *sales.Team, f settleForm, m sales.Env) ([]process.Fact, error) {
	event, err := process.ParseEventID(f.Event)
	if err != nil {
		return nil, process.Wrong("event", "form.choose")
	}
	for _, c := range team.Clashes() {
		if string(c.Field) == f.Field && c.Subject == f.Subject {
			return c.Settle(event, readBase(f.Seen), m)
		}
	}
	return nil, nil
}

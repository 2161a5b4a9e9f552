package handlers_test

import (
	"testing"

	"github.com/chromedp/chromedp/kb"
	"github.com/google/go-cmp/cmp"

	"milstolpe/handlers/handlerstest"
	"milstolpe/process"
	"milstolpe/process/sales"
)

// A whole working day, from the welcome page to a second version of the process, with the keyboard alone: with shortcuts where scripts
// run, and with Tab, Enter and the arrows where they do not. The file is looked into after each step.
func TestInABrowserTheWholeStoryWithTheKeyboardAlone(t *testing.T) { tellTheStory(t, true) }

func TestInABrowserTheWholeStoryWithoutScripts(t *testing.T) { tellTheStory(t, false) }

func tellTheStory(t *testing.T, scripts bool) {
	t.Helper()
	d := newDesk(t, scripts)
	d.begins()
	d.publishes("2", func() {
		d.follow(`#m-problem_owned a[href*="form=row"]`)
		d.fill("#f-patience_days", "21")
	}, "We begin with three weeks.")
	if v := d.inForce(); v.Number != 2 || v.Note != "We begin with three weeks." || *v.Definition.Milestones[0].Patience != 21 {
		t.Errorf("in force is version %d, %q, %+v", v.Number, v.Note, v.Definition.Milestones[0])
	}
	d.opens("Vretens Chark", "Cold store", "")
	d.opens("Kolbotten Sågverk", "Moisture meters", "450 000")
	d.reachesThree()
	d.withdraws()
	d.closesAndReopens()
	d.meets()
	d.publishes("3", func() {
		d.follow(`a[href$="form=add#add"]`)
		d.fill("#f-name", "The buyer has named who signs")
		d.tab(`[name=required]`)
		if !handlerstest.Ask[bool](d.Browser, "document.activeElement.checked") {
			d.Press(" ")
		}
		d.tab("#f-place")
		d.Press("F") // First
	}, "We lost three to people we had not met.")
	v := d.inForce()
	if first := v.Definition.Milestones[0]; v.Number != 3 || first.Name != "The buyer has named who signs" || !first.Required {
		t.Errorf("in force is version %d, which begins with %+v", v.Number, first)
	}
	for name, passed := range map[string]int{"Moisture meters": 0, "Cold store": 0} {
		d.recorded(name, func(_ *sales.Team, deal *sales.Deal) {
			if got := deal.PassedOn(process.FarFuture, v.Required); deal.Version() != v || got != passed {
				t.Errorf("%s follows version %d and has passed %d, want %d", name, deal.Version().Number, got, passed)
			}
		})
	}
}

// begins makes a team from the welcome page, with a process from a template.
func (d *desk) begins() {
	d.T.Helper()
	d.Open("/welcome")
	d.follow(`a[href="/welcome/new"]`)
	d.follow(`a[href="/welcome/new?template=consulting"]`)
	d.fill("#f-company", "Hedlunda")
	d.fill("#f-person", "Sara Holm")
	d.fill("#f-wins_of_ten", "3")
	d.Press(kb.Enter)
	d.at(`location.pathname === "/"`)
	if v := d.inForce(); v.Number != 1 || len(v.Definition.Required()) < 5 {
		d.T.Errorf("in force is version %d with %d required milestones", v.Number, len(v.Definition.Required()))
	}
	err := d.file.View(func(team *sales.Team) error {
		for setting, want := range map[process.Setting]string{process.CompanySetting: "Hedlunda", process.WinsOfTenSetting: "3"} {
			if got := team.Settings().On(setting, process.FarFuture); got != want {
				d.T.Errorf("%s is %q, want %q", setting, got, want)
			}
		}
		return nil
	})
	if err != nil {
		d.T.Error(err)
	}
}

// publishes changes one row of the process and publishes it with a note.
func (d *desk) publishes(number string, change func(), note string) {
	d.T.Helper()
	d.goes("gp", `nav a[href="/process"]`)
	d.at(`location.pathname.startsWith("/process")`)
	d.follow(`.filters a[href$="/edit"]`)
	d.at(`document.querySelector("#draft") !== null`)
	change()
	d.follow(`#draft form[action*="/edit/row"] button`)
	d.sees("#toast", "is saved in the draft")
	d.follow(`a.btn[href$="/publish"]`)
	d.fill("#f-note", note)
	d.follow(`main form button`)
	d.sees("#toast", "Version "+number+" is in force from today.")
}

// opens makes a deal in its five fields.
func (d *desk) opens(customer, name, value string) {
	d.T.Helper()
	d.goes("n", `nav a[href="/deals"]`, `main a[href="/deals/new"]`)
	d.fill("#f-customer", customer)
	d.fill("#f-name", name)
	d.fill("#f-value", value)
	d.Press(kb.Enter)
	d.sees("h1", name)
	d.recorded(name, func(team *sales.Team, deal *sales.Deal) {
		if team.Customer(deal.Now.Customer) != customer || (deal.Now.Value == nil) != (value == "") || team.Person(deal.Now.Seller) != "Sara Holm" {
			d.T.Errorf("%s was opened as %+v", name, deal.Now)
		}
	})
}

// reachesThree marks the first three required milestones, each as the one that is next.
func (d *desk) reachesThree() {
	d.T.Helper()
	for i, m := range []struct{ key, evidence string }{{"problem_owned", "Mail: I take this on"}, {"cost_of_waiting", ""}, {"budget_set_aside", "Cost centre 4410"}} {
		d.goes("m", "[data-key=m]")
		d.at(`document.querySelector("#m-` + m.key + ` form") !== null`)
		d.fill("#f-evidence", m.evidence)
		d.follow(`#m-` + m.key + ` form button`)
		d.at(`document.querySelector("#m-` + m.key + ` .plate .p1") !== null`)
		d.recorded("Moisture meters", func(_ *sales.Team, deal *sales.Deal) {
			mark, there := deal.MarkOn(process.MilestoneID(m.key), process.FarFuture)
			if got := deal.PassedOn(process.FarFuture, deal.Version().Required); !there || got != i+1 || mark.Evidence.Text != m.evidence {
				d.T.Errorf("after %s the deal has passed %d, %+v", m.key, got, mark)
			}
		})
	}
}

func (d *desk) withdraws() {
	d.T.Helper()
	d.follow(`#m-budget_set_aside a[href*="form=withdraw"]`)
	d.tab(`input[name=why]`)
	d.Press(" ")
	d.fill("#f-reason", "The board froze it")
	d.follow(`#m-budget_set_aside form button`)
	d.at(`document.querySelector("#m-budget_set_aside .plate .p2") !== null`)
	d.recorded("Moisture meters", func(_ *sales.Team, deal *sales.Deal) {
		if got := deal.PassedOn(process.FarFuture, deal.Version().Required); got != 2 {
			d.T.Errorf("after the withdrawal the deal has passed %d", got)
		}
	})
}

// closesAndReopens wins the deal, takes that back, loses it, and opens it again for a reason.
func (d *desk) closesAndReopens() {
	d.T.Helper()
	ended := func(want process.Outcome) {
		d.T.Helper()
		d.recorded("Moisture meters", func(_ *sales.Team, deal *sales.Deal) {
			var got process.Outcome
			if end := deal.Now.Close; end != nil {
				got = end.Outcome
			}
			if got != want {
				d.T.Errorf("the deal ended as %q, want %q", got, want)
			}
		})
	}
	d.follow(`a[href$="/close"]`)
	d.tab(`input[name=outcome]`)
	d.Press(" ")
	d.fill("#f-value", "460 000")
	d.Press(kb.Enter)
	d.sees("#head .note", "Won")
	ended(process.Won)

	d.goes("u", "#toast button")
	d.sees("#toast", "Undone.")
	ended("")

	d.follow(`a[href$="/close"]`)
	d.tab(`input[name=outcome]`)
	d.Press(" " + kb.ArrowDown) // from won to lost
	d.tab("#f-reason")
	d.Press(kb.ArrowDown)
	d.follow("form.ending button")
	d.sees("#head .note", "Lost")
	ended(process.Lost)

	d.follow(`a[href*="form=reopen"]`)
	d.fill("#f-reason", "They called")
	d.follow("#head form button")
	d.at(`document.querySelector('a[href$="/close"]') !== null`)
	ended("")
	var kinds []string
	d.recorded("Moisture meters", func(_ *sales.Team, deal *sales.Deal) {
		for _, e := range deal.Events() {
			kinds = append(kinds, process.FactType(e.Fact))
		}
	})
	want := []string{
		"deal.opened", "milestone.reached", "milestone.reached", "milestone.reached", "milestone.withdrawn", "deal.closed", "undone", "deal.closed", "deal.reopened",
	}
	if diff := cmp.Diff(want, kinds); diff != "" {
		d.T.Errorf("recorded:\n%s", diff)
	}
}

// meets looks at the page of the sales meeting, which has both deals with what is next at the buyer.
func (d *desk) meets() {
	d.T.Helper()
	d.goes("gh", `nav a[href="/"]`)
	d.at(`location.pathname === "/"`)
	d.follow(`a[href="/meeting"]`)
	d.sees("main", "Sara Holm")
	for _, want := range []string{"Moisture meters", "The buyer has set money aside", "Cold store", "The buyer has described the problem"} {
		d.sees("table.meet", want)
	}
}

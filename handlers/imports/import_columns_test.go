package imports_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"milstolpe/db/dbtest"
	"milstolpe/handlers/handlerstest"
	"milstolpe/process"
	"milstolpe/process/sales"
)

func TestWhatIsUnclearIsSaidAndNotDecided(t *testing.T) {
	t.Parallel()
	i := handlerstest.NewImporting(t)
	columns := i.Upload(t, "deals.csv", "Id,Opened,Value\n1,03/04/2026,1.250\n")
	page := i.Get(columns).Page(t)
	doubts := page.Find(".note").Text()
	if !strings.Contains(doubts, "3\u00a0Apr\u00a02026 or 4\u00a0Mar\u00a02026") || !strings.Contains(doubts, "1250 or 1.250") {
		t.Errorf("the page is in doubt about %q", doubts)
	}
	if form := handlerstest.FormOf(page, "form[method=post]"); form.Get("date_order") != "" || form.Get("decimal") != "" {
		t.Errorf("the doubts were decided: %q and %q", form.Get("date_order"), form.Get("decimal"))
	}
	if lead := handlerstest.LeadOf(t, i.Get(i.GoOn(t, columns, nil))); !strings.HasPrefix(lead, "0 new, 0 changed, 0 unchanged, 1 row with errors") {
		t.Errorf("undecided, the review says %q", lead)
	}
	if lead := handlerstest.LeadOf(t, i.Get(i.GoOn(t, columns, url.Values{"date_order": {"mdy"}, "decimal": {","}}))); !strings.HasPrefix(lead, "1 new") {
		t.Errorf("decided, the review says %q", lead)
	}
}

func TestColumnsThatDoNotDoComeBackWithTheirFaults(t *testing.T) {
	t.Parallel()
	i := handlerstest.NewImporting(t)
	columns := i.Upload(t, "deals.csv", handlerstest.SmallList)
	form := handlerstest.FormOf(i.Get(columns).Page(t), "form[method=post]")
	form.Del("look")
	form.Set("column.5", "")          // opened
	form.Set("column.3", "deal.name") // twice
	a := i.Post(columns, form)
	if a.StatusCode != http.StatusUnprocessableEntity {
		t.Fatalf("the form answers %s", a.Status)
	}
	page := a.Page(t)
	faults := page.Find(".note").Text()
	if !strings.Contains(faults, "day on which the deal was opened") || !strings.Contains(faults, "Name and Seller mean the same") {
		t.Errorf("the faults are %q", faults)
	}
	if got := handlerstest.FormOf(page, "form[method=post]").Get("column.3"); got != "deal.name" {
		t.Errorf("what was chosen is lost: %q", got)
	}
	form.Set("look", "1")
	if got := i.Post(columns, form); got.StatusCode != http.StatusOK {
		t.Errorf("only looking answers %s", got.Status)
	}
}

func TestAProcessCanBeMadeOfTheStagesInAList(t *testing.T) {
	t.Parallel()
	i := handlerstest.NewImporting(t)
	columns := i.Upload(t, "history.csv", "Deal,Stage,Date\nA,Demo given,2026-01-05\nA,Budget approved,2026-02-05\nA,Closed Won,2026-03-05\n")
	chosen := columns + "?process=new"
	page := i.Get(chosen).Page(t)
	if text := page.Find("form[method=post]").Text(); !strings.Contains(text, "That sounds like something you do.") {
		t.Error("nobody asks who gives a demo")
	}
	form := handlerstest.FormOf(page, "form[method=post]")
	form.Del("look")
	if a := i.Post(columns, form); a.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(a.Text, "Say who does “Demo given”") {
		t.Errorf("without saying who does it the form answers %s", a.Status)
	}
	review := i.GoOn(t, chosen, url.Values{"doer.0": {"us"}, "doer.1": {"buyer"}, "new_name": {"From the old system"}})
	if lead := handlerstest.LeadOf(t, i.Get(review)); !strings.HasPrefix(lead, "1 new") {
		t.Errorf("the review says %q", lead)
	}
	i.Post(review, url.Values{})
	err := i.File.View(func(team *sales.Team) error {
		p, ok := team.ProcessByName("From the old system")
		if !ok || len(p.Current().Required) != 1 || len(p.Current().Definition.Milestones) != 2 {
			t.Errorf("the process is %+v", p)
		}
		for _, d := range team.Deals() {
			if marks := d.MarksOn(process.FarFuture); len(marks) != 2 || d.Now.Close == nil {
				t.Errorf("the deal has the milestones %+v", marks)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// Most exports name only the stage that a deal is in now. Whoever comes with such a list and nothing else chooses a template on the same page.
func TestAListWithoutDaysOfStagesIsTakenIntoATemplate(t *testing.T) {
	i := &handlerstest.Importing{File: dbtest.New(t), State: t.TempDir()}
	i.Start(t)
	columns := i.Upload(t, "old.csv", "Opportunity,Account,Amount,Stage,Created,Closed\n"+
		"Line,Acme,1000,Closed Won,2026-01-05,2026-03-05\nPump,Birch,2000,Negotiation,2026-02-05,\n")
	form := handlerstest.FormOf(i.Get(columns).Page(t), "form[method=post]")
	form.Del("look")
	a := i.Post(columns, form)
	if a.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(a.Page(t).Find(".msg").Text(), "Choose the template") {
		t.Fatalf("without a template the columns answer %s", a.Status)
	}
	form.Set("template", "consulting")
	form.Set("column.4", "") // no day of opening
	if got := i.Post(columns, form); got.StatusCode != http.StatusUnprocessableEntity || i.Processes(t) != 0 {
		t.Fatalf("with a column missing they answer %s, and there are %d processes", got.Status, i.Processes(t))
	}
	review := i.GoOn(t, columns, url.Values{"template": {"consulting"}})
	if lead := handlerstest.LeadOf(t, i.Get(review)); !strings.HasPrefix(lead, "2 new") || i.Processes(t) != 1 {
		t.Errorf("the review says %q, and there are %d processes", lead, i.Processes(t))
	}
}

// A list with two pipelines: both stages are one milestone, and somebody chooses which of the deals come in.
func TestOfTwoPipelinesSomebodyChooses(t *testing.T) {
	t.Parallel()
	i := handlerstest.NewImporting(t)
	list := "Record ID,Deal Name,Deal Stage,Pipeline,Amount,Close Date,Create Date,\"Date entered \"\"Owner named (Sales)\"\"\",\"Date entered \"\"Owner named (Renewals)\"\"\"\n" +
		"1,A,Owner named,Sales,100,2026-12-20,2026-01-05,2026-02-01,\n2,B,Owner named,Renewals,200,2026-12-21,2026-01-06,,2026-02-02\n3,C,Owner named,Renewals,,2026-12-21,,,\n"
	columns := i.Upload(t, "hubspot.csv", list)
	page := i.Get(columns).Page(t)
	if page.Find(`#f-pipelines input[type=checkbox][checked]`).Length() != 2 || page.Find(`select option[value="milestone:owner"][selected]`).Length() != 2 {
		t.Fatalf("%d pipelines, %d columns for the milestone", page.Find(`#f-pipelines input[type=checkbox][checked]`).Length(), page.Find(`select option[value="milestone:owner"][selected]`).Length())
	}
	form := handlerstest.FormOf(page, "form[method=post]")
	form.Del("look")
	form.Del("take.0")
	none := url.Values{}
	for name, values := range form {
		none[name] = values
	}
	none.Del("take.1")
	if got := i.Post(columns, none); got.StatusCode != http.StatusUnprocessableEntity || got.Page(t).Find("#f-pipelines .msg").Length() != 1 {
		t.Errorf("none of them is answered %s", got.Status)
	}
	form["take.0"], form["no_opening"] = []string{"1"}, nil
	form.Del("take.1")
	review := i.Post(columns, form).Header.Get("Location")
	if lead := handlerstest.LeadOf(t, i.Get(review)); !strings.HasPrefix(lead, "1 new, 0 changed, 0 unchanged, 0 rows with errors") {
		t.Errorf("without the renewals the review says %q", lead)
	}
	if row := i.Get(review + "?tab=skipped").Page(t).Find("tbody tr").First().Text(); !strings.Contains(row, "Renewals, which is left out") {
		t.Errorf("the row of the other pipeline is %q", row)
	}
	if again := i.Get(columns).Page(t).Find(`#f-pipelines input[type=checkbox][checked]`).Length(); again != 1 {
		t.Errorf("looked at again, %d are ticked", again)
	}
}

package imports_test

import (
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"milstolpe/db/dbtest"
	"milstolpe/handlers/handlerstest"
	"milstolpe/process"
	"milstolpe/process/sales"
)

func TestAListGoesThroughFourStepsAndCanBeTakenBack(t *testing.T) {
	t.Parallel()
	i := handlerstest.NewImporting(t)
	columns := i.Upload(t, "deals.csv", handlerstest.SmallList)
	if lead := handlerstest.LeadOf(t, i.Get(columns)); !strings.Contains(lead, "3 rows, 10 columns") {
		t.Errorf("the columns are headed %q", lead)
	}
	review := i.GoOn(t, columns, nil)
	page := i.Get(review)
	if lead := handlerstest.LeadOf(t, page); lead != "2 new, 0 changed, 0 unchanged, 1 row with errors. Nothing is imported yet." {
		t.Errorf("the review says %q", lead)
	}
	row := page.Page(t).Find("tbody tr").First()
	if cell := row.Find("input:not([type=hidden])"); !strings.Contains(row.Text(), "Value") || cell.AttrOr("value", "") != "ten" || cell.AttrOr("name", "") != "cell.4.Value" {
		t.Errorf("the row with an error is %q", row.Text())
	}
	if got := i.Get(strings.Replace(review, "review", "rejected", 1)); !strings.Contains(got.Text, "3,Valve,Cedar,Bo,ten,2026-03-05,,,Open") || !strings.Contains(got.Header.Get("Content-Disposition"), "deals%20rows%20with%20errors.csv") {
		t.Errorf("the rows with errors are %q, named %q", got.Text, got.Header.Get("Content-Disposition"))
	}
	if n := i.Deals(t); n != 0 {
		t.Fatalf("%d deals are there before the import", n)
	}
	done := i.Post(review, url.Values{}).Header.Get("Location")
	if lead := handlerstest.LeadOf(t, i.Get(done)); lead != "2 new, 0 changed, 0 unchanged." {
		t.Errorf("after the import the page says %q", lead)
	}
	if n := i.Deals(t); n != 2 {
		t.Fatalf("%d deals are there after the import, want 2", n)
	}
	undo, _ := i.Get("/import").Page(t).Find(".lines a").Attr("href")
	if lead := handlerstest.LeadOf(t, i.Get(undo)); !strings.Contains(lead, "2 deals are taken back") {
		t.Errorf("before undoing the page says %q", lead)
	}
	i.Post(undo, url.Values{"seen": {i.Get(undo).Page(t).Find("form [name=seen]").AttrOr("value", "")}})
	if n := i.Deals(t); n != 0 {
		t.Errorf("%d deals are there after undoing the import", n)
	}
}

// A list without milestones leaves open deals of which nobody knows how far they have come: the last page leads to where that is said.
func TestAfterAnImportOnePageAsksHowFarTheCustomersHaveCome(t *testing.T) {
	t.Parallel()
	i := handlerstest.NewImporting(t)
	review := i.GoOn(t, i.Upload(t, "deals.csv", "Deal;Customer;Created;Status;Closed\nRoof;Acme;2026-01-05;open;\nWall;Birch;2026-01-06;lost;2026-02-01\n"), nil)
	done := i.Get(i.Post(review, url.Values{}).Header.Get("Location")).Page(t)
	if got := done.Find(`#left-out a[href="/deals/how-far"]`).Length(); got != 1 {
		t.Fatalf("the end leads %d times to the page: %s", got, handlerstest.Words(done, "main"))
	}
	if got := i.Get("/deals/how-far").Page(t).Find(".howfar > li").Length(); got != 1 {
		t.Errorf("it asks about %d deals, want the open one", got)
	}
}

func TestAListWaitsForSomebodyToComeBackToIt(t *testing.T) {
	t.Parallel()
	i := handlerstest.NewImporting(t)
	review := i.GoOn(t, i.Upload(t, "deals.csv", handlerstest.SmallList), nil)
	i.Start(t)
	if lead := handlerstest.LeadOf(t, i.Get(review)); !strings.HasPrefix(lead, "2 new") {
		t.Errorf("after a new start the review says %q", lead)
	}
	done := i.Post(review, url.Values{}).Header.Get("Location")
	i.Start(t)
	if lead := handlerstest.LeadOf(t, i.Get(done)); !strings.HasPrefix(lead, "2 new") {
		t.Errorf("after a new start the end says %q", lead)
	}
	if again := i.Get(review); again.StatusCode != http.StatusSeeOther || again.Header.Get("Location") != done {
		t.Errorf("the review of an import that is done answers %s", again.Status)
	}
	job := strings.Split(review, "/")[2]
	old := dbtest.Now.Add(-40 * 24 * time.Hour)
	if err := os.Chtimes(filepath.Join(i.State, "imports", job), old, old); err != nil {
		t.Fatal(err)
	}
	i.Upload(t, "deals.csv", handlerstest.SmallList)
	if got := i.Get(review); got.StatusCode != http.StatusNotFound {
		t.Errorf("a list of six weeks ago answers %s, want not found", got.Status)
	}
}

func TestTheSameHeadersAreReadAsLastTime(t *testing.T) {
	t.Parallel()
	i := handlerstest.NewImporting(t)
	list := strings.Replace(handlerstest.SmallList, "Name;", "Nickname;", 1)
	columns := i.Upload(t, "deals.csv", list)
	i.Post(i.GoOn(t, columns, url.Values{"column.1": {"deal.name"}}), url.Values{})
	again := i.Get(i.Upload(t, "newer.csv", list))
	if lead := handlerstest.LeadOf(t, again); !strings.Contains(lead, "as last time") {
		t.Errorf("the columns are headed %q", lead)
	}
	if got := handlerstest.FormOf(again.Page(t), "form[method=post]").Get("column.1"); got != "deal.name" {
		t.Errorf("the column is read as %q, want deal.name", got)
	}
	if lead := handlerstest.LeadOf(t, i.Get(i.GoOn(t, again.Request.URL.Path, nil))); lead != "0 new, 0 changed, 2 unchanged, 1 row with errors. Nothing is imported yet." {
		t.Errorf("the same list again: %q", lead)
	}
}

func TestALargeImportGoesOnWithoutTheBrowser(t *testing.T) {
	t.Parallel()
	i := handlerstest.NewImporting(t)
	review := i.GoOn(t, i.Upload(t, "many.csv", string(handlerstest.WideList(3000))), nil)
	page := i.Get(review).Page(t)
	if text := page.Find("main").Text(); !strings.Contains(text, "Rows 1 to 100 of 3,000") {
		t.Error("the review does not say which rows of how many it shows")
	}
	next, _ := page.Find("main a[href*='from=100']").Attr("href")
	if row := i.Get(next).Page(t).Find("tbody tr").First().Text(); !strings.HasPrefix(row, "102") {
		t.Errorf("after the first hundred comes %q, want row 102", row)
	}
	done := i.Post(review, url.Values{}).Header.Get("Location")
	for end := time.Now().Add(time.Minute); time.Now().Before(end); time.Sleep(50 * time.Millisecond) {
		a := i.Get(done)
		if a.StatusCode != http.StatusOK {
			t.Fatalf("while it runs the page answers %s", a.Status)
		}
		if a.Header.Get("Refresh") == "" {
			if lead := handlerstest.LeadOf(t, a); !strings.HasPrefix(lead, "3,000 new") {
				t.Errorf("at the end the page says %q", lead)
			}
			return
		}
	}
	t.Error("the import never ends")
}

// What somebody has recorded about the deals since the page was shown does not go out of sight with the import unseen.
func TestAnImportIsUndoneAsItsPageShowed(t *testing.T) {
	t.Parallel()
	i := handlerstest.NewImporting(t)
	columns := i.Upload(t, "deals.csv", handlerstest.SmallList)
	review := i.GoOn(t, columns, nil)
	i.Post(review, url.Values{})
	undo, _ := i.Get("/import").Page(t).Find(".lines a").Attr("href")
	form := handlerstest.FormOf(i.Get(undo).Page(t), "form[method=post]")
	var deal process.DealID
	_ = i.File.View(func(team *sales.Team) error { deal = team.Deals()[0].ID; return nil })
	dbtest.Record(t, i.File, dbtest.Journal(deal, "Lunch"))
	if got := i.Post(undo, form); got.StatusCode != http.StatusConflict || i.Deals(t) != 2 {
		t.Errorf("answered %s, and %d deals are there", got.Status, i.Deals(t))
	}
	i.Post(undo, handlerstest.FormOf(i.Get(undo).Page(t), "form[method=post]"))
	if n := i.Deals(t); n != 0 {
		t.Errorf("seen and sent once more, %d deals are there", n)
	}
}

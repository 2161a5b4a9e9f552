package imports_test

import (
	"net/url"
	"os"
	"strings"
	"testing"

	"milstolpe/db/dbtest"
	"milstolpe/handlers/handlerstest"
	"milstolpe/process"
	"milstolpe/process/sales"
)

const misread = "../sheet/testdata/misread/"

// misreadDefinition is the process that the lists in misread are imported into.
func misreadDefinition(t *testing.T) process.Definition {
	t.Helper()
	text, err := os.ReadFile(misread + "process.json")
	if err != nil {
		t.Fatal(err)
	}
	def, err := process.ParseDefinition(text)
	if err != nil {
		t.Fatal(err)
	}
	return def
}

// Lists that were once read as something else, each cut down to what went wrong: the review says what they hold, before anything is imported.
func TestListsThatWereMisreadAreShownAsTheyAre(t *testing.T) {
	t.Parallel()
	i := handlerstest.NewImporting(t)
	dbtest.Record(t, i.File, &process.VersionPublished{
		Stamp: process.Stamp{Known: process.DateOf(dbtest.Now)}, Process: "p", Version: "v2", Definition: misreadDefinition(t),
	})
	long := url.Values{"stage.0": {"milestone:need_confirmed"}, "stage.1": {"milestone:contract_returned"}, "shape": {"long"}}
	for _, c := range []struct {
		file, lead, totals string
		change             url.Values
	}{
		{"bytes-replaced-deals.csv", "2 new", "Open 2 deals · SEK 300", nil},
		{"deal-stage-deals.csv", "2 new", "Won 1 deal · SEK 100 | Lost 1 deal · SEK 50", nil},
		{"hubspot-two-pipelines-deals.csv", "2 new", "Open 2 deals · SEK 300", nil},
		{"na-markers-deals.csv", "7 new", "Open 7 deals", nil},
		{"no-opening-day-deals.csv", "2 new", "Won 1 deal · SEK 100 | Open 1 deal · SEK 50", url.Values{"no_opening": {"first_known_day"}}},
		{"norwegian-deals.csv", "20 new", "Won 10 deals · SEK 11,000 | Lost 10 deals · SEK 10,000", nil},
		{"norwegian-deals-known-headers.csv", "20 new", "Won 10 deals · SEK 11,000 | Lost 10 deals · SEK 10,000", nil},
		{"odoo-lost-leads.csv", "2 new", "Won 1 deal · SEK 100 | Lost 1 deal · SEK 200", nil},
		{"one-control-character-deals.csv", "2 new", "Open 2 deals · SEK 12", nil},
		{"outcome-words-deals.csv", "9 new", "Won 4 deals · SEK 2,200 | Lost 5 deals · SEK 2,300", nil}, // 100+600+700+800, 200+300+400+500+900
		{"salesforce-flags-opportunity.csv", "3 new", "Won 2 deals · SEK 170 | Lost 1 deal · SEK 60", nil},
		{"salesforce-opportunities-taken-for-history-opportunities.csv", "3 new", "Won 1 deal · SEK 600 | Lost 1 deal · SEK 200 | Open 1 deal · SEK 350", nil},
		{"unread-columns-deals.csv", "2 new", "Won 1 deal · SEK 500 | Lost 1 deal · SEK 300", nil},
		{"no-rate-deals.csv", "6 new", "Won 5 deals · €3,000 + NOK 1,000 + SEK 500 | Open 1 deal · €700", nil},
		{"long-newest-first-history.csv", "2 new", "Won 1 deal | Lost 1 deal", url.Values{"stage.1": {"milestone:contract_returned"}, "stage.2": {"milestone:need_confirmed"}}},
		{"long-same-day-order-history.csv", "2 new", "Won 2 deals", url.Values{"stage.0": long["stage.0"], "stage.2": long["stage.1"]}},
	} {
		list, err := os.ReadFile(misread + c.file)
		if err != nil {
			t.Fatal(err)
		}
		review := i.Get(i.GoOn(t, i.Upload(t, c.file, string(list)), c.change))
		if lead := handlerstest.LeadOf(t, review); !strings.HasPrefix(lead, c.lead+", 0 changed, 0 unchanged, 0 rows with errors") {
			t.Errorf("%s: %q, want %s", c.file, lead, c.lead)
		}
		if got := totalsOf(t, review); got != c.totals {
			t.Errorf("%s: %q, want %q", c.file, got, c.totals)
		}
	}
}

// totalsOf are the lines of the review with what the deals of each outcome come to.
func totalsOf(t *testing.T, review handlerstest.Answer) string {
	t.Helper()
	var lines []string
	for _, li := range review.Page(t).Find(".totals li").EachIter() {
		var parts []string
		for _, s := range li.Find("span").EachIter() {
			parts = append(parts, handlerstest.Plain(s.Text()))
		}
		lines = append(lines, strings.Join(parts, " "))
	}
	return strings.Join(lines, " | ")
}

// The review shows of each row what is misread most: outcome, days, value and seller.
func TestTheReviewShowsWhatIsMisreadMost(t *testing.T) {
	t.Parallel()
	i := handlerstest.NewImporting(t)
	review := i.Get(i.GoOn(t, i.Upload(t, "deals.csv", "Deal;Customer;Seller;Created;Close date;Status;Belopp (tkr);Mood\n1;A;Ann;2025-01-10;2025-02-15;won;95;good\n2;B;Bo;2025-01-11;2027-02-15;open;7;\n"), nil))
	for n, want := range []string{"2 A Won 10 Jan 2025 15 Feb 2025 SEK 95,000 Ann Edit", "3 B Open 11 Jan 2025 expected 15 Feb 2027 SEK 7,000 Bo Edit"} {
		var cells []string
		for _, cell := range review.Page(t).Find("tbody tr").Eq(n).Find("td, th").EachIter() {
			cells = append(cells, strings.TrimSpace(handlerstest.Plain(cell.Text())))
		}
		if got := strings.Join(cells, " "); got != want {
			t.Errorf("row %d is %q, want %q", n, got, want)
		}
	}
	if !strings.Contains(review.Page(t).Text(), "Mood (1 filled)") {
		t.Error("the review does not name the column that is not read")
	}
}

// A word that nobody knows has to be said something about, whether or not the system is known.
func TestAnUnknownOutcomeIsAsked(t *testing.T) {
	t.Parallel()
	i := handlerstest.NewImporting(t)
	columns := i.Upload(t, "d.csv", "Deal Name,Deal Stage,Amount,Close Date,Create Date\nA,Hokus,100,2026-02-01,2026-01-01\nB,Closed Won,100,2026-02-01,2026-01-01\n")
	form := handlerstest.FormOf(i.Get(columns).Page(t), "form[method=post]")
	form.Del("look")
	if a := i.Post(columns, form); a.StatusCode != 422 || a.Page(t).Find(".msg").Length() == 0 {
		t.Fatalf("an outcome that nobody knows is taken: %s", a.Status)
	}
	review := i.Get(i.GoOn(t, columns, url.Values{"outcome.0": {"lost"}}))
	if got := totalsOf(t, review); got != "Won 1 deal · SEK 100 | Lost 1 deal · SEK 100" {
		t.Errorf("the review says %q", got)
	}
}

// A cell can be mended where its fault stands, and what stands for all rows is answered once.
func TestFaultsAreMendedInTheReview(t *testing.T) {
	t.Parallel()
	i := handlerstest.NewImporting(t)
	review := i.GoOn(t, i.Upload(t, "d.csv", "Id;Name;Opened;Closed;Outcome;Value\n1;A;2026-02-01;2026-01-01;won;5\n2;B;;2026-01-05;won;ten\n"), nil)
	if lead := handlerstest.LeadOf(t, i.Get(review)); !strings.Contains(lead, "2 rows with errors") {
		t.Fatalf("the review says %q", lead)
	}
	for _, answer := range []url.Values{{"early": {"opened_on_close"}}, {"no_opening": {"first_known_day"}}, {"cell.3.Value": {"10"}, "was.3.Value": {"ten"}}} {
		if a := i.Post(review, answer); a.Header.Get("Location") != review {
			t.Fatalf("%v leads to %q (%s)", answer, a.Header.Get("Location"), a.Status)
		}
	}
	if got := totalsOf(t, i.Get(review)); got != "Won 2 deals · SEK 15" {
		t.Errorf("the review says %q", got)
	}
	i.Post(review, url.Values{})
	if n := i.Deals(t); n != 2 {
		t.Errorf("%d deals are imported, want 2", n)
	}
	_ = i.File.View(func(team *sales.Team) error {
		if d, ok := team.DealByRef("2"); !ok || len(d.JournalEntries()) != 1 {
			t.Error("the assumed day of opening is not marked")
		}
		return nil
	})
}

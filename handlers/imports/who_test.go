package imports_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"milstolpe/handlers/handlerstest"
	"milstolpe/process/sales"
)

const (
	whoBefore = "Id;Name;Customer;Seller;Created\n1;Roof;Acme AB;Dora Lind;2026-01-05\n2;Door;Birch AB;Bo Ek;2026-01-05\n3;Lock;Birch AB;Bea Ek;2026-01-05\n"
	whoList   = "Id;Name;Customer;Seller;Created\n11;Wall;Acme Aktiebolag;DL;2026-01-05\n12;Floor;acme ab;DORA LIND;2026-01-05\n13;Key;Cedar;BE;2026-01-05\n14;Hall;Acme AS;Carl Dal;2026-01-05\n"
)

// importAsShown imports a list as the review shows it.
func importAsShown(t *testing.T, i *handlerstest.Importing, name, list string) {
	t.Helper()
	review := i.GoOn(t, i.Upload(t, name, list), nil)
	if a := i.Post(review, handlerstest.FormOf(i.Get(review).Page(t), "#take")); !strings.HasSuffix(a.Header.Get("Location"), "/done") {
		t.Fatalf("%s: %s leads to %q", name, a.Status, a.Header.Get("Location"))
	}
}

// whoIsWho reads the questions of a review: each name with what is chosen.
func whoIsWho(review *goquery.Document) map[string]string {
	chosen := map[string]string{}
	form := handlerstest.FormOf(review, "#take")
	for field := range form {
		if kind, at, ok := strings.Cut(field, "_name."); ok {
			chosen[form.Get(field)] = form.Get(kind + "." + at)
		}
	}
	return chosen
}

func sellerAndCustomer(t *testing.T, i *handlerstest.Importing, ref string) (text string) {
	t.Helper()
	_ = i.File.View(func(team *sales.Team) error {
		d, ok := team.DealByRef(ref)
		if !ok {
			t.Fatalf("there is no deal %s", ref)
		}
		text = team.Person(d.Now.Seller) + ", " + team.Customer(d.Now.Customer)
		return nil
	})
	return text
}

func TestTheReviewAsksWhoIsWho(t *testing.T) {
	t.Parallel()
	i := handlerstest.NewImporting(t)
	importAsShown(t, i, "before.csv", whoBefore)
	review := i.GoOn(t, i.Upload(t, "list.csv", whoList), nil)
	page := i.Get(review).Page(t)
	chosen := whoIsWho(page)
	// BE may be Bo or Bea; Acme AS is another company than Acme AB more often than not; Carl is new, and can be said to be somebody.
	for name, want := range map[string]string{"DL": "Dora Lind", "BE": "", "Carl Dal": "Carl Dal", "Acme Aktiebolag": "Acme AB", "Acme AS": "Acme AS"} {
		if got, asked := chosen[name]; got != want || !asked {
			t.Errorf("%s is asked about %v, as %q, want %q", name, asked, got, want)
		}
	}
	if said := handlerstest.Words(page, "main"); len(chosen) != 5 || !strings.Contains(said, "“acme ab” is Acme AB") || !strings.Contains(said, "“DORA LIND” is Dora Lind") {
		t.Errorf("%d names are asked about, and what is sure is told so:\n%s", len(chosen), said)
	}

	form := handlerstest.FormOf(page, "#take")
	refused := i.Post(review, form)
	if refused.StatusCode != http.StatusUnprocessableEntity || refused.Page(t).Find(`.err select[name^="who_seller."]`).Length() != 1 || i.Deals(t) != 3 {
		t.Fatalf("with BE unsaid it answers %s, and %d deals are there", refused.Status, i.Deals(t))
	}
	form = handlerstest.FormOf(refused.Page(t), "#take")
	for field := range form {
		if form.Get(field) == "BE" && strings.Contains(field, "_name.") {
			form.Set(strings.Replace(field, "_name", "", 1), "Bea Ek")
		}
	}
	if a := i.Post(review, form); a.StatusCode != http.StatusSeeOther {
		t.Fatalf("said, it answers %s", a.Status)
	}
	for ref, want := range map[string]string{"11": "Dora Lind, Acme AB", "12": "Dora Lind, Acme AB", "13": "Bea Ek, Cedar", "14": "Carl Dal, Acme AS"} {
		if got := sellerAndCustomer(t, i, ref); got != want {
			t.Errorf("deal %s is of %s, want %s", ref, got, want)
		}
	}
	again := i.Get(i.GoOn(t, i.Upload(t, "list.csv", whoList), nil))
	if lead := handlerstest.LeadOf(t, again); !strings.HasPrefix(lead, "0 new, 0 changed, 4 unchanged") || len(whoIsWho(again.Page(t))) > 0 {
		t.Errorf("the same list again: %q, and it asks about %v", lead, whoIsWho(again.Page(t)))
	}
}

// What is chosen otherwise than proposed is shown before it is imported, and can still be changed then.
func TestNamesAreShownAsChosen(t *testing.T) {
	t.Parallel()
	i := handlerstest.NewImporting(t)
	importAsShown(t, i, "before.csv", whoBefore)
	review := i.GoOn(t, i.Upload(t, "list.csv", strings.Replace(whoList, ";BE;", ";Bo Ek;", 1)), nil)
	form := handlerstest.FormOf(i.Get(review).Page(t), "#take")
	for field := range form {
		if form.Get(field) == "DL" && strings.Contains(field, "_name.") {
			form.Set(strings.Replace(field, "_name", "", 1), "DL")
		}
	}
	form.Set("look", "1")
	if a := i.Post(review, form); !strings.HasSuffix(a.Header.Get("Location"), "/review") || i.Deals(t) != 3 {
		t.Fatalf("looking leads to %q, and %d deals are there", a.Header.Get("Location"), i.Deals(t))
	}
	page := i.Get(review).Page(t)
	if got := whoIsWho(page)["DL"]; got != "DL" || !strings.Contains(page.Find("tbody tr").First().Text(), "DL") {
		t.Errorf("DL is shown as %q: %s", got, page.Find("tbody tr").First().Text())
	}
	i.Post(review, handlerstest.FormOf(page, "#take"))
	if got := sellerAndCustomer(t, i, "11"); got != "DL, Acme AB" {
		t.Errorf("the deal is of %s", got)
	}
}

// A cell that can be read and is wrong all the same is mended at its row, and stays so when the list comes again.
func TestACellIsMendedAtItsRow(t *testing.T) {
	t.Parallel()
	i := handlerstest.NewImporting(t)
	list := "Id;Name;Customer;Seller;Value;Created;Status;Closed\n1;Roof;Acme;Dora Lind;100;2026-01-05;won;2026-02-01\n2;Door;Birch;Bo Ek;200;2026-01-06;won;2026-02-02\n"
	review := i.GoOn(t, i.Upload(t, "deals.csv", list), nil)
	edit := i.Get(review).Page(t).Find("#row-3 a").AttrOr("href", "")
	page := i.Get(edit).Page(t)
	form := handlerstest.FormOf(page, "#edit")
	for cell, text := range map[string]string{"Value": "2500", "Created": "2026-01-16", "Status": "lost", "Closed": "2026-02-20", "Seller": "Bea Ek"} {
		if !form.Has("cell.3." + cell) {
			t.Fatalf("the cell %s cannot be written over: %v", cell, form)
		}
		form.Set("cell.3."+cell, text)
	}
	back := i.Post(review, form).Header.Get("Location")
	row := handlerstest.Plain(i.Get(back).Page(t).Find("#row-3").Text())
	for _, want := range []string{"2,500", "16 Jan 2026", "Lost", "20 Feb 2026", "Bea Ek"} {
		if !strings.Contains(row, want) {
			t.Errorf("the row is %q, without %s", row, want)
		}
	}
	i.Post(review, handlerstest.FormOf(i.Get(review).Page(t), "#take"))
	again := i.Get(i.GoOn(t, i.Upload(t, "deals.csv", list), nil))
	if lead := handlerstest.LeadOf(t, again); !strings.HasPrefix(lead, "0 new, 0 changed, 2 unchanged") || !strings.Contains(handlerstest.Words(again.Page(t), "main"), "Corrected here to “2500”") {
		t.Errorf("the same list again: %q", lead)
	}
	other := i.Get(i.GoOn(t, i.Upload(t, "deals.csv", strings.Replace(list, ";200;", ";2600;", 1)), nil))
	if lead := handlerstest.LeadOf(t, other); !strings.HasPrefix(lead, "0 new, 1 changed, 1 unchanged") {
		t.Errorf("when the list says something else: %q", lead)
	}
}

func TestSeveralCellsOfOneRowAndTwoRowsOfOneNameAreMendedApart(t *testing.T) {
	t.Parallel()
	i := handlerstest.NewImporting(t)
	list := "Name;Value;Created\nRoof;100;2026-01-05\nRoof;100;2026-01-05\n"
	review := i.GoOn(t, i.Upload(t, "deals.csv", list), nil)
	i.Post(review, url.Values{"cell.3.Value": {"300"}, "was.3.Value": {"100"}})
	page := i.Get(review).Page(t)
	if a, b := page.Find("#row-2").Text(), page.Find("#row-3").Text(); !strings.Contains(a, "100") || !strings.Contains(b, "300") {
		t.Errorf("the rows are %q and %q", a, b)
	}
	i.Post(review, url.Values{"cell.3.Value": {"100"}, "was.3.Value": {"300"}})
	if b := i.Get(review).Page(t).Find("#row-3").Text(); !strings.Contains(b, "100") {
		t.Errorf("mended back, the row is %q", b)
	}
}

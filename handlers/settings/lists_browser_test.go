package settings_test

import (
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"milstolpe/handlers/handlerstest"
	"milstolpe/process/sales"
)

// A list is made with the keyboard, chosen from on a deal, taken back, and the list of deals is narrowed by it.
func TestInABrowserAListIsMadeChosenAndFilteredBy(t *testing.T) {
	t.Parallel()
	s := handlerstest.NewDealSite(t)
	b := handlerstest.NewBrowser(t, s.Site)
	b.Wear("milstolpe-lang", "en")
	b.Open("/settings")
	b.Do(chromedp.Click(chromedp.CSS(`#lists a[href="/settings/lists"]`)))
	b.Await(`location.pathname === "/settings/lists" && document.readyState === "complete"`)
	b.Do(chromedp.Focus(chromedp.CSS("#f-name")))
	b.Press("Region")
	b.Press(kb.Tab)
	b.Press("North\rSouth")
	b.Press(kb.Tab)
	b.Press(kb.Enter)
	b.Await(`document.querySelector("#list-region") !== null`)
	if got := offered(listNamed(t, s, "Region")); len(got) != 2 || got[0] != "North" {
		t.Fatalf("the list offers %q", got)
	}
	b.Do(chromedp.Click(chromedp.CSS(`#list-region li:nth-child(2) button[value="up"]`)))
	b.Await(`document.querySelector("#list-region li b").textContent === "South"`)

	b.Open("/deals/d1/edit")
	b.Do(chromedp.SetValue(chromedp.CSS("#f-list_region"), "region:south"), chromedp.Click(chromedp.CSS("form.page-form button")))
	b.Await(`location.pathname === "/deals/d1" && document.readyState === "complete" && document.querySelector(".facts").textContent.includes("South")`)
	b.Press("u")
	b.Await(`document.querySelector(".facts").textContent.includes("Not chosen")`)
	s.Send(s.Open("/deals/d2/edit", "/deals/d2/edit").With("choices", "region:north"))

	b.Open("/deals")
	if rows := handlerstest.Ask[float64](b, `document.querySelectorAll("tr[data-row]").length`); rows != 2 {
		t.Fatalf("%v deals are listed", rows)
	}
	b.Do(chromedp.Focus(chromedp.CSS("#f-list_region")))
	b.Press("N") // the first choice with that letter, and the page follows
	b.Await(`location.search.includes("pick=region%3Anorth") && document.querySelectorAll("tr[data-row]").length === 1`)
	s.Deal("d2", func(team *sales.Team, d *sales.Deal) {
		if team.Lists().ChoiceName("region", d.Choices().Of("region")) != "North" {
			t.Error("the deal is in another region")
		}
	})
}

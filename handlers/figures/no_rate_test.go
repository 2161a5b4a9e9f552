package figures_test

import (
	"os"
	"strings"
	"testing"

	"milstolpe/handlers/handlerstest"
	"milstolpe/process/sales"
)

// What no sum of a page counts stands on that page, with the form for the rate beside it; with rates it is counted.
func TestEveryPageWithASumSaysWhatItDoesNotCount(t *testing.T) {
	t.Parallel()
	i := handlerstest.NewImporting(t)
	list, err := os.ReadFile("../sheet/testdata/misread/no-rate-deals.csv")
	if err != nil {
		t.Fatal(err)
	}
	i.Post(i.GoOn(t, i.Upload(t, "deals.csv", string(list)), nil), nil)
	customer := ""
	_ = i.File.View(func(team *sales.Team) error {
		for _, d := range team.Deals() {
			if v := d.Now.Value; v != nil && v.Currency == "EUR" {
				customer = string(d.Now.Customer)
			}
		}
		return nil
	})
	for path, currencies := range map[string]string{
		"/forecast/board": "EUR NOK", "/deals?status=closed": "EUR NOK", "/deals?status=won": "EUR NOK", "/deals": "EUR", "/customers": "EUR NOK",
		"/customers/" + customer: "EUR", "/meeting": "EUR", "/forecast/calls": "EUR", "/outcome/value-added": "EUR NOK",
	} {
		page := i.Get(path).Page(t)
		note := page.Find("main #no-rate")
		if note.Length() != 1 || note.Find("p a[href*=rates]").Length() != 1 || note.Find("[name=back]").First().AttrOr("value", "") != path {
			t.Errorf("%s says %q of what it does not count, and leads back to %q", path, handlerstest.Plain(note.Text()), note.Find("[name=back]").First().AttrOr("value", ""))
		}
		for currency := range strings.FieldsSeq(currencies) {
			if note.Find(`form[action="/settings/rate"] [name=rate_currency][value=`+currency+`]`).Length() != 1 {
				t.Errorf("%s does not ask for the rate of %s", path, currency)
			}
		}
	}
	// A deal that was won this year is won, whatever it is worth.
	if text := handlerstest.Words(i.Get("/forecast/board").Page(t), "main .pair"); !strings.Contains(text, "€1,000") {
		t.Errorf("the largest deals of the year are %s", text)
	}
	// In the list of closed deals a value without a rate stands in its own currency, and is not 0.
	if text := handlerstest.Words(i.Get("/deals?status=closed").Page(t), "main table tbody"); !strings.Contains(text, "€") {
		t.Errorf("the rows are %s", text)
	}
}

func TestWithRatesNothingIsLeftOut(t *testing.T) {
	t.Parallel()
	i := handlerstest.NewImporting(t)
	i.Post(i.GoOn(t, i.Upload(t, "deals.csv", "Deal;Customer;Created;Value;Currency;Status;Closed\nRoof;Acme;2026-01-05;100;EUR;won;2026-11-20\n"), nil), nil)
	form := handlerstest.FormOf(i.Get("/deals?status=closed").Page(t), "#no-rate form")
	form.Set("rate", "11")
	form.Set("rate_on", "2026-01-01")
	form.Set("rate_sure", "true")
	i.Post("/settings/rate", form)
	for _, path := range []string{"/forecast/board", "/deals?status=closed", "/customers", "/outcome/value-added"} {
		if got := handlerstest.Plain(i.Get(path).Page(t).Find("main #no-rate").Text()); got != "" {
			t.Errorf("with a rate %s says %q", path, got)
		}
	}
}

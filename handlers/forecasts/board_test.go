package forecasts_test

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"milstolpe/db"
	"milstolpe/db/dbtest"
	"milstolpe/handlers/handlerstest"
	"milstolpe/handlers/i18n"
	"milstolpe/handlers/web"
)

// The sheet for the board is one page of paper, in the third person, and its figures are those of the forecast and the outcome.
func TestTheBoardGetsOneSheet(t *testing.T) {
	t.Parallel()
	for _, lang := range []i18n.Lang{i18n.Swedish, i18n.English} {
		s := handlerstest.NewExampleSite(t, lang)
		doc := s.In(lang, "/forecast/board").Page(t)
		main := handlerstest.Words(doc, ".board")
		for _, you := range []string{" ni ", " er ", " you ", " your ", " du "} {
			if strings.Contains(strings.ToLower(main), you) {
				t.Errorf("%s: the sheet speaks to its reader: %q", lang, you)
			}
		}
		if n := doc.Find(".board a, .board button").Length(); n != 0 {
			t.Errorf("%s: %d things on the sheet can be pressed", lang, n)
		}
		facts := doc.Find(".board .facts dd").EachIter()
		forecast := s.In(lang, "/forecast").Page(t)
		for i, dd := range facts {
			if i > 2 {
				break
			}
			dd.Find("small").Remove()
			got := handlerstest.Digits(strings.Trim(handlerstest.Plain(dd.Text()), "SEK kr"))
			want := handlerstest.Digits(handlerstest.Words(forecast, "#groups tfoot td:nth-child(2)"))
			switch i {
			case 0:
				year := s.In(lang, "/forecast?period=2026").Page(t)
				want = handlerstest.Digits(handlerstest.Words(year, "#groups tfoot td:nth-child(2)"))
			case 2:
				want = cellsOf(forecast, "#groups table", "td:nth-child("+columnOf(forecast, map[i18n.Lang]string{i18n.Swedish: "Prognos", i18n.English: "Forecast"}[lang])+")")[""]
			}
			if got != want {
				t.Errorf("%s: figure %d is %d, the forecast says %d", lang, i, got, want)
			}
		}
		sum := int64(0)
		for _, tr := range doc.Find(".board table").First().Find("tbody tr").EachIter() {
			sum += handlerstest.Digits(handlerstest.Plain(tr.Find("td").Last().Text()))
		}
		if said := handlerstest.Digits(handlerstest.Words(doc, ".board table tfoot td:last-child")); sum != said {
			t.Errorf("%s: open deals add up to %d, the sum says %d", lang, sum, said)
		}
		b := handlerstest.NewBrowser(t, s)
		b.Wear("milstolpe-lang", string(lang))
		b.Open("/forecast/board")
		if got := b.Sheets(); got != "1" {
			t.Errorf("%s: the page is printed on %s sheets", lang, got)
		}
	}
}

// A file in which the company has no name yet has a heading of its own all the same.
func TestTheBoardsHeadingIsOneWithoutACompany(t *testing.T) {
	t.Parallel()
	file, err := db.New(filepath.Join(t.TempDir(), "Sales.milstolpe"), slices.Delete(dbtest.Founding(), 1, 2), dbtest.Options(t))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = file.Close() })
	s := handlerstest.NewSite(t, func(c *web.Config) { c.File = file })
	for lang, want := range map[i18n.Lang]string{i18n.Swedish: "Försäljningen", i18n.English: "Sales"} {
		if got := handlerstest.Words(s.In(lang, "/forecast/board").Page(t), "h1"); got != want {
			t.Errorf("%s: the heading is %q, want %q", lang, got, want)
		}
	}
}

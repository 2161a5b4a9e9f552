package forecasts_test

import (
	"encoding/json"
	"math"
	"net/url"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"milstolpe/handlers/handlerstest"
	"milstolpe/handlers/i18n"
)

// cellsOf are the amounts of a table's column by the name of their row; the sum stands under "".
func cellsOf(doc *goquery.Document, table, column string) map[string]int64 {
	read := func(tr *goquery.Selection) int64 {
		cell := tr.Find(column)
		cell.Find("small").Remove()
		return handlerstest.Digits(handlerstest.Plain(cell.Text()))
	}
	amounts := map[string]int64{}
	for _, tr := range doc.Find(table + " tbody tr").EachIter() {
		amounts[handlerstest.Plain(tr.Find("th").Text())] = read(tr)
	}
	amounts[""] = read(doc.Find(table + " tfoot tr"))
	return amounts
}

// The same amount has the same krona wherever it stands: the forecast's table, the calls, the deals behind each of them, the list of periods, the
// report, and the page for the board.
func TestTheSameAmountHasTheSameKronaOnEveryPage(t *testing.T) {
	t.Parallel()
	compared := 0
	for name, s := range map[string]*handlerstest.Site{
		"example": handlerstest.NewExampleSite(t, i18n.English), "team": handlerstest.NewTeamSite(t),
	} {
		for _, period := range []string{"2026-Q4", "2026-12", "2026", "2027-Q1"} {
			at := "?period=" + url.QueryEscape(period)
			got := s.Get("/forecast" + at)
			if got.Request.URL.Path != "/forecast" {
				continue // it has ended in that file
			}
			forecast := cellsOf(got.Page(t), "#groups table", "td:nth-child("+columnOf(got.Page(t), "Forecast")+")")
			doc := s.Get("/forecast/calls" + at).Page(t)
			calls := cellsOf(doc, "section.first table", "td:nth-child(2)")
			added := -calls[""]
			for who, amount := range calls {
				added += amount
				said, there := forecast[who]
				if there {
					compared++
				}
				if there && said != amount {
					t.Errorf("%s, %s: the forecast says %d of %q, the calls %d", name, period, said, who, amount)
				}
			}
			if added != calls[""] {
				t.Errorf("%s, %s: the calls add up to %d, the sum says %d", name, period, added, calls[""])
			}
			for _, a := range doc.Find("section.first td a").EachIter() {
				list := s.Get(a.AttrOr("href", "")).Page(t)
				if number, sum := handlerstest.Plain(a.Text()), handlerstest.Words(list, "tfoot td:last-child"); number != sum {
					t.Errorf("%s, %s: the calls say %s, the deals behind it add up to %s", name, period, number, sum)
				}
				if sum := handlerstest.Digits(handlerstest.Words(list, "tfoot td:last-child")); handlerstest.AddedUp(t, list) != sum {
					t.Errorf("%s, %s: the rows add up to %d and not to %d", name, period, handlerstest.AddedUp(t, list), sum)
				}
			}
			if reported := reportedForecast(t, s, at); reported != forecast[""] {
				t.Errorf("%s, %s: the report says %d, the page %d", name, period, reported, forecast[""])
			}
		}
	}
	if compared < 20 {
		t.Errorf("only %d amounts were compared", compared)
	}
}

// columnOf is where the column with a head stands, counted from 1.
func columnOf(doc *goquery.Document, head string) string {
	for i, th := range doc.Find("#groups thead th").EachIter() {
		if strings.HasPrefix(handlerstest.Plain(th.Text()), head+",") {
			return string(rune('1' + i))
		}
	}
	return "9"
}

// reportedForecast is the forecast of the report, in whole units.
func reportedForecast(t *testing.T, s *handlerstest.Site, at string) int64 {
	t.Helper()
	for _, a := range s.Get("/forecast" + at).Page(t).Find(`.filters a[href*="json"]`).EachIter() {
		var made struct {
			Forecast float64 `json:"forecast"`
		}
		text := s.Get(a.AttrOr("href", "")).Text
		if err := json.Unmarshal([]byte(text), &made); err != nil {
			t.Fatalf("%v in %.300s", err, text)
		}
		return int64(math.Round(made.Forecast))
	}
	t.Fatal("the page has no report to take away")
	return 0
}

package processes_test

import (
	"net/http"
	"strconv"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"milstolpe/handlers/handlerstest"
)

// Every count of deals that were compared leads to as many deals, of which as many were won as the count says.
func TestEveryCountOfTheEvidenceLeadsToItsDeals(t *testing.T) {
	t.Parallel()
	s := handlerstest.NewTeamSite(t)
	href := s.Get("/process").Header.Get("Location") + "/evidence" // the only process there is
	links := s.Get(href).Page(t).Find("main td a[href*='/evidence/deals']")
	if links.Length() < 4 {
		t.Fatalf("%d counts lead to their deals, want those of several milestones and of the order", links.Length())
	}
	links.Each(func(_ int, a *goquery.Selection) {
		won, of, both := strings.Cut(handlerstest.Plain(a.Text()), " of ") // "39 of 89" for a milestone; the order says the deals alone
		if !both {
			won, of = handlerstest.Plain(a.Closest("tr").Find("td").Eq(1).Text()), won
		}
		list := s.Get(a.AttrOr("href", "")).Page(t)
		rows := list.Find("tbody tr")
		won2 := rows.FilterFunction(func(_ int, row *goquery.Selection) bool { return strings.HasPrefix(row.Find("td").Text(), "won") })
		if strconv.Itoa(rows.Length()) != of || strconv.Itoa(won2.Length()) != won {
			t.Errorf("%s says %s of %s and leads to %d deals, of which %d were won", a.AttrOr("href", ""), won, of, rows.Length(), won2.Length())
		}
		if lead := handlerstest.Words(list, "main .lead"); !strings.HasPrefix(lead, won+" of "+of+" deal") {
			t.Errorf("the page of %s of %s says %q", won, of, lead)
		}
	})
	for _, query := range []string{"?group=best", "?group=with&milestone=nonsense", ""} {
		if answer := s.Get(href + "/deals" + query); answer.StatusCode != http.StatusNotFound {
			t.Errorf("a group that there is not, %q, is answered with %d", query, answer.StatusCode)
		}
	}
}

package outcomes_test

import (
	"fmt"
	"math"
	"net/http"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"milstolpe/handlers/handlerstest"
	"milstolpe/handlers/i18n"
)

// Every step of the staircase leads to its periods; what was said and what came lead on to deals, or to the calls, that make the same
// number; and the misses of the periods make the usual miss.
func TestEveryStepLeadsToItsPeriods(t *testing.T) {
	t.Parallel()
	s := handlerstest.NewExampleSite(t, i18n.English)
	steps := s.In(i18n.English, "/outcome/value-added").Page(t).Find("#steps tbody tr")
	if steps.Length() < 5 {
		t.Fatalf("the staircase has %d steps, want the guess, the milestones and three calls", steps.Length())
	}
	numbers := 0
	steps.Each(func(_ int, step *goquery.Selection) {
		name := step.Find("th").Contents().First().Text()
		link := step.Find("th a")
		page := s.In(i18n.English, link.AttrOr("href", "")).Page(t)
		rows := page.Find("tbody tr")
		if said := handlerstest.Plain(link.Text()); said != fmt.Sprint(rows.Length(), " periods") {
			t.Errorf("%s is said to have %s and has %d", name, said, rows.Length())
		}
		miss, came := int64(0), int64(0)
		rows.Each(func(i int, row *goquery.Selection) {
			cells := row.Find("td")
			came += handlerstest.Digits(handlerstest.Plain(cells.Eq(1).Text()))
			miss += absolute(handlerstest.Digits(handlerstest.Plain(cells.Eq(2).Contents().First().Text())))
			if i > 2 {
				return // three of each step are enough to follow
			}
			cells.Find("a").Each(func(_ int, a *goquery.Selection) {
				numbers++
				behind := s.In(i18n.English, a.AttrOr("href", "")).Page(t)
				if shown := handlerstest.Words(behind, "main td"); !strings.Contains(shown, handlerstest.Plain(a.Text())) {
					t.Errorf("%s: %s leads to %s, where it does not stand", name, a.Text(), a.AttrOr("href", ""))
				}
			})
		})
		foot := page.Find("tfoot td")
		if handlerstest.Digits(handlerstest.Plain(foot.Eq(1).Text())) != came || handlerstest.Digits(handlerstest.Plain(foot.Eq(2).Contents().First().Text())) != miss {
			t.Errorf("%s: of %d came and %d missed the foot says %s", name, came, miss, handlerstest.Plain(foot.Text()))
		}
		usual := fmt.Sprintf("Typical error: %.0f%%.", math.Round(100*float64(miss)/float64(came)))
		if lead := handlerstest.Words(page, ".lead"); lead != usual || !strings.Contains(usual, handlerstest.Plain(step.Find("td").First().Text())) {
			t.Errorf("%s: the page says %q and the staircase %s, want %q", name, lead, step.Find("td").First().Text(), usual)
		}
	})
	if numbers < 20 {
		t.Errorf("only %d numbers lead on", numbers)
	}
	if got := s.Get("/outcome/value-added/periods?step=oracle"); got.StatusCode != http.StatusNotFound {
		t.Errorf("a step that there is not is answered %s", got.Status)
	}
}

func absolute(n int64) int64 { return max(n, -n) }

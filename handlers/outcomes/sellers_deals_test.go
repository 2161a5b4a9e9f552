package outcomes_test

import (
	"net/http"
	"strconv"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"milstolpe/handlers/handlerstest"
	"milstolpe/handlers/i18n"
)

func TestEveryCountOfTheSameWayLeadsToItsDeals(t *testing.T) {
	t.Parallel()
	s := handlerstest.NewTeamSite(t)
	links := s.Get("/outcome/sellers").Page(t).Find("main td a[href*='/outcome/sellers/deals']")
	if links.Length() < 10 {
		t.Fatalf("%d counts lead to their deals, want at least closed and in order of the team and four sellers", links.Length())
	}
	links.Each(func(_ int, a *goquery.Selection) {
		said, _, _ := strings.Cut(handlerstest.Plain(a.Text()), " ") // 72 of 74: the deals are the 72
		list := s.Get(a.AttrOr("href", "")).Page(t)
		if n := strconv.Itoa(list.Find("tbody tr").Length()); n != said {
			t.Errorf("%s says %s and leads to %s deals", a.AttrOr("href", ""), said, n)
		}
	})
}

// Those in order and those in another order are together all that have closed.
func TestInOrderAndNotAreAllThatClosed(t *testing.T) {
	t.Parallel()
	s := handlerstest.NewTeamSite(t)
	deals := func(count string) int {
		return s.Get("/outcome/sellers/deals?count=" + count).Page(t).Find("tbody tr").Length()
	}
	if closed, in, other := deals("closed"), deals("in-order"), deals("other-order"); in+other != closed || closed == 0 {
		t.Errorf("%d in order and %d in another are not the %d that closed", in, other, closed)
	}
	if answer := s.Get("/outcome/sellers/deals?count=best"); answer.StatusCode != http.StatusNotFound {
		t.Errorf("a count that there is not is answered with %d", answer.StatusCode)
	}
}

func TestASellersDatesLeadToTheirDeals(t *testing.T) {
	t.Parallel()
	s := handlerstest.NewExampleSite(t, i18n.English)
	links := s.Get("/outcome/timing?since=all").Page(t).Find("main tbody a[href*='/outcome/timing?']")
	if links.Length() < 2 {
		t.Fatalf("%d sellers' dates lead on, want several", links.Length())
	}
	links.Each(func(_ int, a *goquery.Selection) {
		page := s.Get(a.AttrOr("href", "")).Page(t)
		list := page.Find("tr[data-row] th small")
		if list.Length() == 0 {
			t.Errorf("%s leads to no deals", a.AttrOr("href", ""))
		}
		list.Each(func(_ int, seller *goquery.Selection) {
			if seller.Text() != a.Text() {
				t.Errorf("a deal of %s stands among those of %s", seller.Text(), a.Text())
			}
		})
		if page.Find(".filters b").FilterFunction(func(_ int, b *goquery.Selection) bool { return b.Text() == a.Text() }).Length() != 1 {
			t.Errorf("the page of %s does not say whose it is", a.Text())
		}
	})
}

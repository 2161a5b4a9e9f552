package outcomes_test

import (
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"milstolpe/db/dbtest"
	"milstolpe/handlers/handlerstest"
	"milstolpe/handlers/i18n"
	"milstolpe/process"
	"milstolpe/process/money"
)

var square = regexp.MustCompile(`(?s)<svg class="sq mid up".*?</svg>`)

func TestCalibrationSaysWhereTheChancesHold(t *testing.T) {
	t.Parallel()
	s := handlerstest.NewTeamSite(t)
	answer := s.In(i18n.Swedish, "/outcome/calibration")
	doc := answer.Page(t)
	want := "Delvis. I 5 av 9 grupper vann ni ungefär så ofta som chansen sa. Affärer efter milstolpe 1 vann ni mer sällan än chansen angav. Nyöppnade affärer och affärer efter milstolpe 3 vann ni oftare än chansen angav."
	if got := handlerstest.Words(doc, ".lead"); got != want {
		t.Errorf("the page says %q, want %q", got, want)
	}
	rows := doc.Find("table").First().Find("tbody tr:not(.over)") // without the names of the milestones above them
	if rows.Length() != 10 || handlerstest.Plain(rows.First().Find("td").Text()) != "5030 %24 %ja" {
		t.Errorf("%d rows, the first %q", rows.Length(), handlerstest.Plain(rows.First().Text()))
	}
	if last := handlerstest.Plain(rows.Last().Find("td").Last().Text()); last != "för få" {
		t.Errorf("with one deal the last row says %q", last)
	}
	// Nine dots: the standing with one deal is not drawn.
	if n := doc.Find("svg.sq a").Length(); n != 9 {
		t.Errorf("%d dots are links, want 9", n)
	}
	handlerstest.Golden(t, "charts/calibration.svg", square.FindString(answer.Text)+"\n")
}

func TestEveryCountOfTheCalibrationLeadsToItsDeals(t *testing.T) {
	t.Parallel()
	s := handlerstest.NewTeamSite(t)
	links := s.Get("/outcome/calibration").Page(t).Find("main td a")
	if links.Length() != 12 {
		t.Errorf("%d counts lead to their deals, want ten standings and two sides", links.Length())
	}
	links.Each(func(_ int, a *goquery.Selection) {
		list := s.Get(a.AttrOr("href", "")).Page(t)
		if n := int64(list.Find("tbody tr").Length()); n != handlerstest.Digits(a.Text()) {
			t.Errorf("%s leads to %d deals", a.Text(), n)
		}
		row := handlerstest.Plain(a.ParentsFiltered("tr").Text())
		for _, share := range []string{"td.num:nth-child(4)"} {
			if said := handlerstest.Words(list, "tfoot "+share); said == "" || !strings.Contains(row, said) {
				t.Errorf("the deals say %s on average, the row says %q", said, row)
			}
		}
	})
	for _, path := range []string{"?passed=9", "?side=", "?passed=x"} {
		if got := s.Get("/outcome/calibration/deals" + path); got.StatusCode != http.StatusNotFound {
			t.Errorf("%s answers %d, want 404", path, got.StatusCode)
		}
	}
}

func TestWithFewClosedDealsThereArePostsInstead(t *testing.T) {
	t.Parallel()
	for _, path := range []string{"/outcome/calibration", "/outcome/timing"} {
		doc := handlerstest.NewSite(t).Get(path).Page(t)
		if doc.Find("svg.count").Length() != 1 || doc.Find("svg.sq, table").Length() != 0 {
			t.Errorf("%s: %q", path, handlerstest.Words(doc, "main"))
		}
	}
}

// Nine deals that were expected on 1 June and won later and later: 0, 3, 6 … 24 days late. The middle one is 12 days late.
func TestTimingSaysWhenDealsCame(t *testing.T) {
	t.Parallel()
	s := handlerstest.NewSite(t)
	file := dbtest.New(t)
	value := money.New(100_000_00, "SEK")
	definition := process.Definition{Name: "Sales", Milestones: []process.Milestone{{Key: "a", Name: "The buyer has decided", Required: true}}}
	facts := []process.Fact{&process.VersionPublished{Stamp: process.Stamp{Known: process.MustDate("2026-01-01"), History: true}, Process: "p", Version: "v", Definition: definition}}
	for i, id := range []process.DealID{"a", "b", "c", "d", "e", "f", "g", "h", "i"} {
		opened, won := process.MustDate("2026-03-01"), process.MustDate("2026-06-01").AddDays(3*i)
		facts = append(facts,
			&process.DealOpened{
				Stamp: process.Stamp{Known: opened, History: true}, Deal: id, On: opened, Process: "p", Version: "v", Seller: "anna", Value: &value,
				Name: string(id), ExpectedClose: process.MustDate("2026-06-01"),
			},
			&process.DealClosed{Stamp: process.Stamp{Known: won, History: true}, Deal: id, Outcome: process.Won, On: won})
	}
	dbtest.Record(t, file, facts...)
	s.Server.Use(file, "Anna")
	doc := s.In(i18n.English, "/outcome/timing").Page(t)
	want := "Half of 9 won deals closed at least 12 days later than the seller first thought. The date was moved in 0 of 9 deals, 0 times in all."
	if got := handlerstest.Words(doc, ".lead"); got != want {
		t.Errorf("the page says %q, want %q", got, want)
	}
	if got := handlerstest.Words(doc, "section.first tbody tr:first-child"); got != "Expected close, as first written912+1233%" {
		t.Errorf("the sellers' dates: %q, want 12 days either way, and three of nine within a week", got)
	}
}

// Forty deals out of a list without milestones, each open at the turn of the year; half were won. They stand in no place that has a number.
func TestCalibrationNamesThePlaceThatIsUnknown(t *testing.T) {
	t.Parallel()
	s := handlerstest.NewDealSite(t)
	var facts []process.Fact
	for i := range 40 {
		opened := process.Stamp{Known: process.MustDate("2025-12-01").AddDays(i % 20), History: true}
		closed := process.Stamp{Known: process.MustDate("2026-02-01").AddDays(i), History: true}
		id, outcome := process.DealID(fmt.Sprintf("old%d", i)), process.Won
		if i%2 == 1 {
			outcome = process.Lost
		}
		facts = append(facts,
			&process.DealOpened{Stamp: opened, Deal: id, On: opened.Known, Process: "p", Version: "v", Name: string(id), Customer: "c1", Seller: "anna", NoSteps: true},
			&process.DealClosed{Stamp: closed, Deal: id, On: closed.Known, Outcome: outcome},
		)
	}
	dbtest.Record(t, s.File, facts...)
	doc := s.Get("/outcome/calibration").Page(t)
	if got := handlerstest.Words(doc, "tr.over"); got != "? Step unknown" {
		t.Errorf("the standings are %q", got)
	}
	link := doc.Find(".cal tbody a").First()
	if link.Text() != "40" {
		t.Errorf("%q deals stand there", link.Text())
	}
	if n := s.Get(link.AttrOr("href", "")).Page(t).Find("tr[data-row]").Length(); n != 40 {
		t.Errorf("the link leads to %d deals", n)
	}
}

package deals_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"github.com/google/go-cmp/cmp"

	"milstolpe/db/dbtest"
	"milstolpe/handlers/handlerstest"
	"milstolpe/handlers/i18n"
	"milstolpe/handlers/web"
	"milstolpe/process"
	"milstolpe/process/sales"
)

// designed is the deal that the static design shows: the golden one of 342,000 that is open on 30 June 2026.
func designed(t *testing.T, s *handlerstest.Site) (path string) {
	t.Helper()
	s.In(i18n.Swedish, "/deals").Page(t).Find("tr[data-row]").Each(func(_ int, tr *goquery.Selection) {
		if handlerstest.Plain(tr.Find(".val").Text()) == "342 000" {
			path = tr.Find("th a").AttrOr("href", "")
		}
	})
	if path == "" {
		t.Fatal("no open deal of 342,000")
	}
	return path
}

func TestADealReadsAsItWasDesigned(t *testing.T) {
	t.Parallel()
	s := handlerstest.NewTeamSite(t)
	doc := s.In(i18n.Swedish, designed(t, s)).Page(t)
	facts := strings.Join(handlerstest.Texts(doc, ".facts > div"), " | ")
	// The design's interval was 7–15 %. MODEL.md section 6 has made it wider since: deals that linger weigh more than one deal each.
	for _, want := range []string{"Chans att vinna11 % varför?85 liknande affärer, 5\u2060–\u206018 %", "Värde342 000 kroförändrat sedan start", "Troligt avslut29 juli 2026om den vinns"} {
		if !strings.Contains(facts, want) {
			t.Errorf("the facts are %q and not %q", facts, want)
		}
	}
	if got := handlerstest.Words(doc, "#head .note"); !strings.HasPrefix(got, "Affären har stannat upp: 119 dagar utan ny milstolpe hos kunden, normalt högst 50.") || !strings.Contains(got, "blir chansen 59 %. Lever den fortfarande?") {
		t.Errorf("the notice says %q", got)
	}
	var history []string
	doc.Find("#history tbody tr").Each(func(_ int, tr *goquery.Selection) {
		tr.Find("small").Remove()
		history = append(history, handlerstest.Plain(tr.Find("th").Text())+": "+handlerstest.Plain(tr.Find("td").First().Text())+": "+handlerstest.Plain(tr.Find("td.num").Text()))
	})
	// The chances are those of version 2 of the model.
	want := []string{
		"25 apr.: Stannade upp: 53 dagar utan ny milstolpe, normalt högst 52: 36 → 11 %",
		"1 apr.: Chansen omräknad (nya avslut): 35 → 36 %",
		"8 mars: The buyer has held an internal meeting about it without us uppnådd: ",
		"3 mars: The buyer has described the problem and appointed an owner uppnådd: 10 → 35 %",
		"1 mars: Chansen omräknad (nya avslut): 9 → 10 %",
		"28 feb.: Stannade upp: 22 dagar utan ny milstolpe, normalt högst 21: 27 → 9 %",
		"6 feb.: Affären öppnad, 342 000 kr: 27 %",
	}
	if diff := cmp.Diff(want, history); diff != "" {
		t.Errorf("the history:\n%s", diff)
	}
	chart := doc.Find("figure.chart svg").First()
	if chart.Find("path.step").Length() != 1 || chart.Find("path.warn").Length() != 2 || chart.Find("title").Text() == "" {
		t.Errorf("the picture has %d lines and %d strokes", chart.Find("path.step").Length(), chart.Find("path.warn").Length())
	}
}

func TestAMilestoneAheadOfItsTurnIsKeptAndCountsLater(t *testing.T) {
	t.Parallel()
	s := handlerstest.NewDealSite(t)
	page := s.Send(s.Open("/deals/d1?form=reach&m=money", "/deals/d1/milestones/money/reach")).Page(t)
	if got := handlerstest.Words(page, "#m-money"); !strings.Contains(got, "Reached early. Counts when the buyer has appointed an owner.") {
		t.Errorf("the milestone says %q", got)
	}
	if page.Find("#m-money path.p3").Length() != 1 || page.Find("#m-owned.next path.p2").Length() != 1 {
		t.Error("the plates do not show it")
	}
	page = s.Send(s.Open("/deals/d1?form=reach&m=owned", "/deals/d1/milestones/owned/reach").With("evidence", "mail")).Page(t)
	// base ¼ of four steps: ¼^(2/4) = ½ with both of them there.
	if got := handlerstest.Words(page, ".facts > div:first-child dd"); !strings.HasPrefix(got, "50%") {
		t.Errorf("with both the chance is %q", got)
	}
}

func TestWhyAChanceIsWhatItIs(t *testing.T) {
	t.Parallel()
	s := handlerstest.NewTeamSite(t)
	doc := s.In(i18n.Swedish, designed(t, s)+"/why?all=1").Page(t)
	lead := handlerstest.Words(doc, ".lead")
	if !strings.HasPrefix(lead, "Chans att vinna: 11 %. Av de 85 avslutade affärer som kommit hit vanns") {
		t.Errorf("the lead says %q", lead)
	}
	similar := doc.Find("#similar tbody tr").Length()
	won := doc.Find("#similar tbody b").Length()
	if similar != 85 {
		t.Errorf("%d deals are behind it, want 85", similar)
	}
	// 85 closed deals, the open ones that have been here by how long they have been watched, 3.7 in all, and 8 for the starting value.
	if got := handlerstest.Words(doc, "table.sums tfoot"); got != "Chans att vinna96,711 %" {
		t.Errorf("the count ends in %q", got)
	}
	usual := "vanns " + (&i18n.Text{Lang: i18n.Swedish}).Percent(float64(won)/float64(similar))
	if !strings.Contains(lead, handlerstest.Plain(usual)) {
		t.Errorf("of %d deals %d were won, but the lead says %q", similar, won, lead)
	}
	if few := s.In(i18n.Swedish, designed(t, s)+"/why").Page(t).Find("#similar tbody tr").Length(); few != 20 {
		t.Errorf("at first %d deals are shown, want 20", few)
	}
	for _, row := range handlerstest.Texts(doc, "#within tbody tr") {
		if !strings.Contains(row, "dagar") {
			t.Errorf("a row says %q", row)
		}
	}
}

func TestANewTeamHearsThatTheChanceIsTheStartingValue(t *testing.T) {
	t.Parallel()
	s := handlerstest.NewDealSite(t)
	if got := handlerstest.Words(s.Get("/deals/d1/why").Page(t), ".lead"); !strings.Contains(got, "No closed deal has been here yet, so this is the starting value: of ten deals two or three are won") {
		t.Errorf("the lead says %q", got)
	}
}

func TestHowADealEnds(t *testing.T) {
	t.Parallel()
	const close = "/deals/d1/close"
	for _, c := range []struct {
		outcome string
		fields  []string
		says    string
		won     bool
	}{
		{"won", []string{"value", "460 000"}, "Won 23 Nov 2026.", true},
		{"lost", []string{"reason", "Price too high for the value seen", "said_by", "customer", "competitor", "Ekmans"}, "Lost 23 Nov 2026. Reason: Price too high for the value seen. Competitor: Ekmans. According to the customer.", false},
		{"no_decision", []string{"own", "It petered out", "said_by", "us"}, "No decision 23 Nov 2026. Reason: It petered out. Our assessment.", false},
		{"withdrew", []string{"own", "Not for us"}, "We withdrew 23 Nov 2026. Reason: Not for us.", false},
		{"invalid", nil, "Invalid 23 Nov 2026.", false},
	} {
		t.Run(c.outcome, func(t *testing.T) {
			s := handlerstest.NewDealSite(t)
			page := s.Send(s.Open(close, close).With(append(c.fields, "outcome", c.outcome)...)).Page(t)
			if got := handlerstest.Words(page, "#head .note"); !strings.HasPrefix(got, c.says) {
				t.Errorf("the page says %q, want %q", got, c.says)
			}
			if got := s.Get(close); got.StatusCode != http.StatusSeeOther {
				t.Errorf("closing it once more is offered: %s", got.Status)
			}
			s.Deal("d1", func(_ *sales.Team, d *sales.Deal) {
				if end := d.Now.Close; end == nil || (end.Outcome == process.Won) != c.won || c.won && end.Value.Minor != 460_000_00 {
					t.Errorf("closed as %+v", end)
				}
			})
		})
	}
}

func TestClosingIsRefusedWithAllThatIsWrong(t *testing.T) {
	t.Parallel()
	s := handlerstest.NewDealSite(t)
	const close = "/deals/d1/close"
	f := s.Open(close, close)
	for situation, c := range map[string]struct {
		fields []string
		faults []string
	}{
		"nothing chosen":        {nil, []string{"outcome"}},
		"lost for no reason":    {[]string{"outcome", "lost"}, []string{"reason"}},
		"two reasons":           {[]string{"outcome", "lost", "reason", "Project cancelled", "own", "mine"}, []string{"own"}},
		"in the future":         {[]string{"outcome", "won", "on", "2026-11-24"}, []string{"on"}},
		"before the opening":    {[]string{"outcome", "won", "on", "2026-11-01"}, []string{"on"}},
		"a value that is none":  {[]string{"outcome", "won", "value", "much"}, []string{"value"}},
		"a value and a bad day": {[]string{"outcome", "won", "value", "much", "on", "today"}, []string{"on"}},
	} {
		t.Run(situation, func(t *testing.T) {
			got := s.Send(f.With(c.fields...))
			if got.StatusCode != http.StatusUnprocessableEntity {
				t.Fatalf("answered %s", got.Status)
			}
			for _, field := range c.faults {
				if handlerstest.Words(got.Page(t), "#f-"+field+"-fault") == "" {
					t.Errorf("%s has no fault: %q", field, handlerstest.Words(got.Page(t), ".note"))
				}
			}
		})
	}
	s.Deal("d1", func(_ *sales.Team, d *sales.Deal) {
		if d.Now.Close != nil {
			t.Errorf("it was closed all the same: %+v", d.Now.Close)
		}
	})
}

// A team that has closed nothing has only what it answered and what is assumed. No page may pass that off as what has happened.
func TestATeamWithoutClosedDealsIsToldWhatIsAssumed(t *testing.T) {
	t.Parallel()
	file := dbtest.New(t)
	stamp := process.Stamp{Known: process.DateOf(dbtest.Now)}
	dbtest.Record(t, file,
		&process.VersionPublished{Stamp: stamp, Process: "p", Version: "v", Definition: process.Definition{
			Name: "New business", Milestones: []process.Milestone{{Key: "money", Name: "The buyer has set money aside", Required: true}},
		}},
		&process.DealOpened{Stamp: stamp, Deal: "d1", On: stamp.Known, Process: "p", Version: "v", Name: "Saw"},
	)
	s := handlerstest.NewSiteWithoutFile(t, func(c *web.Config) { c.File, c.Person = file, "Anna" })
	for path, want := range map[string][]string{
		"/deals/d1/why": {
			"No deal has been here before, so only the starting value counts.", "No deal of this sales process had been lost by 23 Nov 2026, so the time is an assumption",
			"had been won by 23 Nov 2026, so the time is an assumption", "The starting value: 2.5 of ten until you have answered, spread over 2 steps", "What is expected of deals that are here", "Without closed deals of your own",
		},
		"/deals/d1": {"an estimate, none of your own closed yet", "an assumption so far, if it is won"},
		"/deals":    {"an estimate, none of your own yet"},
	} {
		text := handlerstest.Plain(s.Get(path).Page(t).Find("main").Text())
		for _, words := range want {
			if !strings.Contains(text, words) {
				t.Errorf("%s does not say %q", path, words)
			}
		}
	}
}

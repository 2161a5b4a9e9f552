package deallist_test

import (
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"github.com/google/go-cmp/cmp"

	"milstolpe/handlers/handlerstest"
	"milstolpe/handlers/i18n"
)

func TestTheListOfDealsAddsUp(t *testing.T) {
	t.Parallel()
	s := handlerstest.NewTeamSite(t)
	doc := s.In(i18n.Swedish, "/deals").Page(t)
	// The static design shows the same team on the same day; the expected values are those of version 2 of the model.
	want := []string{"5 296 00033 öppna affärer", "00 med avslut i Q3 2026", "285 0003 håller på att stanna upp", "2 514 00018 har stannat upp"}
	if diff := cmp.Diff(want, handlerstest.Texts(doc, ".strip a")[:4]); diff != "" {
		t.Errorf("the strip:\n%s", diff)
	}
	if got := handlerstest.Words(doc, "tfoot"); got != "Alla öppna5 296 00033 affärerförväntat värde 1 491 319 kr" {
		t.Errorf("the foot says %q", got)
	}
	wantGroups := []string{
		"576 000 3 affärer väntar på detta förväntat värde 361 761 kr", "250 000 3 affärer väntar på detta förväntat värde 116 247 kr",
		"2 417 000 15 affärer väntar på detta förväntat värde 619 713 kr", "2 053 000 12 affärer väntar på detta förväntat värde 393 598 kr",
	}
	var groups []string
	doc.Find("tr.grp").Each(func(_ int, tr *goquery.Selection) {
		var cells []string
		tr.Find("td").Each(func(_ int, td *goquery.Selection) {
			if text := handlerstest.Plain(td.Text()); text != "" {
				cells = append(cells, text)
			}
		})
		groups = append(groups, strings.Join(cells, " "))
	})
	if diff := cmp.Diff(wantGroups, groups); diff != "" {
		t.Errorf("the groups, those that have come furthest first:\n%s", diff)
	}
	if n := doc.Find("tr[data-row]").Length(); n != 33 {
		t.Errorf("%d rows, want 33", n)
	}
	if _, ok := doc.Find("tr[data-row] svg.track").First().Attr("aria-label"); !ok {
		t.Error("a track has no words")
	}
}

func TestTheListIsNarrowedByItsQuery(t *testing.T) {
	t.Parallel()
	s := handlerstest.NewTeamSite(t)
	count := func(path string) int { return s.In(i18n.Swedish, path).Page(t).Find("tr[data-row]").Length() }
	for path, want := range map[string]int{
		"/deals?stalled=1": 18, "/deals?stalled=soon": 3, "/deals?stalled=1&next=budget_set_aside": 8, "/deals?next=terms_accepted": 3,
		"/deals?closes=2026-Q3": 0, "/deals?closes=nonsense": 33, "/deals?q=nobody": 0, "/deals?seller=nobody": 0, "/deals?sort=value": 33,
	} {
		if got := count(path); got != want {
			t.Errorf("%s has %d rows, want %d", path, got, want)
		}
	}
	if all := count("/deals?q=mejeri"); all == 0 || all != count("/deals?q=MEJERI+%C3%A5by") {
		t.Errorf("a search for two words finds other deals than for one of them: %d", all)
	}
	sellers := 0
	for _, name := range []string{"Anna Berg", "Erik Dahl", "Jonas Lind", "Sara Holm"} {
		sellers += count("/deals?seller=" + strings.ReplaceAll(name, " ", "+"))
	}
	if sellers != 33 {
		t.Errorf("the four sellers have %d deals together, want 33", sellers)
	}
	doc := s.In(i18n.English, "/deals?stalled=1&sort=value").Page(t)
	if got := doc.Find(".strip [aria-current]").Length(); got != 1 || !strings.Contains(handlerstest.Words(doc, ".strip [aria-current]"), "18 have stalled") {
		t.Errorf("chosen in the strip: %q", handlerstest.Words(doc, ".strip [aria-current]"))
	}
	values := handlerstest.Texts(doc, "tr[data-row] .val")
	for i := 1; i < len(values); i++ {
		if len(values[i]) > len(values[i-1]) {
			t.Errorf("by value %s comes before %s", values[i-1], values[i])
		}
	}
	if got := handlerstest.Words(s.In(i18n.English, "/deals?q=nobody").Page(t), "main"); !strings.Contains(got, "No deals match. Clear the filters") {
		t.Errorf("nothing found says %q", got)
	}
}

// What needs a next activity or a new date is counted beside the other totals, and gone from there when it has been seen to.
func TestWhatIsNotPlannedAndWhatHasPassedIsCounted(t *testing.T) {
	t.Parallel()
	s := handlerstest.NewDealSite(t)
	chip := func(href string) string {
		return handlerstest.Words(s.Get("/deals").Page(t), ".strip a[href='"+href+"']")
	}
	unplanned, passed := "/deals?planned=none", "/deals?closes=passed"
	// d1 is worth 450,000 and expected on 15 December; d2 has neither value nor date.
	if got := chip(unplanned); got != "450,0002 with nothing planned" {
		t.Errorf("of two deals without an activity: %q", got)
	}
	if got := chip(passed); got != "" {
		t.Errorf("no date has passed, and the strip says %q", got)
	}
	s.Send(s.Open("/deals/d1?form=next", "/deals/d1/next").With("text", "Call Maja", "due", "2026-12-01"))
	if got := chip(unplanned); got != "01 with nothing planned" {
		t.Errorf("with one planned: %q", got)
	}
	s.Send(s.Open("/deals/d1/edit", "/deals/d1/edit").With("expected_close", "2026-11-20"))
	if got := chip(passed); got != "450,0001 past expected close" {
		t.Errorf("after its day: %q", got)
	}
	for path, want := range map[string]string{unplanned: "/deals/d2", passed: "/deals/d1"} {
		doc := s.Get(path).Page(t)
		if got := doc.Find("tr[data-row] th a").AttrOr("href", ""); got != want || doc.Find("tr[data-row]").Length() != 1 {
			t.Errorf("%s shows %q", path, got)
		}
		if got := doc.Find(".strip [aria-current]").AttrOr("href", ""); got != path {
			t.Errorf("%s has %q chosen", path, got)
		}
	}
	home := s.Get("/").Page(t)
	if home.Find("#passed li a[href='/deals/d1']").Length() != 1 || home.Find("#unplanned li a[href='/deals/d2']").Length() != 1 {
		t.Errorf("Home says %q and %q", handlerstest.Words(home, "#passed"), handlerstest.Words(home, "#unplanned"))
	}
	s.Send(s.Open("/deals/d2?form=next", "/deals/d2/next").With("text", "Visit"))
	doc := s.Get(unplanned).Page(t)
	if got := handlerstest.Words(doc, ".strip [aria-current]"); got != "00 with nothing planned" {
		t.Errorf("when all are planned, what is chosen says %q", got)
	}
	if chip(unplanned) != "" {
		t.Error("nothing to plan is counted still")
	}
}

func TestClosedDealsAreReachable(t *testing.T) {
	t.Parallel()
	s := handlerstest.NewTeamSite(t)
	doc := s.In(i18n.English, "/deals?status=won&all=1").Page(t)
	won := doc.Find("tr[data-row]").Length()
	lost := s.In(i18n.English, "/deals?status=lost&all=1").Page(t).Find("tr[data-row]").Length()
	all := s.In(i18n.English, "/deals?status=closed&all=1").Page(t)
	if n := all.Find("tr[data-row]").Length(); won == 0 || lost == 0 || n != won+lost || n != 386 {
		t.Errorf("%d won and %d lost of %d closed deals, want 386 together: of 419 deals opened by then 33 are open", won, lost, n)
	}
	days := handlerstest.Texts(all, "tr[data-row] .dates")
	for i := 1; i < len(days); i++ {
		if days[i] > days[i-1] {
			t.Fatalf("%s stands under %s: the latest closed come first", days[i], days[i-1])
		}
	}
	short := s.In(i18n.English, "/deals?status=closed").Page(t)
	if n := short.Find("tr[data-row]").Length(); n != 120 || !strings.Contains(handlerstest.Words(short, ".more"), "Show 266 more") {
		t.Errorf("a long list shows %d rows and %q", n, handlerstest.Words(short, ".more"))
	}
	// The sum is that of all, not of those shown.
	if diff := cmp.Diff(handlerstest.Words(all, "tfoot"), handlerstest.Words(short, "tfoot")); diff != "" {
		t.Error(diff)
	}
	if got := handlerstest.Words(s.In(i18n.English, "/deals?q=mejeri").Page(t), ".found"); !strings.Contains(got, "closed deals match too") {
		t.Errorf("a search does not tell of closed deals: %q", got)
	}
}

func TestWithoutDealsTheListSaysWhatToDo(t *testing.T) {
	t.Parallel()
	doc := handlerstest.NewSite(t).Get("/deals").Page(t)
	if got := handlerstest.Words(doc, "main"); !strings.Contains(got, "you have not published one yet. Write your sales process · Import a list") {
		t.Errorf("the page says %q", got)
	}
	if doc.Find("main a[href='/import']").Length() != 1 {
		t.Error("the page does not lead to the import")
	}
	s := handlerstest.NewDealSite(t)
	for _, id := range []string{"d1", "d2"} {
		page := "/deals/" + id + "/close"
		s.Send(s.Open(page, page).With("outcome", "invalid"))
	}
	if got := handlerstest.Words(s.Get("/deals").Page(t), "main"); !strings.Contains(got, "There are no open deals here yet. Add a deal · Import a list") {
		t.Errorf("the page says %q", got)
	}
}

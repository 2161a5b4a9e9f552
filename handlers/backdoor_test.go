package handlers_test

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"milstolpe/db/dbtest"
	"milstolpe/handlers/handlerstest"
	"milstolpe/handlers/web"
	"milstolpe/process"
	"milstolpe/process/sales"
)

// What a page would never send is sent all the same, as a plain form and as htmx sends it: the rules live behind the pages.
func TestNoFormIsABackDoor(t *testing.T) {
	t.Parallel()
	const deal = "/deals/d1"
	for what, c := range map[string]struct {
		path   string
		form   url.Values
		status int
	}{
		"a milestone without its evidence":       {deal + "/milestones/owned/reach", url.Values{"on": {"2026-11-20"}}, 422},
		"evidence of blanks":                     {deal + "/milestones/owned/reach", url.Values{"on": {"2026-11-20"}, "evidence": {" \n\t"}}, 422},
		"evidence that is a script":              {deal + "/milestones/owned/reach", url.Values{"on": {"2026-11-20"}, "link": {"javascript:alert(1)"}}, 422},
		"a milestone of tomorrow":                {deal + "/milestones/money/reach", url.Values{"on": {"2026-11-24"}}, 422},
		"a milestone on no day":                  {deal + "/milestones/money/reach", url.Values{"on": {""}}, 422},
		"a milestone of no process":              {deal + "/milestones/quote/reach", url.Values{"on": {"2026-11-20"}}, 404},
		"waived without a reason":                {deal + "/milestones/money/waive", url.Values{}, 422},
		"waived for a blank":                     {deal + "/milestones/money/waive", url.Values{"reason": {"  "}}, 422},
		"an optional milestone waived":           {deal + "/milestones/meeting/waive", url.Values{"reason": {"r"}}, 422},
		"withdrawn without a reason":             {deal + "/milestones/yes/withdraw", url.Values{"why": {"news"}}, 422},
		"withdrawn as neither news nor mistake":  {deal + "/milestones/yes/withdraw", url.Values{"why": {"because"}, "reason": {"r"}}, 422},
		"closed as nothing":                      {deal + "/close", url.Values{"on": {"2026-11-20"}}, 422},
		"closed as something else":               {deal + "/close", url.Values{"on": {"2026-11-20"}, "outcome": {"maybe"}}, 422},
		"lost without a reason":                  {deal + "/close", url.Values{"on": {"2026-11-20"}, "outcome": {"lost"}}, 422},
		"no decision without a reason":           {deal + "/close", url.Values{"on": {"2026-11-20"}, "outcome": {"no_decision"}, "own": {" "}}, 422},
		"withdrew without a reason":              {deal + "/close", url.Values{"on": {"2026-11-20"}, "outcome": {"withdrew"}}, 422},
		"won tomorrow":                           {deal + "/close", url.Values{"on": {"2026-11-24"}, "outcome": {"won"}}, 422},
		"won before it was opened":               {deal + "/close", url.Values{"on": {"2026-11-09"}, "outcome": {"won"}}, 422},
		"won for less than nothing":              {deal + "/close", url.Values{"on": {"2026-11-20"}, "outcome": {"won"}, "value": {"-1"}}, 422},
		"no customer":                            {deal + "/edit", url.Values{"customer": {""}, "was_customer": {"Kolbotten Sågverk"}}, 422},
		"opened tomorrow":                        {"/deals/new", url.Values{"customer": {"Ny"}, "on": {"2026-11-24"}}, 422},
		"a process that is none":                 {"/deals/new", url.Values{"customer": {"Ny"}, "process": {"q"}}, 0},
		"journal of tomorrow":                    {deal + "/journal", url.Values{"entry": {"Lunch"}, "written": {"2026-11-24"}}, 422},
		"a deal that there is none of":           {"/deals/nowhere/close", url.Values{"on": {"2026-11-20"}, "outcome": {"won"}}, 404},
		"wins of ten that are a certainty":       {"/settings", url.Values{"wins_of_ten": {"10"}}, 422},
		"a number of one's own without a reason": {"/forecast/calls", url.Values{"period": {"2026-Q4"}, "layer": {"seller"}, "amount": {"9 000 000"}}, 422},
	} {
		t.Run(what, func(t *testing.T) {
			s := handlerstest.NewDealSite(t)
			reached := s.Send(s.Open(deal+"?form=reach&m=yes", deal+"/milestones/yes/reach"))
			if reached.StatusCode != http.StatusOK {
				t.Fatalf("marking was answered %s", reached.Status)
			}
			if c.path == deal+"/close" { // the rule is asked for, not whether the page is stale
				c.form.Set("base", s.Open(c.path, c.path).Values.Get("base"))
			}
			before := s.File.StateHash()
			for _, got := range []handlerstest.Answer{s.Post(c.path, c.form), s.FragmentFrom(http.MethodPost, c.path, deal, "milestones", c.form)} {
				if c.status != 0 && got.StatusCode != c.status || got.StatusCode < 400 || got.StatusCode >= 500 {
					t.Errorf("%s is answered %s: %.200s", c.path, got.Status, got.Text)
				}
			}
			if s.File.StateHash() != before {
				t.Error("something was recorded")
			}
		})
	}
}

func TestAClosedDealIsLeftAloneWhateverIsSent(t *testing.T) {
	t.Parallel()
	s := handlerstest.NewDealSite(t)
	const deal = "/deals/d1"
	s.Send(s.Open(deal+"?form=reach&m=yes", deal+"/milestones/yes/reach"))
	s.Send(s.Open(deal+"/close", deal+"/close").With("outcome", "won"))
	before := s.File.StateHash()
	for path, form := range map[string]url.Values{
		"/milestones/money/reach":  {"on": {"2099-11-20"}},
		"/milestones/money/waive":  {"reason": {"r"}},
		"/milestones/yes/withdraw": {"why": {"news"}, "reason": {"r"}},
		"/milestones/yes/promise":  {"day": {"2026-12-01"}},
		"/close":                   {"on": {"2026-11-20"}, "outcome": {"lost"}, "own": {"r"}},
		"/reopen":                  {"reason": {" "}},
	} {
		for _, got := range []handlerstest.Answer{s.Post(deal+path, form), s.FragmentFrom(http.MethodPost, deal+path, deal, "milestones", form)} {
			if got.StatusCode < 400 || got.StatusCode >= 500 {
				t.Errorf("%s is answered %s", path, got.Status)
			}
		}
	}
	if s.File.StateHash() != before {
		t.Error("something was recorded")
	}
}

// A correction is no way round the evidence that marking needs.
func TestACorrectionKeepsTheEvidence(t *testing.T) {
	t.Parallel()
	s := handlerstest.NewDealSite(t)
	ask := func() handlerstest.Form {
		return s.Open("/deals/d1?form=reach&m=owned", "/deals/d1/milestones/owned/reach")
	}
	s.Send(ask().With("evidence", "mail"))
	if got := s.Send(ask().With("evidence", "")); got.StatusCode != http.StatusUnprocessableEntity {
		t.Errorf("taking the evidence away is answered %s", got.Status)
	}
	if got := s.Send(ask().With("on", "2026-11-24")); got.StatusCode != http.StatusUnprocessableEntity {
		t.Errorf("moving it to tomorrow is answered %s", got.Status)
	}
}

var probability = regexp.MustCompile(`(?i)chance|probab|percent|likel|weight|stage`)

// Nobody types a probability: no form asks for one, and one that is sent along changes nothing.
func TestNobodyTypesAProbability(t *testing.T) {
	t.Parallel()
	s := handlerstest.NewDealSite(t)
	for _, path := range []string{
		"/", "/deals", "/deals/new", "/deals/d1", "/deals/d1?form=reach&m=owned", "/deals/d1?form=waive&m=owned", "/deals/d1?form=promise&m=owned",
		"/deals/d1/edit", "/deals/d1/close", "/deals/d1/why", "/customers/c1", "/processes/p/edit?form=row&m=owned", "/processes/p/edit?form=head",
		"/processes/new", "/settings", "/meeting", "/forecast", "/welcome/new?template=saas",
	} {
		s.Get(path).Page(t).Find("input, select, textarea").Each(func(_ int, control *goquery.Selection) {
			if name := control.AttrOr("name", ""); probability.MatchString(name) {
				t.Errorf("%s asks for %s", path, name)
			}
		})
	}
	chance := func() string { return handlerstest.Words(s.Get("/deals/d1").Page(t), ".facts > div:first-child dd") }
	before := chance()
	sure := []string{"chance", "99", "probability", "99", "Chance", "99", "opinion", "99", "passed", "3", "stage", "yes", "known", "2026-01-01", "history", "true"}
	s.Send(s.Open("/deals/d1/edit", "/deals/d1/edit").With(append(sure, "name", "Meters")...))
	if after := chance(); after != before {
		t.Errorf("the chance was %q and is %q", before, after)
	}
	s.Deal("d1", func(_ *sales.Team, d *sales.Deal) {
		if d.Now.Name != "Meters" {
			t.Errorf("what could be changed was not: %q", d.Now.Name)
		}
	})
}

// During its first 30 days a file takes what happened before it was made as history, and each form that asks for a day says so.
func TestWhatIsOlderThanTheFileIsHistoryInItsFirstMonth(t *testing.T) {
	t.Parallel()
	s := handlerstest.NewDealSite(t)
	now := dbtest.Now
	s.Site = handlerstest.NewSiteWithoutFile(t, func(c *web.Config) { c.File, c.Person, c.Now = s.File, "Anna", func() time.Time { return now } })
	const says = "when the file was made, give the real date"
	for _, path := range []string{"/deals/d1?form=reach&m=money", "/deals/d1/close", "/deals/new"} {
		if got := handlerstest.Words(s.Get(path).Page(t), "#f-on-hint"); !strings.Contains(got, says) {
			t.Errorf("%s says %q", path, got)
		}
	}
	mark := func(milestone process.MilestoneID, on string) process.Stamp {
		t.Helper()
		f := s.Open("/deals/d1?form=reach&m="+string(milestone), "/deals/d1/milestones/"+string(milestone)+"/reach")
		if got := s.Send(f.With("on", on, "evidence", "mail")); got.StatusCode != http.StatusOK {
			t.Fatalf("%s on %s is answered %s", milestone, on, got.Status)
		}
		var stamp process.Stamp
		s.Deal("d1", func(_ *sales.Team, d *sales.Deal) {
			m, _ := d.MarkOn(milestone, process.FarFuture)
			stamp = *m.Stamp
		})
		return stamp
	}
	if got := mark("owned", "2026-11-12"); !got.History || got.Known != process.MustDate("2026-11-12") {
		t.Errorf("in the first month it is known from %v, history: %v", got.Known, got.History)
	}
	now = now.AddDate(0, 0, 31)
	if got := mark("money", "2026-11-13"); got.History || got.Known != process.DateOf(now) {
		t.Errorf("after it, it is known from %v, history: %v", got.Known, got.History)
	}
	said := handlerstest.Words(s.Get("/deals/new").Page(t), "#f-on-hint") + handlerstest.Words(s.Get("/deals/d1/close").Page(t), "#f-on-hint")
	if strings.Contains(said, "history") {
		t.Errorf("after the first month forms still speak of history: %s", said)
	}
}

package settings_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"milstolpe/db/dbtest"
	"milstolpe/handlers/handlerstest"
	"milstolpe/handlers/i18n"
	"milstolpe/handlers/web"
	"milstolpe/process"
	"milstolpe/process/calls"
	"milstolpe/process/money"
	"milstolpe/process/sales"
)

func TestSettingsShowWhatHoldsAndAreTakenBack(t *testing.T) {
	t.Parallel()
	s := handlerstest.NewDealSite(t)
	now := func(setting process.Setting) (value string) {
		t.Helper()
		if err := s.File.View(func(team *sales.Team) error { value = team.Settings().On(setting, process.FarFuture); return nil }); err != nil {
			t.Fatal(err)
		}
		return value
	}
	f := s.Open("/settings", "/settings")
	before := map[process.Setting]string{process.CompanySetting: now(process.CompanySetting), process.WinsOfTenSetting: now(process.WinsOfTenSetting)}
	saved := s.Send(f.With("company", "Hedlunda", "wins_of_ten", "3,5", "fiscal_year_start", "7", "calibration", "quarter"))
	for setting, want := range map[process.Setting]string{
		process.CompanySetting: "Hedlunda", process.WinsOfTenSetting: "3.5", process.FiscalYearSetting: "7", process.CalibrationSetting: "quarter",
	} {
		if got := now(setting); got != want {
			t.Errorf("%s is %q, want %q", setting, got, want)
		}
	}
	again := s.Open("/settings", "/settings").Values
	if again.Get("fiscal_year_start") != "7" || again.Get("calibration") != "quarter" || again.Get("company") != "Hedlunda" {
		t.Errorf("the form shows %v", again)
	}
	log := handlerstest.Words(s.In(i18n.Swedish, "/log").Page(t), "main")
	for _, want := range []string{"Räkenskapsåret börjar i: juli", "Vunna av tio, startvärdet: 3,5", "Chanserna räknas om: Varje kvartal"} {
		if !strings.Contains(log, want) {
			t.Errorf("the log does not say %q: %.300s", want, log)
		}
	}
	s.Undo(saved, "/settings")
	for setting, want := range before {
		if got := now(setting); got != want {
			t.Errorf("after Undo %s is %q, want %q", setting, got, want)
		}
	}
	refused := s.Send(f.With("wins_of_ten", "11", "time_zone", "Mars/Olympus"))
	for _, field := range []string{"wins_of_ten", "time_zone"} {
		if handlerstest.Words(refused.Page(t), "#f-"+field+"-fault") == "" {
			t.Errorf("%s has no fault", field)
		}
	}
}

func TestRatesAndTargetsAreTakenBack(t *testing.T) {
	t.Parallel()
	s := handlerstest.NewDealSite(t)
	rated := s.Send(s.Open("/settings", "/settings/rate").With("rate_currency", "nok", "rate", "0,98"))
	if got := handlerstest.Words(rated.Page(t), "tbody tr"); !strings.Contains(got, "NOK") || !strings.Contains(got, "0.98") {
		t.Errorf("the rates are %q", got)
	}
	if got := s.Undo(rated, "/settings").Page(t).Find("tbody tr").Length(); got != 0 {
		t.Errorf("after Undo there are %d rates", got)
	}
	way := s.Get("/settings").Page(t).Find("#targets a").First().AttrOr("href", "")
	if way != "/forecast/calls?period=2026-Q4#target" {
		t.Fatalf("settings lead to the targets at %q", way)
	}
	page := strings.TrimSuffix(way, "#target")
	set := s.Send(s.Open(page, "/forecast/calls/target").With("target", "2 000 000"))
	target := func() (amount money.Amount, there bool) {
		err := s.File.View(func(team *sales.Team) error {
			var of calls.Target
			of, _, there = team.Calls().TargetFor("2026-Q4", "")
			amount = of.Amount
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		return amount, there
	}
	if got, there := target(); !there || got.Minor != 2_000_000_00 {
		t.Errorf("the target is %v", got)
	}
	if got := handlerstest.Words(s.Get("/settings").Page(t), "#targets li"); !strings.Contains(got, "SEK 2,000,000") {
		t.Errorf("settings say %q", got)
	}
	s.Undo(set, page)
	if got, there := target(); there {
		t.Errorf("after Undo the target is %v", got)
	}
}

func TestWhenTheProgramStopsByItselfIsChosenAndKept(t *testing.T) {
	t.Parallel()
	kept := -1
	s := handlerstest.NewSite(t, func(c *web.Config) { c.KeepIdle = func(hours int) error { kept = hours; return nil } })
	chosen := func() string {
		return handlerstest.Words(s.Get("/settings").Page(t), `form[action="/settings/idle"] b`)
	}
	if got := chosen(); got != "never" {
		t.Errorf("at first it stops %q", got)
	}
	if got := s.Post("/settings/idle", url.Values{"value": {"4"}, "back": {"/settings"}}); got.StatusCode != http.StatusSeeOther || kept != 4 {
		t.Errorf("four hours are answered %s and kept as %d", got.Status, kept)
	}
	if got := chosen(); got != "after 4 hours" {
		t.Errorf("then it stops %q", got)
	}
	for _, wrong := range []string{"", "-1", "5", "soon"} {
		if got := s.Post("/settings/idle", url.Values{"value": {wrong}}); got.StatusCode != http.StatusUnprocessableEntity {
			t.Errorf("%q is answered %s", wrong, got.Status)
		}
	}
}

func TestWhatIsChosenInTheBrowserIsMarked(t *testing.T) {
	t.Parallel()
	s := handlerstest.NewSite(t)
	for _, c := range []struct{ action, value, says string }{
		{"/settings/theme", "dark", "Dark"}, {"/settings/keys", "off", "Off"}, {"/settings/language", "sv", "Svenska"},
	} {
		s.Post(c.action, url.Values{"value": {c.value}, "back": {"/settings"}})
		page := s.Get("/settings").Page(t)
		if got := handlerstest.Words(page, `form[action="`+c.action+`"] b`); got == "" || c.action == "/settings/language" && got != c.says {
			t.Errorf("%s: %q is chosen, want %q", c.action, got, c.says)
		}
		if page.Find(`form[action="`+c.action+`"] button[value="`+c.value+`"]`).Length() != 0 {
			t.Errorf("%s: what is chosen can be chosen", c.action)
		}
	}
}

// A rate for an earlier day that changes what was won says so first. Taken back, everything is as it was.
func TestARateThatChangesOldFiguresSaysSoFirst(t *testing.T) {
	t.Parallel()
	s := handlerstest.NewDealSite(t)
	day, closed := process.Stamp{Known: process.MustDate("2026-11-12")}, process.MustDate("2026-11-12")
	euro := money.New(1_000_00, "EUR")
	dbtest.Record(t, s.File,
		&process.DealOpened{Stamp: day, Deal: "e", On: closed, Process: "p", Version: "v", Name: "E", Customer: "c1", Seller: "anna", Value: &euro},
		&process.DealClosed{Stamp: day, Deal: "e", Outcome: process.Won, On: closed, Value: &euro},
	)
	// Home says what is not counted, with the form beside it, which comes back there.
	f := s.Open("/", "/settings/rate")
	if note := handlerstest.Words(s.Get("/").Page(t), ".note"); !strings.Contains(note, "1 won deal in EUR is not counted") {
		t.Errorf("home says %q", note)
	}
	back := s.Post("/settings/rate", f.With("rate", "11").Values)
	if got := back.Header.Get("Location"); back.StatusCode != http.StatusSeeOther || got != "/" {
		t.Fatalf("the form on home is answered %s and leads to %q", back.Status, got)
	}
	if note := handlerstest.Words(s.Get("/").Page(t), ".note"); strings.Contains(note, "EUR") {
		t.Errorf("with a rate home still says %q", note)
	}
	second := s.Open("/settings", "/settings/rate").With("rate_currency", "EUR", "rate", "12", "rate_on", "2026-10-01")
	warned := s.Send(second)
	if got := handlerstest.Words(warned.Page(t), "#f-rate-fault"); warned.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(got, "Q4 2026 from SEK 11,000 to SEK 12,000 (1 deal)") {
		t.Fatalf("answered %s: %q", warned.Status, got)
	}
	taken := s.Send(s.FormIn(warned.Page(t).Selection, "/settings", "/settings/rate"))
	if got := handlerstest.Words(taken.Page(t), "#rates tbody tr"); !strings.Contains(got, "12.00") || !strings.Contains(got, "2026-10-01") || !strings.Contains(got, "11.00") {
		t.Errorf("the rates are %q", got)
	}
	if got := s.Undo(taken, "/settings").Page(t).Find("#rates tbody tr").Length(); got != 1 {
		t.Errorf("after Undo there are %d rates", got)
	}
	if got := s.Send(s.Open("/settings", "/settings/rate").With("rate_currency", "USDT", "rate", "10")); got.StatusCode != http.StatusUnprocessableEntity {
		t.Errorf("a currency that is none is answered %s", got.Status)
	}
}

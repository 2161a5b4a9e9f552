package settings_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

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
		if err := s.File.View(func(team *sales.Team) error { value = team.SettingOn(setting, process.FarFuture); return nil }); err != nil {
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

package settings

import (
	"cmp"
	"errors"
	"net/url"
	"strconv"
	"strings"
	"time"

	"milstolpe/handlers/figures"
	"milstolpe/handlers/parts"
	"milstolpe/handlers/urls"
	"milstolpe/handlers/web"
	"milstolpe/process"
	"milstolpe/process/sales"
	"milstolpe/process/winloss"
)

const settingsPath = "/settings"

func teamRoutes(r *web.Router) {
	r.Get(settingsPath, showSettings)
	r.Post(settingsPath, saveSettings)
	r.Post(settingsPath+"/rate", saveRate)
	r.Template("settings", settingsPage{})
}

// settingsPage has what the team has decided, and below it what belongs to this computer and browser.
type settingsPage struct {
	web.Page
	Form     teamForm
	Rate     rateForm
	Rates    []rateLine
	Currency string
	Months   []parts.Option
	Targets  []targetLine
	Lists    []parts.Cell // of the team's own
	Choices  []preference
	You      renameForm
	Faults   parts.FieldErrors
}

// teamForm carries, for each setting, the events that it was made from, so that a stale form becomes a conflict and overwrites nothing.
type teamForm struct {
	Company     string   `form:"company"`
	Currency    string   `form:"currency"`
	TimeZone    string   `form:"time_zone"`
	Calibration string   `form:"calibration"`
	WinsOfTen   string   `form:"wins_of_ten"`
	FiscalYear  string   `form:"fiscal_year_start"`
	Base        []string `form:"base"` // setting:event
}

// rateForm may set the rate of any currency, and carries the events behind all of them.
type rateForm struct {
	Currency string   `form:"rate_currency"`
	Rate     string   `form:"rate"`
	On       string   `form:"rate_on" validate:"omitempty,day" label:"settings.rate_since"`
	Seen     string   `form:"rate_seen"` // the old figures that the person has seen to change
	Back     string   `form:"back"`      // where the form stands, if not on this page
	Base     []string `form:"base"`
}

type rateLine struct {
	Currency string
	Rate     float64
	Since    process.Date
}

// targetLine is what the team has set itself for a quarter; the numbers are written where the forecast is.
type targetLine struct {
	Name, Href, Amount string
	Sellers            int // that have a target of their own
}

func showSettings(v *web.Request) error {
	page, err := buildSettingsPage(v, teamForm{}, rateForm{}, parts.FieldErrors{})
	if err != nil {
		return err
	}
	return v.Render("settings", page)
}

// settingsPage is the page as things stand, or with a form as it came back.
func buildSettingsPage(v *web.Request, form teamForm, rate rateForm, faults parts.FieldErrors) (settingsPage, error) {
	page := settingsPage{Page: v.Page(urls.NoSection, v.T("settings.title")), Form: form, Rate: rate, Faults: faults, Choices: preferences(v)}
	for m := time.January; m <= time.December; m++ {
		page.Months = append(page.Months, parts.OptionOf(strconv.Itoa(int(m)), v.Text.Month(m)))
	}
	err := v.View(func(team *sales.Team) error {
		page.Currency, page.Targets = team.Currency(), targetLines(v, team)
		for _, l := range team.Lists().Lists() {
			page.Lists = append(page.Lists, parts.Cell{Text: l.Name, Href: urls.ListsPath + "#list-" + string(l.ID), Small: v.T("lists.count", len(l.Offered()))})
		}
		page.You = renameForm{Name: page.Person, Base: web.EncodeBase(team.Roster().Heads(v.FileInfo.Me()))}
		if form.Company == "" && form.Base == nil {
			page.Form = formOf(team)
		}
		for _, c := range team.Rates().Currencies() {
			if rate.Base == nil {
				page.Rate.Base = append(page.Rate.Base, web.EncodeBaseOf(c, team.Rates().Heads(c))...)
			}
			for _, d := range team.Rates().Days(c) {
				if c != page.Currency {
					page.Rates = append(page.Rates, rateLine{c, d.Rate, d.From})
				}
			}
		}
		return nil
	})
	return page, err
}

func targetLines(v *web.Request, team *sales.Team) (lines []targetLine) {
	for q, n := team.Calendar().Period(process.Quarter, v.Today), 0; n < 4; q, n = q.Next(), n+1 {
		line := targetLine{Name: v.Text.Period(q), Href: urls.CallsPath + "?period=" + url.QueryEscape(q.Label()) + "#target"}
		if t, _, ok := team.Calls().TargetFor(q.Label(), ""); ok {
			line.Amount = v.Text.Money(t.Amount)
		}
		for _, t := range team.Calls().Targets() {
			if t.Period == q.Label() && t.Seller != "" {
				line.Sellers++
			}
		}
		lines = append(lines, line)
	}
	return lines
}

func formOf(team *sales.Team) teamForm {
	now := func(s process.Setting) string { return team.Settings().On(s, process.FarFuture) }
	f := teamForm{
		Company: now(process.CompanySetting), Currency: team.Currency(), TimeZone: team.Location().String(),
		Calibration: team.Settings().CalibrationOn(process.FarFuture).String(), WinsOfTen: now(process.WinsOfTenSetting),
		FiscalYear: cmp.Or(now(process.FiscalYearSetting), "1"),
	}
	for _, s := range process.Settings {
		for _, h := range team.Settings().Heads(s) {
			f.Base = append(f.Base, web.EncodeBaseOf(string(s), []process.EventID{h.ID})...)
		}
	}
	return f
}

// values are the settings in the order of the form.
func (f teamForm) values() map[process.Setting]string {
	return map[process.Setting]string{
		process.CompanySetting: f.Company, process.CurrencySetting: strings.ToUpper(f.Currency), process.TimeZoneSetting: f.TimeZone,
		process.CalibrationSetting: f.Calibration, process.WinsOfTenSetting: strings.ReplaceAll(f.WinsOfTen, ",", "."),
		process.FiscalYearSetting: f.FiscalYear,
	}
}

func saveSettings(v *web.Request) error {
	var f teamForm
	err := v.Read(&f)
	var events []process.Event
	if err == nil {
		events, err = v.Act(func(team *sales.Team) ([]process.Fact, error) { return f.facts(team, v.Today) })
	}
	if faults, mine := v.FormErrors(err); mine {
		return rejectSettings(v, f, rateForm{}, faults)
	}
	if err != nil {
		return err
	}
	return v.DoneWithUndo(settingsPath, events, v.T("settings.saved"))
}

// facts are those of the settings that differ. One that is not set, and left at what is usual, stays not set.
func (f teamForm) facts(team *sales.Team, today process.Date) ([]process.Fact, error) {
	var facts []process.Fact
	var problems process.Problems
	usual := formOf(team).values()
	for _, s := range process.Settings {
		value := f.values()[s]
		if value == usual[s] && len(team.Settings().Heads(s)) < 2 {
			continue
		}
		more, err := team.Settings().Set(s, value, web.DecodeBaseOf(string(s), f.Base), today)
		var fault *process.Error
		if errors.As(err, &fault) {
			problems = append(problems, fault)
		}
		facts = append(facts, more...)
	}
	return facts, problems.OrNil()
}

func rejectSettings(v *web.Request, f teamForm, rate rateForm, faults parts.FieldErrors) error {
	page, err := buildSettingsPage(v, f, rate, faults)
	if err != nil {
		return err
	}
	return v.Reject(faults, "settings", page)
}

func saveRate(v *web.Request) error {
	var f rateForm
	err := v.Read(&f)
	var events []process.Event
	if err == nil {
		var rate float64
		if rate, err = strconv.ParseFloat(strings.ReplaceAll(f.Rate, ",", "."), 64); err != nil {
			err = process.Wrong("rate", "rate.bad")
		} else {
			events, err = v.Act(func(team *sales.Team) ([]process.Fact, error) {
				return f.decide(v, team, rate)
			})
		}
	}
	if faults, mine := v.FormErrors(err); mine {
		if faults.Stale() {
			f.Base = nil // what stands now
		}
		return rejectSettings(v, teamForm{}, f, faults)
	}
	if err != nil {
		return err
	}
	back := settingsPath
	if f.Back != "" {
		back = web.LocalPath(f.Back)
	}
	return v.DoneWithUndo(back, events, v.T("settings.rate_saved"))
}

// decide sets the rate. One that changes what was won in the past says so first, and is taken when it is sent once more.
func (f *rateForm) decide(v *web.Request, team *sales.Team, rate float64) ([]process.Fact, error) {
	currency := strings.ToUpper(f.Currency)
	from, err := web.ReadDay("rate_on", f.On)
	if err != nil {
		return nil, err
	}
	facts, err := team.Rates().Set(currency, rate, from, web.DecodeBaseOf(currency, f.Base), v.Today)
	if err != nil {
		return nil, web.SameField(err, "currency", "rate_currency")
	}
	var changed []string
	for _, fact := range facts {
		for _, c := range winloss.RateChanges(team, fact) {
			money := func(minor float64) string { return v.Text.Whole(figures.Minor(minor, team.Currency())) }
			changed = append(changed, v.T("settings.rate_changes", v.Text.Period(c.Quarter), money(c.Before), money(c.After), c.Deals))
		}
	}
	if said := strings.Join(changed, " · "); said != f.Seen {
		f.Seen = said
		return nil, process.Wrong("rate", "rate.changes_old", said)
	}
	return facts, nil
}

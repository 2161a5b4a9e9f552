package files

import (
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"milstolpe/db"
	"milstolpe/handlers/parts"
	"milstolpe/handlers/urls"
	"milstolpe/handlers/web"
	"milstolpe/handlers/wording"
	"milstolpe/process"
	"milstolpe/process/presets"
	"milstolpe/process/sales"
)

// fileEnding is how files of ours are called.
const fileEnding = ".milstolpe"

func welcomeRoutes(r *web.Router) {
	r.GetAlways(urls.WelcomePath, showWelcome)
	r.PostAlways(urls.WelcomeExamplePath, openExample)
	r.GetAlways(urls.WelcomeNewPath, showNewTeam)
	r.PostAlways(urls.WelcomeNewPath, makeTeam)
	r.GetAlways(urls.WelcomeMissedPath, showFailedOpen)
	r.GetAlways(urls.WelcomeOpenPath, showOpenFile)
	r.PostAlways(urls.WelcomeOpenPath, openFile)
	r.Template("welcome", welcomePage{})
	r.Template("welcome_new", newTeamPage{})
	r.Template("welcome_open", openFilePage{})
}

type welcomePage struct{ web.Page }

func showWelcome(v *web.Request) error {
	return v.Render("welcome", welcomePage{Page: v.Page(urls.NoSection, v.T("welcome.title"))})
}

// openExample plays the example company into a file of its own, which nobody else's file knows of.
func openExample(v *web.Request) error {
	file, err := v.Server.Config.Example(string(v.Text.Lang))
	if err != nil {
		return err
	}
	return switchTo(v, file, v.Server.UsualPerson(), "/")
}

// switchTo makes pages be about another file, closes the one before, and shows a page of the new one.
func switchTo(v *web.Request, file *db.File, person, page string) error {
	if last := v.Server.Use(file, person); last != nil {
		if err := last.Close(); err != nil {
			v.Server.Config.Log.Error("close the file before", "path", last.Path(), "error", err)
		}
		if _, err := file.TakeMoved(v.Request().Context()); err != nil { // only now can what the file before holds come along
			v.Server.Config.Log.Warn("bring along what the file before holds", "path", last.Path(), "error", err)
		}
	}
	return v.RedirectTo(page)
}

// newTeamPage shows the templates, and once one is chosen, what it says and the form. Whoever has a list chooses none.
type newTeamPage struct {
	web.Page
	Templates []parts.TemplateChoice
	Chosen    *parts.TemplateChoice
	FromList  bool
	Form      newTeamForm
	Faults    parts.FieldErrors
	Zones     []currencyZone
}

// currencyZone goes with a currency that the form offers: choosing the one fills in the other.
type currencyZone struct{ Currency, Zone string }

// offeredCurrencies are those that the form has, in its order.
var offeredCurrencies = []string{"SEK", "NOK", "DKK", "EUR", "GBP", "USD"}

// zonesOffered are the time zones that the form suggests: those of its currencies, and where a currency has many, this computer's.
func zonesOffered(here string) (list []currencyZone) {
	for _, currency := range offeredCurrencies {
		zone, known := process.ZoneOf(currency)
		if !known {
			zone = here
		}
		list = append(list, currencyZone{currency, zone})
	}
	return list
}

type newTeamForm struct {
	Template  string `form:"template"`
	Company   string `form:"company" validate:"required,max=200" label:"welcome.company"`
	Person    string `form:"person" validate:"required,max=200" label:"welcome.person"`
	Currency  string `form:"currency" validate:"required" label:"welcome.currency"`
	TimeZone  string `form:"time_zone" label:"settings.time_zone"`
	WinsOfTen string `form:"wins_of_ten"`
	DontKnow  bool   `form:"dont_know"`
	Path      string `form:"path"`
}

// templateFromList stands for no template: the process is made of the stages in a list, when that is imported.
const templateFromList = "list"

func showNewTeam(v *web.Request) error {
	here := v.Server.Config.TimeZone
	currency := v.Text.Lang.Pick("SEK", "EUR")
	if i := slices.IndexFunc(offeredCurrencies, func(c string) bool { zone, known := process.ZoneOf(c); return known && zone == here }); i >= 0 {
		currency = offeredCurrencies[i]
	}
	return v.Render("welcome_new", buildNewTeamPage(v, newTeamForm{
		Template: v.QueryParam("template"), Person: v.Server.UsualPerson(), Currency: currency, TimeZone: here,
	}, parts.FieldErrors{}))
}

func buildNewTeamPage(v *web.Request, f newTeamForm, faults parts.FieldErrors) newTeamPage {
	page := newTeamPage{Page: v.Page(urls.NoSection, v.T("welcome.new_title")), Form: f, Faults: faults}
	page.Templates, page.Zones = wording.TemplateChoices(v.Text), zonesOffered(v.Server.Config.TimeZone)
	if i := slices.IndexFunc(page.Templates, func(t parts.TemplateChoice) bool { return t.Key == f.Template }); i >= 0 {
		page.Chosen = &page.Templates[i]
	}
	if page.FromList = f.Template == templateFromList; page.FromList || page.Chosen != nil {
		page.Title = v.T("welcome.form_title")
	}
	return page
}

func makeTeam(v *web.Request) error {
	var f newTeamForm
	err := web.Gather(v.Read(&f), f.unanswered())
	var first []process.Fact
	if err == nil {
		first, err = newTeamFacts(v, f)
	}
	if err == nil {
		var file *db.File
		if file, err = v.Server.Config.NewFile(newFilePath(v, f), first, f.Person); err == nil {
			v.Flash(web.Flash{Text: v.T("welcome.made", file.Path())})
			if f.Template == templateFromList {
				return switchTo(v, file, f.Person, urls.ImportPath)
			}
			return switchTo(v, file, f.Person, "/")
		}
	}
	if faults, mine := v.FormErrors(err); mine {
		return v.Reject(faults, "welcome_new", buildNewTeamPage(v, f, faults))
	}
	return err
}

// unanswered is the refusal of a form that says neither how many deals are won nor that it is not known.
func (f *newTeamForm) unanswered() error {
	if f.WinsOfTen == "" && !f.DontKnow {
		return process.Wrong(string(process.WinsOfTenSetting), "welcome.wins_missing")
	}
	return nil
}

// zone is what was answered, else the time zone of the currency, else this computer's.
func (f *newTeamForm) zone(here string) string {
	if f.TimeZone != "" {
		return f.TimeZone
	}
	if home, known := process.ZoneOf(f.Currency); known {
		return home
	}
	return here
}

// newTeamFacts are the first facts of the new file: what was answered, and the process that was chosen.
func newTeamFacts(v *web.Request, f newTeamForm) ([]process.Fact, error) {
	wins := strings.ReplaceAll(f.WinsOfTen, ",", ".")
	if f.DontKnow {
		wins = ""
	}
	moment := v.Env()
	facts, err := process.NewTeamFacts(process.NewTeamInput{Dataset: moment.NewID(), Settings: map[process.Setting]string{
		process.CompanySetting: f.Company, process.CurrencySetting: f.Currency, process.TimeZoneSetting: f.zone(v.Server.Config.TimeZone),
		process.CalibrationSetting: process.Month.String(), process.WinsOfTenSetting: wins, process.FiscalYearSetting: strconv.Itoa(1),
	}}, v.Today)
	if err != nil {
		return nil, err
	}
	team := sales.NewTeam()
	_, person, err := team.AddPerson(f.Person, moment)
	if err != nil {
		return nil, err
	}
	facts = append(facts, person...)
	if t, ok := presets.TemplateByKey(wording.ProcessLang(v.Text), f.Template); ok {
		_, published, err := team.Publish("", t.Definition, "", moment)
		if err != nil {
			return nil, err
		}
		facts = append(facts, published...)
	}
	return facts, nil
}

// newFilePath is where the new file goes: where the person says, else the company's name in the folder for documents.
func newFilePath(v *web.Request, f newTeamForm) string {
	path := f.Path
	if path == "" {
		path = fileName(f.Company)
	}
	if !strings.EqualFold(filepath.Ext(path), fileEnding) {
		path += fileEnding
	}
	if !filepath.IsAbs(path) {
		path = filepath.Join(v.Server.Config.Documents, path)
	}
	return path
}

// fileName makes a name for a file of what may hold anything.
func fileName(name string) string {
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune(`\/:*?"<>|`, r) || r < ' ' {
			return '-'
		}
		return r
	}, name)
}

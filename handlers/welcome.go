package handlers

import (
	"path/filepath"
	"strconv"
	"strings"

	"milstolpe/db"
	"milstolpe/process"
	"milstolpe/process/presets"
	"milstolpe/process/sales"
)

// The way in for somebody who has no file open: try the example company, write down a process of one's own, or open a colleague's file.
const (
	welcomeNewPath     = "/welcome/new"
	welcomeOpenPath    = "/welcome/open"
	welcomeMissedPath  = "/welcome/missed"
	welcomeExamplePath = "/welcome/example"
)

// fileEnding is how files of ours are called.
const fileEnding = ".milstolpe"

func welcomeRoutes(r *routes) {
	r.getAlways(welcomePath, showWelcome)
	r.postAlways(welcomeExamplePath, openExample)
	r.getAlways(welcomeNewPath, showNewTeam)
	r.postAlways(welcomeNewPath, makeTeam)
	r.getAlways(welcomeMissedPath, showMissed)
	r.getAlways(welcomeOpenPath, showOpenFile)
	r.postAlways(welcomeOpenPath, openFile)
	r.template("welcome", welcomePage{})
	r.template("welcome_new", newTeamPage{})
	r.template("welcome_open", openFilePage{})
}

type welcomePage struct{ Page }

func showWelcome(v *visit) error {
	return v.show("welcome", welcomePage{Page: v.page(NoSection, v.t("welcome.title"))})
}

// openExample plays the example company into a file of its own, which nobody else's file knows of.
func openExample(v *visit) error {
	file, err := v.server.config.Example(string(v.text.Lang))
	if err != nil {
		return err
	}
	return v.switchTo(file, v.server.config.Person, "/")
}

// switchTo makes pages be about another file, closes the one before, and shows a page of the new one.
func (v *visit) switchTo(file *db.Working, person, page string) error {
	if last := v.server.Use(file, person); last != nil {
		if err := last.Close(); err != nil {
			v.server.config.Log.Error("close the file before", "path", last.Path(), "error", err)
		}
	}
	return v.goTo(page)
}

// newTeamPage shows the templates, and once one is chosen, what it says and the form. Whoever has a list chooses none.
type newTeamPage struct {
	Page
	Templates []templateChoice
	Chosen    *templateChoice
	FromList  bool
	Form      newTeamForm
	Faults    Faults
}

type templateChoice struct {
	Key, Name, Purpose string
	Milestones         []templateMilestone
	Required, Optional int
}

type templateMilestone struct {
	Number          int // 0 for an optional one
	Name, Criterion string
}

type newTeamForm struct {
	Template  string `form:"template"`
	Company   string `form:"company" validate:"required,max=200" label:"welcome.company"`
	Person    string `form:"person" validate:"required,max=200" label:"welcome.person"`
	Currency  string `form:"currency" validate:"required" label:"welcome.currency"`
	WinsOfTen string `form:"wins_of_ten"`
	DontKnow  bool   `form:"dont_know"`
	Path      string `form:"path"`
}

// templateFromList stands for no template: the process is made of the stages in a list, when that is imported.
const templateFromList = "list"

func showNewTeam(v *visit) error {
	return v.show("welcome_new", v.newTeamPage(newTeamForm{
		Template: v.QueryParam("template"), Person: v.server.config.Person, Currency: v.text.Lang.pick("SEK", "EUR"),
	}, Faults{}))
}

func (v *visit) newTeamPage(f newTeamForm, faults Faults) newTeamPage {
	page := newTeamPage{Page: v.page(NoSection, v.t("welcome.new_title")), Form: f, Faults: faults}
	for _, t := range presets.Templates(v.processLang()) {
		choice := templateChoice{Key: t.Key, Name: t.Definition.Name, Purpose: t.Definition.Purpose}
		for _, m := range t.Definition.Milestones {
			line := templateMilestone{Name: m.Name, Criterion: m.Criterion}
			if m.Required {
				choice.Required++
				line.Number = choice.Required
			} else {
				choice.Optional++
			}
			choice.Milestones = append(choice.Milestones, line)
		}
		page.Templates = append(page.Templates, choice)
		if t.Key == f.Template {
			page.Chosen = &choice
		}
	}
	if page.FromList = f.Template == templateFromList; page.FromList || page.Chosen != nil {
		page.Title = v.t("welcome.form_title")
	}
	return page
}

// processLang is the language of templates: Swedish, or English for every other.
func (v *visit) processLang() string { return v.text.Lang.pick("sv", "en") }

func makeTeam(v *visit) error {
	var f newTeamForm
	err := gather(v.read(&f), f.unanswered())
	var founding []process.Fact
	if err == nil {
		founding, err = v.founding(f)
	}
	if err == nil {
		var file *db.Working
		if file, err = v.server.config.NewFile(v.newFilePath(f), founding, f.Person); err == nil {
			v.sayNext(Toast{Text: v.t("welcome.made", file.Path())})
			if f.Template == templateFromList {
				return v.switchTo(file, f.Person, importPath)
			}
			return v.switchTo(file, f.Person, "/")
		}
	}
	if faults, mine := v.faults(err); mine {
		return v.again(faults, "welcome_new", v.newTeamPage(f, faults))
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

// founding are the first facts of the new file: what was answered, and the process that was chosen.
func (v *visit) founding(f newTeamForm) ([]process.Fact, error) {
	wins := strings.ReplaceAll(f.WinsOfTen, ",", ".")
	if f.DontKnow {
		wins = ""
	}
	moment := v.moment()
	facts, err := sales.Found(sales.Founding{Dataset: moment.NewID(), Settings: map[process.Setting]string{
		process.CompanySetting: f.Company, process.CurrencySetting: f.Currency, process.TimeZoneSetting: v.server.config.TimeZone,
		process.CalibrationSetting: process.Month.String(), process.WinsOfTenSetting: wins, process.FiscalYearSetting: strconv.Itoa(1),
	}}, v.today)
	if err != nil {
		return nil, err
	}
	team := sales.NewTeam()
	_, person, err := team.AddPerson(f.Person, moment)
	if err != nil {
		return nil, err
	}
	facts = append(facts, person...)
	if t, ok := presets.TemplateByKey(v.processLang(), f.Template); ok {
		_, published, err := team.Publish("", t.Definition, "", moment)
		if err != nil {
			return nil, err
		}
		facts = append(facts, published...)
	}
	return facts, nil
}

// newFilePath is where the new file goes: where the person says, else the company's name in the folder for documents.
func (v *visit) newFilePath(f newTeamForm) string {
	path := f.Path
	if path == "" {
		path = strings.Map(func(r rune) rune {
			if strings.ContainsRune(`\/:*?"<>|`, r) || r < ' ' {
				return '-'
			}
			return r
		}, f.Company)
	}
	if !strings.EqualFold(filepath.Ext(path), fileEnding) {
		path += fileEnding
	}
	if !filepath.IsAbs(path) {
		path = filepath.Join(v.server.config.Documents, path)
	}
	return path
}

package processes

import (
	"net/url"

	"milstolpe/handlers/chart"
	"milstolpe/handlers/figures"
	"milstolpe/handlers/i18n"
	"milstolpe/handlers/urls"
	"milstolpe/handlers/web"
	"milstolpe/handlers/wording"
	"milstolpe/process"
	"milstolpe/process/forecast"
	"milstolpe/process/sales"
)

// Routes registers the pages about processes: to read one, to begin one, to edit and publish it, to compare versions, and what its
// milestones tell.
func Routes(r *web.Router) {
	processRoutes(r)
	newProcessRoutes(r)
	processEditRoutes(r)
	publishRoutes(r)
	versionRoutes(r)
	impactRoutes(r)
	roleRoutes(r)
}

func processRoutes(r *web.Router) {
	r.Get(string(urls.ProcessPages), showProcesses)
	r.Get(urls.ProcessPath+":id", showProcess)
	r.Template("processes", processesPage{})
	r.Template("process", processPage{})
	r.Template("parts/road", []processMilestone{})
}

// processesPage lists the team's processes, for a team that has more than one, or none yet.
type processesPage struct {
	web.Page
	Processes []processLine
}

type processLine struct {
	Href, Name, Purpose  string
	Version, Open, Steps int
	Draft                bool // nobody follows it yet
}

func showProcesses(v *web.Request) error {
	page := processesPage{Page: v.Page(urls.ProcessPages, v.T("process.list_title"))}
	err := v.View(func(team *sales.Team) error {
		for _, p := range team.Processes() {
			current := p.Current()
			if current == nil {
				if def, isDraft := p.Editable(); isDraft {
					line := processLine{Href: urls.ProcessEditPath(p.ID), Name: def.Name, Purpose: def.Purpose, Steps: len(def.Required()), Draft: true}
					page.Processes = append(page.Processes, line)
				}
				continue
			}
			open, _, _ := usedBy(team, p.ID)
			page.Processes = append(page.Processes, processLine{
				Href: urls.ProcessHref(p.ID), Name: p.Name(), Purpose: current.Definition.Purpose, Version: current.Number, Open: open,
				Steps: len(current.Required),
			})
		}
		return nil
	})
	if err != nil {
		return err
	}
	if len(page.Processes) == 1 && !page.Processes[0].Draft {
		return v.RedirectTo(page.Processes[0].Href)
	}
	return v.Render("processes", page)
}

// usedBy counts the deals of a process: those that are open, closed, and won.
func usedBy(team *sales.Team, id process.ProcessID) (open, closed, won int) {
	for _, d := range team.Deals() {
		switch c := d.Now.Close; {
		case d.Process() != id:
		case c == nil:
			open++
		case c.Outcome == process.Won:
			closed++
			won++
		case c.Outcome.IsLoss():
			closed++
		}
	}
	return open, closed, won
}

// processPage is a process as a document: it reads from top to bottom, and prints as the team's handbook.
type processPage struct {
	web.Page
	Name, Purpose     string
	Roles             string // at the buyer
	Version           int
	Since             process.Date
	By                string
	Open, Closed, Won int
	Losses            []i18n.Piece // said where no deal was ever marked lost
	WonOfTen          float64
	Href, DealsHref   string
	Compare           string // address of the comparison with the version before; empty for the first
	Before            int    // its number
	HasDraft          bool
	DraftNumber       int
	DraftSays         string
	Milestones        []processMilestone
	Required          int     // how many of them are
	Answer            float64 // the starting value
	Answered          bool    // given by the team, and not just usual
	Others            []processLine
}

// Decimals are those that the starting value needs: 3, and 2.5.
func (p processPage) Decimals() int { return chart.DecimalsOf(p.Answer) }

type processMilestone struct {
	Plate           chart.MilestoneMarker
	Edit            string // address that changes it; empty where it is only read
	Figures         bool   // wait and chance are known from deals, not just written
	Name, Why       string
	Criterion       string
	EvidenceNeeded  bool
	Optional        bool
	OurPart         string
	Behind          string // the role that must stand behind it
	Wait            int    // normal wait in days; 0 while there is none
	WaitLearned     bool
	Chance, Earlier float64 // of a deal that has just passed it, and of one that has just passed the one before
	Deals           int     // similar deals behind the chance
	Lower           bool    // the chance is not higher than before it
}

func showProcess(v *web.Request) error {
	page := processPage{Page: v.Page(urls.ProcessPages, "")}
	onlyDraft := false
	err := v.Model(func(m *forecast.Model) error {
		if p, ok := m.Team().Process(processID(v)); ok && p.Current() == nil {
			_, onlyDraft = p.Editable()
		}
		if onlyDraft {
			return nil
		}
		return page.fill(v, m, processID(v))
	})
	if onlyDraft {
		return v.RedirectTo(urls.ProcessEditPath(processID(v)))
	}
	if err != nil {
		return err
	}
	page.Title = page.Name
	page.Print = v.T("process.print_line", page.Name, page.Version)
	return v.Render("process", page)
}

func (page *processPage) fill(v *web.Request, m *forecast.Model, id process.ProcessID) error {
	team := m.Team()
	p, ok := team.Process(id)
	if !ok || p.Current() == nil {
		return process.Missing("process.no_such")
	}
	current := p.Current()
	page.Href = urls.ProcessHref(id)
	page.Required = len(p.Current().Definition.Required())
	page.Name, page.Purpose = current.Definition.Name, current.Definition.Purpose
	page.Roles = i18n.JoinNames(roleNames(current.Definition.Roles))
	page.Version, page.Since, page.By = current.Number, current.Known, team.RecordedBy(current.Event)
	page.Open, page.Closed, page.Won = usedBy(team, id)
	if page.Closed > 0 {
		page.WonOfTen = 10 * float64(page.Won) / float64(page.Closed)
	}
	page.Answer, page.Answered = team.Settings().WinsOfTenOn(v.Today)
	page.DealsHref = string(urls.Deals) + "?process=" + url.QueryEscape(string(id))
	page.links(v, p)
	page.Losses = figures.UnmarkedLosses(v.Text, m, id)
	page.Milestones = milestonesOf(current, m.Calibration(id, v.Today))
	for i := range page.Milestones {
		key := string(current.Definition.Milestones[i].Key)
		page.Milestones[i].Edit = urls.ProcessEditPath(id) + "?form=row&m=" + url.QueryEscape(key) + "#m-" + key
	}
	for _, other := range team.Processes() {
		if other.ID != id && other.Current() != nil {
			page.Others = append(page.Others, processLine{Href: urls.ProcessHref(other.ID), Name: other.Name()})
		}
	}
	return nil
}

func roleNames(roles []process.Role) (names []string) {
	for _, r := range roles {
		names = append(names, r.Name)
	}
	return names
}

// links leads to the draft, if there is one, and to what the version before was.
func (page *processPage) links(v *web.Request, p *sales.Process) {
	current := p.Current()
	if def, isDraft := p.Editable(); isDraft {
		page.HasDraft, page.DraftNumber = true, nextNumber(p)
		page.DraftSays = wording.ChangeSummary(v.Text, process.CompareDefinitions(&current.Definition, &def))
	}
	var before *sales.Version
	for _, one := range p.Versions() {
		if one == current {
			break
		}
		before = one
	}
	if before != nil {
		page.Compare, page.Before = comparePath(p.ID, current.ID, before.ID), before.Number
	}
}

// milestonesOf is each milestone with what the team's own deals say of it. Without what was learned it is as it is written.
func milestonesOf(v *sales.Version, learned *forecast.Calibration) []processMilestone {
	list := make([]processMilestone, 0, len(v.Definition.Milestones))
	passed := 0
	for i := range v.Definition.Milestones {
		ms := &v.Definition.Milestones[i]
		line := processMilestone{
			Plate: chart.MilestoneMarker{State: chart.Reached}, Name: ms.Name, Why: ms.Why, Criterion: ms.Criterion, OurPart: ms.OurPart,
			EvidenceNeeded: ms.Evidence == process.EvidenceRequired, Optional: !ms.Required,
		}
		if r, ok := v.Definition.Role(ms.Role); ok {
			line.Behind = r.Name
		}
		if ms.Patience != nil {
			line.Wait = *ms.Patience
		}
		if ms.Required {
			passed++
			line.Plate.Numeral = passed
			if learned != nil {
				line.learned(ms, passed, learned)
			}
		}
		list = append(list, line)
	}
	return list
}

// learned adds the chance of a deal that has just passed the milestone, as number passed, and how long deals wait for it.
func (m *processMilestone) learned(ms *process.Milestone, passed int, learned *forecast.Calibration) {
	m.Figures = true
	if limit := learned.Patience(passed - 1); limit.Known {
		m.Wait, m.WaitLearned = limit.Days, ms.Patience == nil
	}
	before, after := learned.At(forecast.Standing{Passed: passed - 1}), learned.At(forecast.Standing{Passed: passed})
	m.Earlier, m.Chance, m.Deals = before.Chance, after.Chance, after.Deals
	m.Lower = after.Deals >= enoughDeals && before.Deals >= enoughDeals && after.Chance <= before.Chance
}

// enoughDeals is from how many similar deals a chance no longer rests mostly on the starting value (model, section 6).
const enoughDeals = 8

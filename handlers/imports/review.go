package imports

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"milstolpe/handlers/parts"
	"milstolpe/handlers/urls"
	"milstolpe/handlers/web"
	"milstolpe/process"
	"milstolpe/process/importer"
	"milstolpe/process/money"
	"milstolpe/process/sales"
)

// reviewPage is the third step: what importing the list would do, row by row. Nothing is imported yet.
type reviewPage struct {
	web.Page
	Href, Columns, Rejected string
	Source                  string
	Counts                  importCounts
	Tabs                    []parts.FilterGroup
	Tab                     string
	Rows                    []reviewRow
	Notes                   []faultRow
	MoreNotes               int
	From, Before, After     string // addresses of the rows before and after
	First, Last, Of         int
	NoRate                  []string
	Takes                   int // deals that would be imported
}

// reviewRow is one deal of the list.
type reviewRow struct {
	Row     int
	Name    string
	Value   string
	Outcome string
	Changes []changeRow
	Faults  []faultRow
}

type changeRow struct{ What, From, To string }

type faultRow struct {
	Row                   int
	Column, Value, Reason string
}

// rowsShown is how many rows stand on a page of the review, notesShown how many notes over them.
const (
	rowsShown  = 100
	notesShown = 20
)

// plan is what importing the list would do as the file is now; it is made anew only when something has changed since.
func (j *importJobs) plan(v *web.Request, job *importJob) (*importer.Plan, *loadedList, error) {
	loaded, err := j.read(job)
	if err != nil {
		return nil, nil, err
	}
	if job.Mapping == nil || job.Import == "" {
		return nil, nil, errJobNotFound
	}
	file, key := v.OpenedFile(), v.OpenedFile().Path()+"/"+string(job.Process)+"/"+strconv.Itoa(job.Sheet)+string(job.Mapping.JSON())
	j.mu.Lock()
	defer j.mu.Unlock()
	if loaded.plan != nil && loaded.revision == file.Revision() && loaded.mapping == key && loaded.today == v.Today {
		return loaded.plan, loaded, nil
	}
	revision := file.Revision()
	err = v.View(func(team *sales.Team) error {
		loaded.plan, err = importer.NewPlan(team, job.intake(v.Today), loaded.list(job).List)
		return err
	})
	loaded.revision, loaded.mapping, loaded.today = revision, key, v.Today
	return loaded.plan, loaded, err
}

func (job *importJob) intake(today process.Date) importer.Import {
	return importer.Import{ID: job.Import, Process: job.Process, Mapping: *job.Mapping, Source: job.Source, Today: today}
}

func countsOf(p *importer.Plan) importCounts {
	return importCounts{
		New: p.Count(importer.RowNew), Update: p.Count(importer.RowUpdates), Unchanged: p.Count(importer.RowUnchanged),
		Failed: p.Count(importer.RowFails), Skipped: p.Count(importer.RowSkipped),
	}
}

func (j *importJobs) showReview(v *web.Request) error {
	job, err := j.find(v.Param("job"), v.OpenedFile().Dataset())
	if err != nil {
		return err
	}
	if job.Import == "" {
		return v.RedirectTo(j.href(job, "columns"))
	}
	if job.Taken != nil || j.run(job.ID) != nil {
		return v.RedirectTo(j.href(job, "done"))
	}
	plan, _, err := j.plan(v, job)
	if err != nil {
		return err
	}
	page := reviewPage{
		Page: v.Page(urls.NoSection, v.T("import.review_title")), Href: j.href(job, "review"), Columns: j.href(job, "columns"),
		Rejected: j.href(job, "rejected"), Source: job.Source, Counts: countsOf(plan), NoRate: plan.WithoutRate,
	}
	page.Takes = page.Counts.New + page.Counts.Update
	page.fill(v, plan)
	return v.Render("import_review", page)
}

// tabs are the verdicts, in the order of how much they ask for attention.
var tabs = []importer.RowStatus{importer.RowFails, importer.RowNew, importer.RowUpdates, importer.RowUnchanged, importer.RowSkipped}

func (page *reviewPage) fill(v *web.Request, plan *importer.Plan) {
	page.Tab = v.QueryParam("tab")
	var group parts.FilterGroup
	for _, verdict := range tabs {
		n := plan.Count(verdict)
		if n == 0 {
			continue
		}
		if page.Tab == "" {
			page.Tab = string(verdict)
		}
		word := parts.FilterLink{Text: v.T("import.tab."+string(verdict), n)}
		if page.Tab != string(verdict) {
			word.Href = page.Href + "?tab=" + url.QueryEscape(string(verdict))
		}
		group.Words = append(group.Words, word)
	}
	page.Tabs = []parts.FilterGroup{group}
	from, _ := strconv.Atoi(v.QueryParam("from"))
	// Looking at the deals of a plan cannot fail.
	_ = v.View(func(team *sales.Team) error {
		for i := range plan.Deals {
			d := &plan.Deals[i]
			page.addNotes(v, d.Notes)
			if string(d.Verdict) != page.Tab {
				continue
			}
			if page.Of++; page.Of > from && len(page.Rows) < rowsShown {
				page.Rows = append(page.Rows, newReviewRow(v, team, d))
			}
		}
		return nil
	})
	page.turn(from)
}

// turn finds the rows before and after those that are shown.
func (page *reviewPage) turn(from int) {
	at := func(n int) string {
		return page.Href + "?tab=" + url.QueryEscape(page.Tab) + "&from=" + strconv.Itoa(n)
	}
	page.First, page.Last = from+1, from+len(page.Rows)
	if from > 0 {
		page.Before = at(max(0, from-rowsShown))
	}
	if page.Last < page.Of {
		page.After = at(page.Last)
	}
}

func (page *reviewPage) addNotes(v *web.Request, notes []importer.CellError) {
	for _, n := range notes {
		if len(page.Notes) == notesShown {
			page.MoreNotes++
			continue
		}
		page.Notes = append(page.Notes, newFaultRow(v, n))
	}
}

func newFaultRow(v *web.Request, f importer.CellError) faultRow {
	return faultRow{f.Row, f.Column, web.Ellipsize(f.Value), v.Text.Error(f.Reason)}
}

func newReviewRow(v *web.Request, team *sales.Team, d *importer.PlannedDeal) reviewRow {
	r := reviewRow{Row: d.Rows[0], Name: d.Name, Value: amountOf(v, d.Value)}
	if d.Outcome != "" {
		r.Outcome = v.T("import.outcome." + string(d.Outcome))
	}
	for _, f := range d.Faults {
		r.Faults = append(r.Faults, newFaultRow(v, f))
	}
	for _, c := range d.Changes {
		r.Changes = append(r.Changes, changeRow{changed(v, team, d.Deal, c.What), changedTo(v, c.What, c.From), changedTo(v, c.What, c.To)})
	}
	return r
}

// changed is what a change is about.
func changed(v *web.Request, team *sales.Team, id process.DealID, what importer.Meaning) string {
	key, ok := what.Milestone()
	if !ok {
		return meaning(v, what)
	}
	if d, there := team.Deal(id); there && d.Version() != nil {
		if m, known := d.Version().Definition.Milestone(key); known {
			return m.Name
		}
	}
	return string(key)
}

// changedTo writes a value of a change in the language of the page; plans hold values as exports write them.
func changedTo(v *web.Request, what importer.Meaning, value string) string {
	switch what {
	case importer.MeansValue:
		return amountOf(v, value)
	case importer.MeansProbability:
		if p, err := strconv.ParseFloat(value, 64); err == nil {
			return v.Text.Percent(p / 100)
		}
	case importer.MeansOutcome:
		outcome, day, _ := strings.Cut(value, " ")
		if outcome == "" {
			return v.T("import.outcome.open")
		}
		return strings.TrimSpace(v.T("import.outcome."+outcome) + " " + dayOf(v, day))
	default:
		return dayOf(v, value)
	}
	return value
}

func dayOf(v *web.Request, text string) string {
	if d, err := process.ParseDate(text); err == nil {
		return v.Text.Day(d)
	}
	return text
}

// amountOf writes "125000.50 SEK" as the language does.
func amountOf(v *web.Request, text string) string {
	number, currency, _ := strings.Cut(text, " ")
	if a, err := money.Parse(number, currency); err == nil {
		return v.Text.Money(a)
	}
	return text
}

// startImport imports what the review shows. It goes on by itself when the tab is closed.
func (j *importJobs) startImport(v *web.Request) error {
	job, err := j.find(v.Param("job"), v.OpenedFile().Dataset())
	if err != nil {
		return err
	}
	if job.Taken == nil {
		plan, loaded, err := j.plan(v, job)
		if err != nil {
			return err
		}
		if len(plan.Facts) == 0 {
			return process.Wrong("", "import.nothing_to_do")
		}
		j.runInBackground(v, job, loaded.list(job).List)
	}
	return v.Redirect(http.StatusSeeOther, j.href(job, "done"))
}

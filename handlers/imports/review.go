package imports

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"milstolpe/handlers/figures"
	"milstolpe/handlers/parts"
	"milstolpe/handlers/urls"
	"milstolpe/handlers/web"
	"milstolpe/process"
	"milstolpe/process/importer"
	"milstolpe/process/importer/columns"
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
	First, Last, Of, Start  int
	NoRate                  []string
	Rates                   []parts.RateForm
	Takes                   int // deals that would be imported
	Totals                  []totalRow
	Unread                  []string // columns, with how many cells of each are filled
	Unopened, Early         int      // rows that one answer settles
	Faults                  parts.FieldErrors
	Sellers, Customers      []whoRow
	Words                   []whoRow // that are no choices of the team's own lists
	NewLists                []string
	ReadAs                  []string // names that are read as another one, without a question
	NewSellers              string
	Edit                    int // row of which the cells can be written over
	Cells                   []cellRow
}

// totalRow is what the deals with one outcome come to.
type totalRow struct {
	Outcome string
	Deals   int
	Sum     string
}

// reviewRow is one deal of the list.
type reviewRow struct {
	Row     int
	Name    string
	Value   string
	Outcome string
	Opened  string
	Closed  string // of an open deal: when that is expected
	Seller  string
	Changes []changeRow
	Faults  []faultRow
	Edit    string // address at which its cells can be written over
}

type changeRow struct{ What, From, To string }

type faultRow struct {
	Row                   int
	Column, Value, Reason string
	Cell, Whole           string // name of the control that mends the cell, and all that is in it; empty where no one cell is wrong
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
	return importer.Import{
		ID: job.Import, Process: job.Process, Mapping: *job.Mapping, Source: job.Source, Today: today, OpeningNote: job.OpeningNote, TakeLikely: true, NewChoices: true,
	}
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
	page, err := j.reviewPage(v, job, parts.FieldErrors{})
	if err != nil {
		return err
	}
	return v.Render("import_review", page)
}

// rejectReview shows the review again with what is left to be said.
func (j *importJobs) rejectReview(v *web.Request, job *importJob, faults parts.FieldErrors) error {
	page, err := j.reviewPage(v, job, faults)
	if err != nil {
		return err
	}
	return v.Reject(faults, "import_review", page)
}

func (j *importJobs) reviewPage(v *web.Request, job *importJob, faults parts.FieldErrors) (reviewPage, error) {
	plan, loaded, err := j.plan(v, job)
	if err != nil {
		return reviewPage{}, err
	}
	page := reviewPage{
		Page: v.Page(urls.NoSection, v.T("import.review_title")), Href: j.href(job, "review"), Columns: j.href(job, "columns"),
		Rejected: j.href(job, "rejected"), Source: job.Source, Counts: countsOf(plan), NoRate: plan.WithoutRate, Faults: faults,
	}
	page.Takes = page.Counts.New + page.Counts.Update
	// Looking at the rates and at people cannot fail.
	_ = v.View(func(team *sales.Team) error {
		page.Rates = figures.RateForms(team, page.NoRate, page.Path)
		page.who(v, job, importer.People(team), plan)
		page.words(v.Text, team.Lists(), job.Mapping, plan.Words)
		return nil
	})
	page.fill(v, plan, loaded.mended(job))
	page.edit(v, job, plan, loaded.mended(job))
	page.compare(v, job, plan, loaded)
	return page, nil
}

// compare shows what can be held against the list: totals, and what is not read of it.
func (page *reviewPage) compare(v *web.Request, job *importJob, plan *importer.Plan, loaded *loadedList) {
	for _, t := range plan.Totals() {
		var sums []string
		for _, a := range t.Sums {
			sums = append(sums, v.Text.Money(a))
		}
		page.Totals = append(page.Totals, totalRow{v.T("import.outcome." + string(t.Outcome)), t.Deals, strings.Join(sums, " + ")})
	}
	for _, u := range columns.UnreadColumns(loaded.list(job).List, *job.Mapping) {
		page.Unread = append(page.Unread, v.T("import.unread_column", u.Header, u.Filled))
	}
	page.Early = plan.Early
	if job.Mapping.NoOpening == "" {
		page.Unopened = plan.Unopened
	}
}

// tabs are the verdicts, in the order of how much they ask for attention.
var tabs = []importer.RowStatus{importer.RowFails, importer.RowNew, importer.RowUpdates, importer.RowUnchanged, importer.RowSkipped}

func (page *reviewPage) fill(v *web.Request, plan *importer.Plan, list columns.List) {
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
				page.Rows[len(page.Rows)-1].mendable(list)
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
	page.Start, page.First, page.Last = from, from+1, from+len(page.Rows)
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
	return faultRow{Row: f.Row, Column: f.Column, Value: web.Ellipsize(f.Value), Reason: v.Text.Error(f.Reason)}
}

func newReviewRow(v *web.Request, team *sales.Team, d *importer.PlannedDeal) reviewRow {
	r := reviewRow{Row: d.Rows[0], Name: d.Name, Value: amountOf(v.Text, d.Value)}
	r.Seller = d.Seller
	if d.Opened != 0 {
		r.Opened = v.Text.Day(d.Opened)
	}
	switch {
	case d.Outcome != "":
		r.Outcome, r.Closed = v.T("import.outcome."+string(d.Outcome)), v.Text.Day(d.Closed)
	case d.Verdict != importer.RowFails && d.Verdict != importer.RowSkipped:
		r.Outcome = v.T("import.outcome.open")
		if d.Closed != 0 {
			r.Closed = v.T("import.expected", d.Closed)
		}
	}
	for _, f := range d.Faults {
		r.Faults = append(r.Faults, newFaultRow(v, f))
	}
	for _, c := range d.Changes {
		r.Changes = append(r.Changes, changeRow{changed(v.Text, team, d.Deal, c.What), changedTo(v.Text, c.What, c.From), changedTo(v.Text, c.What, c.To)})
	}
	return r
}

// mendable lets the cells of a row that cannot be read be written anew.
func (r *reviewRow) mendable(list columns.List) {
	for i := range r.Faults {
		f := &r.Faults[i]
		at := slices.Index(list.Headers, f.Column)
		row := slices.IndexFunc(list.Rows, func(l columns.ListRow) bool { return l.Number == f.Row })
		if at < 0 || row < 0 {
			continue
		}
		f.Cell = mendable(f.Row, f.Column)
		if cells := list.Rows[row].Cells; at < len(cells) {
			f.Whole = cells[at].Text
		}
	}
}

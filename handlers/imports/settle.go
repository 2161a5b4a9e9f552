package imports

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"milstolpe/handlers/web"
	"milstolpe/process"
	"milstolpe/process/importer/columns"
)

// settle takes the answers of the review: those that stand for many rows, who is who, and what was written over cells. It tells whether the
// review is to be shown again, and not the list imported.
func (j *importJobs) settle(v *web.Request, job *importJob) (again bool, err error) {
	posted, err := v.FormParams()
	if err != nil {
		return false, web.BadBody(err)
	}
	if job.Mapping == nil || job.Taken != nil {
		return false, nil
	}
	loaded, err := j.read(job)
	if err != nil {
		return false, err
	}
	m := *job.Mapping
	if posted.Has("no_opening") {
		m.NoOpening, again = columns.Opening(posted.Get("no_opening")), true
	}
	if posted.Has("early") {
		m.Early, again = columns.EarlyClose(posted.Get("early")), true
	}
	if written, any := writtenOver(posted); any {
		m, again = m.WithMends(loaded.list(job).List, written), true
	}
	named := job.answer(&m, posted)
	again = again || posted.Has("look")
	if !again && !named {
		return false, nil
	}
	job.Mapping = &m
	return again, j.save(job)
}

// mendable is the name of the control for a cell in the review.
func mendable(row int, column string) string { return "cell." + strconv.Itoa(row) + "." + column }

// writtenOver are the cells that somebody has written over in the review, by row and header, and whether the form was about cells at all.
func writtenOver(posted url.Values) (written map[int]map[string]string, any bool) {
	written = map[int]map[string]string{}
	for name, values := range posted {
		rest, ok := strings.CutPrefix(name, "cell.")
		row, column, cut := strings.Cut(rest, ".")
		n, err := strconv.Atoi(row)
		if !ok || !cut || err != nil || column == "" {
			continue
		}
		any = true
		if values[0] == posted.Get("was."+rest) {
			continue
		}
		if written[n] == nil {
			written[n] = map[string]string{}
		}
		written[n][column] = values[0]
	}
	return written, any
}

// backToReview leads to the rows of the review from which a form was sent.
func (j *importJobs) backToReview(v *web.Request, job *importJob) error {
	href := j.href(job, "review")
	if posted, err := v.FormParams(); err == nil && posted.Get("tab") != "" {
		href += "?tab=" + url.QueryEscape(posted.Get("tab")) + "&from=" + url.QueryEscape(posted.Get("from"))
	}
	return v.RedirectTo(href)
}

// startImport imports what the review shows. It goes on by itself when the tab is closed.
func (j *importJobs) startImport(v *web.Request) error {
	job, err := j.find(v.Param("job"), v.OpenedFile().Dataset())
	if err != nil {
		return err
	}
	again, err := j.settle(v, job)
	switch {
	case err != nil:
		return err
	case again:
		return j.backToReview(v, job)
	case job.Taken == nil:
		plan, loaded, err := j.plan(v, job)
		if err != nil {
			return err
		}
		if faults, mine := v.FormErrors(unsaid(plan)); mine {
			return j.rejectReview(v, job, faults)
		}
		if len(plan.Facts) == 0 {
			return process.Wrong("", "import.nothing_to_do")
		}
		j.runInBackground(v, job, loaded.list(job).List)
	}
	return v.Redirect(http.StatusSeeOther, j.href(job, "done"))
}

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

// settle takes the answers of the review that stand for many rows, or mend one cell, and shows the review again. It answers false where the
// form asks for the import itself.
func (j *importJobs) settle(v *web.Request, job *importJob) (settled bool, err error) {
	posted, err := v.FormParams()
	if err != nil {
		return false, web.BadBody(err)
	}
	if job.Mapping == nil || job.Taken != nil {
		return false, nil
	}
	m := *job.Mapping
	if posted.Has("no_opening") {
		m.NoOpening, settled = columns.Opening(posted.Get("no_opening")), true
	}
	if posted.Has("early") {
		m.Early, settled = columns.EarlyClose(posted.Get("early")), true
	}
	if job.mend(posted) {
		settled = true
	}
	if !settled {
		return false, nil
	}
	job.Mapping = &m
	if err := j.save(job); err != nil {
		return true, err
	}
	return true, v.RedirectTo(j.href(job, "review"))
}

// mendable is the name of the control for a cell in the review.
func mendable(row int, column string) string { return "cell." + strconv.Itoa(row) + "." + column }

// mend notes what somebody wrote over cells in the review.
func (job *importJob) mend(posted url.Values) (any bool) {
	for name, values := range posted {
		rest, ok := strings.CutPrefix(name, "cell.")
		row, column, cut := strings.Cut(rest, ".")
		n, err := strconv.Atoi(row)
		if !ok || !cut || err != nil || column == "" || values[0] == posted.Get("was."+rest) {
			any = any || ok
			continue
		}
		any = true
		if job.Mended == nil {
			job.Mended = map[int]map[string]string{}
		}
		if job.Mended[n] == nil {
			job.Mended[n] = map[string]string{}
		}
		job.Mended[n][column] = values[0]
	}
	return any
}

// mended is the list with what somebody wrote over its cells.
func (job *importJob) mended(list columns.List) columns.List {
	if len(job.Mended) == 0 {
		return list
	}
	rows := make([]columns.ListRow, len(list.Rows))
	copy(rows, list.Rows)
	for i, r := range rows {
		if job.Mended[r.Number] == nil {
			continue
		}
		cells := make([]columns.Cell, len(list.Headers))
		copy(cells, r.Cells)
		for at, header := range list.Headers {
			if text, ok := job.Mended[r.Number][header]; ok {
				cells[at] = columns.Cell{Text: text}
			}
		}
		rows[i].Cells = cells
	}
	list.Rows = rows
	return list
}

// startImport imports what the review shows. It goes on by itself when the tab is closed.
func (j *importJobs) startImport(v *web.Request) error {
	job, err := j.find(v.Param("job"), v.OpenedFile().Dataset())
	if err != nil {
		return err
	}
	if settled, err := j.settle(v, job); settled || err != nil {
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

package imports

import (
	"context"
	"sync"
	"time"

	"milstolpe/db"
	"milstolpe/handlers/web"
	"milstolpe/process"
	"milstolpe/process/importer"
	"milstolpe/process/importer/columns"
	"milstolpe/process/sales"
)

// importRun is an import that is being written.
type importRun struct {
	mu       sync.Mutex
	done, of int
	err      error
	finished chan struct{}
}

func (r *importRun) progress(done, of int) {
	r.mu.Lock()
	r.done, r.of = done, of
	r.mu.Unlock()
}

// state is how far it has come, and what went wrong.
func (r *importRun) state() (done, of int, err error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.done, r.of, r.err
}

func (j *importJobs) run(job string) *importRun {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.running[job]
}

// shortWait is how long a browser waits for an import before it is shown how far it has come.
const shortWait = 700 * time.Millisecond

// runInBackground writes an import apart from the request, so that it ends whatever becomes of the browser, and waits a moment for it: most are
// done at once.
func (j *importJobs) runInBackground(v *web.Request, job *importJob, list columns.List) {
	j.mu.Lock()
	run := j.running[job.ID]
	if run == nil {
		run = &importRun{finished: make(chan struct{})}
		j.running[job.ID] = run
		go j.write(context.WithoutCancel(v.Request().Context()), v.OpenedFile(), job, list, v.Today, run)
	}
	j.mu.Unlock()
	select {
	case <-run.finished:
	case <-time.After(shortWait):
	}
}

// write plans and records in as many rounds as the list needs.
func (j *importJobs) write(ctx context.Context, file *db.File, job *importJob, list columns.List, today process.Date, run *importRun) {
	var first *importer.Plan
	var err error
	for more := true; more && err == nil; {
		var plan *importer.Plan
		_, err = file.ActBulk(ctx, func(team *sales.Team) (facts []process.Fact, err error) {
			in := job.intake(today)
			in.TakeLikely = false // what nobody has been shown
			if plan, err = importer.NewPlan(team, in, list); err != nil || len(plan.Facts) == 0 {
				return nil, err
			}
			return append(plan.Facts, columns.KeepMapping(team, list.Headers, *job.Mapping, today)...), nil
		}, run.progress)
		if more = err == nil && plan.Unfinished; first == nil {
			first = plan
		}
	}
	if err == nil {
		counts := countsOf(first)
		job.Taken = &counts
		err = j.save(job)
	}
	run.mu.Lock()
	run.err = err
	run.mu.Unlock()
	if err == nil {
		j.mu.Lock()
		delete(j.running, job.ID)
		j.loaded = nil // thousands of rows, and nobody may ever ask for them again
		j.mu.Unlock()
	}
	close(run.finished)
}

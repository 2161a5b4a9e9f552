package files

import (
	"crypto/rand"
	"errors"
	"net/http"
	"slices"
	"strings"
	"sync"

	"milstolpe/db"
	"milstolpe/handlers/parts"
	"milstolpe/handlers/urls"
	"milstolpe/handlers/web"
	"milstolpe/handlers/wording"
	"milstolpe/process"
	"milstolpe/process/conflicts"
)

const mergePath = urls.FilePath + "/merge"

func mergeRoutes(r *web.Router) {
	m := &mergeJobs{} // one for each program
	r.Get(mergePath, showMerge)
	dir := r.Server.Config.StateDir
	r.WhenErased(func() error { return m.forgetUploads(dir) })
	r.Upload(mergePath, m.start)
	r.Get(mergePath+"/:job", m.showJob)
	r.Post(mergePath+"/:job", m.merge)
	r.Post(mergePath+"/:job/undo", m.undo)
	r.Template("file_merge", mergePage{})
	r.Template("file_merge_job", mergeJobPage{})
}

// mergeJobs remembers which file is being looked at, and what became of it, while the program runs. Addresses hold only the job's name.
type mergeJobs struct {
	mu   sync.Mutex
	jobs map[string]*mergeJob
}

type mergeJob struct {
	path     string // of the other file
	name     string // as the person knows it
	uploaded bool   // the path is a copy of ours

	mu     sync.Mutex // a merge that is posted twice happens once
	done   *db.Incoming
	undone bool
}

func (m *mergeJobs) add(j *mergeJob) string {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.jobs == nil {
		m.jobs = map[string]*mergeJob{}
	}
	id := strings.ToLower(rand.Text()[:12])
	m.jobs[id] = j
	return id
}

func (m *mergeJobs) find(id string) (*mergeJob, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if j, ok := m.jobs[id]; ok {
		return j, nil
	}
	return nil, process.Missing("file.no_such_merge")
}

type mergePage struct {
	web.Page
	Form   mergeForm
	Faults parts.FieldErrors
}

type mergeForm struct {
	Path string `form:"path"`
}

func showMerge(v *web.Request) error {
	return v.Render("file_merge", mergePage{Page: v.Page(urls.NoSection, v.T("file.merge_title"))})
}

// startMerge takes the path or the uploaded file, and leads to what merging it would bring.
func (m *mergeJobs) start(v *web.Request) error {
	var f mergeForm
	err := v.Read(&f)
	var job *mergeJob
	if err == nil {
		job, err = otherFile(v, f)
	}
	if err == nil {
		// Looked at before anything is promised, so that a wrong file is told here.
		if _, err = v.OpenedFile().PreviewMerge(v.Request().Context(), job.path); err == nil {
			return v.RedirectTo(mergePath + "/" + m.add(job))
		}
		job.forget()
		err = job.named(onField("path", err))
	}
	if faults, mine := v.FormErrors(err); mine {
		return v.Reject(faults, "file_merge", mergePage{Page: v.Page(urls.NoSection, v.T("file.merge_title")), Form: f, Faults: faults})
	}
	return err
}

// onField makes what keeps a file from being read a fault of the field that names it.
func onField(field string, err error) error {
	var told *process.Error
	if errors.As(err, &told) && told.Kind != process.Internal {
		return &process.Error{Kind: process.Invalid, Msg: told.Msg, Args: told.Args, Field: field, Err: told.Err}
	}
	return err
}

// named says of an uploaded file what the person calls it, and not where our copy lies.
func (j *mergeJob) named(err error) error {
	var told *process.Error
	if !j.uploaded || !errors.As(err, &told) {
		return err
	}
	named := *told
	named.Args = slices.Clone(told.Args)
	for i, arg := range named.Args {
		if text, ok := arg.(string); ok && text == j.path {
			named.Args[i] = j.name
		}
	}
	return &named
}

// mergeJobPage is the preview, and after the merge the report.
type mergeJobPage struct {
	web.Page
	Job, Name string
	By        string
	In        incomingView
	People    []mergePerson
	Deals     []mergeDeal
	Asks      bool   // something in a deal needs a decision
	Others    string // what needs a decision apart from the deals
	Outside   int    // changes that are in no deal: people, customers, settings
	Nothing   bool   // is there to come in
	Done      bool
	Undone    bool
	TakesBack []string // sentences
	Seen      string   // what the preview shows, for the form
	Changed   bool     // the other file has changed since it was looked at
}

type mergePerson struct {
	Name           string
	Changes, Deals int
}

type mergeDeal struct {
	Href, Name string
	Changes    int
	People     string
	Conflicts  []string
}

func (m *mergeJobs) showJob(v *web.Request) error {
	job, err := m.find(v.Param("job"))
	if err != nil {
		return err
	}
	job.mu.Lock()
	defer job.mu.Unlock()
	page := mergeJobPage{Page: v.Page(urls.NoSection, v.T("file.merge_title")), Job: v.Param("job"), Name: job.name, Undone: job.undone}
	in := job.done
	if page.Done = in != nil; !page.Done {
		preview, err := v.OpenedFile().PreviewMerge(v.Request().Context(), job.path)
		if err != nil {
			return err
		}
		in = &preview
	}
	page.Changed = v.QueryParam("changed") != "" && !page.Done
	page.fill(v, in)
	return v.Render("file_merge_job", page)
}

func (page *mergeJobPage) fill(v *web.Request, in *db.Incoming) {
	page.In, page.By, page.Nothing, page.Seen = incoming(v, *in), in.By, in.Empty(), shown(*in)
	page.TakesBack = takesBack(v, *in)
	for _, p := range in.People {
		page.People = append(page.People, mergePerson{p.Person, p.Changes, len(p.Deals)})
		page.Outside += p.Changes
	}
	for _, d := range in.Deals {
		page.Outside -= d.Changes
	}
	var others []string
	for _, c := range in.Conflicts {
		if c.Deal == "" {
			name := wording.ConflictField(v.Text, c.Field)
			if key, ok := wording.SettingKeys[process.Setting(c.Subject)]; ok && c.Field == conflicts.Setting {
				name = v.T(key)
			}
			others = append(others, name)
		}
	}
	page.Others = v.Text.List(others)
	page.Deals = mergeDeals(v, in)
	page.Asks = slices.ContainsFunc(page.Deals, func(d mergeDeal) bool { return len(d.Conflicts) > 0 })
}

type mergeNowForm struct {
	Seen string `form:"seen"`
}

// merge brings in what the page showed. Where the other file holds something else by now it is shown anew.
func (m *mergeJobs) merge(v *web.Request) error {
	job, err := m.find(v.Param("job"))
	if err != nil {
		return err
	}
	var f mergeNowForm
	if err := v.Read(&f); err != nil {
		return err
	}
	job.mu.Lock()
	defer job.mu.Unlock()
	address := mergePath + "/" + v.Param("job")
	if job.done != nil {
		return v.RedirectTo(address)
	}
	preview, err := v.OpenedFile().PreviewMerge(v.Request().Context(), job.path)
	if err != nil {
		return err
	}
	if f.Seen != shown(preview) {
		return v.RedirectTo(address + "?changed=1")
	}
	in, err := v.OpenedFile().Merge(v.Request().Context(), job.path)
	if err != nil {
		return err
	}
	job.done = &in
	job.forget()
	return v.DoneWith(address, web.Flash{Text: cameIn(v, in)})
}

func (m *mergeJobs) undo(v *web.Request) error {
	job, err := m.find(v.Param("job"))
	if err != nil {
		return err
	}
	job.mu.Lock()
	defer job.mu.Unlock()
	if job.done == nil || job.undone {
		return v.Redirect(http.StatusSeeOther, mergePath+"/"+v.Param("job"))
	}
	if err := v.OpenedFile().UndoMerge(v.Request().Context(), *job.done); err != nil {
		return err
	}
	job.undone = true
	return v.DoneWith(mergePath+"/"+v.Param("job"), web.Flash{Text: v.T("file.merge_undone")})
}

package handlers

import (
	"cmp"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"milstolpe/db"
	"milstolpe/process"
	"milstolpe/process/sales"
)

const mergePath = filePath + "/merge"

func mergeRoutes(r *routes) {
	r.get(mergePath, showMerge)
	r.upload(mergePath, startMerge)
	r.get(mergePath+"/:job", showMergeJob)
	r.post(mergePath+"/:job", doMerge)
	r.post(mergePath+"/:job/undo", undoMerge)
	r.template("file_merge", mergePage{})
	r.template("file_merge_job", mergeJobPage{})
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
	done     *db.Incoming
	undone   bool
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
	Page
	Form   mergeForm
	Faults Faults
}

type mergeForm struct {
	Path string `form:"path"`
}

func showMerge(v *visit) error {
	return v.show("file_merge", mergePage{Page: v.page(NoSection, v.t("file.merge_title"))})
}

// startMerge takes the path or the uploaded file, and leads to what merging it would bring.
func startMerge(v *visit) error {
	var f mergeForm
	err := v.read(&f)
	var job *mergeJob
	if err == nil {
		job, err = v.otherFile(f)
	}
	if err == nil {
		// Looked at before anything is promised, so that a wrong file is told here.
		if _, err = v.file().PreviewMerge(v.Request().Context(), job.path); err == nil {
			return v.goTo(mergePath + "/" + v.server.merges.add(job))
		}
		job.forget()
		err = job.named(onField("path", err))
	}
	if faults, mine := v.faults(err); mine {
		return v.again(faults, "file_merge", mergePage{Page: v.page(NoSection, v.t("file.merge_title")), Form: f, Faults: faults})
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

func (v *visit) otherFile(f mergeForm) (*mergeJob, error) {
	header, err := v.FormFile("upload")
	if err != nil || header.Size == 0 {
		if err == nil && header.Filename != "" {
			return nil, &process.Error{Kind: process.Invalid, Msg: "file.empty", Field: "path", Args: []any{filepath.Base(header.Filename)}}
		}
		if f.Path == "" {
			return nil, process.Wrong("path", "file.choose_one")
		}
		return &mergeJob{path: f.Path, name: filepath.Base(f.Path)}, nil
	}
	in, err := header.Open()
	if err != nil {
		return nil, fmt.Errorf("read an uploaded file: %w", err)
	}
	defer func() { _ = in.Close() }()
	out, err := os.CreateTemp(v.server.config.StateDir, "merge-*"+fileEnding)
	if err != nil {
		return nil, fmt.Errorf("keep an uploaded file: %w", err)
	}
	_, err = io.Copy(out, in)
	if err = errors.Join(err, out.Close()); err != nil {
		_ = os.Remove(out.Name())
		return nil, fmt.Errorf("keep an uploaded file: %w", err)
	}
	return &mergeJob{path: out.Name(), name: filepath.Base(header.Filename), uploaded: true}, nil
}

// forget removes our copy of an uploaded file.
func (j *mergeJob) forget() {
	if j.uploaded {
		_ = os.Remove(j.path)
	}
}

// mergeJobPage is the preview, and after the merge the report.
type mergeJobPage struct {
	Page
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
}

type mergePerson struct {
	Name           string
	Changes, Deals int
}

type mergeDeal struct {
	Href, Name string
	Changes    int
	People     string
	Clashes    []string
}

func showMergeJob(v *visit) error {
	job, err := v.server.merges.find(v.Param("job"))
	if err != nil {
		return err
	}
	page := mergeJobPage{Page: v.page(NoSection, v.t("file.merge_title")), Job: v.Param("job"), Name: job.name, Undone: job.undone}
	in := job.done
	if page.Done = in != nil; !page.Done {
		preview, err := v.file().PreviewMerge(v.Request().Context(), job.path)
		if err != nil {
			return err
		}
		in = &preview
	}
	page.fill(v, in)
	return v.show("file_merge_job", page)
}

func (page *mergeJobPage) fill(v *visit, in *db.Incoming) {
	page.In, page.By, page.Nothing = v.incoming(*in), in.By, in.Empty()
	for _, p := range in.People {
		page.People = append(page.People, mergePerson{p.Person, p.Changes, len(p.Deals)})
		page.Outside += p.Changes
	}
	for _, d := range in.Deals {
		page.Outside -= d.Changes
	}
	var others []string
	for _, c := range in.Clashes {
		if c.Deal == "" {
			name := v.text.ClashField(c.Field)
			if key, ok := settingKeys[process.Setting(c.Subject)]; ok && c.Field == sales.ClashSetting {
				name = v.t(key)
			}
			others = append(others, name)
		}
	}
	page.Others = v.text.List(others)
	page.Deals = v.mergeDeals(in)
	page.Asks = slices.ContainsFunc(page.Deals, func(d mergeDeal) bool { return len(d.Clashes) > 0 })
}

// mergeDeals tells by deal what came in, and what of it needs a decision.
func (v *visit) mergeDeals(in *db.Incoming) []mergeDeal {
	clashes := map[process.DealID][]string{}
	for _, c := range in.Clashes {
		clashes[c.Deal] = append(clashes[c.Deal], v.text.ClashField(c.Field))
	}
	var deals []mergeDeal
	for _, d := range in.Deals {
		deals = append(deals, mergeDeal{
			Href: dealPath(d.Deal), Name: v.mergedName(d), Changes: d.Changes, People: v.text.List(d.People), Clashes: clashes[d.Deal],
		})
	}
	return deals
}

// mergedName names a deal as everywhere else, with its customer, whether it is here already or not.
func (v *visit) mergedName(d db.DealChanges) (name string) {
	_ = v.view(func(team *sales.Team) error {
		if deal, ok := team.Deal(d.Deal); ok {
			name = dealName(team, deal)
		}
		return nil
	})
	if name == "" && d.Customer != "" && d.Customer != d.Name {
		name = d.Customer + ", " + d.Name
	}
	return cmp.Or(name, d.Name)
}

func doMerge(v *visit) error {
	job, err := v.server.merges.find(v.Param("job"))
	if err != nil {
		return err
	}
	address := mergePath + "/" + v.Param("job")
	if job.done != nil {
		return v.goTo(address)
	}
	in, err := v.file().Merge(v.Request().Context(), job.path)
	if err != nil {
		return err
	}
	job.done = &in
	job.forget()
	return v.saved(address, Toast{Text: v.cameIn(in)})
}

func undoMerge(v *visit) error {
	job, err := v.server.merges.find(v.Param("job"))
	if err != nil {
		return err
	}
	if job.done == nil || job.undone {
		return v.Redirect(http.StatusSeeOther, mergePath+"/"+v.Param("job"))
	}
	if _, err := v.file().UndoMerge(v.Request().Context(), *job.done); err != nil {
		return err
	}
	job.undone = true
	return v.saved(mergePath+"/"+v.Param("job"), Toast{Text: v.t("file.merge_undone")})
}

package handlers

import (
	"path/filepath"
	"time"

	"milstolpe/db"
	"milstolpe/process/sales"
)

const filePath = "/file"

func fileRoutes(r *routes) {
	r.get(filePath, showFile)
	r.get(filePath+"/share", showShare)
	r.get(filePath+"/open", showOpenFile)
	r.post(filePath+"/open", openFile)
	r.post(filePath+"/conflict", mergeConflict)
	r.post(filePath+"/stranded", takeStranded)
	r.template("file", filePage{})
	r.template("file_share", sharePage{})
}

// filePage says where everything is, what came in, and what can be done with the file.
type filePage struct {
	Page
	Path, Name string
	State      db.State
	Problem    string // in the person's words
	ReadOnly   string
	News       []incomingView
	Conflicts  []incomingView
	Stranded   []incomingView
	Clashes    int
	Backups    int
	LastBackup time.Time
	Zone       *time.Location
}

// incomingView is what came in, or would come in, from one other copy.
type incomingView struct {
	From, Name string
	Sentence   string
	Changes    int
	Clashes    int
	Gone       int
	ClockAhead []string
}

func showFile(v *visit) error {
	page := filePage{
		Page: v.page(NoSection, v.t("file.page_title")), Path: v.file().Path(), Name: filepath.Base(v.file().Path()), State: v.file().State(),
		Zone: v.brief.location,
	}
	page.Problem = v.sentenceFor(page.State.Problem)
	page.ReadOnly = v.sentenceFor(v.file().ReadOnly())
	for _, in := range v.file().News() {
		page.News = append(page.News, v.incoming(in))
	}
	ctx := v.Request().Context()
	conflicts, err := v.file().Conflicts(ctx)
	if err != nil { // the folder is gone, which the state of the file says in better words
		v.server.config.Log.Warn("look for second copies", "error", err)
	}
	for _, in := range conflicts {
		page.Conflicts = append(page.Conflicts, v.incoming(in))
	}
	stranded, err := v.file().Stranded(ctx)
	if err != nil {
		return err
	}
	for _, s := range stranded {
		in := v.incoming(s.Changes)
		in.From, in.Name = s.Path, filepath.Base(s.Path)
		page.Stranded = append(page.Stranded, in)
	}
	backups, err := v.file().Backups()
	if err != nil {
		return err
	}
	if page.Backups = len(backups); page.Backups > 0 {
		page.LastBackup = backups[0].At.In(page.Zone)
	}
	err = v.view(func(team *sales.Team) error {
		page.Clashes = len(team.Clashes())
		return nil
	})
	if err != nil {
		return err
	}
	return v.show("file", page)
}

// sentenceFor is what a person is told of trouble; empty when there is none.
func (v *visit) sentenceFor(err error) string {
	if err == nil {
		return ""
	}
	_, notice := v.explain(err)
	return notice.Sentences[0]
}

// incoming words what one copy brings: "3 changes from Anna in 2 deals".
func (v *visit) incoming(in db.Incoming) incomingView {
	view := incomingView{
		From: in.From, Name: filepath.Base(in.From), Changes: len(in.Events), Clashes: len(in.Clashes), Gone: in.Gone, ClockAhead: in.ClockAhead,
	}
	people := make([]string, 0, len(in.People))
	for _, p := range in.People {
		people = append(people, p.Person)
	}
	switch {
	case len(in.Events) == 0:
		view.Sentence = v.t("file.nothing_new")
	case len(in.Deals) == 0:
		view.Sentence = v.t("file.changes_of", v.t("file.changes", len(in.Events)), v.text.List(people))
	default:
		view.Sentence = v.t("file.changes_in", v.t("file.changes", len(in.Events)), v.text.List(people), v.t("file.deals", len(in.Deals)))
	}
	return view
}

// cameIn says what has come in, or that there was nothing.
func (v *visit) cameIn(in db.Incoming) string {
	if len(in.Events) == 0 {
		return v.t("file.nothing_new")
	}
	return v.t("file.came_in", v.incoming(in).Sentence)
}

type pathForm struct {
	Path string `form:"path" validate:"required"`
}

// mergeConflict brings in a second copy that lies beside the file. The copy is moved to the backups.
func mergeConflict(v *visit) error {
	var f pathForm
	if err := v.read(&f); err != nil {
		return err
	}
	in, err := v.file().MergeConflict(v.Request().Context(), f.Path)
	if err != nil {
		return err
	}
	return v.saved(filePath, Toast{Text: v.cameIn(in)})
}

// takeStranded brings in changes that were recorded on this computer and never reached their shared file.
func takeStranded(v *visit) error {
	var f pathForm
	if err := v.read(&f); err != nil {
		return err
	}
	ctx := v.Request().Context()
	list, err := v.file().Stranded(ctx)
	if err != nil {
		return err
	}
	for _, s := range list {
		if s.Path == f.Path {
			in, err := v.file().TakeStranded(ctx, s)
			if err != nil {
				return err
			}
			return v.saved(filePath, Toast{Text: v.cameIn(in)})
		}
	}
	return v.goTo(filePath)
}

type sharePage struct {
	Page
	Path string
}

func showShare(v *visit) error {
	return v.show("file_share", sharePage{Page: v.page(NoSection, v.t("file.share_title")), Path: v.file().Path()})
}

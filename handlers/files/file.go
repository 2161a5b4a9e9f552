package files

import (
	"time"

	"milstolpe/db"
	"milstolpe/handlers/urls"
	"milstolpe/handlers/web"
	"milstolpe/process/sales"
)

// Routes registers the welcome pages, and what can be done with the open file: share, merge, back up, settle conflicts, rescue.
func Routes(r *web.Router) {
	welcomeRoutes(r)
	fileRoutes(r)
	goneRoutes(r)
	shareRoutes(r)
	mergeRoutes(r)
	backupRoutes(r)
	conflictRoutes(r)
	repairRoutes(r)
	workbookRoutes(r)
	serverRoutes(r)
	joinRoutes(r)
}

func fileRoutes(r *web.Router) {
	r.Get(urls.FilePath, showFile)
	r.Get(urls.FilePath+"/open", showOpenFile)
	r.Post(urls.FilePath+"/open", openFile)
	r.Post(urls.FilePath+"/conflict", mergeSyncCopy)
	r.Post(urls.FilePath+"/stranded", takeStranded)
	r.Post(urls.FilePath+"/lost", confirmLosses)
	r.Post(urls.FilePath+"/aside", bringBack)
	r.Template("file", filePage{})
}

// filePage says where everything is, what came in, and what can be done with the file.
type filePage struct {
	web.Page
	Path, Name string
	State      db.State
	Problem    string // in the person's words
	ReadOnly   string
	Gone       *goneView   // nil while the file is where it was
	Server     *serverView // nil for a file
	MovedTo    string      // name of the server that the team has moved to
	Join       string      // where one joins it
	Workbook   *workbookView
	News       []incomingView
	Conflicts  []incomingView
	Stranded   []incomingView
	Aside      []asideView
	ToSettle   int
	Backups    int
	LastBackup time.Time
	Zone       *time.Location
}

// incomingView is what came in, or would come in, from one other copy.
type incomingView struct {
	From, Name string
	Sentence   string
	Changes    int
	Conflicts  int
	Gone       int
	ClockAhead []string
	Erased     []string // sentences about people who are erased
	Refused    int
}

func showFile(v *web.Request) error {
	page := filePage{
		Page: v.Page(urls.NoSection, v.T("file.page_title")), Path: v.OpenedFile().Path(), Name: db.NameOf(v.OpenedFile().Path()), State: v.OpenedFile().State(),
		Zone: v.FileInfo.Location,
	}
	page.Problem, page.Gone = troubleOf(v, page.State), newGoneView(v, page.State)
	page.ReadOnly = sentenceFor(v, v.OpenedFile().ReadOnly())
	if page.ReadOnly == page.Problem {
		page.ReadOnly = ""
	}
	page.Server = newServerView(v, page.State.Problem)
	if to := v.OpenedFile().MovedTo(); to != "" {
		page.MovedTo, page.Join = db.NameOf(to), joinLink(to)
	}
	page.Workbook = newWorkbookView(v)
	for _, in := range v.OpenedFile().News() {
		page.News = append(page.News, incoming(v, in))
	}
	ctx := v.Request().Context()
	conflicts, err := v.OpenedFile().Conflicts(ctx)
	if err != nil { // the folder is gone, which the state of the file says in better words
		v.Server.Config.Log.Warn("look for second copies", "error", err)
	}
	for _, in := range conflicts {
		page.Conflicts = append(page.Conflicts, incoming(v, in))
	}
	stranded, err := v.OpenedFile().Unpublished(ctx)
	if err != nil {
		return err
	}
	for _, s := range stranded {
		in := incoming(v, s.Changes)
		in.From, in.Name = s.Path, db.NameOf(s.Path)
		page.Stranded = append(page.Stranded, in)
	}
	if page.Aside, err = asideViews(v); err != nil {
		return err
	}
	backups, err := v.OpenedFile().Backups()
	if err != nil {
		return err
	}
	if page.Backups = len(backups); page.Backups > 0 {
		page.LastBackup = backups[0].At.In(page.Zone)
	}
	err = v.View(func(team *sales.Team) error {
		page.ToSettle = len(team.Conflicts())
		return nil
	})
	if err != nil {
		return err
	}
	return v.Render("file", page)
}

// sentenceFor is what a person is told of trouble; empty when there is none.
func sentenceFor(v *web.Request, err error) string {
	if err == nil {
		return ""
	}
	_, notice := v.MessagesFor(err)
	return notice.Sentences[0]
}

// incoming words what one copy brings: "3 changes from Anna in 2 deals".
func incoming(v *web.Request, in db.Incoming) incomingView {
	view := incomingView{
		From: in.From, Name: db.NameOf(in.From), Changes: len(in.Events), Conflicts: len(in.Conflicts), Gone: in.Gone, ClockAhead: in.ClockAhead,
		Erased: erasures(v, in), Refused: in.Refused,
	}
	people := make([]string, 0, len(in.People))
	for _, p := range in.People {
		people = append(people, p.Person)
	}
	switch {
	case len(in.Events) == 0 && in.Gone > 0 && db.IsServer(in.From):
		view.Sentence, view.Gone = v.T("server.had_lost", in.Gone), 0
	case len(in.Events) == 0 && in.Erased > 0:
		view.Sentence = v.T("file.erased_people", len(in.Erasures))
	case len(in.Events) == 0:
		view.Sentence = v.T("file.nothing_new")
	case len(in.Deals) == 0:
		view.Sentence = v.T("file.changes_of", v.T("file.changes", len(in.Events)), v.Text.List(people))
	default:
		view.Sentence = v.T("file.changes_in", v.T("file.changes", len(in.Events)), v.Text.List(people), v.T("file.deals", len(in.Deals)))
	}
	return view
}

// erasures says who is erased, and who asks for it: by name as long as it has not happened.
func erasures(v *web.Request, in db.Incoming) (sentences []string) {
	for _, e := range in.Erasures {
		switch {
		case e.Name != "":
			sentences = append(sentences, v.T("file.would_erase", in.By, e.Name+", "+e.Customer))
		default:
			sentences = append(sentences, v.T("file.erased_at", in.By, e.Customer))
		}
	}
	if in.Backups > 0 {
		sentences = append(sentences, v.T("file.erased_backups", in.Backups))
	}
	return sentences
}

// cameIn says what has come in, or that there was nothing.
func cameIn(v *web.Request, in db.Incoming) string {
	if len(in.Events) == 0 && in.Erased == 0 {
		return v.T("file.nothing_new")
	}
	return v.T("file.came_in", incoming(v, in).Sentence)
}

type pathForm struct {
	Path string `form:"path" validate:"required"`
}

// mergeSyncCopy brings in a second copy that lies beside the file. The copy is moved to the backups.
func mergeSyncCopy(v *web.Request) error {
	var f pathForm
	if err := v.Read(&f); err != nil {
		return err
	}
	in, err := v.OpenedFile().MergeConflict(v.Request().Context(), f.Path)
	if err != nil {
		return err
	}
	return v.DoneWith(urls.FilePath, web.Flash{Text: cameIn(v, in)})
}

// takeStranded brings in changes that were recorded on this computer and never reached their shared file.
func takeStranded(v *web.Request) error {
	var f pathForm
	if err := v.Read(&f); err != nil {
		return err
	}
	ctx := v.Request().Context()
	list, err := v.OpenedFile().Unpublished(ctx)
	if err != nil {
		return err
	}
	for _, s := range list {
		if s.Path == f.Path {
			in, err := v.OpenedFile().TakeUnpublished(ctx, s)
			if err != nil {
				return err
			}
			return v.DoneWith(urls.FilePath, web.Flash{Text: cameIn(v, in)})
		}
	}
	return v.RedirectTo(urls.FilePath)
}

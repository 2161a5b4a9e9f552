package files

import (
	"errors"
	"time"

	"milstolpe/db"
	"milstolpe/handlers/urls"
	"milstolpe/handlers/web"
	"milstolpe/process"
)

const (
	followPath  = urls.FilePath + "/follow"
	putBackPath = urls.FilePath + "/put-back"
)

func goneRoutes(r *web.Router) {
	r.Post(followPath, follow)
	r.Post(putBackPath, putBack)
}

// goneView says of a file that is not where it was where it may have gone, and what can be done.
type goneView struct {
	Found   []foundElsewhere
	PutBack bool // it can be written anew where it was
}

// foundElsewhere is a file that may be the one that is gone.
type foundElsewhere struct {
	Path, Name, By string
	At             time.Time
	Same           bool
}

func newGoneView(v *web.Request, state db.State) *goneView {
	if !state.Gone() {
		return nil
	}
	there := v.OpenedFile().Path()
	return &goneView{Found: elsewhere(v, v.OpenedFile().Elsewhere(v.Server.Config.Folders)), PutBack: hasFolder(there)}
}

func elsewhere(v *web.Request, found []db.Elsewhere) (list []foundElsewhere) {
	for _, e := range found {
		list = append(list, foundElsewhere{Path: e.Path, Name: db.NameOf(e.Path), By: e.By, At: e.At.In(v.Now.Location()), Same: e.Same})
	}
	return list
}

// troubleOf is what the page about the file says of its trouble. What may be done about a damaged file that nobody has open is no advice for
// one that heals by itself.
func troubleOf(v *web.Request, state db.State) string {
	shared, ok := errors.AsType[*process.Error](state.Problem)
	if ok && shared.Kind == process.Damaged && len(shared.Args) > 0 && shared.Args[0] == v.OpenedFile().Path() {
		return v.T("file.heals", v.OpenedFile().Path())
	}
	return sentenceFor(v, state.Problem)
}

// follow goes on with the file where somebody has moved it to. What waits here comes along.
func follow(v *web.Request) error {
	var f pathForm
	if err := v.Read(&f); err != nil {
		return err
	}
	before := v.OpenedFile().Path()
	path, err := v.OpenedFile().Follow(f.Path)
	if err != nil {
		return err
	}
	return goOnAt(v, path, before, v.T("file.followed", path))
}

// goOnAt opens a file at its new place, with what was left behind at the old one.
func goOnAt(v *web.Request, path, before, said string) error {
	person := v.FileInfo.Person()
	file, err := v.Server.Config.OpenFile(path, person)
	if err != nil { // the file of before is closed, so the first page says what can be done about this one
		v.Server.Use(nil, "")
		v.Server.ReportOpenFailure(path, err)
		return v.RedirectTo(urls.WelcomeMissedPath)
	}
	if err := bringAlong(v, file, before); err != nil {
		v.Server.Config.Log.Warn("bring along what was left behind", "path", before, "error", err)
	}
	carryWorkbook(v, v.OpenedFile(), file)
	v.Flash(web.Flash{Text: said})
	return switchTo(v, file, person, urls.FilePath)
}

// bringAlong takes in what was recorded in the working copy of another path and has never left it.
func bringAlong(v *web.Request, file *db.File, before string) error {
	list, err := file.Unpublished(v.Request().Context())
	for _, s := range list {
		if s.Path == before {
			_, more := file.TakeUnpublished(v.Request().Context(), s)
			err = errors.Join(err, more)
		}
	}
	return err
}

// putBack writes the file anew where it was.
func putBack(v *web.Request) error {
	if err := v.OpenedFile().PutBack(v.Request().Context()); err != nil {
		return err
	}
	return v.DoneWith(urls.FilePath, web.Flash{Text: v.T("file.was_put_back")})
}

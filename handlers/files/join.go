package files

import (
	"cmp"
	"net/url"

	"milstolpe/db"
	"milstolpe/handlers/parts"
	"milstolpe/handlers/urls"
	"milstolpe/handlers/web"
)

const joinPath = urls.WelcomePath + "/join"

func joinRoutes(r *web.Router) {
	r.GetAlways(joinPath, showJoin)
	r.PostAlways(joinPath, join)
	r.Template("welcome_join", joinPage{})
}

// joinPage asks who comes to a server that somebody was invited to.
type joinPage struct {
	web.Page
	Name   string // of the place; empty while there is only a form
	Form   joinForm
	Faults parts.FieldErrors
	Back   string
}

// joinForm names an address, or the file of an invitation, which may bring a certificate.
type joinForm struct {
	Path     string `form:"path" validate:"required,max=4000" label:"server.invitation_or_address"`
	User     string `form:"user" validate:"max=200" label:"server.user"`
	Password string `form:"password" validate:"max=1000"`
	Person   string `form:"person" validate:"required,max=200" label:"welcome.person"`
}

func showJoin(v *web.Request) error {
	f := joinForm{Path: v.QueryParam("path"), Person: v.Server.UsualPerson()}
	if a, err := f.address(); err == nil {
		f.User = a.User
	}
	return v.Render("welcome_join", newJoinPage(v, f, parts.FieldErrors{}))
}

func newJoinPage(v *web.Request, f joinForm, faults parts.FieldErrors) joinPage {
	page := joinPage{Page: v.Page(urls.NoSection, v.T("server.join_title")), Form: f, Faults: faults, Back: urls.WelcomePath}
	page.Form.Password = ""
	if v.Open != nil {
		page.Back = urls.FilePath
	}
	if a, err := f.address(); err == nil {
		page.Name = a.Name()
	}
	return page
}

// address is where the form leads, whether an address or an invitation is named.
func (f *joinForm) address() (db.Address, error) {
	if i, ok, err := db.ReadInvitation(f.Path); ok {
		return i.Address, err
	}
	return db.ParseAddress(f.Path)
}

// joinInstead leads from a path that is the address of a server, or an invitation, to where one says who comes, unless that was done
// before.
func joinInstead(v *web.Request, path string) bool {
	if db.IsServer(path) {
		return !db.HasJoined(v.Server.Config.StateDir, path)
	}
	i, ok, err := db.ReadInvitation(path)
	return ok && err == nil && !db.HasJoinedPlace(v.Server.Config.StateDir, i.Address)
}

func joinLink(path string) string { return joinPath + "?path=" + url.QueryEscape(path) }

func join(v *web.Request) error {
	var f joinForm
	err := v.Read(&f)
	if err == nil {
		err = f.join(v)
	}
	if err == nil {
		return nil
	}
	move := moveForm{}
	err = move.beside(err)
	if faults, mine := v.FormErrors(err); mine {
		for i := range faults.List {
			if field := &faults.List[i].Field; *field == "address" || *field == "ca" {
				*field = "path"
			}
		}
		return v.Reject(faults, "welcome_join", newJoinPage(v, f, faults))
	}
	return err
}

func (f *joinForm) join(v *web.Request) error {
	a, err := f.address()
	if err != nil {
		return err
	}
	to, err := loginAt(v, a.String(), cmp.Or(f.User, a.User), f.Password, a.CAFile)
	if err != nil {
		return err
	}
	if i, ok, _ := db.ReadInvitation(f.Path); ok {
		if err := db.KeepLogin(v.Server.Config.StateDir, to, db.Login{CA: i.CA}); err != nil {
			return err
		}
	}
	file, err := v.Server.Config.OpenFile(to, f.Person)
	if err != nil {
		return forgetting(v, to, err)
	}
	return switchTo(v, file, f.Person, "/")
}

package files

import (
	"cmp"
	"context"
	"errors"
	"path/filepath"
	"time"

	"milstolpe/db"
	"milstolpe/handlers/parts"
	"milstolpe/handlers/urls"
	"milstolpe/handlers/web"
	"milstolpe/process"
)

const (
	movePath       = urls.FilePath + "/move"
	keepPath       = urls.FilePath + "/keep"
	passwordPath   = urls.FilePath + "/password"
	invitationPath = urls.FilePath + "/invitation"
)

func serverRoutes(r *web.Router) {
	r.Get(movePath, showMove)
	r.Post(movePath, moveToServer)
	r.Get(keepPath, showKeep)
	r.Post(keepPath, keepAsFile)
	r.Post(passwordPath, givePassword)
	r.Get(invitationPath, sendInvitation)
	r.Template("file_move", movePage{})
	r.Template("file_keep", keepPage{})
}

// serverView is what the page of the file says about a server.
type serverView struct {
	Address, Login string
	Rights         string
	Here, There    int
	Contact        time.Time
	Seen           []seenLine
	AskPassword    bool // the server does not let us in
}

type seenLine struct {
	Login string
	Last  time.Time
}

// askFor is how long the page waits for a server to say how it stands.
const askFor = 3 * time.Second

func newServerView(v *web.Request, problem error) *serverView {
	ctx, cancel := context.WithTimeout(v.Request().Context(), askFor)
	defer cancel()
	s, ok := v.OpenedFile().ServerStatus(ctx)
	if !ok {
		return nil
	}
	view := &serverView{
		Address: s.Address, Login: s.Login, Here: s.Here, There: s.There, Contact: s.Contact.In(v.FileInfo.Location), AskPassword: sentenceKey(problem) == "server.password",
	}
	switch s.Rights {
	case "reader":
		view.Rights = v.T("server.rights_reader")
	case "user":
		view.Rights = v.T("server.rights_user")
	case "owner":
		view.Rights = v.T("server.rights_owner")
	}
	for _, who := range s.Seen {
		view.Seen = append(view.Seen, seenLine{who.Login, who.Last.In(v.FileInfo.Location)})
	}
	return view
}

// sentenceKey is the key of what is said of an error.
func sentenceKey(err error) string {
	var told *process.Error
	if errors.As(err, &told) {
		return told.Msg
	}
	return ""
}

// movePage asks for the server, and who comes.
type movePage struct {
	web.Page
	Form   moveForm
	Faults parts.FieldErrors
}

type moveForm struct {
	Address  string `form:"address" validate:"required,max=1000" label:"server.address"`
	User     string `form:"user" validate:"max=200" label:"server.user"`
	Password string `form:"password" validate:"max=1000"`
	CA       string `form:"ca" validate:"max=1000"`
}

func showMove(v *web.Request) error {
	return v.Render("file_move", movePage{Page: v.Page(urls.NoSection, v.T("server.move_title"))})
}

// moveToServer moves the team, and shows it where it is then.
func moveToServer(v *web.Request) error {
	var f moveForm
	err := v.Read(&f)
	if err == nil {
		err = f.move(v)
	}
	if err == nil {
		return nil
	}
	if faults, mine := v.FormErrors(f.beside(err)); mine {
		f.Password = ""
		return v.Reject(faults, "file_move", movePage{Page: v.Page(urls.NoSection, v.T("server.move_title")), Form: f, Faults: faults})
	}
	return err
}

func (f *moveForm) move(v *web.Request) error {
	to, err := loginAt(v, f.Address, f.User, f.Password, f.CA)
	if err != nil {
		return err
	}
	address, err := v.OpenedFile().MoveToServer(v.Request().Context(), to, nil)
	if err != nil {
		return forgetting(v, to, err)
	}
	file, err := v.Server.Config.OpenFile(address, v.FileInfo.Person())
	if err != nil {
		return err
	}
	carryWorkbook(v, v.OpenedFile(), file)
	v.Flash(web.Flash{Text: v.T("server.has_moved")})
	return switchTo(v, file, v.FileInfo.Person(), urls.FilePath)
}

// loginAt keeps what was typed about how to come to a server, and returns the address with who comes.
func loginAt(v *web.Request, text, user, password, caFile string) (string, error) {
	a, err := db.ParseAddress(text)
	if err != nil {
		return "", err
	}
	a.User = cmp.Or(user, a.User)
	if a, err = a.Complete(); err != nil {
		return "", err
	}
	login := db.Login{Password: password}
	if file := cmp.Or(caFile, a.CAFile); file != "" {
		if login.CA, err = db.ReadAuthority(file); err != nil {
			return "", err
		}
		a.CAFile = ""
	}
	return a.String(), db.KeepLogin(v.Server.Config.StateDir, a.String(), login)
}

// forgetting drops a password that the server does not take.
func forgetting(v *web.Request, address string, err error) error {
	if sentenceKey(err) == "server.password" {
		if ferr := db.ForgetPassword(v.Server.Config.StateDir, address); ferr != nil {
			v.Server.Config.Log.Warn("forget a password", "error", ferr)
		}
	}
	return err
}

// beside puts what is wrong with a server beside the field that can mend it.
func (f *moveForm) beside(err error) error {
	field := map[string]string{
		"server.password": "password", "server.no_user": "user", "server.certificate": "ca", "server.bad_ca": "ca", "server.no_ca_file": "ca",
		"server.bad_address": "address", "server.password_in_address": "address", "server.no_database_named": "address", "server.weak_tls": "address",
		"server.bad_parameter": "address", "server.no_such_db": "address", "server.other_dataset": "address", "server.away": "address",
		"server.not_set_up": "address", "server.no_dataset": "address", "server.which_dataset": "address", "server.no_right": "user",
	}[sentenceKey(err)]
	if field == "" {
		return err
	}
	return onField(field, err)
}

// keepPage asks where to keep the team as a file again.
type keepPage struct {
	web.Page
	Path   string
	Faults parts.FieldErrors
}

func showKeep(v *web.Request) error {
	name := v.FileName("server.file_name") + fileEnding
	return v.Render("file_keep", keepPage{Page: v.Page(urls.NoSection, v.T("server.keep_title")), Path: filepath.Join(v.Server.Config.Documents, name)})
}

// keepAsFile writes everything that is here to a new file, and goes on with that. The server keeps what it has.
func keepAsFile(v *web.Request) error {
	var f pathForm
	err := v.Read(&f)
	if err == nil {
		err = v.OpenedFile().SaveCopy(v.Request().Context(), f.Path)
	}
	if err != nil {
		if faults, mine := v.FormErrors(onField("path", err)); mine {
			return v.Reject(faults, "file_keep", keepPage{Page: v.Page(urls.NoSection, v.T("server.keep_title")), Path: f.Path, Faults: faults})
		}
		return err
	}
	file, err := v.Server.Config.OpenFile(f.Path, v.FileInfo.Person())
	if err != nil {
		return err
	}
	v.Flash(web.Flash{Text: v.T("server.kept", file.Path())})
	return switchTo(v, file, v.FileInfo.Person(), urls.FilePath)
}

type passwordForm struct {
	Password string `form:"password" validate:"required,max=1000" label:"server.password_label"`
}

// givePassword takes a new password and tries it at once.
func givePassword(v *web.Request) error {
	var f passwordForm
	if err := v.Read(&f); err != nil {
		return err
	}
	path := v.OpenedFile().Path()
	if err := db.KeepLogin(v.Server.Config.StateDir, path, db.Login{Password: f.Password}); err != nil {
		return err
	}
	if err := v.OpenedFile().Publish(v.Request().Context()); err != nil {
		return forgetting(v, path, err)
	}
	return v.DoneWith(urls.FilePath, web.Flash{Text: v.T("server.back_again")})
}

// typeInvitation is what a browser keeps as it is, under the name that it is given.
const typeInvitation = "application/octet-stream"

// sendInvitation is the small file that lets a colleague join.
func sendInvitation(v *web.Request) error {
	i, ok := v.OpenedFile().Invitation()
	if !ok {
		return process.Missing("error.no_such_page")
	}
	name := cmp.Or(v.FileInfo.Company(), i.Address.Database)
	return v.Download(fileName(name)+db.InvitationEnding, typeInvitation, i.Encode())
}

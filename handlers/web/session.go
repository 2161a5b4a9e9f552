package web

import (
	"crypto/rand"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"

	"milstolpe/db"
	"milstolpe/handlers/urls"
	"milstolpe/process"
)

// How a browser gets in: the program opens it at /enter?token=…, which is good once and becomes a cookie. Another start of the program
// asks the running one for such an address, and both prove that they know the secret that only this user can read in the state folder; the
// secret itself is never sent (instance.go). A cookie goes to every port of the host that it was given for, so browsers that know names below
// .localhost are given it for a name that nobody else on this computer knows, and it is worth nothing at any other name.
const (
	enterPath  = "/enter"
	invitePath = "/invite"
	healthPath = "/health"
)

// sessions are the tokens that are still good and the cookies that were given for used ones.
type sessions struct {
	mu      *sync.Mutex
	secret  string // for /invite
	tokens  map[string]bool
	cookies map[string]string // and the Host for which each was given
	asked   map[string]bool   // proofs that were used
}

// maxTokens bounds addresses that were asked for and never visited.
const maxTokens = 100

func newSessions() sessions {
	return sessions{mu: &sync.Mutex{}, secret: newSecret(), tokens: map[string]bool{}, cookies: map[string]string{}, asked: map[string]bool{}}
}

// newSecret is 26 letters and digits that nobody can guess.
func newSecret() string { return rand.Text() }

// token makes a way in that is good once.
func (e sessions) token() string {
	e.mu.Lock()
	defer e.mu.Unlock()
	if len(e.tokens) >= maxTokens {
		clear(e.tokens)
	}
	t := newSecret()
	e.tokens[t] = true
	return t
}

// redeem trades a token for a cookie that is good for one host.
func (e sessions) redeem(token, host string) (cookie string, ok bool) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if !e.tokens[token] {
		return "", false
	}
	delete(e.tokens, token)
	cookie = newSecret()
	e.cookies[cookie] = strings.ToLower(host)
	return cookie, true
}

// waits tells whether a token is still good.
func (e sessions) waits(token string) bool {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.tokens[token]
}

// known tells whether a request carries a cookie that we gave for the host that it asks.
func (e sessions) known(r *http.Request, name string) bool {
	for _, c := range r.CookiesNamed(name) {
		e.mu.Lock()
		host, ok := e.cookies[c.Value]
		e.mu.Unlock()
		if ok && host == strings.ToLower(r.Host) {
			return true
		}
	}
	return false
}

// EntryURL is an address at which a browser gets in, once, and comes to the page at path.
func (s *Server) EntryURL(path string) string {
	q := url.Values{"token": {s.sessions.token()}}
	if path != "" && path != "/" {
		q.Set("to", path)
	}
	return "http://" + s.Config.Addr + enterPath + "?" + q.Encode()
}

// forbiddenPage tells a browser without a cookie how to get in.
type forbiddenPage struct{ Page }

func entryRoutes(r *Router) {
	r.GetAlways(enterPath, enter)
	r.PostAlways(invitePath, invite)
	r.GetAlways(healthPath, health)
	r.Template("no_entry", forbiddenPage{})
	r.Template("entered", enteredPage{})
}

// enter lets a browser in. It changes nothing that was recorded, so it may be a GET.
func enter(v *Request) error {
	to := LocalPath(v.QueryParam("to"))
	if own := v.Server.ownHost(v.Request()); own != "" && v.Server.sessions.waits(v.QueryParam("token")) {
		return v.Redirect(http.StatusSeeOther, "http://"+own+v.Request().URL.RequestURI())
	}
	if cookie, ok := v.Server.sessions.redeem(v.QueryParam("token"), v.Request().Host); ok {
		v.SetCookie(v.Server.Cookie("in", cookie, 0))
		if l := v.Server.Config.Lang; l != "" {
			v.SetCookie(PreferenceCookie(LangCookie, string(l)))
		}
		return v.goOn(to)
	}
	if v.Server.sessions.known(v.Request(), v.Server.CookieName("in")) {
		return v.Redirect(http.StatusSeeOther, to)
	}
	v.Server.renderForbidden(v.Response(), v.Request())
	return nil
}

// enteredPage leads on to a page of ours. A browser that came from elsewhere, from the file that the program opens, would not send its new
// cookie along with a redirect; with a link on a page of ours it does.
type enteredPage struct {
	Page
	To string
}

// goOn leads a browser that was let in to a page.
func (v *Request) goOn(to string) error {
	if v.Request().Header.Get("Sec-Fetch-Site") != "cross-site" {
		return v.Redirect(http.StatusSeeOther, to)
	}
	page := enteredPage{v.Page(urls.NoSection, v.T("entry.entered")), to}
	page.Final = true
	page.GoOn = to
	out := v.Server.buffer()
	defer v.Server.free(out)
	return v.finish(http.StatusOK, out, v.execute(out, "entered", page))
}

// invite hands an address for a browser to another start of the program, which proves that it knows the secret.
func invite(v *Request) error {
	to := LocalPath(v.QueryParam("to"))
	asked, given := v.Request().Header.Get(askHeader), v.Request().Header.Get(proofHeader)
	if len(asked) < minQuestion || !v.Server.sessions.proven(given, "invite", asked, to) {
		return process.Missing("error.no_such_page")
	}
	address := v.Server.EntryURL(to)
	return v.JSON(http.StatusOK, invitation{Address: address, Proof: v.Server.sessions.prove("invited", asked, address)})
}

// health tells who is running here. It is asked by another start of the program, which wants a proof, and by pages that wonder whether we
// are still there.
func health(v *Request) error {
	s := v.Server
	answer := alive{Program: "milstolpe", Version: s.Config.Version, ID: s.id}
	if asked := v.QueryParam("ask"); len(asked) >= minQuestion && len(asked) <= maxQuestion {
		answer.Proof = s.sessions.prove("running", asked, s.Config.Addr)
	}
	return v.JSON(http.StatusOK, answer)
}

func (s *Server) renderForbidden(w http.ResponseWriter, r *http.Request) {
	v := s.newRequest(s.echo.NewContext(r, w))
	v.stranger, v.Open, v.FileInfo = true, nil, fileInfo{}
	page := forbiddenPage{v.Page(urls.NoSection, v.T("entry.title"))}
	page.Final = true
	out := s.buffer()
	defer s.free(out)
	if err := v.finish(http.StatusForbidden, out, v.execute(out, "no_entry", page)); err != nil {
		s.handleError(err, v.Context)
	}
}

// LocalPath is a path on this program, or "/" for anything that leads elsewhere.
func LocalPath(to string) string {
	u, err := url.Parse(to)
	if err != nil || u.Scheme != "" || u.Host != "" || !strings.HasPrefix(to, "/") || strings.HasPrefix(to, "//") || strings.ContainsRune(to, '\\') {
		return "/"
	}
	return to
}

const hostFile = "host"

var hostForm = regexp.MustCompile(`^m[a-z2-7]{20}\.localhost$`)

// PrivateHost is the name at which browsers see the program of this user: below .localhost, so that it is always this computer, and known to
// nobody else on it, so that no other program can be visited under it and be sent our cookies. It outlives the program, so that bookmarks
// hold.
func PrivateHost(stateDir string) (string, error) {
	path := filepath.Join(stateDir, hostFile)
	if have, err := os.ReadFile(path); err == nil && hostForm.Match(have) {
		return string(have), nil
	}
	name := "m" + strings.ToLower(newSecret()[:20]) + ".localhost"
	if err := os.MkdirAll(stateDir, 0o700); err != nil {
		return "", fmt.Errorf("choose a name for the pages: %w", err)
	}
	return name, db.ReplaceFile(path, []byte(name))
}

// ownHost is where a browser had better go than where it is, if it is one that knows names below .localhost without asking anybody.
func (s *Server) ownHost(r *http.Request) string {
	own := s.Config.Host + ":" + s.port
	agent := r.UserAgent()
	if s.Config.Host == "" || strings.EqualFold(r.Host, own) || !strings.Contains(agent, "Chrome/") && !strings.Contains(agent, "Firefox/") {
		return ""
	}
	return own
}

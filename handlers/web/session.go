package web

import (
	"crypto/rand"
	"crypto/subtle"
	"net/http"
	"net/url"
	"strings"
	"sync"

	"milstolpe/handlers/urls"
	"milstolpe/process"
)

// How a browser gets in: the program opens it at /enter?token=…, which is good once and becomes a cookie. Another start of the program
// asks the running one for such an address, with the secret that only this user can read in the state folder.
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
	cookies map[string]bool
}

// maxTokens bounds addresses that were asked for and never visited.
const maxTokens = 100

func newSessions() sessions {
	return sessions{mu: &sync.Mutex{}, secret: newSecret(), tokens: map[string]bool{}, cookies: map[string]bool{}}
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

// redeem trades a token for a cookie.
func (e sessions) redeem(token string) (cookie string, ok bool) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if !e.tokens[token] {
		return "", false
	}
	delete(e.tokens, token)
	cookie = newSecret()
	e.cookies[cookie] = true
	return cookie, true
}

// known tells whether a request carries a cookie that we gave.
func (e sessions) known(r *http.Request, name string) bool {
	for _, c := range r.CookiesNamed(name) {
		e.mu.Lock()
		ok := e.cookies[c.Value]
		e.mu.Unlock()
		if ok {
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
}

// enter lets a browser in. It changes nothing that was recorded, so it may be a GET.
func enter(v *Request) error {
	to := LocalPath(v.QueryParam("to"))
	if cookie, ok := v.Server.sessions.redeem(v.QueryParam("token")); ok {
		v.SetCookie(v.Server.Cookie("in", cookie, 0))
		if l := v.Server.Config.Lang; l != "" {
			v.SetCookie(PreferenceCookie(LangCookie, string(l)))
		}
		return v.Redirect(http.StatusSeeOther, to)
	}
	if v.Server.sessions.known(v.Request(), v.Server.CookieName("in")) {
		return v.Redirect(http.StatusSeeOther, to)
	}
	v.Server.renderForbidden(v.Response(), v.Request())
	return nil
}

// invite hands an address for a browser to another start of the program.
func invite(v *Request) error {
	secret := strings.TrimPrefix(v.Request().Header.Get("Authorization"), "Bearer ")
	if subtle.ConstantTimeCompare([]byte(secret), []byte(v.Server.sessions.secret)) != 1 {
		return &process.Error{Kind: process.NotFound, Msg: "error.no_such_page"}
	}
	return v.String(http.StatusOK, v.Server.EntryURL(LocalPath(v.QueryParam("to"))))
}

// health tells who is running here. It is asked by another start of the program and by pages that wonder whether we are still there.
func health(v *Request) error {
	return v.JSON(http.StatusOK, map[string]string{"program": "milstolpe", "version": v.Server.Config.Version, "id": v.Server.id})
}

func (s *Server) renderForbidden(w http.ResponseWriter, r *http.Request) {
	v := s.newRequest(s.echo.NewContext(r, w))
	v.Open, v.FileInfo = nil, fileInfo{} // nothing of the file is for strangers
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

package handlers_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"milstolpe/handlers/handlerstest"
	"milstolpe/handlers/web"
)

// addresses are all routes as requests: parameters get a value that fits no thing.
func addresses(s *handlerstest.Site) (list [][2]string) {
	for _, r := range s.Server.Routes() {
		method, path, _ := strings.Cut(r, " ")
		parts := strings.Split(path, "/")
		for i, p := range parts {
			if strings.HasPrefix(p, ":") || p == "*" {
				parts[i] = "0"
			}
		}
		list = append(list, [2]string{method, strings.Join(parts, "/")})
	}
	return list
}

func TestStrangersAreRefusedAtEveryAddress(t *testing.T) {
	t.Parallel()
	s := handlerstest.NewSite(t)
	port := portOf(t, s)
	for _, c := range []struct {
		situation string
		change    func(*http.Request)
	}{
		{"a foreign host, as DNS rebinding has it", func(r *http.Request) { r.Host = "evil.example:" + port }},
		{"a foreign host that ends like ours", func(r *http.Request) { r.Host = "127.0.0.1.evil.example:" + port }},
		{"our host without the port", func(r *http.Request) { r.Host = "127.0.0.1" }},
		{"our host with another port", func(r *http.Request) { r.Host = "127.0.0.1:1" }},
		{"another address of this computer", func(r *http.Request) { r.Host = "127.0.0.2:" + port }},
		{"an empty host", func(r *http.Request) { r.Host = "" }},
	} {
		t.Run(c.situation, func(t *testing.T) {
			for _, a := range addresses(s) {
				r := s.SignedIn(a[0], a[1])
				c.change(r)
				if got := s.Serve(r); got.Code != http.StatusForbidden || strings.Contains(got.Body.String(), "Björk") {
					t.Errorf("%s %s answered %d: %.80s", a[0], a[1], got.Code, got.Body)
				}
			}
		})
	}
}

func TestStrangersWithoutTheCookieSeeHowToGetIn(t *testing.T) {
	t.Parallel()
	s := handlerstest.NewSite(t)
	open := map[string]bool{"/health": true, "/enter": true, "/invite": true, "/favicon.ico": true, "/assets/0": true}
	for _, a := range addresses(s) {
		if open[a[1]] {
			continue
		}
		r := s.SignedIn(a[0], a[1])
		r.Header.Set("Cookie", "milstolpe-"+portOf(t, s)+"-in=GUESSEDGUESSEDGUESSEDGUESS")
		got := s.Serve(r)
		if strings.HasPrefix(a[1], web.KeyedPath) { // what another program asks: it gets a sentence that a program can read
			if got.Code != http.StatusUnauthorized || !strings.Contains(got.Body.String(), `{"error":"A key is needed`) || strings.Contains(got.Body.String(), "Björk") {
				t.Errorf("%s %s answered %d: %.80s", a[0], a[1], got.Code, got.Body)
			}
			continue
		}
		if got.Code != http.StatusForbidden || !strings.Contains(got.Body.String(), "Open Milstolpe from the program") {
			t.Errorf("%s %s answered %d: %.80s", a[0], a[1], got.Code, got.Body)
		}
		if strings.Contains(got.Body.String(), "Björk") {
			t.Errorf("%s %s tells a stranger the company's name", a[0], a[1])
		}
	}
}

// Without the cookie no answer, of whatever route, method or kind, names the company, a person, or the time here; nor does one that goes
// wrong, nor what was just said to somebody else.
func TestStrangersLearnNothing(t *testing.T) {
	t.Parallel()
	s := handlerstest.NewDealSite(t)
	said := s.Send(s.Open("/deals/d1?form=next", "/deals/d1/next").With("text", "Call Maja")) // something to be said by the next page
	if said.StatusCode != http.StatusOK {
		t.Fatalf("answered %s", said.Status)
	}
	list := addresses(s.Site)
	for _, path := range []string{
		"/assets/none.css", "/assets/../deals", "/assets/%2e%2e/deals", "/invite?to=/deals", "/enter?token=guess&to=/deals", "/enter", "/health?ask=x", "/no/such", "/deals/d1",
		"/customers/c1", "/favicon.ico?x", "/api/deals?key=x", "/api/none", "/api/../deals", "/%00", "//deals",
	} {
		list = append(list, [2]string{http.MethodGet, path}, [2]string{http.MethodPost, path}, [2]string{"DELETE", path})
	}
	for _, a := range list {
		for _, part := range []string{"", "true"} {
			r := s.Bare(a[0], a[1])
			r.Header.Set("HX-Request", part)
			r.Header.Set("Cookie", "milstolpe-"+portOf(t, s.Site)+"-in=GUESSED; milstolpe-"+portOf(t, s.Site)+"-said=GUESSED")
			got := s.Serve(r)
			for _, secret := range []string{"Björk", "Lind", "Anna", "Maja", "Kolbotten", "Moisture", "Sales.milstolpe", "2026", "09:12", "9:12", "10:12"} {
				if strings.Contains(got.Body.String(), secret) {
					t.Errorf("%s %s (htmx %q) answers %d and says %q", a[0], a[1], part, got.Code, secret)
				}
			}
		}
	}
}

// A cookie is good only for the name that it was given for: what a browser sends to another name of this computer, or to another port there,
// opens nothing here.
func TestACookieIsGoodForOneHost(t *testing.T) {
	t.Parallel()
	const name = "mabcdefghijklmnopqrst.localhost"
	s := handlerstest.NewSite(t, func(c *web.Config) { c.Host = name })
	port := portOf(t, s)
	at := func(host, path string) *http.Request {
		r := s.Bare(http.MethodGet, path)
		r.Host = host + ":" + port
		r.Header.Set("User-Agent", "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36")
		return r
	}
	entrance := strings.TrimPrefix(s.Server.EntryURL("/help/style"), s.Web.URL)
	hop := s.Serve(at("127.0.0.1", entrance))
	if hop.Code != http.StatusSeeOther || len(hop.Result().Cookies()) != 0 || hop.Header().Get("Location") != "http://"+name+":"+port+entrance {
		t.Fatalf("at 127.0.0.1 it was answered %d to %q with %v", hop.Code, hop.Header().Get("Location"), hop.Result().Cookies())
	}
	r := at(name, entrance)
	r.Header.Set("Sec-Fetch-Site", "cross-site")
	in := s.Serve(r)
	if in.Code != http.StatusOK || len(in.Result().Cookies()) == 0 || !strings.Contains(in.Body.String(), `url=/help/style`) {
		t.Fatalf("at its name it was answered %d: %s", in.Code, in.Body)
	}
	for host, want := range map[string]int{name: http.StatusOK, "127.0.0.1": http.StatusForbidden, "localhost": http.StatusForbidden} {
		r := at(host, "/help/style")
		r.AddCookie(in.Result().Cookies()[0])
		if got := s.Serve(r); got.Code != want {
			t.Errorf("with the cookie %s was answered %d, want %d", host, got.Code, want)
		}
	}
	if got := s.Serve(at("127.0.0.1", "/help/style")); strings.Contains(got.Body.String()+got.Header().Get("Location"), name) {
		t.Error("a stranger is told the name")
	}
}

func TestNothingIsWrittenForAnotherSite(t *testing.T) {
	t.Parallel()
	s := handlerstest.NewSite(t)
	ours := s.Web.URL
	for _, c := range []struct {
		situation, origin, fetch string
		refused                  bool
	}{
		{"our own page", ours, "same-origin", false},
		{"our own page in an old browser", ours, "", false},
		{"the person typed it", "", "none", false},
		{"another site", "https://evil.example", "cross-site", true},
		{"another site in an old browser", "https://evil.example", "", true},
		{"a program on another port of this computer", "http://127.0.0.1:1", "same-site", true},
		{"a program on another port, old browser", "http://127.0.0.1:1", "", true},
		{"a page without an origin", "null", "", true},
	} {
		t.Run(c.situation, func(t *testing.T) {
			for _, a := range addresses(s) {
				if a[0] == http.MethodGet || a[1] == "/quit" {
					continue
				}
				r := s.SignedIn(a[0], a[1])
				r.Header.Del("Origin")
				if c.origin != "" {
					r.Header.Set("Origin", c.origin)
				}
				if c.fetch != "" {
					r.Header.Set("Sec-Fetch-Site", c.fetch)
				}
				got := s.Serve(r)
				if refused := got.Code == http.StatusForbidden; refused != c.refused {
					t.Errorf("%s %s answered %d", a[0], a[1], got.Code)
				}
			}
		})
	}
}

func TestEveryAnswerCarriesTheHeaders(t *testing.T) {
	t.Parallel()
	s := handlerstest.NewSite(t)
	want := map[string]string{
		"Content-Security-Policy": "default-src 'self'; base-uri 'none'; object-src 'none'; form-action 'self'; frame-ancestors 'none'",
		"X-Content-Type-Options":  "nosniff", "X-Frame-Options": "DENY", "Referrer-Policy": "same-origin",
		"Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Resource-Policy": "same-origin",
	}
	for _, path := range []string{"/help/style", "/no/such/page", "/health", "/assets/none"} {
		got := s.Get(path)
		for name, value := range want {
			if got.Header.Get(name) != value {
				t.Errorf("%s has %s %q, want %q", path, name, got.Header.Get(name), value)
			}
		}
		if got.Header.Get("Cache-Control") != "no-store" || !strings.Contains(strings.Join(got.Header.Values("Vary"), ","), "HX-Request") {
			t.Errorf("%s may be kept: %v", path, got.Header)
		}
	}
}

func TestAssetsMayBeKeptForEver(t *testing.T) {
	t.Parallel()
	s := handlerstest.NewSite(t)
	page := s.Get("/help/style").Page(t)
	links := page.Find(`link:not([href^="#"]), script[src]`)
	if links.Length() != 6 {
		t.Errorf("the page asks for %d files, want two icons, the manifest, the stylesheet and two scripts", links.Length())
	}
	for i := range links.Length() {
		path := links.Eq(i).AttrOr("href", links.Eq(i).AttrOr("src", ""))
		got := s.Get(path)
		if got.StatusCode != http.StatusOK || !strings.Contains(got.Header.Get("Cache-Control"), "immutable") {
			t.Errorf("%s answered %s, %s", path, got.Status, got.Header.Get("Cache-Control"))
		}
	}
}

func TestATokenIsGoodOnce(t *testing.T) {
	t.Parallel()
	s := handlerstest.NewSiteWithoutFile(t)
	entrance := strings.TrimPrefix(s.Server.EntryURL("/help/style"), s.Web.URL)
	first := s.Serve(s.Bare(http.MethodGet, entrance))
	if first.Code != http.StatusSeeOther || first.Header().Get("Location") != "/help/style" {
		t.Fatalf("the first visit answered %d to %q", first.Code, first.Header().Get("Location"))
	}
	cookie := first.Result().Cookies()[0]
	if !cookie.HttpOnly || cookie.SameSite != http.SameSiteStrictMode || cookie.Name != "milstolpe-"+portOf(t, s)+"-in" {
		t.Errorf("the cookie is %v", cookie)
	}
	if again := s.Serve(s.Bare(http.MethodGet, entrance)); again.Code != http.StatusForbidden || len(again.Result().Cookies()) > 0 {
		t.Errorf("the second visit answered %d with %v", again.Code, again.Result().Cookies())
	}
	known := s.Bare(http.MethodGet, entrance)
	known.AddCookie(cookie)
	if got := s.Serve(known); got.Code != http.StatusSeeOther {
		t.Errorf("who is in already was answered %d", got.Code)
	}
}

func TestTheEntranceLeadsOnlyToOurPages(t *testing.T) {
	t.Parallel()
	s := handlerstest.NewSiteWithoutFile(t)
	for _, to := range []string{"https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)", "deals", ""} {
		entrance := s.Server.EntryURL("/") + "&to=" + url.QueryEscape(to)
		got := s.Serve(s.Bare(http.MethodGet, strings.TrimPrefix(entrance, s.Web.URL)))
		if got.Header().Get("Location") != "/" {
			t.Errorf("to=%q leads to %q", to, got.Header().Get("Location"))
		}
	}
}

func TestInvitationsNeedTheSecret(t *testing.T) {
	t.Parallel()
	s := handlerstest.NewSiteWithoutFile(t)
	for _, proof := range []string{"", "wrong"} {
		r := s.Bare(http.MethodPost, "/invite")
		r.Header.Set("Milstolpe-Ask", strings.Repeat("A", 26))
		r.Header.Set("Milstolpe-Proof", proof)
		if got := s.Serve(r); got.Code != http.StatusNotFound || strings.Contains(got.Body.String(), "token=") {
			t.Errorf("with %q: %d %s", proof, got.Code, got.Body)
		}
	}
}

func TestPagesOfTheFileLeadToTheWelcomePageWithoutOne(t *testing.T) {
	t.Parallel()
	s := handlerstest.NewSiteWithoutFile(t)
	for _, a := range addresses(s) {
		if got := s.Serve(s.SignedIn(a[0], a[1])); a[0] == http.MethodGet && got.Code >= http.StatusInternalServerError {
			t.Errorf("%s %s answered %d", a[0], a[1], got.Code)
		}
	}
}

func portOf(t *testing.T, s *handlerstest.Site) string {
	t.Helper()
	u, err := url.Parse(s.Web.URL)
	if err != nil {
		t.Fatalf("read the address: %v", err)
	}
	return u.Port()
}

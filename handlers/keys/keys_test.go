package keys_test

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"milstolpe/db"
	"milstolpe/db/dbtest"
	"milstolpe/handlers/handlerstest"
	"milstolpe/handlers/help"
	"milstolpe/handlers/keys"
	"milstolpe/handlers/web"
	"milstolpe/process"
	"milstolpe/process/sales"
)

// keyed is a site with two deals whose state folder and clock the test knows.
type keyed struct {
	*handlerstest.DealSite
	dir string
	now time.Time
}

func newKeyed(t *testing.T) *keyed {
	t.Helper()
	k := &keyed{DealSite: handlerstest.NewDealSite(t), dir: t.TempDir(), now: dbtest.Now}
	k.Site = handlerstest.NewSiteWithoutFile(t, func(c *web.Config) {
		c.File, c.Person, c.StateDir, c.Now = k.File, "Anna", k.dir, func() time.Time { return k.now }
	})
	return k
}

// makeKey makes one on the page, as a person does, and reads it there.
func (k *keyed) makeKey(t *testing.T, name string) string {
	t.Helper()
	shown := k.Send(k.Open("/keys", "/keys").With("name", name))
	key := handlerstest.Words(shown.Page(t), "#fresh pre:first-of-type")
	if key == "" {
		t.Fatalf("no key is shown: %s", shown.Status)
	}
	return key
}

// ask reads as another program does: without a cookie.
func (k *keyed) ask(method, path, authorization string) (status int, answer string, header http.Header) {
	r := k.Bare(method, path)
	if authorization != "" {
		r.Header.Set("Authorization", authorization)
	}
	got := k.Serve(r)
	return got.Code, got.Body.String(), got.Header()
}

func TestAKeyReadsWhatTheCommandsWrite(t *testing.T) {
	t.Parallel()
	k := newKeyed(t)
	bearer := "Bearer " + k.makeKey(t, "Excel")
	for path, want := range map[string]string{
		"/api/deals":                             `"name": "Moisture meters"`,
		"/api/deals?as_of=2026-11-09":            `"deals": []`,
		"/api/deals?unplanned=true":              `"next_activity": null`,
		"/api/forecast":                          `"period": "2026-Q4"`,
		"/api/forecast?period=2026-12&by=seller": `"seller": "Anna"`,
		"/api/outcome":                           `"period_kind": "quarter"`,
		"/api/outcome?period=month&by=process":   `"periods": [`,
		"/api/export":                            `"outcome": "open"`,
		"/api/export?process=New%20business":     `"milestones": []`,
	} {
		status, answer, header := k.ask(http.MethodGet, path, bearer)
		if status != http.StatusOK || !strings.Contains(answer, want) || !json.Valid([]byte(answer)) {
			t.Errorf("%s answers %d: %.300s", path, status, answer)
		}
		if kind := header.Get("Content-Type"); kind != "application/json" || header.Get("Cache-Control") != "no-store" {
			t.Errorf("%s is %s, %s", path, kind, header.Get("Cache-Control"))
		}
	}
	for path, names := range map[string]string{
		"/api/deals?seller=anna": "seller", "/api/deals?as_of=soon": "soon", "/api/deals?unplanned=perhaps": "perhaps", "/api/outcome?period=fortnight": "fortnight",
		"/api/outcome?by=colour": "by cannot be", "/api/outcome?lead=x": "number", "/api/outcome?process=Nowhere": "Nowhere", "/api/export?process=Nowhere": "Nowhere",
		"/api/forecast?period=2026-Q9": "2026-Q9", "/api/forecast?day=2031-01-01": "There are forecasts", "/api/forecast?by=colour": "colour", "/api/forecast?period=2025-Q1": "/api/outcome",
		"/api/deals?key=" + strings.TrimPrefix(bearer, "Bearer "): "key",
	} {
		var said struct{ Error string }
		status, answer, _ := k.ask(http.MethodGet, path, bearer)
		if err := json.Unmarshal([]byte(answer), &said); err != nil || status != http.StatusUnprocessableEntity || !strings.Contains(said.Error, names) {
			t.Errorf("%s is answered %d: %.300s", path, status, answer)
		}
	}
}

func readKey(t *testing.T, dir string) keys.Key {
	t.Helper()
	list, err := keys.Ring{StateDir: dir}.List()
	if err != nil || len(list) != 1 {
		t.Fatalf("%d keys, %v", len(list), err)
	}
	return list[0]
}

func TestAKeyIsShownOnceAndKeptAsAHash(t *testing.T) {
	t.Parallel()
	k := newKeyed(t)
	made := k.Post("/keys", url.Values{"name": {"Excel"}})
	page := made.Header.Get("Location")
	key := handlerstest.Words(k.Get(page).Page(t), "#fresh pre:first-of-type")
	if len(key) < 40 || strings.Contains(page, key) {
		t.Fatalf("the key is %q, at %s", key, page)
	}
	for _, again := range []string{page, "/keys"} {
		if got := k.Get(again); strings.Contains(got.Text, key) || got.Page(t).Find("#fresh").Length() != 0 {
			t.Errorf("%s shows the key again", again)
		}
	}
	if status, _, _ := k.ask(http.MethodGet, "/api/deals", "bearer "+key); status != http.StatusOK {
		t.Errorf("it is not good: %d", status)
	}
	secret := key[strings.LastIndexByte(key, '_')+1:]
	for _, root := range []string{k.dir, filepath.Dir(k.File.Path())} {
		_ = filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			if text, err := os.ReadFile(path); err == nil && bytes.Contains(text, []byte(secret)) {
				t.Errorf("%s holds the key", path)
			}
			if info, err := d.Info(); err == nil && strings.Contains(path, "/keys/") && runtime.GOOS != "windows" && info.Mode().Perm()&0o077 != 0 {
				t.Errorf("%s may be read by others: %v", path, info.Mode())
			}
			return nil
		})
	}
	_ = k.File.View(func(team *sales.Team) error {
		if team.Events() != len(k.events(t)) {
			t.Error("something about the key is in the shared file")
		}
		return nil
	})
}

// events are those of the deals: a key adds none.
func (k *keyed) events(t *testing.T) (all []process.Event) {
	t.Helper()
	other := handlerstest.NewDealSite(t)
	err := other.File.Events(func(e process.Event) error { all = append(all, e); return nil })
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func TestKeysAreListedAndRevoked(t *testing.T) {
	t.Parallel()
	k := newKeyed(t)
	first := k.makeKey(t, "Excel")
	k.now = dbtest.Now.Add(time.Hour)
	second := k.makeKey(t, "Board meeting")
	rows := func() []string { return handlerstest.Texts(k.Get("/keys").Page(t), "main li > span") }
	if got := rows(); len(got) < 2 || !strings.Contains(got[0], "Excel") || !strings.Contains(got[0], "made 23 Nov 2026") || !strings.Contains(got[0], "never used") {
		t.Fatalf("listed are %q", got)
	}
	k.now = dbtest.Now.Add(26 * time.Hour)
	k.ask(http.MethodGet, "/api/deals", "Bearer "+first)
	if got := rows(); !strings.Contains(got[0], "last used 24 Nov 2026") || !strings.Contains(got[1], "never used") {
		t.Errorf("after one was used: %q", got)
	}
	for _, name := range []string{"", " excel ", strings.Repeat("x", 61)} {
		if got := k.Send(k.Open("/keys", "/keys").With("name", name)); got.StatusCode != http.StatusUnprocessableEntity || got.Page(t).Find("#f-name-fault").Length() != 1 {
			t.Errorf("a key called %q is answered %s", name, got.Status)
		}
	}
	action, _ := k.Get("/keys").Page(t).Find(`form[action$="/revoke"]`).First().Attr("action")
	if got := k.Post(action, url.Values{}); got.StatusCode != http.StatusSeeOther {
		t.Fatalf("revoking is answered %s", got.Status)
	}
	for key, want := range map[string]int{first: http.StatusUnauthorized, second: http.StatusOK} {
		if status, _, _ := k.ask(http.MethodGet, "/api/deals", "Bearer "+key); status != want {
			t.Errorf("after one was revoked: %d, want %d", status, want)
		}
	}
	for _, gone := range []string{action, "/keys/aaaaaaaa/revoke", "/keys/..%2F..%2Flast/revoke"} {
		if got := k.Post(gone, url.Values{}); got.StatusCode != http.StatusNotFound {
			t.Errorf("%s is answered %s", gone, got.Status)
		}
	}
	if left := readKey(t, k.dir); left.Name != "Board meeting" {
		t.Errorf("left is %+v", left)
	}
}

// A key is for the team whose file was open when it was made, and for nothing when no file is open.
func TestAKeyIsForOneTeam(t *testing.T) {
	t.Parallel()
	k := newKeyed(t)
	bearer := "Bearer " + k.makeKey(t, "Excel")
	other, err := db.New(filepath.Join(t.TempDir(), "Other.milstolpe"), []process.Fact{&process.TeamFounded{Stamp: process.Stamp{Known: process.DateOf(dbtest.Now)}, Dataset: "another"}}, dbtest.Options(t))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = other.Close() })
	for _, c := range []struct {
		change func(*web.Config)
		status int
	}{
		{func(c *web.Config) { c.File = other }, http.StatusForbidden}, {func(*web.Config) {}, http.StatusConflict},
	} {
		k.Site = handlerstest.NewSiteWithoutFile(t, func(config *web.Config) { config.StateDir = k.dir }, c.change)
		var said struct{ Error string }
		status, answer, _ := k.ask(http.MethodGet, "/api/deals", bearer)
		if err := json.Unmarshal([]byte(answer), &said); err != nil || status != c.status || !strings.Contains(said.Error, "open in Milstolpe") {
			t.Errorf("answered %d, want %d: %s", status, c.status, answer)
		}
	}
}

func TestCurlReadsAsTheHelpSays(t *testing.T) {
	t.Parallel()
	if _, err := exec.LookPath("curl"); err != nil {
		t.Skip("curl is not installed here (Debian: apt install curl), so what the help says of it is not tried")
	}
	k := newKeyed(t)
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "milstolpe.key"), []byte("Authorization: Bearer "+k.makeKey(t, "curl")+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, line := range help.ProgramCommands[2] {
		cmd := exec.CommandContext(t.Context(), "sh", "-c", strings.ReplaceAll(line, "http://127.0.0.1:8111", k.Web.URL)) //nolint:gosec // what the help says
		cmd.Dir = dir
		if got, err := cmd.Output(); err != nil || !json.Valid(got) || len(got) < 100 {
			t.Errorf("%s: %v\n%s", line, err, got)
		}
	}
}

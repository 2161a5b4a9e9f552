package command_test

import (
	"flag"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

// What is tested here is no package but the program that somebody starts. It is built for the test; -binary names one that was built for
// handing out.
var binary = flag.String("binary", "", "test this program, instead of one that is built for the test")

func TestTheProgramAsItIsBuilt(t *testing.T) {
	folder := t.TempDir()
	program := filepath.Join(folder, "milstolpe")
	if runtime.GOOS == "windows" {
		program += ".exe"
	}
	if *binary != "" {
		ready, err := os.ReadFile(*binary)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(program, ready, 0o700); err != nil {
			t.Fatal(err)
		}
	} else {
		build := exec.CommandContext(t.Context(), "go", "build", "-ldflags", "-s -w -X main.version=1.2.3", "-o", program, "../..")
		if out, err := build.CombinedOutput(); err != nil {
			t.Fatalf("%v: %s", err, out)
		}
	}
	testscript.Run(t, testscript.Params{
		Dir: "testdata/built",
		Setup: func(e *testscript.Env) error {
			e.Setenv("PATH", folder+string(os.PathListSeparator)+e.Getenv("PATH"))
			e.Setenv("XDG_STATE_HOME", e.WorkDir+"/state")
			e.Setenv("LocalAppData", e.WorkDir+"/state")
			e.Setenv("LANG", "en_GB.UTF-8")
			jar, err := cookiejar.New(nil)
			e.Values["visitor"] = &visitor{browser: http.Client{Jar: jar}}
			dir, _ := os.Getwd()
			e.Setenv("GOLDEN", filepath.Join(dir, "..", "..", "process", "testdata", "golden"))
			return err
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"exit": exitCode, "golden": golden, "appears": appears, "enters": enters, "shows": shows, "quits": quits,
		},
	})
}

// visitor is a person with a browser.
type visitor struct {
	browser http.Client
	site    *url.URL
}

// visits asks for a page and gives what it shows.
func (v *visitor) visits(ts *testscript.TestScript, method, path string) string {
	to := v.site.JoinPath(path)
	if strings.Contains(path, "?") {
		var err error
		to, err = v.site.Parse(path)
		ts.Check(err)
	}
	request, err := http.NewRequest(method, to.String(), http.NoBody)
	ts.Check(err)
	request.Header.Set("Accept-Language", "en")
	if method != http.MethodGet {
		request.Header.Set("Sec-Fetch-Site", "same-origin")
	}
	answer, err := v.browser.Do(request)
	ts.Check(err)
	defer answer.Body.Close()
	page, err := io.ReadAll(answer.Body)
	ts.Check(err)
	if answer.StatusCode != http.StatusOK {
		ts.Fatalf("%s %s: %s\n%s", method, path, answer.Status, page)
	}
	return string(page)
}

// visiting is the visitor of a script.
func visiting(ts *testscript.TestScript) *visitor {
	v, ok := ts.Value("visitor").(*visitor)
	if !ok {
		ts.Fatalf("there is no visitor")
	}
	return v
}

// enters goes to the address in a file, as the program invites: enters FILE.
func enters(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: enters FILE")
	}
	address, err := url.Parse(strings.TrimSpace(ts.ReadFile(args[0])))
	ts.Check(err)
	v := visiting(ts)
	v.site = &url.URL{Scheme: address.Scheme, Host: address.Host}
	v.visits(ts, http.MethodGet, address.RequestURI())
}

// shows asks for a page and looks for a pattern in it: shows PATH PATTERN.
func shows(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: shows PATH PATTERN")
	}
	page := visiting(ts).visits(ts, http.MethodGet, args[0])
	if !regexp.MustCompile(args[1]).MatchString(page) {
		ts.Fatalf("%s does not show %q:\n%s", args[0], args[1], page)
	}
}

// quits chooses Quit in the menu.
func quits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 0 {
		ts.Fatalf("usage: quits")
	}
	visiting(ts).visits(ts, http.MethodPost, "/quit")
}

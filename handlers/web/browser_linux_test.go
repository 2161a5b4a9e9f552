package web_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"milstolpe/handlers/web"
)

// Nobody else on the computer sees the address in a command line: what is opened is a private file that leads there.
func TestTheAddressIsInNoCommandLine(t *testing.T) {
	t.Run("in the browser", func(t *testing.T) { opensPrivately(t, "xdg-open", web.OpenBrowser) })
	t.Run("in a window of its own", func(t *testing.T) { opensPrivately(t, "microsoft-edge", web.OpenWindow) })
}

// opensPrivately has an address opened by a program of that name, which writes down what it is given.
func opensPrivately(t *testing.T, program string, open web.Opener) {
	t.Helper()
	dir := t.TempDir()
	said := filepath.Join(dir, "said")
	script := "#!/bin/sh\nf=${1#--app=file://}; cp \"$f\" '" + said + ".copy'; ls -l \"$f\" > '" + said + ".ls'; echo \"$@\" > '" + said + "'\n"
	if err := os.WriteFile(filepath.Join(dir, program), []byte(script), 0o700); err != nil { //nolint:gosec // a program
		t.Fatal(err)
	}
	t.Setenv("PATH", dir+":/usr/bin:/bin")
	t.Setenv("XDG_CACHE_HOME", filepath.Join(dir, "cache"))
	t.Setenv("HOME", dir)
	const address = "http://127.0.0.1:8111/enter?token=SECRETSECRET&to=%2Fdeals"
	if err := open(address); err != nil {
		t.Fatal(err)
	}
	var line []byte
	for end := time.Now().Add(10 * time.Second); len(line) == 0 && time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		line, _ = os.ReadFile(said)
	}
	if len(line) == 0 || strings.Contains(string(line), "SECRET") || strings.Contains(string(line), "http") {
		t.Errorf("the command line is %q", line)
	}
	body, _ := os.ReadFile(said + ".copy")
	if !strings.Contains(string(body), "token=SECRETSECRET&amp;to=%2Fdeals") {
		t.Errorf("the file leads to %s", body)
	}
	if mode, _ := os.ReadFile(said + ".ls"); !strings.HasPrefix(string(mode), "-rw-------") {
		t.Errorf("others can read the file: %s", mode)
	}
	for _, elsewhere := range []string{"https://evil.example/", "http://192.168.1.1:80/", "file:///etc/passwd", "http://127.0.0.1@evil.example:80/", "javascript:alert(1)", "", "http://evil.localhost:80/"} {
		if err := open(elsewhere); err == nil {
			t.Errorf("%q was opened", elsewhere)
		}
	}
}

package web_test

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"milstolpe/handlers/web"
)

// A stranger on our old port repeats what the program would answer. It learns neither the secret nor an address, and no address of its own is
// ever opened.
func TestAStrangerWhoEchoesIsNotBelieved(t *testing.T) {
	dir := t.TempDir()
	p := start(t, dir)
	if _, err := p.server.Announce(); err != nil {
		t.Fatalf("announce: %v", err)
	}
	note, err := os.ReadFile(filepath.Join(dir, "running.json"))
	if err != nil {
		t.Fatalf("read the note: %v", err)
	}
	var heard strings.Builder
	var mu sync.Mutex
	real := "http://127.0.0.1" + portIn(t, p)
	stranger := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { // it even passes everything on
		mu.Lock()
		defer mu.Unlock()
		_ = r.Write(&heard)
		if r.URL.Path == "/invite" {
			_, _ = io.WriteString(w, `{"address":"file:///etc/passwd","proof":"x"}`)
			return
		}
		resp, err := http.Get(real + r.URL.RequestURI())
		if err != nil {
			return
		}
		defer func() { _ = resp.Body.Close() }()
		_, _ = io.Copy(w, resp.Body)
	}))
	defer stranger.Close()
	moved := strings.Replace(string(note), portIn(t, p), portOfAddress(t, stranger.URL), 1)
	if err := os.WriteFile(filepath.Join(dir, "running.json"), []byte(moved), 0o600); err != nil {
		t.Fatalf("write the note: %v", err)
	}
	if _, ok := web.FindRunning(t.Context(), dir); ok {
		t.Error("a stranger that passes our answers on was taken for us")
	}
	var there web.Running
	if err := json.Unmarshal([]byte(moved), &there); err != nil {
		t.Fatal(err)
	}
	if address, err := there.Invite(t.Context(), "/"); err == nil {
		t.Errorf("the stranger's address %q was believed", address)
	}
	mu.Lock()
	defer mu.Unlock()
	if heard.Len() == 0 || strings.Contains(heard.String(), there.Secret) {
		t.Errorf("the stranger heard %q", heard.String())
	}
}

// Nobody else on the computer sees the address in a command line: what is opened is a private file that leads there.
func TestTheAddressIsInNoCommandLine(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("the program that opens a browser has another name here")
	}
	dir := t.TempDir()
	said := filepath.Join(dir, "said")
	if err := os.WriteFile(filepath.Join(dir, "xdg-open"), []byte("#!/bin/sh\ncp \"$1\" '"+said+".copy'; ls -l \"$1\" > '"+said+".ls'; echo \"$@\" > '"+said+"'\n"), 0o700); err != nil { //nolint:gosec // a program
		t.Fatal(err)
	}
	t.Setenv("PATH", dir+":"+os.Getenv("PATH"))
	t.Setenv("XDG_CACHE_HOME", filepath.Join(dir, "cache"))
	t.Setenv("HOME", dir)
	const address = "http://127.0.0.1:8111/enter?token=SECRETSECRET&to=%2Fdeals"
	if err := web.OpenBrowser(address); err != nil {
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
		if err := web.OpenBrowser(elsewhere); err == nil {
			t.Errorf("%q was opened", elsewhere)
		}
	}
}

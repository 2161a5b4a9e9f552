package web_test

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

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

package keys_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"
)

// A key opens nothing but reading those reports, and nothing but a key in the header opens those.
func TestAKeyIsGoodForNothingElse(t *testing.T) {
	t.Parallel()
	k := newKeyed(t)
	key := k.makeKey(t, "Excel")
	open := map[string]bool{"/health": true, "/enter": true, "/invite": true, "/favicon.ico": true}
	routes := k.Server.Routes()
	reached := 0
	for _, route := range routes {
		method, path, _ := strings.Cut(route, " ")
		if open[path] || strings.HasPrefix(path, "/assets/") {
			continue
		}
		status, answer, _ := k.ask(method, path, "Bearer "+key)
		if strings.HasPrefix(path, "/api/") {
			reached++
			continue
		}
		if status != http.StatusForbidden || strings.Contains(answer, "Kolbotten") {
			t.Errorf("with a key %s is answered %d: %.80s", route, status, answer)
		}
	}
	if reached != 4 {
		t.Errorf("%d addresses take a key, want the four that the help lists", reached)
	}
	before := k.File.StateHash()
	for _, method := range []string{http.MethodPost, http.MethodPut, http.MethodDelete, http.MethodPatch, http.MethodHead, http.MethodOptions} {
		if status, answer, _ := k.ask(method, "/api/deals", "Bearer "+key); status != http.StatusMethodNotAllowed || strings.Contains(answer, "Kolbotten") {
			t.Errorf("%s is answered %d: %.80s", method, status, answer)
		}
	}
	for _, path := range []string{"/api/", "/api/none", "/api/deals/", "/api/../deals", "/api/%2e%2e/deals", "/%61pi/deals", "/api//deals", "/api/deals/d1", "/api/settings"} {
		if status, answer, _ := k.ask(http.MethodGet, path, "Bearer "+key); status != http.StatusNotFound && status != http.StatusForbidden || strings.Contains(answer, "Kolbotten") {
			t.Errorf("%s is answered %d: %.80s", path, status, answer)
		}
	}
	if k.File.StateHash() != before {
		t.Error("something was recorded")
	}
}

func TestWhoHasNoKeyIsRefusedWithASentence(t *testing.T) {
	t.Parallel()
	k := newKeyed(t)
	// Off until it is turned on: without any key on the computer nothing is read.
	if status, _, _ := k.ask(http.MethodGet, "/api/deals", "Bearer milstolpe_aaaaaaaa_AAAAAAAAAAAAAAAAAAAAAAAAAA"); status != http.StatusUnauthorized {
		t.Errorf("before there is a key: %d", status)
	}
	key := k.makeKey(t, "Excel")
	last := key[:len(key)-1] + map[bool]string{true: "B", false: "A"}[strings.HasSuffix(key, "A")]
	hash := readKey(t, k.dir).Hash
	for what, authorization := range map[string]string{
		"nothing": "", "no scheme": key, "another scheme": "Basic " + key, "a scheme alone": "Bearer", "an empty key": "Bearer  ", "another key": "Bearer " + last,
		"its beginning": "Bearer " + key[:len(key)-3], "more": "Bearer " + key + "A", "its hash": "Bearer " + hash, "a path": "Bearer milstolpe_../../last_x",
		"its hash behind its name": "Bearer " + key[:19] + hash,
	} {
		for _, path := range []string{"/api/deals", "/api/forecast", "/api/outcome", "/api/export"} {
			var said struct{ Error string }
			status, answer, header := k.ask(http.MethodGet, path, authorization)
			if err := json.Unmarshal([]byte(answer), &said); err != nil || status != http.StatusUnauthorized || !strings.Contains(said.Error, "Settings") || strings.Contains(answer, "Kolbotten") {
				t.Errorf("with %s %s is answered %d: %.100s", what, path, status, answer)
			}
			if header.Get("WWW-Authenticate") != "Bearer" {
				t.Errorf("with %s %s does not say what it wants", what, path)
			}
		}
	}
	// The cookie of a browser that was let in, a key in a cookie or in the address: none of them is a key in the header.
	for what, r := range map[string]*http.Request{
		"a browser": k.SignedIn(http.MethodGet, "/api/deals"), "the address": k.SignedIn(http.MethodGet, "/api/deals?key="+key+"&access_token="+key), "a cookie": k.Bare(http.MethodGet, "/api/deals"),
	} {
		r.AddCookie(&http.Cookie{Name: "Authorization", Value: "Bearer " + key})
		if got := k.Serve(r); got.Code != http.StatusUnauthorized {
			t.Errorf("%s is answered %d: %.100s", what, got.Code, got.Body)
		}
	}
	for what, change := range map[string]func(*http.Request){
		"a foreign name for this computer": func(r *http.Request) { r.Host = "evil.example" }, "another port": func(r *http.Request) { r.Host = "127.0.0.1:1" },
	} {
		r := k.Bare(http.MethodGet, "/api/deals")
		r.Header.Set("Authorization", "Bearer "+key)
		change(r)
		if got := k.Serve(r); got.Code != http.StatusForbidden || strings.Contains(got.Body.String(), "Kolbotten") {
			t.Errorf("under %s it is answered %d", what, got.Code)
		}
	}
}

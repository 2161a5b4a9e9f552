package web

import (
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
)

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
	return name, writePrivate(path, []byte(name))
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

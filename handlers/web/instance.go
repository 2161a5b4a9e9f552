package web

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"net"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"milstolpe/db"
)

// Running is the note that a running program leaves in its state folder, for a second start to find it. Only this user can read it.
type Running struct {
	Addr   string `json:"addr"`
	ID     string `json:"id"`     // what its health probe answers with
	Secret string `json:"secret"` // that both sides prove to know
	PID    int    `json:"pid"`
	File   string `json:"file,omitempty"`
}

// The notes in the state folder. The port outlives the program, so that bookmarks hold.
const (
	runningFile = "running.json"
	portFile    = "port"
)

// ErrNotLocal is returned for an address that others on the network could reach.
var ErrNotLocal = errors.New("the address must be on this computer, 127.0.0.1 or localhost")

// Listen takes a port on this computer. With port 0 it takes the one that was used last, if it can, else any.
func Listen(ctx context.Context, addr, stateDir string) (net.Listener, error) {
	host, port, err := net.SplitHostPort(addr)
	if err != nil {
		return nil, fmt.Errorf("read the address to listen at: %w", err)
	}
	if ip := net.ParseIP(host); host != "localhost" && (ip == nil || !ip.IsLoopback()) {
		return nil, fmt.Errorf("listen at %s: %w", addr, ErrNotLocal)
	}
	var how net.ListenConfig
	if last, err := os.ReadFile(filepath.Join(stateDir, portFile)); err == nil && port == "0" {
		if l, err := how.Listen(ctx, "tcp", net.JoinHostPort(host, strings.TrimSpace(string(last)))); err == nil {
			return l, nil
		}
	}
	l, err := how.Listen(ctx, "tcp", addr)
	if err != nil {
		return nil, fmt.Errorf("listen at %s: %w", addr, err)
	}
	return l, nil
}

// Announce leaves the note of this program and its port. The caller calls remove when the program ends.
func (s *Server) Announce() (remove func(), err error) {
	note := Running{Addr: s.Config.Addr, ID: s.id, Secret: s.sessions.secret, PID: os.Getpid()}
	if o := s.current.Load(); o != nil {
		note.File = o.file.Path()
	}
	body, err := json.Marshal(note)
	if err != nil {
		return nil, fmt.Errorf("note the running program: %w", err)
	}
	if err := os.MkdirAll(s.Config.StateDir, 0o700); err != nil {
		return nil, fmt.Errorf("note the running program: %w", err)
	}
	if err := db.ReplaceFile(filepath.Join(s.Config.StateDir, runningFile), body); err != nil {
		return nil, err
	}
	if err := db.ReplaceFile(filepath.Join(s.Config.StateDir, portFile), []byte(s.port)); err != nil {
		return nil, err
	}
	return func() {
		path := filepath.Join(s.Config.StateDir, runningFile)
		if last, err := readNote(s.Config.StateDir); err == nil && last.ID == s.id {
			_ = os.Remove(path) // a note that stays is found dead by the probe
		}
	}, nil
}

func readNote(stateDir string) (note Running, err error) {
	body, err := os.ReadFile(filepath.Join(stateDir, runningFile))
	if err != nil {
		return note, err
	}
	if err := json.Unmarshal(body, &note); err != nil {
		return note, fmt.Errorf("read %s: %w", runningFile, err)
	}
	return note, nil
}

// FindRunning looks for a program that is running already. A note alone is not believed: what answers at its address must prove that it
// knows the note's secret, so a stranger on a reused port is never taken for us, whatever it echoes.
func FindRunning(ctx context.Context, stateDir string) (Running, bool) {
	note, err := readNote(stateDir)
	if err != nil || !isLoopback(note.Addr) || note.ID == "" || note.Secret == "" {
		return Running{}, false
	}
	asked := newSecret()
	body, err := note.call(ctx, http.MethodGet, healthPath+"?ask="+asked, nil)
	if err != nil {
		return Running{}, false
	}
	var answer alive
	if json.Unmarshal(body, &answer) != nil || answer.Program != "milstolpe" || answer.ID != note.ID {
		return Running{}, false
	}
	return note, hmac.Equal([]byte(answer.Proof), []byte(proofOf(note.Secret, "running", asked, note.Addr)))
}

// isLoopback tells an address with a port on this very computer.
func isLoopback(addr string) bool {
	host, port, err := net.SplitHostPort(addr)
	if err != nil || port == "" {
		return false
	}
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

// Invite asks the running program for an address at which a browser gets in and comes to the page at path.
func (r Running) Invite(ctx context.Context, path string) (string, error) {
	asked := newSecret()
	body, err := r.call(ctx, http.MethodPost, invitePath+"?to="+url.QueryEscape(path), http.Header{
		askHeader: {asked}, proofHeader: {proofOf(r.Secret, "invite", asked, path)},
	})
	if err != nil {
		return "", fmt.Errorf("ask the running program for an address: %w", err)
	}
	var got invitation
	if err := json.Unmarshal(body, &got); err != nil {
		return "", fmt.Errorf("ask the running program for an address: %w", err)
	}
	if !hmac.Equal([]byte(got.Proof), []byte(proofOf(r.Secret, "invited", asked, got.Address))) || !r.isEntry(got.Address) {
		return "", fmt.Errorf("the program at %s answers with an address that is not ours", r.Addr)
	}
	return got.Address, nil
}

// isEntry tells whether an address is an entrance of the program that was asked, and nothing else.
func (r Running) isEntry(address string) bool {
	u, err := url.Parse(address)
	return err == nil && u.Scheme == "http" && u.Host == r.Addr && u.User == nil && u.Path == enterPath && u.Fragment == "" &&
		u.Query().Get("token") != ""
}

// maxAnswer is more than a running program has to say.
const maxAnswer = 4096

func (r Running) call(ctx context.Context, method, path string, headers http.Header) ([]byte, error) {
	ctx, cancel := context.WithTimeout(ctx, 2*time.Second)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, method, "http://"+r.Addr+path, http.NoBody)
	if err != nil {
		return nil, fmt.Errorf("ask %s: %w", r.Addr, err)
	}
	maps.Copy(req.Header, headers)
	client := http.Client{
		Transport:     &http.Transport{DisableKeepAlives: true}, // no proxy for our own computer
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	resp, err := client.Do(req)
	if err != nil {
		return nil, fmt.Errorf("ask %s: %w", r.Addr, err)
	}
	defer func() { _ = resp.Body.Close() }()
	if resp.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("ask %s: %s", r.Addr, resp.Status)
	}
	body, err := io.ReadAll(io.LimitReader(resp.Body, maxAnswer))
	if err != nil {
		return nil, fmt.Errorf("ask %s: %w", r.Addr, err)
	}
	return body, nil
}

// Two programs of one person talk to each other over a port that anybody on the computer may have taken. Each proves that it knows the
// secret in the private folder by answering a question that is new each time; neither ever sends it.

const (
	askHeader   = "Milstolpe-Ask"
	proofHeader = "Milstolpe-Proof"
	minQuestion = 20 // letters and digits that nobody guesses
	maxQuestion = 100
)

// alive is what the health probe answers.
type alive struct {
	Program string `json:"program"`
	Version string `json:"version"`
	ID      string `json:"id"`
	Proof   string `json:"proof,omitempty"`
}

// invitation is the answer to a program that has proven itself, with a proof of its own.
type invitation struct {
	Address string `json:"address"`
	Proof   string `json:"proof"`
}

// proofOf shows that whoever made it knows the secret, for one purpose, one question and one thing that is said with it.
func proofOf(secret, purpose, asked, said string) string {
	sum := hmac.New(sha256.New, []byte(secret))
	_, _ = sum.Write([]byte(strings.Join([]string{"milstolpe", purpose, asked, said}, "\x00")))
	return hex.EncodeToString(sum.Sum(nil))
}

func (e sessions) prove(purpose, asked, said string) string {
	return proofOf(e.secret, purpose, asked, said)
}

// proven checks a proof, which is good once.
func (e sessions) proven(proof, purpose, asked, said string) bool {
	if !hmac.Equal([]byte(proof), []byte(proofOf(e.secret, purpose, asked, said))) {
		return false
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.asked[proof] {
		return false
	}
	if len(e.asked) >= 10*maxTokens { // as many second starts as nobody makes
		clear(e.asked)
	}
	e.asked[proof] = true
	return true
}

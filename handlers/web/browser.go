package web

import (
	"errors"
	"fmt"
	"html/template"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"time"
)

// Opener opens an address in the person's browser. OpenBrowser is the real one.
type Opener func(url string) error

// OpenBrowser asks the operating system to open the address. It does not wait for the browser. Everybody on a computer can read the command
// lines of everybody's programs, and the address holds a secret, so what is opened is a file that only this user can read and that leads
// there.
func OpenBrowser(address string) error {
	return openLed(address, func(file string) *exec.Cmd {
		var name string
		var args []string
		switch runtime.GOOS {
		case "windows":
			name, args = "rundll32", []string{"url.dll,FileProtocolHandler", file}
		case "darwin":
			name, args = "open", []string{file}
		default:
			name, args = "xdg-open", []string{file}
		}
		return exec.Command(name, args...) //nolint:gosec,noctx // a fixed program, our own file, and it outlives us
	})
}

// openLed starts a program with a file that leads to an address, and takes the file away when it was read.
func openLed(address string, program func(file string) *exec.Cmd) error {
	if err := ours(address); err != nil {
		return err
	}
	file, err := leadTo(address)
	if err != nil {
		return err
	}
	cmd := program(file)
	if err := cmd.Start(); err != nil {
		_ = os.Remove(file)
		return fmt.Errorf("open the browser: %w", err)
	}
	go func() { _ = cmd.Wait() }() // so that no dead process is left behind
	time.AfterFunc(leadFor, func() { _ = os.Remove(file) })
	return nil
}

// FileURL is the address of a file on this computer.
func FileURL(path string) string {
	path = filepath.ToSlash(path)
	if !strings.HasPrefix(path, "/") {
		path = "/" + path // C:/…
	}
	return (&url.URL{Scheme: "file", Path: path}).String()
}

// ours refuses every address that is not a page of ours on this computer.
func ours(address string) error {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "http" || u.User != nil || !isLoopback(u.Host) {
		return errors.New("open the browser: the address is not one of this program")
	}
	return nil
}

// leadFor is how long a file that leads to an address stays: the browser reads it once, and the address is good once.
const leadFor = time.Minute

const leadPattern = "milstolpe-*.html"

var lead = template.Must(template.New("").Parse(`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="referrer" content="no-referrer"><title>Milstolpe</title>
<meta http-equiv="refresh" content="0;url={{.}}"></head><body><p><a href="{{.}}">Milstolpe</a></p></body></html>
`))

// leadTo writes a file that only this user can read and that leads a browser to an address.
func leadTo(address string) (path string, err error) {
	dir, mine, err := leadFolder()
	if err != nil {
		return "", fmt.Errorf("write what the browser opens: %w", err)
	}
	var old []string
	if mine {
		old, _ = filepath.Glob(filepath.Join(dir, leadPattern)) // of programs that ended before they could
	}
	for _, name := range old {
		if info, err := os.Lstat(name); err == nil && info.Mode().IsRegular() && time.Since(info.ModTime()) > leadFor { //nolint:forbidigo // as old as the file system says
			_ = os.Remove(name)
		}
	}
	f, err := os.CreateTemp(dir, leadPattern) // 0600, and never one that is there already
	if err != nil {
		return "", fmt.Errorf("write what the browser opens: %w", err)
	}
	err = lead.Execute(f, address)
	if err = errors.Join(err, f.Close()); err != nil {
		_ = os.Remove(f.Name())
		return "", fmt.Errorf("write what the browser opens: %w", err)
	}
	return f.Name(), nil
}

// leadFolder is a folder that nobody else can write to and that browsers can read, and whether it is for nothing but this. A browser from a snap sees neither temporary files nor
// hidden folders, only what lies open in the home folder.
func leadFolder() (dir string, mine bool, err error) {
	if _, err := os.Stat("/snap/bin"); err == nil && runtime.GOOS == "linux" {
		if home, err := os.UserHomeDir(); err == nil {
			return home, false, nil
		}
	}
	cache, err := os.UserCacheDir()
	if err != nil {
		return "", false, err
	}
	dir = filepath.Join(cache, "milstolpe")
	return dir, true, os.MkdirAll(dir, 0o700)
}

// OpenBrowser opens the page at path in the browser, if there is a way to.
func (s *Server) OpenBrowser(path string) error {
	if s.Config.Open == nil {
		return nil
	}
	return s.Config.Open(s.EntryURL(path))
}

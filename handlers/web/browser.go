package web

import (
	"fmt"
	"os/exec"
	"runtime"
)

// Opener opens an address in the person's browser. OpenBrowser is the real one.
type Opener func(url string) error

// OpenBrowser asks the operating system to open the address. It does not wait for the browser.
func OpenBrowser(url string) error {
	var name string
	var args []string
	switch runtime.GOOS {
	case "windows":
		name, args = "rundll32", []string{"url.dll,FileProtocolHandler", url}
	case "darwin":
		name, args = "open", []string{url}
	default:
		name, args = "xdg-open", []string{url}
	}
	cmd := exec.Command(name, args...) //nolint:gosec,noctx // a fixed program, our own address, and it outlives us
	if err := cmd.Start(); err != nil {
		return fmt.Errorf("open the browser: %w", err)
	}
	go func() { _ = cmd.Wait() }() // so that no dead process is left behind
	return nil
}

// OpenBrowser opens the page at path in the browser, if there is a way to.
func (s *Server) OpenBrowser(path string) error {
	if s.Config.Open == nil {
		return nil
	}
	return s.Config.Open(s.EntryURL(path))
}

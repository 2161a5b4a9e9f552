package web

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
)

// OpenWindow opens the address in a window without tabs and address bar, with a browser that has such windows. Where none is found it answers
// with ErrNoWindow. The address is led to by a file, as OpenBrowser does it.
func OpenWindow(address string) error {
	browser, ok := FindWindowBrowser(runtime.GOOS, os.Getenv, isProgram)
	if !ok {
		return ErrNoWindow
	}
	return openLed(address, func(file string) *exec.Cmd {
		return exec.Command(browser, "--app="+FileURL(file)) //nolint:gosec,noctx // a browser from a fixed place, our own file, and it outlives us
	})
}

// ErrNoWindow says that no browser was found that opens windows of their own.
var ErrNoWindow = errors.New("no browser that opens windows of their own")

// FindWindowBrowser is the program of a browser that knows --app: Edge, Chrome and their kin. On Windows and macOS they lie in known places, on
// other systems on the path.
func FindWindowBrowser(system string, env func(string) string, there func(string) (string, bool)) (path string, ok bool) {
	for _, candidate := range windowBrowsers(system, env) {
		if path, ok := there(candidate); ok {
			return path, true
		}
	}
	return "", false
}

// windowBrowsers are the places to look in, the browser that comes with the system first.
func windowBrowsers(system string, env func(string) string) (list []string) {
	switch system {
	case "windows":
		for _, program := range []string{`Microsoft\Edge\Application\msedge.exe`, `Google\Chrome\Application\chrome.exe`, `BraveSoftware\Brave-Browser\Application\brave.exe`} {
			for _, root := range []string{"ProgramFiles(x86)", "ProgramFiles", "LocalAppData"} {
				if dir := env(root); dir != "" {
					list = append(list, dir+`\`+program)
				}
			}
		}
	case "darwin":
		for _, app := range []string{"Google Chrome", "Microsoft Edge", "Brave Browser", "Chromium"} {
			for _, root := range []string{"", env("HOME")} {
				list = append(list, filepath.Join(root, "/Applications", app+".app", "Contents/MacOS", app))
			}
		}
	default:
		list = []string{"microsoft-edge", "google-chrome", "google-chrome-stable", "chromium", "chromium-browser", "brave-browser"}
	}
	return list
}

// isProgram looks for a program at a path, or by its name.
func isProgram(name string) (path string, ok bool) {
	path, err := exec.LookPath(name)
	return path, err == nil
}

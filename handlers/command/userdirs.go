package command

import (
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"time"
)

// documents is where this user keeps documents; the home folder where nothing else is known.
func documents() string {
	if dir := systemDocuments(); dir != "" {
		return dir
	}
	home, err := os.UserHomeDir()
	if err != nil {
		return ""
	}
	if dir := userDir(home, "DOCUMENTS"); isFolder(dir) {
		return dir
	}
	if dir := filepath.Join(home, "Documents"); isFolder(dir) {
		return dir
	}
	return home
}

// searchFolders are where files of ours are looked for: documents, desktop, downloads, and what synchronises itself.
func searchFolders() []string {
	home, err := os.UserHomeDir()
	if err != nil {
		return nil
	}
	candidates := []string{
		documents(), userDir(home, "DESKTOP"), filepath.Join(home, "Desktop"), userDir(home, "DOWNLOAD"), filepath.Join(home, "Downloads"),
		os.Getenv("OneDriveCommercial"), os.Getenv("OneDrive"), filepath.Join(home, "OneDrive"), filepath.Join(home, "Dropbox"),
		filepath.Join(home, "Nextcloud"), filepath.Join(home, "Sync"), home,
	}
	synced, _ := filepath.Glob(filepath.Join(home, "OneDrive - *"))
	cloud, _ := filepath.Glob(filepath.Join(home, "Library", "CloudStorage", "*"))
	var found []string
	seen := map[string]bool{}
	for _, dir := range append(append(candidates, synced...), cloud...) {
		if dir != "" && !seen[dir] && isFolder(dir) {
			seen[dir] = true
			found = append(found, dir)
		}
	}
	return found
}

func isFolder(dir string) bool {
	info, err := os.Stat(dir)
	return dir != "" && err == nil && info.IsDir()
}

// userDir is a folder that the desktop of a Linux computer knows by another name in every language: Dokument, Skrivbord.
func userDir(home, name string) string {
	config := os.Getenv("XDG_CONFIG_HOME")
	if config == "" {
		config = filepath.Join(home, ".config")
	}
	text, err := os.ReadFile(filepath.Join(config, "user-dirs.dirs"))
	if err != nil {
		return ""
	}
	for line := range strings.Lines(string(text)) {
		if value, ok := strings.CutPrefix(strings.TrimSpace(line), "XDG_"+name+"_DIR="); ok {
			return strings.Replace(strings.Trim(value, `"`), "$HOME", home, 1)
		}
	}
	return ""
}

// timeZone is the name of this computer's time zone; Swedish time where the computer does not tell.
func timeZone() string {
	candidates := []string{os.Getenv("TZ"), time.Local.String()}
	if runtime.GOOS != "windows" {
		if link, err := os.Readlink("/etc/localtime"); err == nil {
			_, name, _ := strings.Cut(filepath.ToSlash(link), "zoneinfo/")
			candidates = append(candidates, name)
		}
	}
	for _, name := range candidates {
		if _, err := time.LoadLocation(name); err == nil && strings.Contains(name, "/") {
			return name
		}
	}
	return "Europe/Stockholm"
}

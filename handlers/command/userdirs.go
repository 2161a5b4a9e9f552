package command

import (
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"github.com/adrg/xdg"
)

// documents is where this user keeps documents; the home folder where nothing else is known.
func documents() string {
	if isFolder(xdg.UserDirs.Documents) {
		return xdg.UserDirs.Documents
	}
	home, err := os.UserHomeDir()
	if err != nil {
		return ""
	}
	return home
}

// searchFolders are where files of ours are looked for: documents, desktop, downloads, and what synchronises itself.
func searchFolders() []string {
	home, err := os.UserHomeDir()
	if err != nil {
		return nil
	}
	return present(append([]string{documents(), xdg.UserDirs.Desktop, xdg.UserDirs.Download}, append(syncedFolders(), home)...))
}

// syncedFolders are those that a sync program keeps the same on several computers.
func syncedFolders() []string {
	home, err := os.UserHomeDir()
	if err != nil {
		return nil
	}
	folders := []string{
		os.Getenv("OneDriveCommercial"), os.Getenv("OneDrive"), filepath.Join(home, "OneDrive"), filepath.Join(home, "Dropbox"),
		filepath.Join(home, "Nextcloud"), filepath.Join(home, "Sync"),
	}
	synced, _ := filepath.Glob(filepath.Join(home, "OneDrive - *"))
	cloud, _ := filepath.Glob(filepath.Join(home, "Library", "CloudStorage", "*"))
	return present(append(append(folders, synced...), cloud...))
}

// present are the folders that are there, each once.
func present(candidates []string) (found []string) {
	seen := map[string]bool{}
	for _, dir := range candidates {
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

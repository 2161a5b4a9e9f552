package db

import (
	"os"
	"slices"
	"strings"
	"time"
)

// Recent is a file that was opened on this computer and is still there.
type Recent struct {
	Path string
	Used time.Time // when something was last written to its working copy
}

// RecentFiles are the files that were opened with this state folder, latest first.
func RecentFiles(stateDir string) []Recent {
	var list []Recent
	for _, h := range allHomes(stateDir) {
		a, err := h.about()
		if err != nil {
			continue
		}
		copied, err := os.Stat(h.database())
		if err != nil {
			continue
		}
		if !IsServer(a.Path) && !mayBeThere(a.Path) {
			continue
		}
		if same := slices.IndexFunc(list, func(r Recent) bool { return r.Path == a.Path }); same >= 0 { // two datasets had that name
			list = slices.Delete(list, same, same+1)
		}
		list = append(list, Recent{Path: a.Path, Used: copied.ModTime()})
	}
	slices.SortFunc(list, func(a, b Recent) int {
		if c := b.Used.Compare(a.Used); c != 0 {
			return c
		}
		return strings.Compare(a.Path, b.Path)
	})
	return list
}

// mayBeThere tells that there is a file, or that nobody can say because its folder keeps silent.
func mayBeThere(path string) bool {
	if Answers(path) != nil {
		return true
	}
	info, err := os.Stat(path)
	return err == nil && info.Mode().IsRegular()
}

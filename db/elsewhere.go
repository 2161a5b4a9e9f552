package db

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	bolt "go.etcd.io/bbolt"
)

// Elsewhere is a file with the dataset of one that is gone: the same one under another name or in another folder, or a copy of it.
type Elsewhere struct {
	Path string
	Same bool // nobody has written it since we last saw it where it was
	By   string
	At   time.Time // when it was written
}

// Elsewhere looks where the shared file may have gone to, the likeliest place first: beside it, a folder deeper or higher, and in the
// folders that are given.
func (w *File) Elsewhere(folders []string) []Elsewhere {
	w.stateMu.RLock()
	s := search{path: w.path, publications: map[string]string{w.dataset: w.state.Publication}}
	w.stateMu.RUnlock()
	return s.in(folders)
}

// FindMoved is Elsewhere for a file that was opened on this computer once and is not open.
func FindMoved(path string, folders []string, o Options) []Elsewhere {
	path, _ = absolute(path)
	if path == "" || IsServer(path) {
		return nil
	}
	s := search{path: path, publications: map[string]string{}}
	for _, h := range copiesOf(o.StateDir, path) {
		if a, err := h.about(); err == nil {
			s.publications[a.Dataset] = lastPublication(h)
		}
	}
	return s.in(folders)
}

// lastPublication is which writing of the shared file was last seen; empty where the working copy does not tell.
func lastPublication(h copyDir) string {
	if _, err := preflight(h.database(), false); err != nil {
		return ""
	}
	s, err := openWithin(100*time.Millisecond, h.database(), true)
	if err != nil {
		return ""
	}
	var state sharedState
	err = s.view(func(tx *bolt.Tx) error { return readCopy(tx, seenKey, &state) })
	if errors.Join(err, s.close()) != nil {
		return ""
	}
	return state.Publication
}

// search looks for a file that is not at its path.
type search struct {
	path         string
	publications map[string]string // by dataset, which writing of it was last seen
}

// mostFiles bounds how many files are looked into: somebody waits for the answer.
const mostFiles = 200

func (s search) in(folders []string) (found []Elsewhere) {
	if len(s.publications) == 0 {
		return nil
	}
	result := make(chan []Elsewhere, 1)
	_ = within(folderFor, s.path, func() error {
		var list []Elsewhere
		for _, path := range s.candidates(folders) {
			m, err := peekManifest(path)
			publication, known := s.publications[m.Dataset]
			if err == nil && known {
				list = append(list, Elsewhere{Path: path, Same: publication != "" && m.Publication == publication, By: m.By, At: m.At})
			}
		}
		result <- list
		return nil
	})
	select {
	case found = <-result:
	default: // a folder that does not answer has nothing in it
	}
	slices.SortStableFunc(found, func(a, b Elsewhere) int {
		switch {
		case a.Same == b.Same:
			return b.At.Compare(a.At)
		case a.Same:
			return -1
		}
		return 1
	})
	return found
}

// candidates are files that are called as ours are, or as the one that is gone.
func (s search) candidates(folders []string) []string {
	dir := filepath.Dir(s.path)
	found := namesakes{ending: filepath.Ext(s.path), seen: map[string]bool{s.path: true}}
	for _, folder := range append([]string{dir, filepath.Dir(dir)}, folders...) {
		for _, inside := range found.add(folder) {
			if inside != dir {
				found.add(inside)
			}
		}
	}
	return found.paths
}

// namesakes are files with the ending of ours, each once.
type namesakes struct {
	ending string
	seen   map[string]bool
	paths  []string
}

// add looks into a folder and answers with the folders in it. One that cannot be read has nothing in it.
func (n *namesakes) add(folder string) (inside []string) {
	if Answers(filepath.Join(folder, n.ending)) != nil {
		return nil
	}
	entries, err := os.ReadDir(folder)
	if err != nil {
		return nil
	}
	for _, e := range entries {
		if !e.Type().IsRegular() || !strings.EqualFold(filepath.Ext(e.Name()), n.ending) || isTemp(e.Name()) || len(n.paths) == mostFiles {
			continue
		}
		if path := realPath(filepath.Join(folder, e.Name())); !n.seen[path] {
			n.seen[path] = true
			n.paths = append(n.paths, path)
		}
	}
	return foldersIn(folder, entries)
}

// realPath is where a file really lies; the path itself where that cannot be told.
func realPath(path string) string {
	if real, err := absolute(path); err == nil {
		return real
	}
	return path
}

// foldersIn are the folders among the first entries of a folder, without hidden ones.
func foldersIn(folder string, entries []fs.DirEntry) (paths []string) {
	for _, e := range entries[:min(len(entries), mostFiles)] {
		if e.IsDir() && !strings.HasPrefix(e.Name(), ".") {
			paths = append(paths, filepath.Join(folder, e.Name()))
		}
	}
	return paths
}

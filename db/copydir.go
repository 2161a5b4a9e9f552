package db

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"milstolpe/db/postgres"
)

// copyDir is the private folder of one working copy. There is one for each dataset and path, so that looking at June's mailed file
// changes nothing in today's.
type copyDir struct{ dir string }

// copyInfo is what a home says about itself, in a small file that can be read while the working copy is in use.
type copyInfo struct {
	Dataset string `json:"dataset"`
	Path    string `json:"path"`
}

const copiesFolder = "copies"

func homeFor(stateDir, path, dataset string) copyDir {
	return copyDir{filepath.Join(stateDir, copiesFolder, short(path)+"-"+short(dataset))}
}

// copiesOf are the homes of all datasets that were ever opened at the path.
func copiesOf(stateDir, path string) []copyDir {
	found, _ := filepath.Glob(filepath.Join(stateDir, copiesFolder, short(path)+"-*"))
	return homes(found)
}

// allHomes are the homes of every working copy on this computer.
func allHomes(stateDir string) []copyDir {
	found, _ := filepath.Glob(filepath.Join(stateDir, copiesFolder, "*"))
	return homes(found)
}

func homes(dirs []string) []copyDir {
	var list []copyDir
	for _, dir := range dirs {
		h := copyDir{dir}
		if _, err := h.about(); err == nil {
			list = append(list, h)
		}
	}
	return list
}

func short(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:8])
}

func (h copyDir) database() string { return filepath.Join(h.dir, "working.db") }
func (h copyDir) backups() string  { return filepath.Join(h.dir, "backups") }

const reachSuffix = ".reach"

// reach lies beside the folder, so that it is still there when somebody has emptied that.
func (h copyDir) reach() string {
	path, before := h.dir+reachSuffix, filepath.Join(h.dir, "reach")
	if _, err := os.Stat(path); err != nil {
		_ = os.Rename(before, path) // where it lay once
	}
	return path
}

func (h copyDir) about() (a copyInfo, err error) {
	b, err := readPlain(filepath.Join(h.dir, "about.json"))
	if err != nil {
		return a, err
	}
	if err := json.Unmarshal(b, &a); err != nil {
		return a, fmt.Errorf("read %s: %w", h.dir, err)
	}
	return a, nil
}

// make prepares the folder, readable by this user alone.
func (h copyDir) make(a copyInfo) error {
	if err := os.MkdirAll(h.dir, 0o700); err != nil {
		return writeError(h.dir, err)
	}
	if have, err := h.about(); err == nil && have == a {
		return nil
	}
	b, err := json.Marshal(a)
	if err != nil {
		return err
	}
	return writeError(h.dir, ReplaceFile(filepath.Join(h.dir, "about.json"), b))
}

// ReplaceFile writes a small file, which only this user can read, so that a reader sees the old content or the new, never a part.
func ReplaceFile(path string, content []byte) error {
	f, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+"-*")
	if err != nil {
		return err
	}
	_, err = f.Write(content)
	if cerr := f.Close(); err == nil {
		err = cerr
	}
	if err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		_ = os.Remove(f.Name())
	}
	return err
}

// filled tells whether there is a working copy in the home.
func (h copyDir) filled() bool {
	_, err := h.about()
	info, serr := os.Stat(h.database())
	return err == nil && serr == nil && info.Size() > 0
}

// isTemp tells a temporary file of ours by its name.
func isTemp(name string) bool {
	return strings.HasPrefix(name, ".~") && strings.HasSuffix(name, ".tmp")
}

// staleAfter is when a temporary file beside a shared file was left behind by a program that died, and is not being written any more.
const staleAfter = time.Hour

// removeStale removes what programs that died have left beside the shared file. One that died while two files changed places has left
// somebody else's: that is taken in first, and stays when it cannot be.
func (w *File) removeStale(ctx context.Context) {
	dir, prefix := filepath.Dir(w.path), ".~"+filepath.Base(w.path)+"."
	entries, _ := os.ReadDir(dir)
	for _, e := range entries {
		if !isTemp(e.Name()) || !strings.HasPrefix(e.Name(), prefix) || !e.Type().IsRegular() {
			continue
		}
		path := filepath.Join(dir, e.Name())
		if info, err := e.Info(); err != nil || w.options.Clock().Sub(info.ModTime()) <= staleAfter {
			continue
		}
		tag := strings.TrimSuffix(strings.TrimPrefix(e.Name(), prefix), ".tmp")
		if m, err := peekManifest(path); err == nil && m.Publication != tag {
			in, _, err := w.mergeFile(ctx, path, false)
			if err != nil {
				w.options.Log.Warn("take in a file that was left behind", "path", path, "error", err)
				continue
			}
			w.tell(in)
		}
		_ = os.Remove(path)
	}
}

// absolute is the path by which a shared file is known: links are followed, so that writing it replaces the file and not the link. Where
// its folder keeps silent there are both, the path as it was given and the error.
func absolute(path string) (string, error) {
	if strings.TrimSpace(path) == "" || strings.ContainsRune(path, 0) {
		return "", statError(path, os.ErrNotExist)
	}
	if IsServer(path) {
		a, err := postgres.ParseAddress(path)
		return a.String(), err
	}
	abs, err := filepath.Abs(path)
	if err != nil {
		return "", statError(path, err)
	}
	if err := answersAtAll(abs); err != nil {
		return abs, err
	}
	if real, err := filepath.EvalSymlinks(abs); err == nil {
		return real, nil
	}
	if dir, err := filepath.EvalSymlinks(filepath.Dir(abs)); err == nil { // the file may not exist, or not any more
		return filepath.Join(dir, filepath.Base(abs)), nil
	}
	return abs, nil
}

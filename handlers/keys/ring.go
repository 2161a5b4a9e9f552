package keys

import (
	"cmp"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"

	"milstolpe/db"
	"milstolpe/process"
)

// Ring is the keys that were made on this computer, in the program's private folder.
type Ring struct{ StateDir string }

// Key is what is kept of a key.
type Key struct {
	ID      string    `json:"id"`
	Name    string    `json:"name"`
	File    string    `json:"file"` // what the file was called when the key was made
	Dataset string    `json:"dataset"`
	Hash    string    `json:"hash"` // SHA-256 of the whole key, which is 130 random bits and more
	Made    time.Time `json:"made"`

	Used time.Time `json:"-"` // zero: never
}

const (
	folder   = "keys"
	keyEnd   = ".json"
	usedEnd  = ".used"
	opening  = "milstolpe_" // tells people, and programs that look for secrets, what they have found
	idLength = 8
	mostKeys = 50

	// noteUse is how exactly it is known when a key was last used.
	noteUse = time.Minute
)

var idForm = regexp.MustCompile(`^[a-z2-7]{8}$`)

func (r Ring) path(id, end string) string { return filepath.Join(r.StateDir, folder, id+end) }

// Make makes a key for a team's dataset, and answers with the only copy of it.
func (r Ring) Make(name, file, dataset string, now time.Time) (key, id string, err error) {
	all, err := r.List()
	if err != nil {
		return "", "", err
	}
	for _, k := range all {
		if process.FoldName(k.Name) == process.FoldName(name) {
			return "", "", process.Wrong("name", "keys.name_taken", k.Name)
		}
	}
	if len(all) >= mostKeys {
		return "", "", process.Wrong("name", "keys.too_many", mostKeys)
	}
	id = strings.ToLower(rand.Text()[:idLength])
	key = opening + id + "_" + rand.Text()
	text, err := json.Marshal(Key{ID: id, Name: name, File: file, Dataset: dataset, Hash: hashOf(key), Made: now.UTC()})
	if err != nil {
		return "", "", fmt.Errorf("make a key: %w", err)
	}
	if err := os.MkdirAll(filepath.Join(r.StateDir, folder), 0o700); err != nil {
		return "", "", fmt.Errorf("make a key: %w", err)
	}
	return key, id, db.ReplaceFile(r.path(id, keyEnd), text)
}

func hashOf(key string) string {
	sum := sha256.Sum256([]byte(key))
	return hex.EncodeToString(sum[:])
}

// Opens tells for which dataset a key is good, and notes that it was used. Keys are read anew each time, so one that is revoked, by whichever
// program, opens nothing from then on.
func (r Ring) Opens(key string, now time.Time) (dataset string, ok bool) {
	rest, ours := strings.CutPrefix(key, opening)
	id, _, parted := strings.Cut(rest, "_")
	if !ours || !parted || !idForm.MatchString(id) {
		return "", false
	}
	kept, err := r.read(id)
	if err != nil || subtle.ConstantTimeCompare([]byte(hashOf(key)), []byte(kept.Hash)) != 1 {
		return "", false
	}
	if now.Sub(kept.Used) >= noteUse {
		_ = db.ReplaceFile(r.path(id, usedEnd), []byte(now.UTC().Format(time.RFC3339))) // not knowing it is no reason to refuse
	}
	return kept.Dataset, true
}

func (r Ring) read(id string) (k Key, err error) {
	text, err := os.ReadFile(r.path(id, keyEnd))
	if err != nil {
		return k, err
	}
	if err := json.Unmarshal(text, &k); err != nil || k.ID != id {
		return k, errors.Join(err, fmt.Errorf("read the key %s", id))
	}
	if used, err := os.ReadFile(r.path(id, usedEnd)); err == nil {
		k.Used, _ = time.Parse(time.RFC3339, string(used)) // what cannot be read was never
	}
	return k, nil
}

// List is all keys, in the order in which they were made. What cannot be read opens nothing and is left out.
func (r Ring) List() (list []Key, err error) {
	found, err := os.ReadDir(filepath.Join(r.StateDir, folder))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("list the keys: %w", err)
	}
	for _, f := range found {
		id, ours := strings.CutSuffix(f.Name(), keyEnd)
		if !ours || !idForm.MatchString(id) {
			continue
		}
		if k, err := r.read(id); err == nil {
			list = append(list, k)
		}
	}
	slices.SortFunc(list, func(a, b Key) int { return cmp.Or(a.Made.Compare(b.Made), cmp.Compare(a.ID, b.ID)) })
	return list, nil
}

// Revoke makes a key open nothing any more, from now on.
func (r Ring) Revoke(id string) (k Key, err error) {
	if !idForm.MatchString(id) {
		return k, process.Missing("keys.no_such")
	}
	if k, err = r.read(id); errors.Is(err, fs.ErrNotExist) {
		return k, process.Missing("keys.no_such")
	}
	if err := os.Remove(r.path(id, keyEnd)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return k, fmt.Errorf("revoke a key: %w", err)
	}
	_ = os.Remove(r.path(id, usedEnd)) // without the key it means nothing
	return k, nil
}

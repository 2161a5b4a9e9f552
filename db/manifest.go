package db

import (
	"encoding/hex"
	"encoding/json"
	"fmt"
	"time"

	"milstolpe/process"
)

// Manifest says what a shared file holds, so that a reader can tell whether it has all of it.
type Manifest struct {
	Dataset string
	Format  int
	Events  int
	Keys    SetHash
	Erased  int
	Gone    SetHash // over the keys of erased events
	Writers map[process.Writer]uint32
	// Missing is how many events of a writer are known to be lost, for a file that was put together from a damaged one.
	Missing map[process.Writer]uint32

	// Moved is the address of the server that the team has moved to; empty while it lives in this file.
	Moved string

	Publication         string // random, new each time the file is written
	By, Computer, Wrote string // person, computer, version of the program
	At                  time.Time
}

// manifestJSON is the manifest as it is written.
type manifestJSON struct {
	Dataset     string            `json:"dataset"`
	Format      int               `json:"format"`
	Events      int               `json:"events"`
	Keys        SetHash           `json:"keys"`
	Erased      int               `json:"erased,omitempty"`
	Gone        SetHash           `json:"gone"`
	Publication string            `json:"publication"`
	By          string            `json:"by"`
	Computer    string            `json:"computer,omitempty"`
	Version     string            `json:"version,omitempty"`
	At          time.Time         `json:"at"`
	Writers     map[string]uint32 `json:"writers"`
	Missing     map[string]uint32 `json:"missing,omitempty"`
	Moved       string            `json:"moved,omitempty"`
}

// The body of a sealed manifest is JSON.
const (
	manifestMagic   = "\xa7MSm"
	manifestVersion = 1
)

func (t *setSummary) manifest() Manifest {
	m := Manifest{
		Format: FormatVersion, Events: t.events, Keys: t.keys, Erased: t.erased, Gone: t.gone,
		Writers: make(map[process.Writer]uint32, len(t.writers)), Missing: map[process.Writer]uint32{},
	}
	for w, s := range t.writers {
		m.Writers[w] = s.last
		if s.count < s.last {
			m.Missing[w] = s.last - s.count
		}
	}
	return m
}

// fits tells whether a set of events is the one that the manifest speaks of.
func (m Manifest) fits(t *setSummary) bool {
	want := t.manifest()
	if m.Events != want.Events || m.Keys != want.Keys || m.Erased != want.Erased || m.Gone != want.Gone || len(m.Writers) != len(want.Writers) {
		return false
	}
	for w, last := range want.Writers {
		if m.Writers[w] != last || m.Missing[w] != want.Missing[w] {
			return false
		}
	}
	return true
}

func (m Manifest) encode() ([]byte, error) {
	body, err := json.Marshal(manifestJSON{
		Dataset: m.Dataset, Format: m.Format, Events: m.Events, Keys: m.Keys, Erased: m.Erased, Gone: m.Gone,
		Publication: m.Publication, By: m.By, Computer: m.Computer, Version: m.Wrote, At: m.At.UTC().Truncate(time.Second),
		Writers: hexKeys(m.Writers), Missing: hexKeys(m.Missing), Moved: m.Moved,
	})
	if err != nil {
		return nil, fmt.Errorf("write the manifest: %w", err)
	}
	b := append(make([]byte, sealHead, sealHead+len(body)), body...)
	seal(b, manifestMagic, manifestVersion)
	return b, nil
}

func decodeManifest(b []byte) (Manifest, error) {
	m, n, err := scanManifest(b)
	if err == nil && n != len(b) {
		err = fmt.Errorf("the manifest has %d bytes after its end", len(b)-n)
	}
	return m, err
}

// scanManifest reads the manifest at the beginning of b and tells how long it is.
func scanManifest(b []byte) (m Manifest, n int, err error) {
	_, body, n, err := unseal(b, manifestMagic)
	if err != nil {
		return m, 0, fmt.Errorf("the manifest: %w", err)
	}
	var j manifestJSON
	if err := json.Unmarshal(body, &j); err != nil {
		return m, 0, fmt.Errorf("read the manifest: %w", err)
	}
	m = Manifest{
		Dataset: j.Dataset, Format: j.Format, Events: j.Events, Keys: j.Keys, Erased: j.Erased, Gone: j.Gone,
		Publication: j.Publication, By: j.By, Computer: j.Computer, Wrote: j.Version, At: j.At, Moved: j.Moved,
	}
	if m.Writers, err = writerKeys(j.Writers); err != nil {
		return m, 0, err
	}
	m.Missing, err = writerKeys(j.Missing)
	return m, n, err
}

func hexKeys(m map[process.Writer]uint32) map[string]uint32 {
	out := make(map[string]uint32, len(m))
	for w, n := range m {
		out[hex.EncodeToString(w[:])] = n
	}
	return out
}

func writerKeys(m map[string]uint32) (map[process.Writer]uint32, error) {
	out := make(map[process.Writer]uint32, len(m))
	for text, n := range m {
		b, err := hex.DecodeString(text)
		if err != nil || len(b) != len(process.Writer{}) {
			return nil, fmt.Errorf("the manifest names a writer %q", text)
		}
		out[process.Writer(b)] = n
	}
	return out, nil
}

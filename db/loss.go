package db

import (
	"encoding/hex"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"time"

	"milstolpe/process"
	"milstolpe/process/hlc"
)

// Loss is that changes were acknowledged here and are nowhere any more: the working copy was emptied, replaced, or rolled back by a bad
// disk before they were in the shared file. It is told until somebody has seen it.
type Loss struct {
	Events   int
	Gap      Gap       // which they were
	LastSave time.Time // when the last of them was saved, as far as is known
	Person   string    // whose run of the program they were recorded in; empty where nothing of that run is left
	Began    time.Time // when the run began recording; zero where nothing of it is left
}

// lossNote is a loss in the private folder.
type lossNote struct {
	Writer   string    `json:"writer"`
	From     uint32    `json:"from"`
	To       uint32    `json:"to"`
	LastSave time.Time `json:"last_save"`
}

func (h copyDir) losses() string { return filepath.Join(h.dir, "lost.json") }

func readLosses(path string) (notes []lossNote) {
	b, err := readPlain(path)
	if err != nil || json.Unmarshal(b, &notes) != nil {
		return nil
	}
	return notes
}

func noteOf(g Gap, lastSave time.Time) lossNote {
	return lossNote{hex.EncodeToString(g.Writer[:]), g.From, g.To, lastSave.UTC()}
}

// firstsOf finds the first event of each writer among events in the order of their keys.
func firstsOf(list []Record) map[process.Writer]process.EventID {
	firsts := map[process.Writer]process.EventID{}
	for _, r := range list {
		if _, ok := firsts[r.ID.Writer()]; !ok {
			firsts[r.ID.Writer()] = r.ID
		}
	}
	return firsts
}

func (n lossNote) gap() (g Gap, ok bool) {
	b, err := hex.DecodeString(n.Writer)
	if err != nil || len(b) != len(g.Writer) || n.From == 0 || n.To < n.From {
		return g, false
	}
	return Gap{Writer: process.Writer(b), From: n.From, To: n.To}, true
}

// noteLosses remembers what is lost until somebody has seen it.
func (h copyDir) noteLosses(gaps []Gap, lastSave time.Time) error {
	if len(gaps) == 0 {
		return nil
	}
	notes := readLosses(h.losses())
	for _, g := range gaps {
		note := noteOf(g, lastSave)
		same := func(n lossNote) bool { return n.Writer == note.Writer && n.From <= note.From && n.To >= note.To }
		if !slices.ContainsFunc(notes, same) {
			notes = append(notes, note)
		}
	}
	b, err := json.Marshal(notes)
	if err != nil {
		return err
	}
	return ReplaceFile(h.losses(), b)
}

// Losses are the changes that were saved here and are lost, and that nobody has confirmed to have seen. What has come back since, with a
// colleague's copy, is not lost.
func (w *File) Losses() []Loss {
	w.stateMu.RLock()
	defer w.stateMu.RUnlock()
	return w.losses()
}

func (w *File) losses() (list []Loss) {
	for _, n := range w.lost {
		g, ok := n.gap()
		if !ok {
			continue
		}
		have := w.summary.writers[g.Writer]
		if have.last >= g.To && have.count == have.last {
			continue
		}
		l := Loss{Events: g.Len(), Gap: g, LastSave: n.LastSave}
		if hello, ok := w.firsts[g.Writer]; ok {
			l.Person, l.Began = w.team.RecordedBy(hello), hlc.Stamp(hello.Clock()).Time()
		}
		list = append(list, l)
	}
	return list
}

// ConfirmLosses says that somebody has seen what is lost.
func (w *File) ConfirmLosses() error {
	w.stateMu.Lock()
	w.lost = nil
	w.stateMu.Unlock()
	w.revision.Add(1)
	if w.copyDir.dir == "" {
		return nil
	}
	if err := os.Remove(w.copyDir.losses()); err != nil && !os.IsNotExist(err) {
		return writeError(w.copyDir.losses(), err)
	}
	return nil
}

// tellLosses notes gaps and has them told from now on. The caller holds writeMu, or is the only one who knows of w.
func (w *File) tellLosses(gaps []Gap, lastSave time.Time) {
	if err := w.copyDir.noteLosses(gaps, lastSave); err != nil {
		w.options.Log.Error("remember what is lost", "path", w.path, "error", err)
	}
	notes := readLosses(w.copyDir.losses())
	if len(notes) == 0 && len(gaps) > 0 { // they could not be written down
		for _, g := range gaps {
			notes = append(notes, noteOf(g, lastSave))
		}
	}
	if len(notes) == 0 {
		return
	}
	var ids []Record
	if err := w.Records(func(r Record) error { ids = append(ids, Record{ID: r.ID}); return nil }); err != nil {
		w.options.Log.Warn("find out whose changes are lost", "error", err)
	}
	firsts := firstsOf(ids)
	w.stateMu.Lock()
	w.lost, w.firsts = notes, firsts
	w.stateMu.Unlock()
	w.revision.Add(1)
}

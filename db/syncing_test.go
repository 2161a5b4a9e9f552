package db_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"milstolpe/db"
	"milstolpe/process"
)

// version is a file as the sync program holds it.
type version struct {
	n       int // rises with every change; 0 means that there is none
	content string
}

// sync is what a sync program does between a computer's folder and the cloud, file by file: the newer one wins when only one side has
// changed; when both have, the computer's becomes a conflict copy.
func (w *world) sync(c *computer) {
	if w.shared {
		return
	}
	names := map[string]bool{}
	for name := range w.cloud {
		names[name] = true
	}
	entries, err := os.ReadDir(c.dir)
	if err != nil {
		w.t.Fatal(err)
	}
	for _, e := range entries {
		if !strings.HasPrefix(e.Name(), ".~") {
			names[e.Name()] = true
		}
	}
	for name := range names {
		w.syncFile(c, name)
	}
}

func (w *world) syncFile(c *computer, name string) {
	path := filepath.Join(c.dir, name)
	b, err := os.ReadFile(path)
	here, there := err == nil, w.cloud[name]
	changedHere := here != (c.known[name].content != "") || here && string(b) != c.known[name].content
	changedThere := there.n != c.known[name].n
	switch {
	case changedHere && changedThere && here && there.content != "" && string(b) != there.content:
		w.conflicts++
		second := fmt.Sprintf("Sales (%s's conflicted copy %d).milstolpe", c.name, w.conflicts)
		write(w.t, filepath.Join(c.dir, second), b)
		w.download(c, name, there)
	case changedHere && here:
		w.cloud[name] = version{there.n + 1, string(b)}
		c.known[name] = w.cloud[name]
	case changedThere && there.content != "":
		w.download(c, name, there)
	case changedHere: // deleted here, and nobody has changed it since
		w.cloud[name] = version{n: there.n + 1}
		c.known[name] = w.cloud[name]
	case changedThere: // deleted elsewhere
		_ = os.Remove(path)
		c.known[name] = there
	}
}

func (w *world) download(c *computer, name string, v version) {
	path := filepath.Join(c.dir, name)
	if w.r.IntN(2) == 0 {
		write(w.t, path, []byte(v.content)) // in place
	} else {
		write(w.t, path+".download", []byte(v.content))
		if err := os.Rename(path+".download", path); err != nil {
			w.t.Fatal(err)
		}
	}
	c.known[name] = v
}

func (w *world) syncAll() {
	for _, c := range w.computers {
		w.sync(c)
	}
}

// unlessGone takes it for no fault that the shared file was deleted: what was recorded waits until somebody decides.
func unlessGone(err error) error {
	if process.KindOf(err) == process.NotFound {
		return nil
	}
	return err
}

// publish publishes. Where the file was deleted, whoever notices may decide that it is put back.
func (w *world) publish(c *computer, file *db.File, putsBack bool) {
	err := file.Publish(w.t.Context())
	if process.KindOf(err) == process.NotFound && putsBack {
		err = file.PutBack(w.t.Context())
	}
	w.try(c, "publish", unlessGone(err))
}

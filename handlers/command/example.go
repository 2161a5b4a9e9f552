package command

import (
	"fmt"
	"os"
	"path/filepath"
	"time"

	"milstolpe/db"
	"milstolpe/handlers/i18n"
	"milstolpe/process"
	"milstolpe/process/example"
)

const (
	examplesFolder = "examples"
	examplePrefix  = "milstolpe-example-"
)

// freshExample is how long the folder of an example is left alone, whatever it looks like: its program may be about to open it.
const freshExample = 10 * time.Minute

// sweep removes the folders of examples whose program was killed.
func (s *session) sweep(parent string) {
	found, _ := filepath.Glob(filepath.Join(parent, examplePrefix+"*"))
	for _, dir := range found {
		info, err := os.Lstat(dir)
		if err != nil || !info.IsDir() || s.Clock().Sub(info.ModTime()) < freshExample || !db.IsAbandoned(dir) {
			continue
		}
		if err := os.RemoveAll(dir); err != nil {
			s.Log.Warn("remove the folder of an example", "path", dir, "error", err)
		}
	}
}

// example makes the example company in a folder of its own, which has nothing to do with anybody's files.
func (s *session) example(lang string) (*db.File, error) {
	parent := filepath.Join(s.StateDir, examplesFolder) // private: whatever others put into the folder for temporary files, it is not here
	if err := os.MkdirAll(parent, 0o700); err != nil {
		return nil, fmt.Errorf("make a folder for the example: %w", err)
	}
	s.sweep(parent)
	dir, err := os.MkdirTemp(parent, examplePrefix)
	if err == nil {
		dir, err = filepath.EvalSymlinks(dir) // as the file will call itself
	}
	if err != nil {
		return nil, fmt.Errorf("make a folder for the example: %w", err)
	}
	s.mu.Lock()
	s.throwAway = append(s.throwAway, dir)
	s.mu.Unlock()
	if lang != string(i18n.Swedish) {
		lang = string(i18n.English)
	}
	events, err := example.Events(lang, example.Seed, process.DateOf(s.Clock()))
	if err != nil {
		return nil, err
	}
	file, err := db.NewFromEvents(filepath.Join(dir, s.Text.T("cli.run.example")), events, s.live(s.Person, dir))
	if err == nil {
		go s.renewWorkbook(file)
	}
	return file, err
}

package imports

import (
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"time"

	"milstolpe/db"
	"milstolpe/handlers/sheet"
	"milstolpe/process"
	"milstolpe/process/importer"
	"milstolpe/process/importer/columns"
)

// importJobs are the lists on their way in. Each lies in a folder of its own in the state folder, the list as it came beside a note of how
// far it has come, so that closing the tab or stopping the program loses nothing. What was read of the latest one is kept in memory.
type importJobs struct {
	mu      sync.Mutex
	folder  string
	loaded  *loadedList
	running map[string]*importRun
}

// importJob is the note of how far a list has come.
type importJob struct {
	ID      string
	Dataset string    // of the file that it is for
	Source  string    // name of the list, as the person knows it
	Made    time.Time // when it came
	Sheet   int       // which of several in a workbook
	Process process.ProcessID
	Mapping *columns.Mapping
	System  string              // whose export it seems to be
	Known   bool                // read as the last list with these headers was
	Doubts  []columns.ListDoubt // what somebody has to look at
	Import  process.ImportID
	Said    []string // names of which somebody has said in the review whom they mean, each with its kind
	// OpeningNote stands in the journal of deals whose opening the list does not tell.
	OpeningNote string
	Taken       *importCounts // what became of it; nil before
}

// importCounts are what the review counted and the import did.
type importCounts struct{ New, Update, Unchanged, Failed, Skipped int }

// loadedList is a list that was read, and what importing it would do as the file is now.
type loadedList struct {
	job    string
	sheets []sheet.Sheet
	typed  bool // a workbook, whose cells know what they are

	plan     *importer.Plan
	revision uint64
	mapping  string
	today    process.Date
}

const (
	jobList = "list"
	jobNote = "job.json"
	// keptFor is how long a list waits for somebody to come back to it.
	keptFor = 30 * 24 * time.Hour
)

var (
	jobID          = regexp.MustCompile(`^[a-z2-7]{12}$`)
	errJobNotFound = process.Missing("import.job_gone")
)

// add keeps a list and begins a job for it. A list that cannot be read leaves nothing behind.
func (j *importJobs) add(list io.Reader, source, dataset string, now time.Time) (*importJob, error) {
	j.tidy(now)
	job := &importJob{ID: strings.ToLower(rand.Text()[:12]), Dataset: dataset, Source: source, Made: now}
	dir := filepath.Join(j.folder, job.ID)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("make room for an import: %w", err)
	}
	err := writeList(filepath.Join(dir, jobList), list)
	if err == nil {
		_, err = j.read(job)
	}
	if err == nil {
		err = j.save(job)
	}
	if err != nil {
		_ = os.RemoveAll(dir)
		return nil, err
	}
	return job, nil
}

func writeList(path string, list io.Reader) error {
	out, err := os.OpenFile(path, os.O_CREATE|os.O_WRONLY|os.O_EXCL, 0o600)
	if err != nil {
		return fmt.Errorf("keep a list: %w", err)
	}
	_, err = io.Copy(out, list)
	if err = errors.Join(err, out.Close()); err != nil {
		return fmt.Errorf("keep a list: %w", err)
	}
	return nil
}

// save writes the note whole, so that it is never half of one.
func (j *importJobs) save(job *importJob) error {
	data, err := json.Marshal(job)
	if err != nil {
		return fmt.Errorf("note an import: %w", err)
	}
	if err := db.ReplaceFile(filepath.Join(j.folder, job.ID, jobNote), data); err != nil {
		return fmt.Errorf("note an import: %w", err)
	}
	return nil
}

// find is the job of that name, if it is for this file.
func (j *importJobs) find(id, dataset string) (*importJob, error) {
	if !jobID.MatchString(id) {
		return nil, errJobNotFound
	}
	data, err := os.ReadFile(filepath.Join(j.folder, id, jobNote))
	if err != nil {
		return nil, errJobNotFound
	}
	var job importJob
	if err := json.Unmarshal(data, &job); err != nil || job.ID != id || job.Dataset != dataset {
		return nil, errJobNotFound
	}
	return &job, nil
}

// read gives the sheets of a job's list, from memory if it was the latest that was read.
func (j *importJobs) read(job *importJob) (*loadedList, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.loaded != nil && j.loaded.job == job.ID {
		return j.loaded, nil
	}
	path := filepath.Join(j.folder, job.ID, jobList)
	sheets, err := sheet.ReadFile(path)
	if err != nil {
		return nil, err
	}
	j.loaded = &loadedList{job: job.ID, sheets: sheets, typed: sheet.IsWorkbook(path)}
	return j.loaded, nil
}

// tidy throws away lists that nobody has come back to.
func (j *importJobs) tidy(now time.Time) {
	entries, err := os.ReadDir(j.folder)
	if err != nil {
		return // there is none yet
	}
	for _, e := range entries {
		info, err := e.Info()
		if err == nil && jobID.MatchString(e.Name()) && now.Sub(info.ModTime()) > keptFor {
			_ = os.RemoveAll(filepath.Join(j.folder, e.Name()))
		}
	}
}

// forgetAll throws all lists away, whatever has become of them: they may name somebody who was erased. One that is being imported goes on.
func (j *importJobs) forgetAll() error {
	entries, err := os.ReadDir(j.folder)
	if err != nil {
		return nil // there is none yet
	}
	j.mu.Lock()
	defer j.mu.Unlock()
	j.loaded = nil
	var errs []error
	for _, e := range entries {
		if jobID.MatchString(e.Name()) {
			errs = append(errs, os.RemoveAll(filepath.Join(j.folder, e.Name())))
		}
	}
	return errors.Join(errs...)
}

// mended is the list of that sheet with what somebody has written over its cells.
func (l *loadedList) mended(job *importJob) columns.List {
	list, _ := job.Mapping.Mended(l.list(job).List)
	return list
}

// list is the sheet that the person chose.
func (l *loadedList) list(job *importJob) sheet.Sheet {
	return l.sheets[min(max(job.Sheet, 0), len(l.sheets)-1)]
}

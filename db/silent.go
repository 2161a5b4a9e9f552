package db

import (
	"os"
	"path/filepath"
	"sync"
	"time"

	"milstolpe/process"
)

// A folder on a network may stop answering without an error. Whoever asks for something in it then waits until it answers again, which may
// be never, and nothing can call him back. So before we ask, somebody asks who may be left waiting, one for each folder at most.

const (
	folderFor = 3 * time.Second  // how long a page waits for a folder on a network
	openFor   = 20 * time.Second // how long opening a file waits: a disk that sleeps takes ten seconds to wake
	placeFor  = 10 * time.Second // how long reading or writing the shared file may take before it is asked whether its folder answers
)

// questions are what folders were asked and have not answered yet.
var questions = struct {
	sync.Mutex
	open map[string]*question
}{open: map[string]*question{}}

type question struct {
	since    time.Time
	answered chan struct{}
}

// ask asks what lies at a path, unless its folder is being asked already.
func ask(path string) *question {
	folder := filepath.Dir(path)
	questions.Lock()
	defer questions.Unlock()
	if q, ok := questions.open[folder]; ok {
		return q
	}
	q := &question{since: time.Now(), answered: make(chan struct{})}
	questions.open[folder] = q
	go func() {
		_, _ = os.Stat(path) // any answer will do, that there is nothing too
		questions.Lock()
		delete(questions.open, folder)
		questions.Unlock()
		close(q.answered)
	}()
	return q
}

// Answers tells whether somebody who asks for a path gets an answer, and is a *process.Error of the kind NotFound when its folder keeps
// silent. A page may wait as long as this does.
func Answers(path string) error { return answersWithin(path, folderFor) }

// answersWithin waits so long; where the folder has been silent for longer than that already, not at all.
func answersWithin(path string, limit time.Duration) error {
	if IsServer(path) {
		return nil
	}
	q := ask(path)
	left := time.NewTimer(limit - time.Since(q.since))
	defer left.Stop()
	select {
	case <-q.answered:
		return nil
	case <-left.C:
		return silent(path)
	}
}

func silent(path string) error {
	return &process.Error{Kind: process.NotFound, Msg: "file.folder_silent", Args: []any{path}}
}

// atPlace does something at the place where the set of events lies, one at a time, and not at all while that keeps silent.
func (w *File) atPlace(do func() error) error {
	if err := Answers(w.path); err != nil {
		return err
	}
	w.publishMu.Lock()
	defer w.publishMu.Unlock()
	w.placeSince.Store(time.Now().UnixNano())
	defer w.placeSince.Store(0)
	return do()
}

// stuck is why what has been going on at the place for long does not come to an end, when its folder keeps silent. It waits for nothing.
func (w *File) stuck() error {
	since := w.placeSince.Load()
	if since == 0 || IsServer(w.path) || time.Since(time.Unix(0, since)) < placeFor {
		return nil
	}
	if time.Since(ask(w.path).since) < folderFor {
		return nil
	}
	return silent(w.path)
}

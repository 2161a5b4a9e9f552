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

// question was asked a folder. Its channels are closed: when it was answered, when a page waits no longer, and when nobody does.
type question struct{ answered, late, lost chan struct{} }

func newQuestion() *question {
	return &question{answered: make(chan struct{}), late: make(chan struct{}), lost: make(chan struct{})}
}

// ask asks what lies at a path, unless its folder is being asked already.
func ask(path string) *question {
	folder := filepath.Dir(path)
	questions.Lock()
	defer questions.Unlock()
	if q, ok := questions.open[folder]; ok {
		return q
	}
	q := newQuestion()
	questions.open[folder] = q
	late, lost := time.AfterFunc(folderFor, func() { close(q.late) }), time.AfterFunc(openFor, func() { close(q.lost) })
	go func() {
		_, _ = os.Stat(path) // any answer will do, that there is nothing too
		late.Stop()
		lost.Stop()
		questions.Lock()
		delete(questions.open, folder)
		questions.Unlock()
		close(q.answered)
	}()
	return q
}

// Answers tells whether somebody who asks for a path gets an answer, and is a *process.Error of the kind NotFound when its folder keeps
// silent. A page may wait as long as this does, three seconds at most; a folder that has been silent for longer is not waited for.
func Answers(path string) error {
	return answersBefore(path, func(q *question) chan struct{} { return q.late })
}

// answersAtAll is the same for whoever can wait until a disk has woken up.
func answersAtAll(path string) error {
	return answersBefore(path, func(q *question) chan struct{} { return q.lost })
}

func answersBefore(path string, tooLate func(*question) chan struct{}) error {
	if IsServer(path) {
		return nil
	}
	q := ask(path)
	select {
	case <-q.answered:
		return nil
	case <-tooLate(q):
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
	long := time.AfterFunc(placeFor, func() { w.placeLong.Store(true) })
	defer func() {
		long.Stop()
		w.placeLong.Store(false)
	}()
	return do()
}

// stuck is why what has been going on at the place for long does not come to an end, when its folder keeps silent. It waits for nothing.
func (w *File) stuck() error {
	if !w.placeLong.Load() || IsServer(w.path) {
		return nil
	}
	select {
	case <-ask(w.path).late:
		return silent(w.path)
	default:
		return nil
	}
}

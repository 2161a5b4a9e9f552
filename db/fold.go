package db

import (
	"bytes"
	"errors"
	"runtime"
	"sync"

	"milstolpe/process"
	"milstolpe/process/sales"
)

// foldBatch is how many events are decoded in one go.
const foldBatch = 2048

// folder makes a team and a tally out of the events of a file. Reading JSON is what takes the time, so batches are decoded on all
// processors; they are applied in the order in which they came.
type folder struct {
	team  *sales.Team
	tally *setSummary

	leaveOut map[process.EventID]bool // events that count for the tally alone; set before anything is added

	batch []pair
	work  chan *foldJob
	order chan *foldJob
	done  chan struct{}
	ready sync.WaitGroup
	rest  func() // ends the patience

	finished bool

	mu  sync.Mutex
	bad []error
}

type pair struct{ key, value []byte }

type foldJob struct {
	pairs  []pair
	events []process.Event
	hashes setSummary
	done   chan struct{}
}

func newFolder() *folder {
	f := &folder{team: sales.NewTeam(), tally: newTally(), done: make(chan struct{}), rest: relaxGC()}
	f.work, f.order = make(chan *foldJob, 4), make(chan *foldJob, 64)
	for range runtime.GOMAXPROCS(0) {
		f.ready.Go(f.decode)
	}
	go f.apply()
	return f
}

// add takes the next event. The slices must stay as they are until finish returns.
func (f *folder) add(key, value []byte) {
	f.batch = append(f.batch, pair{key, value})
	if len(f.batch) == foldBatch {
		f.send()
	}
}

func (f *folder) send() {
	if len(f.batch) == 0 {
		return
	}
	job := &foldJob{pairs: f.batch, done: make(chan struct{})}
	f.batch = nil
	f.order <- job
	f.work <- job
}

// finish waits for everything that was added. The errors say which events could not be used; the rest is folded. It may be called again,
// and must be called once even when reading fails.
func (f *folder) finish() (*sales.Team, *setSummary, []error) {
	if f.finished {
		return f.team, f.tally, f.bad
	}
	f.finished = true
	f.send()
	close(f.work)
	close(f.order)
	f.ready.Wait()
	<-f.done
	f.rest()
	return f.team, f.tally, f.bad
}

func (f *folder) decode() {
	var facts process.FactReader
	for job := range f.work {
		if err := guarded(func() error { f.decodeJob(job, &facts); return nil }); err != nil {
			f.note(err)
		}
		close(job.done)
	}
}

func (f *folder) decodeJob(job *foldJob, facts *process.FactReader) {
	job.hashes = *newTally()
	job.events = make([]process.Event, 0, len(job.pairs))
	var scratch []byte
	for _, p := range job.pairs {
		var r Record
		var err error
		r, scratch, err = decodeRecord(p.key, p.value, scratch)
		if err != nil {
			f.note(err)
			continue
		}
		job.hashes.add(r)
		if f.leaveOut[r.ID] {
			continue
		}
		job.events = append(job.events, r.event(facts))
	}
}

func (f *folder) note(err error) {
	f.mu.Lock()
	f.bad = append(f.bad, err)
	f.mu.Unlock()
}

// apply folds what is decoded, in the order in which it came. A team puts itself in order after each call, so the portions grow with
// what is there already: the whole work stays in proportion to the number of events.
func (f *folder) apply() {
	var portion []process.Event
	for job := range f.order {
		<-job.done
		portion = append(portion, job.events...)
		f.tally.join(&job.hashes)
		if len(portion) >= f.team.Events() {
			f.team.Apply(portion...)
			portion = portion[:0]
		}
	}
	f.team.Apply(portion...)
	close(f.done)
}

// allAtOnce calls do for portions of n things, on all processors.
func allAtOnce(n int, do func(from, to int)) {
	var ready sync.WaitGroup
	for from := 0; from < n; from += foldBatch {
		ready.Go(func() { do(from, min(from+foldBatch, n)) })
	}
	ready.Wait()
}

// eventsOf reads what records say.
func eventsOf(records []Record) []process.Event {
	events := make([]process.Event, len(records))
	allAtOnce(len(records), func(from, to int) {
		var facts process.FactReader
		for i := from; i < to; i++ {
			events[i] = records[i].event(&facts)
		}
	})
	return events
}

// pairsOf writes records as they lie in a file.
func pairsOf(records []Record) []pair {
	pairs := make([]pair, len(records))
	allAtOnce(len(records), func(from, to int) {
		for i := from; i < to; i++ {
			pairs[i] = pair{records[i].ID[:], EncodeRecord(records[i])}
		}
	})
	return pairs
}

// event is what a record says. A payload that this version cannot read is kept as it is, like a fact of an unknown type.
func (r Record) event(facts *process.FactReader) process.Event {
	fact, err := facts.Read(r.Payload)
	if err != nil {
		fact = &process.Unknown{Raw: bytes.Clone(r.Payload)}
	}
	return process.Event{ID: r.ID, Fact: fact}
}

// become takes a team over as the memory of this working copy.
func (w *File) become(team *sales.Team, t *setSummary, state sharedState) {
	w.stateMu.Lock()
	defer w.stateMu.Unlock()
	state.SavedAt, state.problem = w.state.SavedAt, w.state.problem
	w.team, w.summary, w.state = team, t, state
	w.revision.Add(1)
}

// Apart adds up once more everything that is recorded, for work that takes long: nobody who records waits for it, and what it answers with
// is the caller's own.
func (w *File) Apart() (*sales.Team, error) {
	w.stateMu.RLock()
	leftOut := w.leftOut
	w.stateMu.RUnlock()
	fold := newFolder()
	fold.leaveOut = leftOut
	err := w.Records(func(r Record) error {
		fold.add(r.ID[:], EncodeRecord(r))
		return nil
	})
	team, _, bad := fold.finish()
	return team, errors.Join(append(bad, err)...)
}

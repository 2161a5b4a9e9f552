package db

import (
	"context"
	"errors"
	"fmt"
	"io"

	bolt "go.etcd.io/bbolt"

	"milstolpe/process"
	"milstolpe/process/sales"
)

// Record records facts that can be decided without looking at the team. It returns their events.
func (w *File) Record(ctx context.Context, facts ...process.Fact) ([]process.Event, error) {
	return w.Act(ctx, func(*sales.Team) ([]process.Fact, error) { return facts, nil })
}

// Act lets decide look at the team and say which facts are to be recorded, and records them, all in one transaction: nobody else
// records anything in between, and either all facts are stored or none. When it returns without an error they are on the disk and in
// the team. It returns their events. No facts, or an error from decide, records nothing.
func (w *File) Act(ctx context.Context, decide func(*sales.Team) ([]process.Fact, error)) ([]process.Event, error) {
	return w.act(ctx, decide, nil)
}

// ActBulk is Act for an import: it makes a backup first, and progress, unless it is nil, hears how many of all facts are written.
func (w *File) ActBulk(
	ctx context.Context, decide func(*sales.Team) ([]process.Fact, error), progress func(done, of int),
) ([]process.Event, error) {
	if _, err := w.Backup(ctx, BeforeImport); err != nil {
		return nil, err
	}
	return w.act(ctx, decide, progress)
}

func (w *File) act(
	ctx context.Context, decide func(*sales.Team) ([]process.Fact, error), progress func(done, of int),
) ([]process.Event, error) {
	w.writeMu.Lock()
	defer w.writeMu.Unlock()
	if err := w.ReadOnly(); err != nil {
		return nil, err
	}
	events, err := w.actOnce(ctx, decide, progress)
	if err != nil && w.store != nil && w.store.dead.Load() { // the working copy is damaged: it is mended, and then there is a place for the change
		events, err = w.actOnce(ctx, decide, progress)
	}
	return events, err
}

func (w *File) actOnce(
	ctx context.Context, decide func(*sales.Team) ([]process.Fact, error), progress func(done, of int),
) ([]process.Event, error) {
	if err := w.ready(); err != nil {
		return nil, notSaved(err)
	}
	facts, err := decide(w.team)
	if err != nil || len(facts) == 0 {
		return nil, err
	}
	batch, err := w.prepare(facts)
	if err != nil {
		return nil, err
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if err := w.commit(ctx, batch, progress); err != nil {
		return nil, err
	}
	w.fold(batch)
	w.sync.changed()
	return batch.events[batch.skip:], nil
}

// batch is a set of events on its way into the file.
type batch struct {
	records []Record
	pairs   []pair // the same, as they lie in the file
	events  []process.Event
	skip    int // events at the beginning that the caller did not ask for
	writer  process.Writer
}

// ready tells whether something can be recorded; after a failed commit it looks at the disk again first.
func (w *File) ready() error {
	if w.readOnlyErr != nil {
		return w.readOnlyErr
	}
	if w.needsReload || w.store.dead.Load() {
		return w.reopen()
	}
	if !w.store.inPlace() {
		w.options.Log.Warn("the working copy was taken away and is written anew", "path", w.copyDir.database())
		if err := w.copyDir.make(copyInfo{Dataset: w.dataset, Path: w.path}); err != nil {
			return err
		}
		if err := w.compact(); err != nil {
			return err
		}
		return w.highWater.replace(w.summary.writers)
	}
	return nil
}

// reopen reads the working copy anew after a commit that failed, because nobody knows what of it reached the disk. The writer is
// given up: should its last events have been lost, its numbers still have no gap. A damaged one is mended.
func (w *File) reopen() error {
	if err := w.store.close(); err != nil {
		w.store.dead.Store(true)
		w.store.letGo()
	}
	err := w.reload()
	if lost := w.highWater.lost(w.summary); err == nil && len(lost) > 0 {
		err = errors.Join(lostError(w.copyDir, lost), w.store.close())
	}
	if kind := process.KindOf(err); err != nil && (kind == process.Damaged || kind == process.NotFound) {
		_ = w.store.close()
		err = w.mendRunning(err)
	}
	if err != nil {
		return err
	}
	w.needsReload = false
	return nil
}

func (w *File) reload() error {
	if _, err := preflight(w.copyDir.database(), false); err != nil {
		return err
	}
	s, err := openStore(w.copyDir.database(), false)
	if err != nil {
		return err
	}
	w.takeStore(s)
	return w.load()
}

// takeStore goes on with another handle, and another writer.
func (w *File) takeStore(s *store) {
	w.stateMu.Lock()
	defer w.stateMu.Unlock()
	w.store, w.seq = s, 0
}

func (w *File) prepare(facts []process.Fact) (b batch, err error) {
	now := w.options.Clock()
	number := w.seq
	b.writer = w.writer
	if number == 0 {
		if b.writer, err = w.newWriter(); err != nil {
			return b, err
		}
		hello := &process.WriterIntroduced{Person: w.who().name, PersonID: w.who().id, Computer: w.options.Computer, Version: w.options.Version}
		hello.Known = process.DateOf(now)
		facts = append([]process.Fact{hello}, facts...)
		b.skip = 1
	}
	payloads, err := payloadsOf(facts)
	if err != nil {
		return b, err
	}
	b.records = make([]Record, len(facts))
	b.events = make([]process.Event, len(facts))
	for i, f := range facts {
		number++
		id := process.NewEventID(uint64(w.clock.Next(now)), b.writer, payloads[i])
		b.records[i] = Record{ID: id, Seq: number, Payload: payloads[i]}
		b.events[i] = process.Event{ID: id, Fact: f}
	}
	b.pairs = pairsOf(b.records)
	return b, nil
}

func payloadsOf(facts []process.Fact) ([][]byte, error) {
	payloads, errs := make([][]byte, len(facts)), make([]error, len(facts))
	allAtOnce(len(facts), func(from, to int) {
		for i := from; i < to; i++ {
			payloads[i], errs[i] = process.MarshalFact(facts[i])
			if len(payloads[i]) > maxEvent {
				errs[i] = &process.Error{Kind: process.Invalid, Msg: "file.too_long"}
			}
		}
	})
	return payloads, errors.Join(errs...)
}

// newWriter takes a fresh identity. Nothing about it is stored between runs, so neither a copied file nor a cloned computer can bring
// two writers of one name.
func (w *File) newWriter() (id process.Writer, err error) {
	for {
		if _, err := io.ReadFull(w.options.Entropy, id[:]); err != nil {
			return id, fmt.Errorf("take a writer's identity: %w", err)
		}
		if _, taken := w.summary.writers[id]; !taken && id != (process.Writer{}) {
			return id, nil
		}
	}
}

const progressStep = 1000

func (w *File) commit(ctx context.Context, b batch, progress func(done, of int)) error {
	if progress == nil {
		progress = func(int, int) {}
	}
	err := w.store.update(func(tx *bolt.Tx) error {
		if err := b.put(ctx, tx, progress); err != nil {
			return err
		}
		return w.place.keep(tx, b.pairs)
	})
	if err != nil {
		var failed *commitError
		if errors.As(err, &failed) || w.store.dead.Load() {
			w.needsReload = true
		}
		return notSaved(writeError(w.copyDir.database(), err))
	}
	w.writer = b.writer
	w.seq = b.records[len(b.records)-1].Seq
	w.ran[w.writer] = w.seq
	if err := w.highWater.note(w.writer, w.seq); err != nil {
		w.options.Log.Warn("remember how far the writer came", "error", err)
	}
	return nil
}

func (b batch) put(ctx context.Context, tx *bolt.Tx, progress func(done, of int)) error {
	bucket := tx.Bucket(eventsBucket)
	bucket.FillPercent = 0.9 // keys nearly always come in order
	for i, p := range b.pairs {
		if err := bucket.Put(p.key, p.value); err != nil {
			return err
		}
		if i%progressStep != 0 {
			continue
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		progress(i, len(b.pairs))
	}
	progress(len(b.pairs), len(b.pairs)) // what is left is to make them last, which takes a moment when they are many
	return nil
}

// fold brings stored events into memory.
func (w *File) fold(b batch) {
	w.stateMu.Lock()
	defer w.stateMu.Unlock()
	w.team.Apply(b.events...)
	for _, r := range b.records {
		w.summary.add(r)
	}
	w.state.SavedAt = w.options.Clock()
	w.revision.Add(1)
}

package db_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"milstolpe/db"
	"milstolpe/db/dbtest"
	"milstolpe/process"
	"milstolpe/process/sales"
)

// world is a team of three to five computers that work on one file, with a sync program, a share or sticks between them, and bad luck.
// Everything in it follows from its seed.
type world struct {
	t         *testing.T
	r         *rand.Rand
	seed      uint64
	shared    bool // all see one folder; otherwise each has a replica, and a sync program in between
	computers []*computer
	cloud     map[string]version // what the sync program holds, by name of file
	recorded  map[process.EventID]string
	old       [][]byte // contents that the shared file once had
	clock     time.Time
	runs      uint64
	conflicts int
}

type computer struct {
	name  string
	state string
	dir   string
	off   time.Duration // how wrong its clock is
	file  *db.File      // nil while the program does not run
	known map[string]version
}

const simFile = "Sales.milstolpe"

func (c *computer) path() string { return filepath.Join(c.dir, simFile) }

func newWorld(t *testing.T, seed uint64) *world {
	t.Helper()
	w := &world{
		t: t, seed: seed, r: rand.New(rand.NewPCG(seed, 99)), cloud: map[string]version{},
		recorded: map[process.EventID]string{}, clock: dbtest.Now,
	}
	w.shared = w.r.IntN(2) == 0
	share := t.TempDir()
	for i := range 3 + w.r.IntN(3) {
		c := &computer{name: fmt.Sprintf("P%d", i), state: t.TempDir(), dir: share, known: map[string]version{}}
		if !w.shared {
			c.dir = t.TempDir()
		}
		if w.r.IntN(6) == 0 {
			c.off = time.Duration(w.r.IntN(7)-3) * 365 * 24 * time.Hour
		}
		w.computers = append(w.computers, c)
	}
	first := w.computers[0]
	file, err := db.New(first.path(), dbtest.Founding(), w.options(first))
	if err != nil {
		t.Fatal(err)
	}
	first.file = file
	w.note(file)
	for range 2 {
		w.syncAll()
	}
	return w
}

func (w *world) options(c *computer) db.Options {
	w.runs++
	return db.Options{
		StateDir: c.state, Clock: func() time.Time { return w.clock.Add(c.off) }, Entropy: dbtest.Entropy(w.seed<<20 | w.runs),
		Person: c.name, Computer: c.name, Version: "test", Manual: true,
	}
}

// running is the computer's program, started if it is not running. It is nil while the file has not reached this computer.
func (w *world) running(c *computer) *db.File {
	if c.file != nil {
		return c.file
	}
	if _, err := os.Stat(c.path()); err != nil {
		return nil
	}
	file, err := db.Open(c.path(), w.options(c))
	if err != nil {
		w.t.Fatalf("seed %d: open on %s: %v", w.seed, c.name, err)
	}
	c.file = file
	return file
}

// note remembers everything that a copy holds as acknowledged, with its payload.
func (w *world) note(file *db.File) {
	err := file.Records(func(r db.Record) error {
		w.recorded[r.ID] = string(r.Payload)
		return nil
	})
	if err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) step() {
	w.clock = w.clock.Add(time.Duration(w.r.IntN(90)) * time.Second)
	c := w.computers[w.r.IntN(len(w.computers))]
	file := w.running(c)
	if file == nil {
		w.sync(c)
		return
	}
	switch p := w.r.IntN(100); {
	case p < 40:
		w.record(c, file)
	case p < 55:
		w.publish(c, file, w.r.IntN(2) == 0)
		w.keepOld(c)
	case p < 62:
		w.try(c, "take in", unlessGone(file.Pull(w.t.Context())))
	case p < 78:
		w.sync(c)
	case p < 84:
		w.mergeConflicts(c, file)
	case p < 89:
		w.try(c, "close", unlessGone(file.Close()))
		c.file = nil
	case p < 93: // the battery is empty
		db.Abandon(file)
		c.file = nil
	case p < 97: // something puts an older state of the file back
		if len(w.old) > 0 {
			write(w.t, c.path(), w.old[w.r.IntN(len(w.old))])
		}
	default:
		_ = os.Remove(c.path())
	}
}

func (w *world) try(c *computer, what string, err error) {
	if err != nil {
		w.t.Fatalf("seed %d: %s on %s: %v", w.seed, what, c.name, err)
	}
}

func (w *world) keepOld(c *computer) {
	if b, err := os.ReadFile(c.path()); err == nil {
		w.old = append(w.old, b)
	}
}

// record changes what the person on that computer sees: deals are opened, values are set on top of the values seen.
func (w *world) record(c *computer, file *db.File) {
	events, err := file.Act(w.t.Context(), func(team *sales.Team) ([]process.Fact, error) {
		deals := team.Deals()
		if len(deals) == 0 || w.r.IntN(4) == 0 {
			return []process.Fact{dbtest.Opened(process.DealID(fmt.Sprintf("deal-%s-%d", c.name, w.runs*1000+uint64(len(deals)))), "A deal")}, nil
		}
		d := deals[w.r.IntN(len(deals))]
		return []process.Fact{
			value(d.ID, int64(w.r.IntN(1000)), d.Heads()["value"]...),
			dbtest.Journal(d.ID, fmt.Sprint("by ", c.name)),
		}, nil
	})
	w.try(c, "record", err)
	for _, e := range events {
		w.recorded[e.ID] = ""
	}
	w.note(file)
}

func (w *world) mergeConflicts(c *computer, file *db.File) {
	found, err := file.Conflicts(w.t.Context())
	w.try(c, "look for conflict copies", err)
	for _, in := range found {
		_, err := file.MergeConflict(w.t.Context(), in.From)
		w.try(c, "merge "+filepath.Base(in.From), err)
	}
}

// settle lets everybody come to rest: everything is synced, taken in, merged and published until nothing changes any more.
func (w *world) settle() {
	for range 12 {
		w.syncAll()
		w.bringBack()
		for _, c := range w.computers {
			file := w.running(c)
			if file == nil {
				continue
			}
			w.publish(c, file, true)
			w.mergeConflicts(c, file)
			w.sync(c)
		}
		if w.atRest() {
			return
		}
	}
	w.t.Fatalf("seed %d: the copies do not come to rest", w.seed)
}

// bringBack is what people do when the file is deleted everywhere and the program runs nowhere: it is written again from the working
// copy of whoever notices.
func (w *world) bringBack() {
	for _, c := range w.computers {
		if w.running(c) != nil {
			return
		}
	}
	for _, c := range w.computers {
		file, err := db.Repair(c.path(), w.options(c))
		if process.KindOf(err) == process.NotFound {
			continue // it was never opened on this computer
		}
		w.try(c, "bring back", err)
		c.file = file
		return
	}
}

func (w *world) atRest() bool {
	for _, c := range w.computers {
		if c.file == nil || c.file.StateHash() != w.computers[0].file.StateHash() {
			return false
		}
		if found, err := c.file.Conflicts(w.t.Context()); err != nil || len(found) > 0 {
			return false
		}
	}
	return true
}

// judge demands that nothing is lost anywhere and that all see the same.
func (w *world) judge() {
	first := w.computers[0].file
	for _, c := range w.computers {
		have := 0
		err := c.file.Records(func(r db.Record) error {
			if payload, ok := w.recorded[r.ID]; ok {
				have++
				if payload != string(r.Payload) {
					w.t.Errorf("seed %d: on %s event %v says something else than was recorded", w.seed, c.name, r.ID)
				}
			}
			return nil
		})
		if err != nil || have != len(w.recorded) {
			w.t.Errorf("seed %d: %s has %d of %d recorded events, %v", w.seed, c.name, have, len(w.recorded), err)
		}
		if c.file.StateHash() != first.StateHash() || !sameTeam(first, c.file) {
			w.t.Errorf("seed %d: %s sees another state than %s", w.seed, c.name, w.computers[0].name)
		}
		v, err := db.Check(c.path(), dbtest.Options(w.t))
		if err != nil || !v.Whole() {
			w.t.Errorf("seed %d: the shared file of %s is %+v, %v", w.seed, c.name, v.Damage, err)
		}
	}
	for _, c := range w.computers {
		w.try(c, "close", c.file.Close())
	}
}

// sameTeam compares two teams down to the last unexported field, except for the numbers that deals get in the order of their arrival
// and that mean nothing.
func sameTeam(a, b *db.File) (same bool) {
	everything := cmp.Exporter(func(reflect.Type) bool { return true })
	arrival := cmp.FilterPath(func(p cmp.Path) bool { return p.Last().String() == ".nr" || p.Last().String() == ".log" }, cmp.Ignore()) // in which order events came
	_ = a.View(func(x *sales.Team) error {
		return b.View(func(y *sales.Team) error {
			same = cmp.Equal(x, y, everything, arrival)
			return nil
		})
	})
	return same
}

func TestRandomSchedulesLoseNothingAndEndAlike(t *testing.T) {
	n := rounds(t, 4, 500)
	for seed := range n {
		t.Run(fmt.Sprint("seed ", seed), func(t *testing.T) {
			w := newWorld(t, uint64(seed))
			for range 50 {
				w.step()
			}
			w.settle()
			w.judge()
			t.Logf("%d computers, shared folder %v: %d events, %d conflict copies", len(w.computers), w.shared, len(w.recorded), w.conflicts)
		})
	}
}

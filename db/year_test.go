package db_test

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"milstolpe/db"
	"milstolpe/db/dbtest"
	"milstolpe/process"
	"milstolpe/process/sales"
)

// BenchmarkAYear is five people on five computers who share a file for a year: on each of 250 days each of them starts the program, which
// takes in what the others have published, records eight things, and quits. It says how large the shared file is after that, and how long
// the last days' starts and publications took, as medians.
func BenchmarkAYear(b *testing.B) {
	for b.Loop() {
		y := newYear(b)
		for day := range 250 {
			for person := range y.states {
				y.live(b, day, person)
			}
		}
		info, err := os.Stat(y.path)
		if err != nil {
			b.Fatal(err)
		}
		events := 0
		last := dbtest.Open(b, y.path, dbtest.In(y.states[0]))
		_ = last.View(func(t *sales.Team) error { events = t.Events(); return nil })
		b.ReportMetric(float64(info.Size())/float64(events), "bytes/event")
		b.ReportMetric(float64(info.Size())/1e6, "MB")
		b.ReportMetric(float64(events), "events")
		b.ReportMetric(float64(median(y.starts[len(y.starts)-100:]))/1e6, "ms/start")
		b.ReportMetric(float64(median(y.publications[len(y.publications)-100:]))/1e6, "ms/publish")
	}
}

type year struct {
	path                 string
	states               []string // a computer each
	starts, publications []time.Duration
	facts                []process.Fact
}

func newYear(b *testing.B) *year {
	b.Helper()
	y := &year{path: filepath.Join(b.TempDir(), "Sales.milstolpe"), facts: manyFacts(1000)}
	for range 5 {
		y.states = append(y.states, b.TempDir())
	}
	first := dbtest.NewAt(b, y.path, dbtest.In(y.states[0]))
	if err := first.Close(); err != nil {
		b.Fatal(err)
	}
	return y
}

// live is one person's day.
func (y *year) live(b *testing.B, day, person int) {
	b.Helper()
	at := dbtest.Now.AddDate(0, 0, day).Add(time.Duration(person) * time.Hour)
	o := dbtest.Options(b, dbtest.As(fmt.Sprintf("person-%d", person), uint64(1+day*5+person)), dbtest.In(y.states[person]), func(o *db.Options) {
		o.Clock = func() time.Time { return at }
	})
	began := time.Now()
	w, err := db.Open(y.path, o)
	if err != nil {
		b.Fatal(err)
	}
	if err := w.Pull(b.Context()); err != nil {
		b.Fatal(err)
	}
	y.starts = append(y.starts, time.Since(began))
	for i := range 8 {
		dbtest.Record(b, w, y.facts[(day*40+person*8+i)%len(y.facts)])
	}
	y.publications = append(y.publications, timed(func() {
		if err := w.Publish(b.Context()); err != nil {
			b.Fatal(err)
		}
	}))
	if err := w.Close(); err != nil {
		b.Fatal(err)
	}
}

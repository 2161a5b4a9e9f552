package db_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"milstolpe/db"
	"milstolpe/db/dbtest"
	"milstolpe/process"
	"milstolpe/process/sales"
)

// onServerLarge moves a large team to a server, and says how long that took.
func onServerLarge(b *testing.B, s *dbtest.Server, deals int) (took time.Duration, events int) {
	b.Helper()
	w := largeFile(b, deals)
	took = timed(func() {
		if _, err := w.MoveToServer(b.Context(), s.Address("vera", ""), nil); err != nil {
			b.Fatal(err)
		}
	})
	_ = w.View(func(t *sales.Team) error { events = t.Events(); return nil })
	if err := w.Close(); err != nil {
		b.Fatal(err)
	}
	return took, events
}

// BenchmarkServer says what a server costs: the move of a team, the first sync of somebody who joins, a look that brings ten new events,
// and the time from one laptop's commit to the pages of another.
func BenchmarkServer(b *testing.B) {
	for _, deals := range []int{10_000, 100_000} {
		b.Run(fmt.Sprintf("deals=%d", deals), func(b *testing.B) {
			s := dbtest.StartPostgres(b).Server()
			moved, events := onServerLarge(b, s, deals)
			address, seed := s.Address("anna", dataset(b, s)), uint64(0)
			join := func() *db.File {
				seed++
				w, err := db.Open(address, dbtest.Options(b, dbtest.As(fmt.Sprint("P", seed), seed)))
				if err != nil {
					b.Fatal(err)
				}
				return w
			}
			var first, ten []time.Duration
			for b.Loop() {
				var w *db.File
				first = append(first, timed(func() { w = join() }))
				if err := w.Close(); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(events), "events") // the loop forgets what was said before it
			b.ReportMetric(moved.Seconds(), "s/move")
			b.ReportMetric(median(first).Seconds(), "s/first-sync")
			writer, reader := join(), join()
			defer func() { _, _ = writer.Close(), reader.Close() }()
			for range 20 {
				dbtest.Record(b, writer, slices.Repeat([]process.Fact{dbtest.Journal("d1", "ten new ones")}, 10)...)
				exchange(b, writer)
				ten = append(ten, timed(func() { exchange(b, reader) }))
			}
			b.ReportMetric(float64(median(ten))/1e6, "ms/ten-new")
			b.ReportMetric(0, "ns/op")
		})
	}
}

// BenchmarkCommitToPage is the time from one laptop's commit until another's team has it. Debounce is how long a change waits for the
// next one; in the program that is two seconds.
func BenchmarkCommitToPage(b *testing.B) {
	s := dbtest.StartPostgres(b).Server()
	onServerLarge(b, s, 1000)
	live := func(o *db.Options) { o.Manual, o.Clock, o.Debounce = false, time.Now, time.Millisecond }
	address := s.Address("anna", dataset(b, s))
	anna, bo := openAt(b, address, dbtest.As("Anna", 7), live), openAt(b, address, dbtest.As("Bo", 8), live)
	time.Sleep(3 * time.Second) // until both listen
	var took []time.Duration
	for b.Loop() {
		dbtest.Record(b, anna, dbtest.Journal("d1", "hello"))
		took = append(took, timed(func() {
			for bo.StateHash() != anna.StateHash() {
				time.Sleep(time.Millisecond)
			}
		}))
	}
	b.ReportMetric(float64(median(took))/1e6, "ms/commit-to-page")
}

func dataset(b *testing.B, s *dbtest.Server) string {
	b.Helper()
	return s.SQL("select dataset from milstolpe.dataset")[0]
}

package db_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"milstolpe/db"
	"milstolpe/db/dbtest"
	"milstolpe/process"
	"milstolpe/process/money"
	"milstolpe/process/sales"
)

// BenchmarkRecord says what recording one fact costs as a multiple of appending as many bytes to a file and forcing it to the same
// disk, in the same run, taking turns.
func BenchmarkRecord(b *testing.B) {
	w := dbtest.New(b)
	facts := manyFacts(2000)
	if _, err := w.Act(b.Context(), func(*sales.Team) ([]process.Fact, error) { return facts, nil }); err != nil {
		b.Fatal(err)
	}
	f, err := os.OpenFile(filepath.Join(b.TempDir(), "append"), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		b.Fatal(err)
	}
	line := make([]byte, 250)
	var recorded, appended []time.Duration
	for i := 0; b.Loop(); i++ {
		recorded = append(recorded, timed(func() { dbtest.Record(b, w, facts[i%len(facts)]) }))
		appended = append(appended, timed(func() {
			if _, err := f.Write(line); err != nil {
				b.Fatal(err)
			}
			if err := f.Sync(); err != nil {
				b.Fatal(err)
			}
		}))
	}
	b.ReportMetric(float64(median(recorded))/1e6, "ms/record")
	b.ReportMetric(float64(median(recorded))/float64(median(appended)), "x-append+fsync")
}

// BenchmarkRebuild opens a working copy of a large team, which reads and folds every event.
func BenchmarkRebuild(b *testing.B) {
	for _, deals := range []int{10_000, 100_000} {
		b.Run(fmt.Sprintf("deals=%d", deals), func(b *testing.B) {
			w := largeFile(b, deals)
			state := db.StateDirOf(w)
			if err := w.Close(); err != nil {
				b.Fatal(err)
			}
			info, err := os.Stat(w.Path())
			if err != nil {
				b.Fatal(err)
			}
			events := 0
			for b.Loop() {
				again, err := db.Open(w.Path(), dbtest.Options(b, dbtest.In(state)))
				if err != nil {
					b.Fatal(err)
				}
				_ = again.View(func(t *sales.Team) error { events = t.Events(); return nil })
				b.StopTimer()
				if err := again.Close(); err != nil {
					b.Fatal(err)
				}
				b.StartTimer()
			}
			b.ReportMetric(float64(info.Size())/float64(events), "bytes/event")
			b.ReportMetric(float64(events), "events")
		})
	}
}

// BenchmarkPublish brings one change of a large team into the shared file: build, verify, force to the disk, replace. It says how long that
// takes and how much processor time of all that there is; how long the first publication after a start takes, which knows of no earlier
// one; and how large the file is.
func BenchmarkPublish(b *testing.B) {
	for _, deals := range []int{10_000, 100_000} {
		b.Run(fmt.Sprintf("deals=%d", deals), func(b *testing.B) {
			w := largeFile(b, deals)
			state := db.StateDirOf(w)
			if err := w.Close(); err != nil {
				b.Fatal(err)
			}
			w = dbtest.Open(b, w.Path(), dbtest.In(state), dbtest.As("Anna", 3))
			fact := dbtest.Journal("d1", "x")
			publish := func() time.Duration {
				dbtest.Record(b, w, fact)
				return timed(func() {
					if err := w.Publish(b.Context()); err != nil {
						b.Fatal(err)
					}
				})
			}
			first := publish()
			var took []time.Duration
			cpu := cpuTime()
			for b.Loop() {
				took = append(took, publish())
			}
			cpu = (cpuTime() - cpu) / time.Duration(len(took))
			info, err := os.Stat(w.Path())
			if err != nil {
				b.Fatal(err)
			}
			events := 0
			_ = w.View(func(t *sales.Team) error { events = t.Events(); return nil })
			b.ReportMetric(float64(median(took))/1e6, "ms/publish")
			b.ReportMetric(float64(cpu)/1e6, "cpu-ms/publish")
			b.ReportMetric(float64(first)/1e6, "ms/first")
			b.ReportMetric(float64(info.Size())/float64(events), "bytes/event")
		})
	}
}

func largeFile(b *testing.B, deals int) *db.File {
	b.Helper()
	w := dbtest.New(b)
	facts := manyFacts(deals)
	if _, err := w.Act(b.Context(), func(*sales.Team) ([]process.Fact, error) { return facts, nil }); err != nil {
		b.Fatal(err)
	}
	if err := w.Publish(b.Context()); err != nil {
		b.Fatal(err)
	}
	return w
}

// manyFacts are ten facts for each deal: it is opened, takes five milestones, has two journal entries, a next step, and is won.
func manyFacts(deals int) []process.Fact {
	entropy := dbtest.Entropy(7)
	facts := make([]process.Fact, 0, 10*deals)
	for i := range deals {
		text, err := process.NewID(dbtest.Now, entropy)
		if err != nil {
			panic(err)
		}
		id := process.DealID(text)
		day := process.DateOf(dbtest.Now).AddDays(-i % 700)
		at := func(n int) process.Stamp { return process.Stamp{Known: day.AddDays(n)} }
		facts = append(facts, &process.DealOpened{
			Stamp: at(0), Deal: id, On: day, Process: "new-business", Name: fmt.Sprintf("Affär %d", i), Customer: "01KARTTESTTESTTESTTESTCUST",
			Seller: "anna", Value: &money.Amount{Minor: int64(i) * 100, Currency: "SEK"},
		})
		for m := range 5 {
			facts = append(facts, &process.MilestoneReached{
				Stamp: at(m + 1), Deal: id, Milestone: process.MilestoneID(fmt.Sprintf("milestone_%d", m)), On: day.AddDays(m),
				Evidence: process.Evidence{Text: "Mejl från Eva"},
			})
		}
		facts = append(facts,
			&process.JournalWritten{Stamp: at(2), Deal: id, On: day, Text: "Ringde Eva, hon återkommer"},
			&process.JournalWritten{Stamp: at(3), Deal: id, On: day, Text: "Skickade underlag"},
			&process.NextStepSet{Stamp: at(3), Deal: id, Text: "Ring Eva", Due: day.AddDays(7)},
			&process.DealClosed{Stamp: at(9), Deal: id, Outcome: process.Won, On: day.AddDays(9)})
	}
	return facts
}

func timed(do func()) time.Duration {
	began := time.Now()
	do()
	return time.Since(began)
}

func median(d []time.Duration) time.Duration {
	slices.Sort(d)
	return d[len(d)/2]
}

// BenchmarkMerge merges two files of a large team that share half of their events.
func BenchmarkMerge(b *testing.B) {
	for _, deals := range []int{10_000, 100_000} {
		b.Run(fmt.Sprintf("deals=%d", deals), func(b *testing.B) {
			facts := manyFacts(deals)
			third := len(facts) / 3
			one := dbtest.New(b)
			bulk(b, one, facts[:third])
			if err := one.Publish(b.Context()); err != nil {
				b.Fatal(err)
			}
			common := filepath.Join(b.TempDir(), "common.milstolpe")
			copyTo(b, one.Path(), common)
			bulk(b, one, facts[third:2*third])
			if err := one.Publish(b.Context()); err != nil {
				b.Fatal(err)
			}
			for b.Loop() {
				b.StopTimer()
				path := filepath.Join(b.TempDir(), "two.milstolpe")
				copyTo(b, common, path)
				two := dbtest.Open(b, path, dbtest.As("Erik", 2))
				bulk(b, two, facts[2*third:])
				if _, err := two.Backup(b.Context(), db.Daily); err != nil { // so that the one before the merge is there already
					b.Fatal(err)
				}
				b.StartTimer()
				if _, err := two.Merge(b.Context(), one.Path()); err != nil {
					b.Fatal(err)
				}
				b.StopTimer()
				db.Abandon(two)
				b.StartTimer()
			}
		})
	}
}

func bulk(b *testing.B, w *db.File, facts []process.Fact) {
	b.Helper()
	if _, err := w.Act(b.Context(), func(*sales.Team) ([]process.Fact, error) { return facts, nil }); err != nil {
		b.Fatal(err)
	}
}

package workbook_test

import (
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"milstolpe/db"
	"milstolpe/db/dbtest"
	"milstolpe/handlers/i18n"
	"milstolpe/handlers/workbook"
	"milstolpe/process"
	"milstolpe/process/processtest"
	"milstolpe/process/sales"
)

// crowded is a file with 10,000 deals and a live workbook.
func crowded(b *testing.B) (*db.File, workbook.Keeper) {
	b.Helper()
	file := dbtest.New(b)
	facts := processtest.Crowd(10_000, process.DateOf(dbtest.Now).AddDays(-1))
	if _, err := file.Act(b.Context(), func(*sales.Team) ([]process.Fact, error) { return facts, nil }); err != nil {
		b.Fatal(err)
	}
	text, err := i18n.TextIn(i18n.English)
	if err != nil {
		b.Fatal(err)
	}
	keeper := workbook.Keeper{StateDir: b.TempDir()}
	if err := keeper.Keep(b.Context(), file, filepath.Join(b.TempDir(), "Live.xlsx"), false, text, dbtest.Now); err != nil {
		b.Fatal(err)
	}
	return file, keeper
}

func BenchmarkRenew(b *testing.B) {
	file, keeper := crowded(b)
	for b.Loop() {
		if err := keeper.Renew(b.Context(), file, dbtest.Now); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkRecordWhileRenewing is how long recording something takes, with nothing else going on and while the workbook is renewed all the
// time: the median, and the longest of those who had to wait longest.
func BenchmarkRecordWhileRenewing(b *testing.B) {
	for name, renewing := range map[string]bool{"alone": false, "renewing": true} {
		b.Run(name, func(b *testing.B) {
			file, keeper := crowded(b)
			stop := make(chan struct{})
			var work sync.WaitGroup
			if renewing {
				work.Go(func() {
					for {
						select {
						case <-stop:
							return
						default:
							_ = keeper.Renew(b.Context(), file, dbtest.Now)
						}
					}
				})
			}
			var took []time.Duration
			for b.Loop() {
				began := time.Now()
				dbtest.Record(b, file, dbtest.Journal("d00001", "Called"))
				took = append(took, time.Since(began))
				time.Sleep(5 * time.Millisecond)
			}
			close(stop)
			work.Wait()
			slices.Sort(took)
			b.ReportMetric(float64(took[len(took)/2].Microseconds())/1000, "ms/median")
			b.ReportMetric(float64(took[len(took)*99/100].Microseconds())/1000, "ms/99th")
		})
	}
}

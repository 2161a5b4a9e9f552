package imports_test

import (
	"bytes"
	"fmt"
	"runtime/metrics"
	"strings"
	"testing"
	"time"

	"milstolpe/db/dbtest"
	"milstolpe/handlers/handlerstest"
	"milstolpe/handlers/sheet"
	"milstolpe/process"
	"milstolpe/process/importer"
	"milstolpe/process/importer/columns"
	"milstolpe/process/sales"
)

// longList is a list of changes of stage: five rows a deal, and every seventh deal goes back before it goes on.
func longList(rows int) []byte {
	var b strings.Builder
	b.WriteString("Deal,Customer,Owner,Amount,Stage,Date\n")
	day := process.MustDate("2023-01-02")
	for i := range rows {
		deal, step := i/5, i%5
		stages := []string{"Prospecting", "Owner named", "Budget", "Negotiation", []string{"Won", "Lost"}[deal%2]}
		if deal%7 == 0 {
			stages[3] = "Owner named"
		}
		fmt.Fprintf(&b, "D%06d,Customer %d,Seller %d,%d,%s,%s\n", deal, deal%2000, deal%12, 10_000+deal, stages[step], day.AddDays(deal%900+9*step))
	}
	return []byte(b.String())
}

var benchProcess = process.Definition{Name: "New business", Milestones: []process.Milestone{
	{Key: "owner", Name: "Owner named", Required: true}, {Key: "budget", Name: "Budget", Required: true},
}}

// importOnce reads a list and takes it into a new file on the disk, review included: reading, guessing, planning for the review, planning
// again, recording. It gives the deals that came, and how often progress was shown.
func importOnce(b *testing.B, data []byte) (deals, shown int) {
	b.Helper()
	today := process.DateOf(dbtest.Now)
	b.StopTimer()
	file := dbtest.New(b)
	dbtest.Record(b, file, &process.VersionPublished{Stamp: process.Stamp{Known: today}, Process: "p", Version: "v", Definition: benchProcess})
	b.StartTimer()
	sheets, err := sheet.Read(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		b.Fatal(err)
	}
	list := sheets[0].List
	in := importer.Import{ID: "i", Process: "p", Mapping: columns.GuessMapping(list, &benchProcess).Mapping, Source: "deals.csv", Today: today}
	for _, stage := range []string{"Prospecting", "Negotiation"} {
		if in.Mapping.Shape == columns.Long {
			in.Mapping.Stages[stage] = columns.MeansNothing
		}
	}
	more := true
	plan := func(team *sales.Team) ([]process.Fact, error) {
		p, err := importer.NewPlan(team, in, list)
		if err != nil {
			return nil, err
		}
		if faults := p.Faults(); len(faults) > 0 {
			b.Fatalf("%d faults: %v", len(faults), faults[0])
		}
		more, deals = p.Unfinished, len(p.Deals)
		return p.Facts, nil
	}
	if err := file.View(func(team *sales.Team) error { _, err := plan(team); return err }); err != nil {
		b.Fatal(err)
	}
	for more {
		if _, err := file.ActBulk(b.Context(), plan, func(int, int) { shown++ }); err != nil {
			b.Fatal(err)
		}
	}
	return deals, shown
}

// watched tells the most memory that was in use on the heap while something ran.
func watched(do func()) (peak uint64) {
	stop, done := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(done)
		heap := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
		for {
			metrics.Read(heap)
			peak = max(peak, heap[0].Value.Uint64())
			select {
			case <-stop:
				return
			case <-time.After(2 * time.Millisecond):
			}
		}
	}()
	do()
	close(stop)
	<-done
	return peak
}

// BenchmarkImportOfTenThousandDeals is a list in the wide shape; the bar is two seconds.
func BenchmarkImportOfTenThousandDeals(b *testing.B) {
	data := handlerstest.WideList(10_000)
	var peak uint64
	for b.Loop() {
		peak = max(peak, watched(func() {
			if deals, _ := importOnce(b, data); deals != 10_000 {
				b.Fatalf("%d deals came", deals)
			}
		}))
	}
	b.ReportMetric(float64(peak)/(1<<20), "MB-heap")
}

// BenchmarkImportOfAHundredThousandSteps is a list in the long shape: progress is shown, and memory stays bounded.
func BenchmarkImportOfAHundredThousandSteps(b *testing.B) {
	data := longList(100_000)
	var peak uint64
	var shown int
	for b.Loop() {
		peak = max(peak, watched(func() {
			var deals int
			if deals, shown = importOnce(b, data); deals != 20_000 || shown < 10 {
				b.Fatalf("%d deals came, progress was shown %d times", deals, shown)
			}
		}))
	}
	b.ReportMetric(float64(peak)/(1<<20), "MB-heap")
	b.ReportMetric(float64(shown), "progress")
}

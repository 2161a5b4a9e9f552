package handlers_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"milstolpe/db/dbtest"
	"milstolpe/handlers/sheet"
	"milstolpe/process"
)

// wideList is a list of deals in the wide shape.
func wideList(n int) []byte {
	var b strings.Builder
	b.WriteString("Id,Name,Customer,Seller,Value,Opened,Owner named,Budget,Outcome,Closed,Lost reason\n")
	day := process.MustDate("2023-01-02")
	for i := range n {
		opened := day.AddDays(i % 1000)
		outcome, closed, reason := "Open", "", ""
		if i%3 > 0 {
			outcome, closed, reason = []string{"Won", "Lost"}[i%2], opened.AddDays(60).String(), []string{"", "price"}[i%2]
		}
		fmt.Fprintf(&b, "D%06d,Project %d,Customer %d,Seller %d,%d,%s,%s,%s,%s,%s,%s\n",
			i, i, i%2000, i%12, 10_000+i, opened, opened.AddDays(9), opened.AddDays(30), outcome, closed, reason)
	}
	return []byte(b.String())
}

// BenchmarkImportOfTenThousandDeals is an import from the list to the file on the disk, review included: reading, guessing, planning for
// the review, planning again, recording.
func BenchmarkImportOfTenThousandDeals(b *testing.B) {
	data := wideList(10_000)
	def := process.Definition{Name: "New business", Milestones: []process.Milestone{
		{Key: "owner", Name: "Owner named", Required: true}, {Key: "budget", Name: "Budget", Required: true},
	}}
	today := process.DateOf(dbtest.Now)
	for b.Loop() {
		b.StopTimer()
		file := dbtest.New(b)
		dbtest.Record(b, file, &process.VersionPublished{Stamp: process.Stamp{Known: today}, Process: "p", Version: "v", Definition: def})
		b.StartTimer()
		sheets, err := sheet.Read(bytes.NewReader(data), int64(len(data)))
		if err != nil {
			b.Fatal(err)
		}
		list := sheets[0].List
		in := process.Intake{ID: "i", Process: "p", Mapping: process.GuessMapping(list, &def).Mapping, Source: "deals.csv", Today: today}
		plan := func(team *process.Team) ([]process.Fact, error) {
			p, err := team.PlanIntake(in, list)
			if err != nil {
				return nil, err
			}
			if n := p.Count(process.RowNew); n != 10_000 {
				b.Fatalf("%d new deals: %v", n, p.Faults()[:1])
			}
			return p.Facts, nil
		}
		if err := file.View(func(team *process.Team) error { _, err := plan(team); return err }); err != nil {
			b.Fatal(err)
		}
		if _, err := file.ActBulk(b.Context(), plan, nil); err != nil {
			b.Fatal(err)
		}
	}
}

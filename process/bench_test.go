package process_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"milstolpe/process"
	"milstolpe/process/money"
)

// crowd makes a team with so many deals over four years, ten events a deal: the sizes of the speed table in README.md.
func crowd(deals int) []process.Event {
	r := rand.New(rand.NewPCG(7, 7)) //nolint:gosec // a seeded generator
	start, n := process.MustDate("2022-01-03"), uint64(0)
	var events []process.Event
	add := func(f process.Fact) {
		n++
		events = append(events, process.Event{ID: process.NewEventID(n<<16, process.Writer{byte(n % 5)}, nil), Fact: f})
	}
	at := func(d process.Date) process.Stamp { return process.Stamp{Known: d} }
	add(&process.TeamFounded{Stamp: at(start), Dataset: "crowd"})
	def := process.Definition{Name: "Crowd"}
	for g := range 5 {
		def.Milestones = append(def.Milestones, process.Milestone{Key: process.MilestoneID(fmt.Sprintf("m%d", g)), Name: "m", Required: true})
	}
	add(&process.VersionPublished{Stamp: at(start), Process: "p", Version: "v", Definition: def})
	for i := range deals {
		id := process.DealID(fmt.Sprintf("d%06d", i))
		day := start.AddDays(i * 4 * 365 / deals)
		value := money.New(int64(math.Exp(r.NormFloat64()*0.6+11.5))*100, "SEK")
		seller := process.PersonID(fmt.Sprintf("s%d", r.IntN(15)))
		add(&process.DealOpened{Stamp: at(day), Deal: id, On: day, Process: "p", Version: "v", Seller: seller, Value: &value, ExpectedClose: day + 90})
		open := true
		for k := range 9 {
			day += process.Date(1 + r.IntN(25))
			if day >= start.AddDays(4*365) {
				break
			}
			switch {
			case open && k%2 == 0:
				add(&process.MilestoneReached{Stamp: at(day), Deal: id, Milestone: process.MilestoneID(fmt.Sprintf("m%d", k/2)), On: day})
			case open && (k == 7 || r.IntN(4) == 0):
				add(&process.DealClosed{Stamp: at(day), Deal: id, Outcome: []process.Outcome{process.Won, process.Lost}[r.IntN(2)], On: day, Reason: "price"})
				open = false
			default:
				add(&process.JournalWritten{Stamp: at(day), Deal: id, On: day, Text: "Talked on the phone"})
			}
		}
	}
	return events
}

var sizes = []int{10_000, 100_000}

// BenchmarkFold makes the team from its events.
func BenchmarkFold(b *testing.B) {
	for _, n := range sizes {
		events := crowd(n)
		b.Run(fmt.Sprintf("deals=%d/events=%d", n, len(events)), func(b *testing.B) {
			for b.Loop() {
				process.NewTeam().Apply(events...)
			}
		})
	}
}

// BenchmarkReport is forecast against actual over twelve quarters, from a model that has learned nothing yet.
func BenchmarkReport(b *testing.B) {
	for _, n := range sizes {
		team := process.NewTeam()
		team.Apply(crowd(n)...)
		b.Run(fmt.Sprintf("deals=%d", n), func(b *testing.B) {
			for b.Loop() {
				m := process.NewModel(team, process.MustDate("2026-01-05"))
				if _, err := m.Report(process.Query{Kind: process.Quarter, From: process.MustDate("2023-01-01"), To: process.MustDate("2025-12-31")}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkChances learns everything anew and looks at all open deals.
func BenchmarkChances(b *testing.B) {
	for _, n := range sizes {
		team := process.NewTeam()
		team.Apply(crowd(n)...)
		today := process.MustDate("2026-01-05")
		b.Run(fmt.Sprintf("deals=%d", n), func(b *testing.B) {
			for b.Loop() {
				m := process.NewModel(team, today)
				for _, d := range m.OpenDeals(today) {
					m.Chance(d, today)
				}
			}
		})
	}
}

package forecast_test

import (
	"fmt"
	"testing"

	"milstolpe/process"
	"milstolpe/process/forecast"
	"milstolpe/process/processtest"
	"milstolpe/process/sales"
)

// crowd is a team of so many deals, as events: the sizes of the speed table in README.md.
func crowd(deals int) []process.Event {
	facts := append([]process.Fact{&process.TeamFounded{Stamp: process.Stamp{Known: process.MustDate("2022-01-03")}, Dataset: "crowd"}},
		processtest.Crowd(deals, process.MustDate("2026-01-02"))...)
	events := make([]process.Event, len(facts))
	for i, f := range facts {
		n := uint64(i + 1)
		events[i] = process.Event{ID: process.NewEventID(n<<16, process.Writer{byte(n % 5)}, nil), Fact: f}
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
				sales.NewTeam().Apply(events...)
			}
		})
	}
}

// BenchmarkReport is forecast against actual over twelve quarters, from a model that has learned nothing yet.
func BenchmarkReport(b *testing.B) {
	for _, n := range sizes {
		team := sales.NewTeam()
		team.Apply(crowd(n)...)
		b.Run(fmt.Sprintf("deals=%d", n), func(b *testing.B) {
			for b.Loop() {
				m := forecast.NewModel(team, process.MustDate("2026-01-05"))
				if _, err := m.Report(forecast.Query{Kind: process.Quarter, From: process.MustDate("2023-01-01"), To: process.MustDate("2025-12-31")}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkChances learns everything anew and looks at all open deals.
func BenchmarkChances(b *testing.B) {
	for _, n := range sizes {
		team := sales.NewTeam()
		team.Apply(crowd(n)...)
		today := process.MustDate("2026-01-05")
		b.Run(fmt.Sprintf("deals=%d", n), func(b *testing.B) {
			for b.Loop() {
				m := forecast.NewModel(team, today)
				for _, d := range m.OpenDeals(today) {
					m.Chance(d, today)
				}
			}
		})
	}
}

package processtest

import (
	"fmt"
	"math/rand/v2"

	"pgregory.net/rapid"

	"milstolpe/process"
	"milstolpe/process/money"
)

// Settle records so many deals one after the other, most of them closed: a team that has enough of a record for everything that the model
// learns from one. It throws its own dice, because rapid's would make all of them alike.
func (h *History) Settle(deals int) {
	dice := rand.New(rand.NewPCG(rapid.Uint64().Draw(h.rt, "settled"), 3))
	for range deals {
		h.At += process.Date(dice.IntN(21)) //nolint:gosec // a few days
		h.deals++
		id, day := process.DealID(fmt.Sprintf("d%d", h.deals)), h.At
		value := money.New(int64(dice.IntN(1000))*1000_00, "SEK")
		h.Add(&process.DealOpened{
			Stamp: process.Stamp{Known: day}, On: day, Deal: id, Process: "p", Version: "v1", Value: &value,
			Seller: process.PersonID([]string{"anna", "erik", ""}[dice.IntN(3)]), Customer: process.CustomerID([]string{"k1", "k2", ""}[dice.IntN(3)]),
		})
		if dice.IntN(2) == 0 {
			h.Add(&process.ChoiceSet{Stamp: process.Stamp{Known: day}, Deal: id, List: "region", Choice: []process.ChoiceID{"north", "south"}[dice.IntN(2)]})
		}
		for _, milestone := range []process.MilestoneID{"a", "b"} {
			day += process.Date(dice.IntN(40)) //nolint:gosec // a few days
			if dice.IntN(4) > 0 {
				h.Add(&process.MilestoneReached{Stamp: process.Stamp{Known: day}, Deal: id, Milestone: milestone, On: day})
			}
		}
		day += process.Date(dice.IntN(60)) //nolint:gosec // a few days
		if dice.IntN(5) > 0 {
			h.Add(&process.DealClosed{Stamp: process.Stamp{Known: day}, Deal: id, Outcome: process.Outcomes[dice.IntN(4)], On: day.AddDays(-dice.IntN(10))})
		}
	}
}

// Later records something more, as it may come in from a colleague: of today or of long ago, about any deal, and of every kind.
func (h *History) Later() {
	at := h.At
	defer func() { h.At = max(at, h.At) }()
	if rapid.IntRange(0, 2).Draw(h.rt, "late") == 0 {
		h.At = h.At.AddDays(-rapid.IntRange(0, 500).Draw(h.rt, "days late"))
	}
	if rapid.IntRange(0, 2).Draw(h.rt, "more") > 0 {
		h.Step()
		return
	}
	stamp := process.Stamp{Known: h.At}
	id := process.DealID(fmt.Sprintf("d%d", rapid.IntRange(1, max(1, h.deals)).Draw(h.rt, "deal")))
	if own := h.of[id]; len(own) > 0 && rapid.Bool().Draw(h.rt, "based") {
		stamp.Base = []process.EventID{own[rapid.IntRange(0, len(own)-1).Draw(h.rt, "base")].ID}
	}
	if rapid.IntRange(0, 5).Draw(h.rt, "imported") == 0 {
		stamp.Import, stamp.History = "i1", true
	}
	switch kind := rapid.IntRange(0, 10).Draw(h.rt, "what"); kind {
	case 10: // somebody takes the opening back, and others go on working
		if own := h.of[id]; len(own) > 0 {
			h.Add(&process.Undone{Stamp: process.Stamp{Known: h.At}, Deal: id, Events: []process.EventID{own[0].ID}})
		}
		h.Add(&process.JournalWritten{Stamp: process.Stamp{Known: h.At}, Deal: id, On: h.At, Text: "t"})
	case 0:
		h.ofTeam(stamp)
	case 1:
		h.deals++
		h.Add(&process.DealOpened{
			Stamp: stamp, On: h.At, Deal: process.DealID(fmt.Sprintf("d%d", h.deals)), Process: "p", Version: "v1", NoSteps: true, Seller: h.seller(), Value: h.value(),
		})
	case 2:
		h.Add(&process.DealOpened{Stamp: stamp, On: h.At, Deal: id, Process: "p", Version: "v1", Seller: h.seller(), Customer: h.customer(), Value: h.value()})
	default:
		h.ofDeal(stamp, id)
	}
}

// ofDeal records a rarer kind of fact about a deal.
func (h *History) ofDeal(stamp process.Stamp, id process.DealID) {
	milestone := rapid.SampledFrom([]process.MilestoneID{"a", "b", "c"}).Draw(h.rt, "milestone")
	facts := []process.Fact{
		&process.MilestoneReached{Stamp: stamp, Deal: id, Milestone: milestone, On: h.At},
		&process.DealClosed{Stamp: stamp, Deal: id, Outcome: process.Won, On: h.At.AddDays(-3)},
		&process.MilestoneCorrected{Stamp: stamp, Deal: id, Milestone: milestone, On: h.At.AddDays(-5)},
		&process.DealMoved{Stamp: stamp, Deal: id, Version: "v2"},
		&process.OpeningCorrected{Stamp: stamp, Deal: id, On: h.At},
		&process.OpeningCorrected{Stamp: process.Stamp{Known: h.At.AddDays(-200), History: true, Base: stamp.Base}, Deal: id, On: h.At.AddDays(-200)},
		&process.SourceSet{Stamp: stamp, Deal: id, Source: "fair"},
		&process.ChoiceSet{Stamp: stamp, Deal: id, List: "region", Choice: rapid.SampledFrom([]process.ChoiceID{"", "north", "south"}).Draw(h.rt, "choice")},
		&process.ExpectedCloseSet{Stamp: stamp, Deal: id, Day: h.At.AddDays(40)},
		&process.OpinionSet{Stamp: stamp, Deal: id, Percent: 40},
		&process.JournalWritten{Stamp: stamp, Deal: id, On: h.At, Text: "t"},
		&process.NextStepSet{Stamp: stamp, Deal: id, Text: "t", Due: h.At},
		&process.ContactLinked{Stamp: stamp, Deal: id, Contact: "c1"},
		&process.NoneReached{Stamp: stamp, Deal: id},
		&process.MilestonePromised{Stamp: stamp, Deal: id, Milestone: milestone, Day: h.At},
		&process.DealRenamed{Stamp: stamp, Deal: id, Name: "n"},
	}
	h.Add(facts[rapid.IntRange(0, len(facts)-1).Draw(h.rt, "of deal")])
}

// ofTeam records something that is about no deal.
func (h *History) ofTeam(stamp process.Stamp) {
	period := process.Calendar{}.Period(process.Quarter, h.At)
	facts := []process.Fact{
		&process.PersonNamed{Stamp: stamp, Person: "anna", Name: "Anna"},
		&process.CustomerNamed{Stamp: stamp, Customer: "k1", Name: "K"},
		&process.ContactNamed{Stamp: stamp, Contact: "c1", Customer: "k1", Name: "C"},
		&process.CallMade{Stamp: stamp, Period: period.Label(), Layer: process.SellerLayer, Seller: "anna", Amount: money.New(100_000_00, "SEK")},
		&process.TargetSet{Stamp: stamp, Period: period.Label(), Amount: money.New(100_000_00, "SEK")},
		&process.SettingSet{Stamp: stamp, Setting: process.WinsOfTenSetting, Value: "3"},
		&process.ImportTaken{Stamp: stamp, ID: "i1"},
		&process.ImportUndone{Stamp: stamp, ID: "i1"},
		&process.DraftSaved{Stamp: stamp, Process: "q", Definition: DefinitionOf("a")},
		&process.VersionPublished{Stamp: stamp, Process: "p", Version: "v2", Definition: DefinitionOf("a", "b", "c")},
		&process.DealOpened{Stamp: stamp, On: h.At, Deal: "other", Process: "p", Version: "v1", Value: h.value()},
	}
	h.Add(facts[rapid.IntRange(0, len(facts)-1).Draw(h.rt, "of team")])
}

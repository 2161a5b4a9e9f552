package process_test

import (
	"fmt"

	"pgregory.net/rapid"

	"milstolpe/process"
	"milstolpe/process/money"
	"milstolpe/process/sales"
)

// historyOf draws a team's whole history, day by day, with everything that can happen to a deal.
func historyOf(rt *rapid.T) []process.Event { return drawHistory(rt).events }

func drawHistory(rt *rapid.T) *randomHistory {
	h := &randomHistory{rt: rt, at: process.MustDate("2024-01-01")}
	h.add(&process.TeamFounded{Stamp: process.Stamp{Known: h.at}, Dataset: "d"})
	h.add(&process.SettingSet{Stamp: process.Stamp{Known: h.at}, Setting: process.CurrencySetting, Value: "SEK"})
	h.add(&process.RateSet{Stamp: process.Stamp{Known: h.at}, Currency: "NOK", Rate: 0.97})
	h.publish("v1", "a", "b")
	for range rapid.IntRange(20, 120).Draw(rt, "facts") {
		h.at += process.Date(rapid.IntRange(0, 9).Draw(rt, "days"))
		h.step()
	}
	return h
}

type randomHistory struct {
	rt     *rapid.T
	at     process.Date
	n      uint64
	events []process.Event
	deals  int
	of     map[process.DealID][]process.Event
}

func (h *randomHistory) add(f process.Fact) {
	h.n++
	e := process.Event{ID: process.NewEventID(h.n<<16, process.Writer{byte(h.n % 3)}, nil), Fact: f}
	h.events = append(h.events, e)
	if id := sales.DealOf(f); id != "" {
		if h.of == nil {
			h.of = map[process.DealID][]process.Event{}
		}
		h.of[id] = append(h.of[id], e)
	}
}

func (h *randomHistory) publish(v process.VersionID, keys ...process.MilestoneID) {
	def := process.Definition{Name: "P"}
	for _, k := range keys {
		def.Milestones = append(def.Milestones, process.Milestone{Key: k, Name: string(k), Required: true})
	}
	h.add(&process.VersionPublished{Stamp: process.Stamp{Known: h.at}, Process: "p", Version: v, Definition: def})
}

// step records one more thing. Base is drawn from the deal's own events, whether it makes sense or not: the fold has to bear it.
func (h *randomHistory) step() {
	draw := func(n int, what string) int { return rapid.IntRange(0, n-1).Draw(h.rt, what) }
	kind := draw(17, "kind")
	if h.deals == 0 || kind < 3 {
		h.deals++
		h.add(&process.DealOpened{
			Stamp: process.Stamp{Known: h.at}, On: h.at, Deal: process.DealID(fmt.Sprintf("d%d", h.deals)), Process: "p", Version: "v1",
			Seller: h.seller(), Customer: h.customer(), Value: h.value(),
		})
		return
	}
	id := process.DealID(fmt.Sprintf("d%d", 1+draw(h.deals, "deal")))
	own := h.of[id]
	one := own[draw(len(own), "base")].ID
	stamp, based := process.Stamp{Known: h.at}, process.Stamp{Known: h.at, Base: []process.EventID{one}}
	on := h.at.AddDays(-draw(30, "late"))
	milestone := []process.MilestoneID{"a", "b", "c"}[draw(3, "milestone")]
	switch kind {
	case 3, 4, 5:
		h.add(&process.MilestoneReached{Stamp: stamp, Deal: id, Milestone: milestone, On: on})
	case 6:
		h.add(&process.MilestoneWaived{Stamp: stamp, Deal: id, Milestone: milestone, Reason: "r"})
	case 7:
		h.add(&process.MilestoneWithdrawn{Stamp: based, Deal: id, Milestone: milestone, Reason: "r"})
	case 8, 9:
		h.add(&process.DealClosed{Stamp: stamp, Deal: id, Outcome: process.Outcomes[draw(5, "outcome")], On: on, Value: h.value()})
	case 10:
		h.add(&process.DealReopened{Stamp: based, Deal: id, Reason: "r"})
	case 11:
		h.add(&process.ValueSet{Stamp: based, Deal: id, Value: h.value()})
	case 12:
		h.add(&process.SellerSet{Stamp: based, Deal: id, Seller: h.seller()})
	case 13:
		h.add(&process.Undone{Stamp: stamp, Deal: id, Events: []process.EventID{one}})
	case 14:
		h.add(&process.DealCustomerSet{Stamp: based, Deal: id, Customer: h.customer()})
	case 15:
		h.add(&process.CustomersMerged{Stamp: stamp, From: h.customer(), Into: h.customer()})
	case 16:
		h.add(&process.RateSet{Stamp: stamp, Currency: "NOK", Rate: float64(90+draw(20, "rate")) / 100})
	}
}

func (h *randomHistory) seller() process.PersonID {
	return process.PersonID([]string{"anna", "erik", ""}[rapid.IntRange(0, 2).Draw(h.rt, "seller")])
}

func (h *randomHistory) customer() process.CustomerID {
	return process.CustomerID([]string{"k1", "k2", "k3", ""}[rapid.IntRange(0, 3).Draw(h.rt, "customer")])
}

func (h *randomHistory) value() *money.Amount {
	v := money.New(rapid.Int64Range(0, 1_000_000_00).Draw(h.rt, "value"), []string{"SEK", "NOK"}[rapid.IntRange(0, 1).Draw(h.rt, "currency")])
	if v.Minor%7 == 0 {
		return nil
	}
	return &v
}

func teamOf(events []process.Event) *sales.Team {
	t := sales.NewTeam()
	t.Apply(events...)
	return t
}

// period draws a period within the history, and two days on which its forecast is looked at.
func (h *randomHistory) period() (p process.Period, from, to process.Date) {
	kind := rapid.SampledFrom(process.PeriodKinds).Draw(h.rt, "length")
	p = process.Calendar{}.Period(kind, process.MustDate("2024-01-01").AddDays(rapid.IntRange(0, max(1, h.at.Sub(process.MustDate("2024-01-01")))).Draw(h.rt, "in")))
	to = p.End.AddDays(-rapid.IntRange(0, 120).Draw(h.rt, "to"))
	return p, to.AddDays(-rapid.IntRange(0, 120).Draw(h.rt, "from")), to
}

// merged is a history as it comes together from two copies: what the first one has in its own order, then the rest, some of it twice.
func merged(rt *rapid.T, events []process.Event) *sales.Team {
	var here, there []process.Event
	for _, e := range rapid.Permutation(events).Draw(rt, "order") {
		switch rapid.IntRange(0, 2).Draw(rt, "copy") {
		case 0:
			here = append(here, e)
		case 1:
			there = append(there, e)
		case 2:
			here, there = append(here, e), append(there, e)
		}
	}
	team := sales.NewTeam()
	team.Apply(here...)
	team.Apply(there...)
	return team
}

package processtest

import (
	"fmt"

	"pgregory.net/rapid"

	"milstolpe/process"
	"milstolpe/process/money"
	"milstolpe/process/sales"
)

// HistoryOf draws a team's whole history, day by day, with everything that can happen to a deal.
func HistoryOf(rt *rapid.T) []process.Event { return DrawHistory(rt).Events }

// DrawHistory draws a team's history and what it is made of, so that more can be added.
func DrawHistory(rt *rapid.T) *History {
	h := &History{rt: rt, At: process.MustDate("2024-01-01")}
	h.Add(&process.TeamFounded{Stamp: process.Stamp{Known: h.At}, Dataset: "d"})
	h.Add(&process.SettingSet{Stamp: process.Stamp{Known: h.At}, Setting: process.CurrencySetting, Value: "SEK"})
	h.Add(&process.RateSet{Stamp: process.Stamp{Known: h.At}, Currency: "NOK", Rate: 0.97})
	h.publish("v1", "a", "b")
	for range rapid.IntRange(20, 120).Draw(rt, "facts") {
		h.At += process.Date(rapid.IntRange(0, 9).Draw(rt, "days"))
		h.Step()
	}
	return h
}

// History is a history that is being drawn.
type History struct {
	rt     *rapid.T
	At     process.Date
	n      uint64
	Events []process.Event
	deals  int
	of     map[process.DealID][]process.Event
}

// Add records a fact of the day.
func (h *History) Add(f process.Fact) {
	h.n++
	e := process.Event{ID: process.NewEventID(h.n<<16, process.Writer{byte(h.n % 3)}, nil), Fact: f}
	h.Events = append(h.Events, e)
	if id := process.DealOf(f); id != "" {
		if h.of == nil {
			h.of = map[process.DealID][]process.Event{}
		}
		h.of[id] = append(h.of[id], e)
	}
}

func (h *History) publish(v process.VersionID, keys ...process.MilestoneID) {
	def := process.Definition{Name: "P"}
	for _, k := range keys {
		def.Milestones = append(def.Milestones, process.Milestone{Key: k, Name: string(k), Required: true})
	}
	h.Add(&process.VersionPublished{Stamp: process.Stamp{Known: h.At}, Process: "p", Version: v, Definition: def})
}

// Step records one more thing. Base is drawn from the deal's own events, whether it makes sense or not: the fold has to bear it.
func (h *History) Step() {
	draw := func(n int, what string) int { return rapid.IntRange(0, n-1).Draw(h.rt, what) }
	kind := draw(17, "kind")
	if h.deals == 0 || kind < 3 {
		h.deals++
		h.Add(&process.DealOpened{
			Stamp: process.Stamp{Known: h.At}, On: h.At, Deal: process.DealID(fmt.Sprintf("d%d", h.deals)), Process: "p", Version: "v1",
			Seller: h.seller(), Customer: h.customer(), Value: h.value(),
		})
		return
	}
	id := process.DealID(fmt.Sprintf("d%d", 1+draw(h.deals, "deal")))
	own := h.of[id]
	one := own[draw(len(own), "base")].ID
	stamp, based := process.Stamp{Known: h.At}, process.Stamp{Known: h.At, Base: []process.EventID{one}}
	on := h.At.AddDays(-draw(30, "late"))
	milestone := []process.MilestoneID{"a", "b", "c"}[draw(3, "milestone")]
	switch kind {
	case 3, 4, 5:
		h.Add(&process.MilestoneReached{Stamp: stamp, Deal: id, Milestone: milestone, On: on})
	case 6:
		h.Add(&process.MilestoneWaived{Stamp: stamp, Deal: id, Milestone: milestone, Reason: "r"})
	case 7:
		h.Add(&process.MilestoneWithdrawn{Stamp: based, Deal: id, Milestone: milestone, Reason: "r"})
	case 8, 9:
		h.Add(&process.DealClosed{Stamp: stamp, Deal: id, Outcome: process.Outcomes[draw(5, "outcome")], On: on, Value: h.value()})
	case 10:
		h.Add(&process.DealReopened{Stamp: based, Deal: id, Reason: "r"})
	case 11:
		h.Add(&process.ValueSet{Stamp: based, Deal: id, Value: h.value()})
	case 12:
		h.Add(&process.SellerSet{Stamp: based, Deal: id, Seller: h.seller()})
	case 13:
		h.Add(&process.Undone{Stamp: stamp, Deal: id, Events: []process.EventID{one}})
	case 14:
		h.Add(&process.DealCustomerSet{Stamp: based, Deal: id, Customer: h.customer()})
	case 15:
		h.Add(&process.CustomersMerged{Stamp: stamp, From: h.customer(), Into: h.customer()})
	case 16:
		h.Add(&process.RateSet{Stamp: stamp, Currency: "NOK", Rate: float64(90+draw(20, "rate")) / 100})
	}
}

func (h *History) seller() process.PersonID {
	return process.PersonID([]string{"anna", "erik", ""}[rapid.IntRange(0, 2).Draw(h.rt, "seller")])
}

func (h *History) customer() process.CustomerID {
	return process.CustomerID([]string{"k1", "k2", "k3", ""}[rapid.IntRange(0, 3).Draw(h.rt, "customer")])
}

func (h *History) value() *money.Amount {
	v := money.New(rapid.Int64Range(0, 1_000_000_00).Draw(h.rt, "value"), []string{"SEK", "NOK"}[rapid.IntRange(0, 1).Draw(h.rt, "currency")])
	if v.Minor%7 == 0 {
		return nil
	}
	return &v
}

// TeamOf adds events up.
func TeamOf(events []process.Event) *sales.Team {
	t := sales.NewTeam()
	t.Apply(events...)
	return t
}

// Period draws a period within the history, and two days on which its forecast is looked at.
func (h *History) Period() (p process.Period, from, to process.Date) {
	kind := rapid.SampledFrom(process.PeriodKinds).Draw(h.rt, "length")
	p = process.Calendar{}.Period(kind, process.MustDate("2024-01-01").AddDays(rapid.IntRange(0, max(1, h.At.Sub(process.MustDate("2024-01-01")))).Draw(h.rt, "in")))
	to = p.End.AddDays(-rapid.IntRange(0, 120).Draw(h.rt, "to"))
	return p, to.AddDays(-rapid.IntRange(0, 120).Draw(h.rt, "from")), to
}

// Merged is a history as it comes together from two copies: what the first one has in its own order, then the rest, some of it twice.
func Merged(rt *rapid.T, events []process.Event) *sales.Team {
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

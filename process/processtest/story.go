package processtest

import (
	"math"
	"testing"

	"milstolpe/process"
	"milstolpe/process/forecast"
	"milstolpe/process/money"
	"milstolpe/process/sales"
)

// Story records facts one after the other, as one writer would.
type Story struct {
	T    *testing.T
	Team *sales.Team
	N    uint64
	Ids  map[string]process.EventID
}

// NewStory founds a team long before everything else, and publishes a process of required milestones with the given keys.
func NewStory(t *testing.T, keys ...process.MilestoneID) *Story {
	t.Helper()
	s := &Story{T: t, Team: sales.NewTeam(), Ids: map[string]process.EventID{}}
	facts, err := process.NewTeamFacts(process.NewTeamInput{Dataset: "test", Settings: map[process.Setting]string{
		process.CurrencySetting: "SEK", process.TimeZoneSetting: "Europe/Stockholm", process.CalibrationSetting: "month",
	}}, Day("2020-01-01"))
	if err != nil {
		t.Fatal(err)
	}
	s.Add("", facts...)
	s.Publish("2020-01-01", "v1", keys...)
	return s
}

// Publish publishes a version of required milestones named after their keys.
func (s *Story) Publish(on string, version process.VersionID, keys ...process.MilestoneID) {
	def := process.Definition{Name: "New business"}
	for _, k := range keys {
		def.Milestones = append(def.Milestones, process.Milestone{Key: k, Name: "The buyer has done " + string(k), Required: true})
	}
	s.Add("", &process.VersionPublished{Stamp: Known(on), Process: "p", Version: version, Definition: def})
}

// Add records facts; a name makes the key of the last one findable in ids.
func (s *Story) Add(name string, facts ...process.Fact) {
	for _, f := range facts {
		s.N++
		id := process.NewEventID(s.N<<16, process.Writer{1}, nil)
		s.Team.Apply(process.Event{ID: id, Fact: f})
		s.Ids[name] = id
	}
}

// Open opens a deal of Anna's, known on the day.
func (s *Story) Open(id process.DealID, on string, value *money.Amount) {
	s.Add("open "+string(id), &process.DealOpened{
		Stamp: Known(on), Deal: id, On: Day(on), Process: "p", Version: "v1", Seller: "anna", Value: value,
	})
}

// Reach records a milestone, known on the day.
func (s *Story) Reach(id process.DealID, m process.MilestoneID, on string) {
	s.Add("reach "+string(id)+" "+string(m), &process.MilestoneReached{Stamp: Known(on), Deal: id, Milestone: m, On: Day(on)})
}

// Close ends a deal, known on the day.
func (s *Story) Close(id process.DealID, how process.Outcome, on string, value *money.Amount) {
	s.Add("close "+string(id), &process.DealClosed{Stamp: Known(on), Deal: id, Outcome: how, On: Day(on), Value: value})
}

// Deal is a deal of the story; the test fails where it is not there.
func (s *Story) Deal(id process.DealID) *sales.Deal {
	s.T.Helper()
	d, ok := s.Team.Deal(id)
	if !ok {
		s.T.Fatalf("deal %s is not there", id)
	}
	return d
}

// Model looks at the story from 23 November 2026.
func (s *Story) Model() *forecast.Model { return forecast.NewModel(s.Team, Day("2026-11-23")) }

// Day is a day such as 2026-11-23.
func Day(text string) process.Date { return process.MustDate(text) }

// Known is the stamp of a fact that is known on a day and replaces those in base.
func Known(text string, base ...process.EventID) process.Stamp {
	return process.Stamp{Known: Day(text), Base: base}
}

// Kronor is an amount in whole kronor.
func Kronor(n int64) *money.Amount { a := money.New(n*100, "SEK"); return &a }

// Near fails the test where got is not within a distance of want.
func Near(t *testing.T, what string, got, want, within float64) {
	t.Helper()
	if !(math.Abs(got-want) <= within) {
		t.Errorf("%s is %v, want %v", what, got, want)
	}
}

// DefinitionOf is a process of required milestones named after their keys.
func DefinitionOf(keys ...process.MilestoneID) process.Definition {
	d := process.Definition{Name: "New business"}
	for _, k := range keys {
		d.Milestones = append(d.Milestones, process.Milestone{Key: k, Name: "The buyer has done " + string(k), Required: true})
	}
	return d
}

// PhiOfNewTeam is φ of a deal in a team without closed deals and a process without milestones: base = (0 + 2·2.5/10)/(0 + 2) = 0.25, and prior = base^1 = 0.25. With
// n = 0, win(h) = (0 + 8·0.25·K(h))/(0 + 8) = 0.25·K(h), where K(h) = 1 − 2^(−h/60). For a quarter of 90 days seen from the day before,
// φ = 0.25·(1 − 2^(−1.5)) = 0.25·0.6464466094 = 0.16161165.
const PhiOfNewTeam = 0.16161165235

// Waive waives a milestone, known on the day.
func (s *Story) Waive(id process.DealID, m process.MilestoneID, on string) {
	s.Add("waive "+string(id)+" "+string(m), &process.MilestoneWaived{Stamp: Known(on), Deal: id, Milestone: m, Reason: "framework agreement"})
}

// Withdraw takes back the mark of that name in the story.
func (s *Story) Withdraw(id process.DealID, m process.MilestoneID, on, mark string) {
	s.Add("withdraw "+mark, &process.MilestoneWithdrawn{Stamp: Known(on, s.Ids[mark]), Deal: id, Milestone: m, Reason: "budget gone"})
}

// Undo takes back the fact of that name in the story, as Team.Undo says.
func (s *Story) Undo(name, today string, fact process.Fact) {
	s.T.Helper()
	facts, err := s.Team.Undo([]process.Event{{ID: s.Ids[name], Fact: fact}}, Day(today))
	if err != nil {
		s.T.Fatal(err)
	}
	s.Add("undo "+name, facts...)
}

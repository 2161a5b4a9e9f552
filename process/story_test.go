package process_test

import (
	"math"
	"testing"

	"milstolpe/process"
	"milstolpe/process/forecast"
	"milstolpe/process/money"
	"milstolpe/process/sales"
)

// story records facts one after the other, as one writer would.
type story struct {
	t    *testing.T
	team *sales.Team
	n    uint64
	ids  map[string]process.EventID
}

// newStory founds a team long before everything else, and publishes a process of required milestones with the given keys.
func newStory(t *testing.T, keys ...process.MilestoneID) *story {
	t.Helper()
	s := &story{t: t, team: sales.NewTeam(), ids: map[string]process.EventID{}}
	facts, err := sales.NewTeamFacts(sales.NewTeamInput{Dataset: "test", Settings: map[process.Setting]string{
		process.CurrencySetting: "SEK", process.TimeZoneSetting: "Europe/Stockholm", process.CalibrationSetting: "month",
	}}, day("2020-01-01"))
	if err != nil {
		t.Fatal(err)
	}
	s.add("", facts...)
	s.publish("2020-01-01", "v1", keys...)
	return s
}

func (s *story) publish(on string, version process.VersionID, keys ...process.MilestoneID) {
	def := process.Definition{Name: "New business"}
	for _, k := range keys {
		def.Milestones = append(def.Milestones, process.Milestone{Key: k, Name: "The buyer has done " + string(k), Required: true})
	}
	s.add("", &process.VersionPublished{Stamp: known(on), Process: "p", Version: version, Definition: def})
}

// add records facts; a name makes the key of the last one findable in ids.
func (s *story) add(name string, facts ...process.Fact) {
	for _, f := range facts {
		s.n++
		id := process.NewEventID(s.n<<16, process.Writer{1}, nil)
		s.team.Apply(process.Event{ID: id, Fact: f})
		s.ids[name] = id
	}
}

func (s *story) open(id process.DealID, on string, value *money.Amount) {
	s.add("open "+string(id), &process.DealOpened{
		Stamp: known(on), Deal: id, On: day(on), Process: "p", Version: "v1", Seller: "anna", Value: value,
	})
}

func (s *story) reach(id process.DealID, m process.MilestoneID, on string) {
	s.add("reach "+string(id)+" "+string(m), &process.MilestoneReached{Stamp: known(on), Deal: id, Milestone: m, On: day(on)})
}

func (s *story) close(id process.DealID, how process.Outcome, on string, value *money.Amount) {
	s.add("close "+string(id), &process.DealClosed{Stamp: known(on), Deal: id, Outcome: how, On: day(on), Value: value})
}

func (s *story) deal(id process.DealID) *sales.Deal {
	s.t.Helper()
	d, ok := s.team.Deal(id)
	if !ok {
		s.t.Fatalf("deal %s is not there", id)
	}
	return d
}

func (s *story) model() *forecast.Model { return forecast.NewModel(s.team, day("2026-11-23")) }

func day(text string) process.Date { return process.MustDate(text) }

func known(text string, base ...process.EventID) process.Stamp {
	return process.Stamp{Known: day(text), Base: base}
}

func kronor(n int64) *money.Amount { a := money.New(n*100, "SEK"); return &a }

func near(t *testing.T, what string, got, want, within float64) {
	t.Helper()
	if !(math.Abs(got-want) <= within) {
		t.Errorf("%s is %v, want %v", what, got, want)
	}
}

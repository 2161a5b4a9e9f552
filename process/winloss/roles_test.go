package winloss_test

import (
	"testing"

	"milstolpe/process"
	"milstolpe/process/processtest"
	"milstolpe/process/winloss"
)

// Four deals of a process that asks who decides: won and met before the end, won and met too late, lost and met, lost and nobody known.
// A fifth was imported and a sixth follows a version that did not ask, so neither counts.
func TestWhomWeHadMetIsCountedAsItWasKnown(t *testing.T) {
	s := processtest.NewStory(t)
	at := processtest.Known
	def := processtest.DefinitionOf("a")
	s.Add("", &process.VersionPublished{Stamp: at("2026-01-01"), Process: "p", Version: "v1", Definition: def})
	def.Roles = []process.Role{{Key: process.Decides, Name: "Decides"}}
	s.Add("", &process.VersionPublished{Stamp: at("2026-01-02"), Process: "p", Version: "v2", Definition: def},
		&process.ContactNamed{Stamp: at("2026-01-02"), Contact: "eva", Customer: "c", Name: "Eva"})
	deal := func(id process.DealID, version process.VersionID, outcome process.Outcome, history bool, met, known string) {
		stamp := at("2026-02-01")
		stamp.History = history
		s.Add("", &process.DealOpened{Stamp: stamp, Deal: id, On: stamp.Known, Process: "p", Version: version, Customer: "c"})
		if known != "" {
			s.Add("", &process.RoleSet{Stamp: at(known), Deal: id, Role: process.Decides, Contact: "eva", Met: processtest.Day(met)})
		}
		end := at("2026-03-01")
		end.History = history
		s.Add("", &process.DealClosed{Stamp: end, Deal: id, Outcome: outcome, On: end.Known, Reason: "price"})
	}
	deal("d1", "v2", process.Won, false, "2026-02-10", "2026-02-11")
	deal("d2", "v2", process.Won, false, "2026-02-10", "2026-03-05") // written down after the end
	deal("d3", "v2", process.Lost, false, "2026-02-10", "2026-02-10")
	deal("d4", "v2", process.Lost, false, "", "")
	deal("d5", "v2", process.Won, true, "2026-02-10", "2026-02-10")
	deal("d6", "v1", process.Won, false, "", "")

	counts := winloss.Roles(s.Team, "p", processtest.Day("2026-04-01"))
	if len(counts) != 1 {
		t.Fatalf("%d roles", len(counts))
	}
	c := counts[0]
	if len(c.Won) != 2 || len(c.WonMet) != 1 || len(c.Lost) != 2 || len(c.LostMet) != 1 || c.Enough() {
		t.Errorf("won %d of %d met, lost %d of %d, enough %v", len(c.WonMet), len(c.Won), len(c.LostMet), len(c.Lost), c.Enough())
	}
}

package importer_test

import (
	"testing"

	"milstolpe/process"
	"milstolpe/process/importer"
	"milstolpe/process/importer/columns"
	"milstolpe/process/processtest"
)

const withRegions = `
id | customer | opened     | owner      | Region | Kind
1  | Acme     | 2026-01-05 | 2026-01-06 | North  | Pump
2  | Birch    | 2026-01-05 |            | norr   | Valve
3  | Cedar    | 2026-01-05 |            | West   | pump
4  | Dahl     | 2026-01-05 |            |        | Pump`

func regionsMapping() columns.Mapping {
	m := processtest.Wide
	all := map[string]columns.Meaning{}
	for h, meaning := range m.Columns {
		all[h] = meaning
	}
	all["Region"], all["Kind"] = columns.ListMeaning("region"), columns.ListMeaning("kind")
	m.Columns = all
	return m
}

func regionTeam(t *testing.T) *processtest.Story {
	t.Helper()
	s := processtest.NewStory(t, "owner")
	_, facts, err := s.Team.Lists().Add("Region", []string{"North", "South"}, process.Stamp{Known: processtest.Day("2026-01-01")})
	if err != nil {
		t.Fatal(err)
	}
	s.Add("", facts...)
	return s
}

func planOf(t *testing.T, s *processtest.Story, m columns.Mapping, fresh bool) *importer.Plan {
	t.Helper()
	list := processtest.AsList(withRegions)
	for h := range m.Columns {
		found := false
		for _, have := range list.Headers {
			found = found || have == h
		}
		if !found {
			delete(m.Columns, h)
		}
	}
	p, err := importer.NewPlan(s.Team, importer.Import{ID: "i1", Process: "p", Mapping: m, Today: processtest.Day("2026-11-23"), NewChoices: fresh}, list)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// Words that are no choices are refused where nobody is shown them, and asked about where somebody is.
func TestNewChoicesAreAskedAbout(t *testing.T) {
	s := regionTeam(t)
	p := planOf(t, s, regionsMapping(), false)
	if n := p.Count(importer.RowFails); n != 4 {
		t.Errorf("%d rows are refused, want all four: nobody has said that there is a list of kinds", n)
	}
	p = planOf(t, s, regionsMapping(), true)
	var asked []string
	for _, w := range p.Words {
		asked = append(asked, w.List+" "+w.Word)
	}
	if len(p.Words) != 4 || p.Count(importer.RowNew) != 4 { // Pump, norr, Valve, West
		t.Errorf("asked about %q, and %d rows are new", asked, p.Count(importer.RowNew))
	}
	m := regionsMapping()
	m.Choices = map[string]map[string]string{"Region": {"norr": "North", "West": ""}}
	s.Add("", planOf(t, s, m, true).Facts...)
	for ref, want := range map[string]process.ChoiceID{"1": "north", "2": "north", "3": "", "4": ""} {
		if got := s.ByRef(ref).Choices().Of("region"); got != want {
			t.Errorf("deal %s is in %q, want %q", ref, got, want)
		}
	}
	if l, ok := s.Team.Lists().List("kind"); !ok || l.Name != "Kind" || len(l.Choices) != 2 || s.ByRef("3").Choices().Of("kind") != "pump" {
		t.Errorf("the new list is %+v", l)
	}
	if again := planOf(t, s, m, true); len(again.Facts) != 0 {
		t.Errorf("the same list again gives %d facts", len(again.Facts))
	}
	changed := m
	changed.Choices = map[string]map[string]string{"Region": {"norr": "South", "West": ""}}
	p = planOf(t, s, changed, true)
	if p.Count(importer.RowUpdates) != 1 || len(p.Deals[1].Changes) != 1 || p.Deals[1].Changes[0] != (importer.RowChange{What: "list:region", From: "North", To: "South"}) {
		t.Errorf("with another answer: %+v", p.Deals[1].Changes)
	}
}

// What somebody has chosen here since stays, as long as the list repeats what it said.
func TestAnImportLeavesWhatWasChosenSince(t *testing.T) {
	s := regionTeam(t)
	m := regionsMapping()
	m.Choices = map[string]map[string]string{"Region": {"norr": "North", "West": "South"}}
	s.Add("", planOf(t, s, m, true).Facts...)
	d := s.ByRef("1")
	facts, err := d.Choices().Set(s.Team.Lists(), d.ID, "region", "south", nil, processtest.Known("2026-11-23"))
	if err != nil {
		t.Fatal(err)
	}
	s.Add("", facts...)
	if p := planOf(t, s, m, true); len(p.Facts) != 0 || s.ByRef("1").Choices().Of("region") != "south" {
		t.Errorf("%d facts, and the deal is in %q", len(p.Facts), s.ByRef("1").Choices().Of("region"))
	}
}

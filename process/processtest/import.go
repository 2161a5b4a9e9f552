package processtest

import (
	"strings"

	"milstolpe/process"
	"milstolpe/process/importer"
	"milstolpe/process/importer/cells"
	"milstolpe/process/importer/columns"
	"milstolpe/process/sales"
)

// AsList writes a list down as text: a line for each row, cells between bars. Rows are numbered from the line under the headers, 2.
func AsList(text string) columns.List {
	var list columns.List
	for i, line := range strings.Split(strings.TrimSpace(text), "\n") {
		var cells []columns.Cell
		for _, c := range strings.Split(line, "|") {
			cells = append(cells, columns.Cell{Text: strings.TrimSpace(c)})
		}
		if i == 0 {
			for _, c := range cells {
				list.Headers = append(list.Headers, c.Text)
			}
			continue
		}
		list.Rows = append(list.Rows, columns.ListRow{Number: i + 1, Cells: cells})
	}
	return list
}

// Wide is the mapping of the lists in these tests.
var Wide = columns.Mapping{Shape: columns.Wide, DateOrder: cells.YearMonthDay, Decimal: ".", Columns: map[string]columns.Meaning{
	"id": columns.MeansID, "name": columns.MeansName, "customer": columns.MeansCustomer, "contact": columns.MeansContact,
	"seller": columns.MeansSeller, "value": columns.MeansValue, "currency": columns.MeansCurrency, "opened": columns.MeansOpened,
	"expected": columns.MeansExpectedClose, "chance": columns.MeansProbability, "outcome": columns.MeansOutcome,
	"closed": columns.MeansClosed, "reason": columns.MeansLostReason, "competitor": columns.MeansCompetitor, "note": columns.MeansNote,
	"owner": "milestone:owner", "budget": "milestone:budget", "demo": columns.MeansJournal,
}}

// mappedTo leaves only the columns that a list has.
func mappedTo(list columns.List, m columns.Mapping) columns.Mapping {
	columns := map[string]columns.Meaning{}
	for _, h := range list.Headers {
		if meaning, ok := m.Columns[h]; ok {
			columns[h] = meaning
		}
	}
	m.Columns = columns
	return m
}

// IntakeOf is the intake of a list on the 23rd of November 2026.
func IntakeOf(id process.ImportID, list columns.List, m columns.Mapping) importer.Import {
	return importer.Import{ID: id, Process: "p", Mapping: mappedTo(list, m), Source: "deals.csv", Today: Day("2026-11-23")}
}

// Plan plans a list and fails the test if the mapping does not fit.
func (s *Story) Plan(id process.ImportID, m columns.Mapping, text string) *importer.Plan {
	s.T.Helper()
	list := AsList(text)
	p, err := importer.NewPlan(s.Team, IntakeOf(id, list, m), list)
	if err != nil {
		s.T.Fatal(err)
	}
	return p
}

// Take takes a list in, in as many rounds as it needs.
func (s *Story) Take(id process.ImportID, m columns.Mapping, text string) *importer.Plan {
	s.T.Helper()
	first := s.Plan(id, m, text)
	for p, round := first, 0; ; round++ {
		s.Add("", p.Facts...)
		if !p.Unfinished {
			return first
		}
		if round > 3 {
			s.T.Fatalf("the plan never ends:\n%s", text)
		}
		p = s.Plan(id, m, text)
	}
}

// ByRef finds a deal by the other system's id.
func (s *Story) ByRef(ref string) *sales.Deal {
	s.T.Helper()
	d, ok := s.Team.DealByRef(ref)
	if !ok {
		s.T.Fatalf("there is no deal with the id %s", ref)
	}
	return d
}

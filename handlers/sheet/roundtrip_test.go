package sheet_test

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"milstolpe/handlers/sheet"
	"milstolpe/process"
	"milstolpe/process/forecast"
	"milstolpe/process/importer/columns"
	"milstolpe/process/money"
	"milstolpe/process/sales"
)

// abstract is what a deal comes down to when two teams are compared: everything that an export says.
func abstract(team *sales.Team, p process.ProcessID) []string {
	var lines []string
	for _, d := range team.Deals() {
		if d.Process() != p {
			continue
		}
		n := d.Now
		line := fmt.Sprintf("%s|%s|%s|%s|%v|%v|%v|", cmp.Or(n.Ref, string(d.ID)), n.Name, team.Customer(n.Customer), team.Person(n.Seller), n.Value, n.Opened, n.ExpectedClose)
		marks := d.MarksOn(process.FarFuture)
		slices.SortFunc(marks, func(a, b sales.Mark) int { return cmp.Compare(a.Milestone, b.Milestone) })
		for _, m := range marks {
			line += fmt.Sprintf("%s %v %v %s,", m.Milestone, m.On, m.Waived, m.Reason)
		}
		if n.Opinion != nil {
			line += fmt.Sprintf("|%v", *n.Opinion)
		}
		if c := n.Close; c != nil {
			line += fmt.Sprintf("|%s %v %v %q %q", c.Outcome, c.On, c.Value, c.Reason, c.Competitor)
		}
		lines = append(lines, fmt.Sprintf("%s|%v|%v", line, d.StandingUnknown(), len(d.Contacts())))
	}
	slices.Sort(lines)
	return lines
}

// someText is text as people write it, with what lists find hard.
func someText(label string) *rapid.Generator[string] {
	return rapid.Custom(func(t *rapid.T) string {
		return rapid.SampledFrom([]string{
			"", "Acme", "Åsa & Söner AB", `"Quoted" Ltd`, "a;b,c|d", "=SUM(A1)", "+46 8 123", "- later", "@home", "'=x", "''", "two\nlines", "1 250,50", "2026-03-04", "x\ty",
		}).Draw(t, label)
	})
}

// someTeam is a team with a process and random deals in it, recorded by hand or as history.
func someTeam(t *testing.T, rt *rapid.T) *office {
	t.Helper()
	o := newOffice(t, "somewhere")
	o.publish("p", goldenDefinition(t))
	o.publish("q", process.Definition{Name: "Renewals", Milestones: []process.Milestone{
		{Key: "owner", Name: "Customer", Required: true}, {Key: "twin", Name: "Customer", Required: true}, {Key: "x", Name: "=HYPERLINK(1)", Required: true},
	}})
	o.record(&process.RateSet{Stamp: process.Stamp{Known: today}, Currency: "EUR", Rate: 11.5})
	for i := range rapid.IntRange(0, 12).Draw(rt, "deals") {
		o.someDeal(rt, process.DealID(fmt.Sprintf("deal-%d", i)))
	}
	return o
}

func (o *office) someDeal(t *rapid.T, id process.DealID) {
	opened := process.MustDate("2024-01-01").AddDays(rapid.IntRange(0, 900).Draw(t, "opened"))
	past := process.Stamp{Known: opened, History: true}
	customer, seller := someText("customer").Draw(t, "customer"), someText("seller").Draw(t, "seller")
	o.record(
		&process.CustomerNamed{Stamp: past, Customer: process.CustomerID("c" + process.FoldName(customer)), Name: customer},
		&process.PersonNamed{Stamp: past, Person: process.PersonID("p" + process.FoldName(seller)), Name: seller},
	)
	open := &process.DealOpened{Stamp: past, Deal: id, On: opened, Process: rapid.SampledFrom([]process.ProcessID{"p", "p", "q"}).Draw(t, "process")}
	open.Name, open.Ref = someText("name").Draw(t, "name"), rapid.SampledFrom([]string{"", "A" + string(id), "a" + string(id)}).Draw(t, "ref")
	if customer != "" {
		open.Customer = process.CustomerID("c" + process.FoldName(customer))
	}
	if seller != "" {
		open.Seller = process.PersonID("p" + process.FoldName(seller))
	}
	if rapid.Bool().Draw(t, "valued") {
		v := money.New(rapid.Int64Range(0, 1e12).Draw(t, "value"), rapid.SampledFrom([]string{"SEK", "EUR", "JPY"}).Draw(t, "currency"))
		open.Value = &v
	}
	if rapid.Bool().Draw(t, "expects") {
		open.ExpectedClose = opened.AddDays(rapid.IntRange(0, 2000).Draw(t, "expected"))
	}
	open.NoSteps = rapid.IntRange(0, 9).Draw(t, "unknown steps") == 0
	o.record(open)
	if !open.NoSteps {
		o.someSteps(t, open)
	}
	if rapid.Bool().Draw(t, "ends") {
		c := &process.DealClosed{Deal: id, On: opened.AddDays(rapid.IntRange(0, 100).Draw(t, "took")), Outcome: rapid.SampledFrom(process.Outcomes).Draw(t, "outcome")}
		c.Stamp = process.Stamp{Known: c.On, History: true}
		if c.Outcome == process.Won {
			c.Value = open.Value
		} else {
			c.Reason, c.Competitor = someText("reason").Draw(t, "reason"), someText("competitor").Draw(t, "competitor")
		}
		o.record(c)
	} else if rapid.Bool().Draw(t, "has an opinion") {
		o.record(&process.OpinionSet{Stamp: process.Stamp{Known: today}, Deal: id, Percent: float64(rapid.IntRange(0, 1000).Draw(t, "opinion")) / 10})
	}
}

func (o *office) someSteps(t *rapid.T, d *process.DealOpened) {
	p, _ := o.team.Process(d.Process)
	for _, m := range p.Current().Definition.Milestones {
		on := d.On.AddDays(rapid.IntRange(-20, 100).Draw(t, "days"))
		stamp := process.Stamp{Known: on, History: true}
		switch rapid.IntRange(0, 5).Draw(t, "how") {
		case 0, 1, 2:
			o.record(&process.MilestoneReached{Stamp: stamp, Deal: d.Deal, Milestone: m.Key, On: on})
		case 3:
			o.record(&process.MilestoneWaived{Stamp: stamp, Deal: d.Deal, Milestone: m.Key, Reason: "the board: it has decided"})
		}
	}
}

// copyOf takes an export of a team into a new file with the same processes.
func copyOf(t *testing.T, o *office, ids []process.ProcessID, written func(sheet.Table) []byte, words sheet.Vocabulary) *office {
	t.Helper()
	fresh := newOffice(t, "elsewhere")
	for _, p := range []process.ProcessID{"p", "q"} {
		have, _ := o.team.Process(p)
		fresh.publish(p, have.Current().Definition)
	}
	fresh.record(&process.RateSet{Stamp: process.Stamp{Known: today}, Currency: "EUR", Rate: 11.5})
	data := written(sheet.NewExport(o.team, words).Deals(ids...))
	sheets, err := sheet.Read(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatalf("%v:\n%s", err, data)
	}
	for i, p := range ids {
		have, _ := o.team.Process(p)
		def := have.Current().Definition
		g := columns.GuessMapping(sheets[0].List, &def)
		plan := fresh.take(process.ImportID(fmt.Sprint("i", i)), p, sheets[0].List, g.Mapping)
		if faults := plan.Faults(); len(faults) > 0 {
			t.Fatalf("%v:\n%s", faults, data)
		}
	}
	return fresh
}

func sameTeams(t *testing.T, rt *rapid.T, o, fresh *office) {
	t.Helper()
	for _, p := range []process.ProcessID{"p", "q"} {
		if diff := gocmp.Diff(abstract(o.team, p), abstract(fresh.team, p)); diff != "" {
			rt.Fatal(diff)
		}
	}
	was, is := forecast.NewModel(o.team, today), forecast.NewModel(fresh.team, today)
	for _, d := range o.team.Deals() {
		copied, ok := fresh.team.DealByRef(cmp.Or(d.Now.Ref, string(d.ID)))
		if !ok {
			rt.Fatalf("the copy has no deal %s", d.ID)
		}
		a, okA := was.Chance(d, today)
		b, okB := is.Chance(copied, today)
		if okA != okB || a.Chance != b.Chance {
			rt.Fatalf("deal %s: a chance of %v (%v), and %v (%v) in the copy", d.ID, a.Chance, okA, b.Chance, okB)
		}
	}
}

// asCSV and asXLSX write a table in memory.
func asCSV(t testing.TB, d sheet.Dialect) func(sheet.Table) []byte {
	t.Helper()
	return func(table sheet.Table) []byte {
		var b bytes.Buffer
		if err := sheet.WriteCSV(&b, table, d); err != nil {
			t.Fatal(err)
		}
		return b.Bytes()
	}
}

func asXLSX(t testing.TB) func(sheet.Table) []byte {
	t.Helper()
	return func(table sheet.Table) []byte {
		var b bytes.Buffer
		if err := sheet.WriteXLSX(&b, table); err != nil {
			t.Fatal(err)
		}
		return b.Bytes()
	}
}

func TestAnExportTakenIntoANewFileGivesTheSameDeals(t *testing.T) {
	for name, c := range map[string]struct {
		words   sheet.Vocabulary
		written func(sheet.Table) []byte
	}{
		"Swedish Excel":    {sheet.Swedish, asCSV(t, sheet.SwedishExcel)},
		"English Excel":    {sheet.English, asCSV(t, sheet.EnglishExcel)},
		"other programs":   {sheet.English, asCSV(t, sheet.Programs)},
		"a workbook":       {sheet.English, asXLSX(t)},
		"Swedish workbook": {sheet.Swedish, asXLSX(t)},
	} {
		t.Run(name, func(t *testing.T) {
			rapid.Check(t, func(rt *rapid.T) {
				o := someTeam(t, rt)
				if len(o.team.Deals()) > 0 {
					sameTeams(t, rt, o, copyOf(t, o, []process.ProcessID{"p", "q"}, c.written, c.words))
				}
			})
		})
	}
}

func TestAnExportTakenBackIntoItsOwnFileChangesNothing(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		o := someTeam(t, rt)
		for _, p := range []process.ProcessID{"p", "q"} {
			var b bytes.Buffer
			if err := sheet.WriteCSV(&b, sheet.NewExport(o.team, sheet.Swedish).Deals(p), sheet.SwedishExcel); err != nil {
				t.Fatal(err)
			}
			have, _ := o.team.Process(p)
			list := read(t, b.String()).List
			if len(list.Rows) == 0 {
				continue
			}
			plan := o.take(process.ImportID("back "+p), p, list, columns.GuessMapping(list, &have.Current().Definition).Mapping)
			if len(plan.Facts) > 0 {
				rt.Fatalf("%d facts, the first new one %+v; deals %+v\n%s", len(plan.Facts), plan.Facts[1], plan.Deals, b.String())
			}
		}
	})
}

package sheet_test

import (
	"bytes"
	"testing"

	"milstolpe/handlers/sheet"
	"milstolpe/process"
	"milstolpe/process/importer"
	"milstolpe/process/importer/columns"
)

// An export has a column for each list of the team's own. It is understood when it comes back, changes nothing there, and makes the same lists in a
// file that has none, once somebody has said that the columns are lists.
func TestTheListsOfATeamGoOutAndComeBack(t *testing.T) {
	for name, written := range map[string]func(sheet.Table) []byte{"CSV": asCSV(t, sheet.SwedishExcel), "a workbook": asXLSX(t)} {
		o := newOffice(t, "here")
		o.publish("p", buyers)
		stamp := process.Stamp{Known: today}
		for _, list := range []string{"Region", "Kund"} { // the second is called as another column is
			_, facts, err := o.team.Lists().Add(list, []string{"North; or so", "Syd"}, stamp)
			if err != nil {
				t.Fatal(err)
			}
			o.record(facts...)
		}
		o.record(
			&process.CustomerNamed{Stamp: stamp, Customer: "c", Name: "Acme"},
			&process.DealOpened{Stamp: process.Stamp{Known: today - 30, History: true}, Deal: "d1", On: today - 30, Process: "p", Customer: "c", Ref: "1"},
			&process.DealOpened{Stamp: process.Stamp{Known: today - 30, History: true}, Deal: "d2", On: today - 30, Process: "p", Customer: "c", Ref: "2"},
			&process.ChoiceSet{Stamp: stamp, Deal: "d1", List: "region", Choice: "north_or_so"},
			&process.ChoiceSet{Stamp: stamp, Deal: "d1", List: "kund", Choice: "syd"},
			&process.ChoiceNamed{Stamp: process.Stamp{Known: today, Base: o.team.Lists().ChoiceHeads("kund", "syd")}, List: "kund", Choice: "syd", Name: "Syd", Retired: true},
		)
		data := written(sheet.NewExport(o.team, sheet.Swedish).Deals("p"))
		sheets, err := sheet.Read(bytes.NewReader(data), int64(len(data)))
		if err != nil {
			t.Fatal(err)
		}
		list := sheets[0].List
		g, _ := columns.WayToRead(o.team, list, &buyers)
		if g.Mapping.Columns["Region"] != "list:region" || g.Mapping.Columns["list:kund"] != "list:kund" || g.Mapping.Columns["Kund"] != columns.MeansCustomer {
			t.Fatalf("%s: it is read as %v", name, g.Mapping.Columns)
		}
		if plan := o.take("back", "p", list, g.Mapping); len(plan.Facts) != 0 {
			t.Errorf("%s: taken back it gives %+v", name, plan.Deals)
		}
		fresh := newOffice(t, "elsewhere")
		fresh.publish("p", buyers)
		plan, err := importer.NewPlan(fresh.team, importer.Import{ID: "i", Process: "p", Mapping: g.Mapping, Today: today, NewChoices: true}, list)
		if err != nil || plan.Count(importer.RowNew) != 2 {
			t.Fatalf("%s: %v, %+v", name, err, plan)
		}
		fresh.record(plan.Facts...)
		for _, id := range []process.ListID{"region", "kund"} {
			for _, ref := range []string{"1", "2"} {
				here, _ := o.team.DealByRef(ref)
				there, _ := fresh.team.DealByRef(ref)
				was, is := o.team.Lists().ChoiceName(id, here.Choices().Of(id)), fresh.team.Lists().ChoiceName(id, there.Choices().Of(id))
				if was != is || ref == "1" && is == "" {
					t.Errorf("%s: in %s deal %s is %q, and was %q", name, id, ref, is, was)
				}
			}
		}
	}
}

package sheet_test

import (
	"bytes"
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"

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

// What is written about lists in an export of everything is enough to make them again, retired ones too, and to sort the deals as they were: the
// tables of what was made from it are the same.
func TestListsAreMadeAgainFromAnExportOfEverything(t *testing.T) {
	stamp := process.Stamp{Known: today}
	opened := []process.Fact{
		&process.DealOpened{Stamp: stamp, Deal: "d1", On: today, Process: "p"},
		&process.DealOpened{Stamp: stamp, Deal: "d2", On: today, Process: "p", Ref: "2"},
	}
	o := newOffice(t, "here")
	o.publish("p", buyers)
	o.record(opened...)
	o.record(
		&process.ListNamed{Stamp: stamp, List: "region", Name: "Region"},
		&process.ChoiceNamed{Stamp: stamp, List: "region", Choice: "north", Name: "North; or so"},
		&process.ChoiceNamed{Stamp: stamp, List: "region", Choice: "syd", Name: "Syd", Retired: true},
		&process.ChoicesOrdered{Stamp: stamp, List: "region", Choices: []process.ChoiceID{"syd", "north"}},
		&process.ListNamed{Stamp: stamp, List: "source", Name: "Source", Retired: true},
		&process.ChoiceNamed{Stamp: stamp, List: "source", Choice: "north", Name: "Fair"},
		&process.ListNamed{Stamp: stamp, List: "empty", Name: "Empty"},
		&process.ChoiceSet{Stamp: stamp, Deal: "d1", List: "region", Choice: "syd"},
		&process.ChoiceSet{Stamp: stamp, Deal: "d1", List: "source", Choice: "north"},
		&process.ChoiceSet{Stamp: stamp, Deal: "d2", List: "region", Choice: "north"},
	)
	was := tablesOf(t, o)
	if len(was["Lists"]) != 4 || len(was["Sorting"]) != 3 {
		t.Fatalf("%d choices and %d deals that have one are written, want 4 (one is that a list has none) and 3", len(was["Lists"]), len(was["Sorting"]))
	}
	fresh := newOffice(t, "elsewhere")
	fresh.publish("p", buyers)
	fresh.record(opened...)
	made := map[string]bool{}
	for _, row := range was["Lists"] {
		if list := row["Key"]; !made[list] {
			made[list] = true
			fresh.record(&process.ListNamed{Stamp: stamp, List: process.ListID(list), Name: row["List"], Retired: row["List is retired"] == "1"})
		}
		if choice := row["Key of the choice"]; choice != "" {
			fresh.record(&process.ChoiceNamed{
				Stamp: stamp, List: process.ListID(row["Key"]), Choice: process.ChoiceID(choice), Name: row["Choice"], Retired: row["Choice is retired"] == "1",
			})
		}
	}
	for _, row := range was["Sorting"] {
		deal := process.DealID(row["Deal"])
		if d, ok := fresh.team.DealByRef(row["Deal"]); ok {
			deal = d.ID
		}
		fresh.record(&process.ChoiceSet{Stamp: stamp, Deal: deal, List: process.ListID(row["Key"]), Choice: process.ChoiceID(row["Key of the choice"])})
	}
	if diff := cmp.Diff(was, tablesOf(t, fresh)); diff != "" {
		t.Errorf("made again they are others (-was +is)\n%s", diff)
	}
}

// tablesOf are the tables about lists in an export of everything as JSON.
func tablesOf(t *testing.T, o *office) map[string][]map[string]string {
	t.Helper()
	var b bytes.Buffer
	if err := sheet.WriteJSON(&b, sheet.NewExport(o.team, sheet.English).Everything()...); err != nil {
		t.Fatal(err)
	}
	var all map[string]json.RawMessage
	if err := json.Unmarshal(b.Bytes(), &all); err != nil {
		t.Fatal(err)
	}
	tables := map[string][]map[string]string{}
	for _, name := range []string{"Lists", "Sorting"} {
		var rows []map[string]string
		if err := json.Unmarshal(all[name], &rows); err != nil {
			t.Fatal(err)
		}
		tables[name] = rows
	}
	return tables
}

package sheet_test

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"milstolpe/handlers/sheet"
	"milstolpe/process"
	"milstolpe/process/money"
)

// smallTeam has a little of everything that an export writes.
func smallTeam(t *testing.T) *office {
	t.Helper()
	o := newOffice(t, "small")
	asking := buyers
	asking.Roles = []process.Role{{Key: process.Decides, Name: "Decides"}, {Key: process.Money, Name: "Holds the money"}}
	o.publish("p", asking)
	now := process.Stamp{Known: today}
	value, target := money.New(12345600, "SEK"), money.New(5000000, "SEK")
	o.record(
		&process.WriterIntroduced{Stamp: now, Person: "Anna"},
		&process.PersonNamed{Stamp: now, Person: "anna", Name: "Anna"},
		&process.CustomerNamed{Stamp: now, Customer: "acme", Name: "=Acme"},
		&process.ContactNamed{Stamp: now, Contact: "eva", Customer: "acme", Name: "Eva", Email: "eva@acme.example", Phone: "+46 8 123"},
		&process.DealOpened{Stamp: now, Deal: "d1", On: today, Process: "p", Version: "p-1", Name: "Line", Customer: "acme", Seller: "anna", Value: &value},
		&process.ContactLinked{Stamp: now, Deal: "d1", Contact: "eva"},
		&process.MilestoneReached{Stamp: now, Deal: "d1", Milestone: "problem", On: today.AddDays(-2), Contact: "eva", Evidence: process.Evidence{Text: "mail"}},
		&process.MilestoneWaived{Stamp: now, Deal: "d1", Milestone: "budget", Reason: "they pay cash"},
		&process.JournalWritten{Stamp: now, Deal: "d1", On: today, Text: "called"},
		&process.NextStepSet{Stamp: now, Deal: "d1", Text: "visit", Due: today + 3, Time: "14:30"},
		&process.MilestonePromised{Stamp: now, Deal: "d1", Milestone: "budget", Day: today + 9},
		&process.PlanWorded{Stamp: now, Deal: "d1", Plan: process.Plan{Closing: "Yours", Lines: []process.PlanLine{{Milestone: "budget", Who: "Eva", LeftOut: true}}}},
		&process.RoleSet{Stamp: now, Deal: "d1", Role: process.Decides, Contact: "eva", Met: today - 1},
		&process.RateSet{Stamp: now, Currency: "EUR", Rate: 11.5},
		&process.TargetSet{Stamp: now, Period: "2026-Q4", Amount: target},
		&process.CallMade{Stamp: now, Period: "2026-Q4", Layer: process.ManagerLayer, Amount: target, Reason: "a feeling"},
		&process.ListNamed{Stamp: now, List: "region", Name: "Region"},
		&process.ChoiceNamed{Stamp: now, List: "region", Choice: "north", Name: "North"},
		&process.ChoiceSet{Stamp: now, Deal: "d1", List: "region", Choice: "north"},
	)
	next, promised := o.lastOf("d1")
	o.record(&process.MeetingHeld{Stamp: now, Seller: "anna", Agreed: []process.Agreement{{Deal: "d1", Event: next}, {Deal: "d1", Event: promised}}})
	o.record(&process.JournalWritten{Stamp: process.Stamp{Known: today + 2}, Deal: "d1", On: today + 2, Text: "visit"})
	return o
}

// lastOf are the events that say what comes next in a deal, ours and the day that the buyer has named for the budget.
func (o *office) lastOf(id process.DealID) (next, promised process.EventID) {
	d, _ := o.team.Deal(id)
	_, days := d.Promised("budget")
	return d.Heads()["next_step"][0], days[0]
}

func TestEverythingIsInTheTablesOfAnExport(t *testing.T) {
	o := smallTeam(t)
	var names []string
	for _, words := range []sheet.Vocabulary{sheet.English, sheet.Swedish} {
		for _, table := range sheet.NewExport(o.team, words).Everything() {
			if names = append(names, table.Name); len(table.Rows) == 0 {
				t.Errorf("%s has no rows", table.Name)
			}
			for _, row := range table.Rows {
				if len(row) != len(table.Headers) {
					t.Errorf("%s has %d headers over %d cells", table.Name, len(table.Headers), len(row))
				}
			}
		}
	}
	want := []string{
		"New business", "Milestones", "Coming", "Roles", "Plans", "Meetings", "Journal", "Customers", "Contacts", "People", "Rates", "Targets", "Calls", "Lists", "Sorting",
		"New business", "Milstolpar", "Kommande", "Roller", "Planer", "Säljmöten", "Journal", "Kunder", "Kontaktpersoner", "Personer", "Kurser", "Säljmål", "Bedömningar", "Listor", "Sortering",
	}
	if diff := cmp.Diff(want, names); diff != "" {
		t.Error(diff)
	}
}

func TestEverythingAsJSONHasNumbersAsNumbers(t *testing.T) {
	o := smallTeam(t)
	var b bytes.Buffer
	if err := sheet.WriteJSON(&b, sheet.NewExport(o.team, sheet.English).Everything()...); err != nil {
		t.Fatal(err)
	}
	var got map[string][]map[string]any
	if err := json.Unmarshal(b.Bytes(), &got); err != nil {
		t.Fatal(err)
	}
	deal := got["New business"][0]
	if deal["Value"] != 123456.0 || deal["Customer"] != "=Acme" || deal["Opened"] != "2026-11-23" || deal["Closed"] != nil {
		t.Errorf("the deal is %v", deal)
	}
	if m := got["Milestones"][1]; m["Waived because"] != "they pay cash" || m["Reached"] != nil {
		t.Errorf("the waived milestone is %v", m)
	}
	for table, want := range map[string][]map[string]any{
		"Roles": {{"Deal": "d1", "Name": "Line", "Key": "decides", "Role at the buyer": "Decides", "Who": "Eva", "Met": "2026-11-22"}},
		"Plans": {
			{"Deal": "d1", "Name": "Line", "How it ends": "Yours"},
			{"Deal": "d1", "Name": "Line", "Key": "budget", "Who at the buyer": "Eva", "Left out": "1"},
		},
		"Meetings": {
			{"Held": "2026-11-23", "Whose deals": "Anna", "Deal": "d1", "Name": "Line", "Milestone that the buyer had named a day for": "budget", "Date": "2026-12-02", "Recorded by": "Anna"},
			{"Held": "2026-11-23", "Whose deals": "Anna", "Deal": "d1", "Name": "Line", "Our activity": "visit", "Date": "2026-11-26", "Time": "14:30", "Happened": "2026-11-25", "Recorded by": "Anna"},
		},
	} {
		if diff := cmp.Diff(want, got[table]); diff != "" {
			t.Errorf("%s (-want +got)\n%s", table, diff)
		}
	}
}

// The events of an export are all that was recorded: read back they are the same, with roles, plans and meetings.
func TestTheEventsOfAnExportAreReadBackAsTheyWere(t *testing.T) {
	facts := []process.Fact{
		&process.PlanWorded{Deal: "d1", Plan: process.Plan{Intro: "Hello", Lines: []process.PlanLine{{Milestone: "budget", Ours: "send <papers>"}}}},
		&process.RoleSet{Deal: "d1", Role: process.Money, Contact: "eva", Met: today},
		&process.NextStepSet{Deal: "d1", Text: "visit", Due: today, Time: "09:00"},
		&process.MeetingHeld{Seller: "anna", Agreed: []process.Agreement{{Deal: "d1", Event: process.EventID{7}}}},
	}
	var b bytes.Buffer
	err := sheet.WriteEvents(&b, func(each func(process.Event) error) error {
		for i, f := range facts {
			if err := each(process.Event{ID: process.EventID{byte(i)}, Fact: f}); err != nil {
				return err
			}
		}
		return nil
	}, func(process.EventID) string { return "Anna" })
	if err != nil {
		t.Fatal(err)
	}
	for i, line := range slices.Collect(strings.Lines(b.String())) {
		var row struct{ Fact json.RawMessage }
		if err := json.Unmarshal([]byte(line), &row); err != nil {
			t.Fatal(err)
		}
		f, err := process.UnmarshalFact(row.Fact)
		if diff := cmp.Diff(facts[i], f); err != nil || diff != "" {
			t.Errorf("%v (-was +is)\n%s", err, diff)
		}
	}
}

func TestEverythingAsCSVIsAZipThatHoldsTheEventsToo(t *testing.T) {
	o := smallTeam(t)
	var b bytes.Buffer
	err := sheet.WriteTables(&b, sheet.NewExport(o.team, sheet.Swedish).Everything(), sheet.SwedishExcel, map[string]func(io.Writer) error{
		"events.jsonl": func(out io.Writer) error {
			return sheet.WriteEvents(out, func(each func(process.Event) error) error {
				return each(process.Event{ID: process.NewEventID(7<<16, process.Writer{1}, nil), Fact: &process.JournalWritten{Deal: "d1", On: today, Text: "<called>"}})
			}, func(process.EventID) string { return "Anna" })
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	z, err := zip.NewReader(bytes.NewReader(b.Bytes()), int64(b.Len()))
	if err != nil {
		t.Fatal(err)
	}
	content := map[string]string{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		content[f.Name] = string(text)
	}
	if got := content["Kunder.csv"]; got != "\ufeffId;Namn\nacme;'=Acme\n" {
		t.Errorf("the customers are %q", got)
	}
	if got := content["Kurser.csv"]; got != "\ufeffValuta;En är värd;I;Från\nEUR;11,5;SEK;2026-11-23\n" {
		t.Errorf("the rates are %q", got)
	}
	line := content["events.jsonl"]
	if strings.Count(line, "\n") != 1 || !strings.Contains(line, `"by":"Anna","fact":{"type":"journal.written"`) || !strings.Contains(line, "<called>") {
		t.Errorf("the events are %q", line)
	}
}

func TestErasedAndNamelessThingsAreNotExported(t *testing.T) {
	o := smallTeam(t)
	o.record(&process.ContactNamed{Stamp: process.Stamp{Known: today}, Contact: "gone", Customer: "acme"})
	i := slices.IndexFunc(sheet.NewExport(o.team, sheet.English).Everything(), func(x sheet.Table) bool { return x.Name == "Contacts" })
	if rows := sheet.NewExport(o.team, sheet.English).Everything()[i].Rows; len(rows) != 1 {
		t.Errorf("%d contacts are exported, want the one that has a name", len(rows))
	}
}

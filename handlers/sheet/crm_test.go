package sheet_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"milstolpe/handlers/sheet"
	"milstolpe/process"
	"milstolpe/process/importer"
	"milstolpe/process/importer/columns"
	"milstolpe/process/sales"
)

// buyers is a process whose milestones are called like stages in the test files.
var buyers = process.Definition{Name: "New business", Milestones: []process.Milestone{
	{Key: "problem", Name: "Problem owned", Required: true}, {Key: "budget", Name: "Budget set aside", Required: true},
}}

// inShort is a deal in a line: id, name, customer, contact, seller, value, opened, expected close, milestones, close.
func inShort(team *sales.Team, d *sales.Deal) string {
	n := d.Now
	parts := []string{n.Ref, n.Name, team.Customer(n.Customer)}
	for _, id := range d.Contacts() {
		c, _ := team.Contact(id)
		parts = append(parts, c.Name)
	}
	value := ""
	if n.Value != nil {
		value = n.Value.Decimal() + " " + n.Value.Currency
	}
	parts = append(parts, team.Person(n.Seller), value, n.Opened.String(), n.ExpectedClose.String())
	for _, m := range d.MarksOn(process.FarFuture) {
		parts = append(parts, string(m.Milestone)+" "+m.On.String())
	}
	if n.Close != nil {
		parts = append(parts, string(n.Close.Outcome)+" "+n.Close.On.String()+" "+n.Close.Reason)
	}
	if n.Opinion != nil {
		parts = append(parts, fmt.Sprint(*n.Opinion, "%"))
	}
	return strings.TrimSpace(strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), " · "))
}

func TestExportsOfOtherSystemsAreRecognised(t *testing.T) {
	for _, c := range []struct {
		file, system string
		doubts       int
		stages       map[string]columns.Meaning
		want         []string
		skipped      int
	}{
		{"hubspot.csv", "HubSpot", 0, nil, []string{
			"9000000001 · New line · Acme AB · Eva Ek · Anna Åberg · 125000.50 SEK · 2026-01-05 · budget 2026-02-01 · won 2026-03-01 ",
			"9000000002 · Pump · Bo · 80000.00 SEK · 2026-02-05 · lost 2026-04-01 price",
			"9000000003 · Valve · Bo · 2026-10-05 · 2027-01-31",
		}, 0},
		{"pipedrive.csv", "Pipedrive", 0, nil, []string{
			"17 · Nytt lager · Björk & Co · Eva · Åsa · 1250000.00 SEK · 2026-01-05 · 2026-12-31 · 60%",
			"18 · Truck · Åsa · 99.50 EUR · 2026-01-25 · won 2026-03-02 ",
			"19 · Hiss · Bo · 5000.00 SEK · 2026-02-06 · lost 2026-02-07 pris",
		}, 0},
		{"salesforce-opportunity.csv", "Salesforce", 0, nil, []string{
			"006000000000001AAA · Façade · 001000000000001AAA · 005A · 350000.00 SEK · 2026-01-05 · won 2026-03-01 ",
			"006000000000001aaA · Roof · 005A · 1000.00 SEK · 2026-02-05 · lost 2026-04-01 ",
			"006000000000003AAA · Door · 005B · 70000.00 SEK · 2026-10-05 · 2026-12-31 · 90%",
		}, 0},
		{"salesforce-opportunityhistory.csv", "Salesforce", 1, map[string]columns.Meaning{"Prospecting": ""}, []string{
			"006A · 120.00 SEK · 2026-01-05 · 2026-12-31 · problem 2026-01-20 · lost 2026-04-20 ",
			"006B · 75.00 SEK · 2026-01-21 · 2026-12-31 · won 2026-05-20 ",
		}, 0},
		{"salesforce-report.csv", "Salesforce", 0, nil, []string{
			"0061 · Line 1 · Acme · Anna · 1250.00 USD · 2026-01-05 · won 2026-03-15 ",
			"0062 · Line 2 · Birch · Bo · 70000.00 USD · 2026-02-05 · 2027-01-04 · 60%",
		}, 4},
		{"salesforce-history-report.csv", "Salesforce", 0, nil, []string{
			"Line 1 · Anna · 110.00 SEK · 2026-01-05 · problem 2026-01-20 · won 2026-02-20 ",
		}, 1},
		{"odoo.csv", "Odoo", 0, nil, []string{
			"Chairs · Deco · Marc · 7000.00 EUR · 2026-10-05 · 2026-12-31 · 35.71%",
			"Furniture · Azure · Eva · Mitchell · 40000.00 EUR · 2026-01-05 · won 2026-03-01 ",
		}, 0},
		{"odoo-technical.csv", "Odoo", 0, nil, []string{
			"__export__.crm_lead_1 · Furniture · Azure · Mitchell · 40000.00 SEK · 2026-01-05 · won 2026-03-01 ",
			"__export__.crm_lead_2 · Chairs · Deco · Marc · 7000.00 SEK · 2026-10-05 · 2026-12-31 · 35.7%",
		}, 0},
		{"espocrm.csv", "EspoCRM", 0, nil, []string{
			"Line 1 · Acme · Admin · 125000.00 USD · 2026-01-05 · won 2026-03-15 ",
			"Line 2 · Birch · Admin · 7000.00 USD · 2026-10-05 · 2027-01-20 · 50%",
		}, 0},
		{"espocrm-sv.csv", "EspoCRM", 0, nil, []string{
			"Linje 1 · Björk · 125000.00 SEK · 2026-01-05 · won 2026-03-15 ",
			"Linje 2 · Åby · 7000.00 SEK · 2026-10-05 · 2027-01-20 · 50%",
		}, 0},
		{"suitecrm.csv", "SuiteCRM", 0, nil, []string{
			"a1b2-c3 · Line 1 · Acme · will · 125000.00 GBP · 2026-01-05 · won 2026-03-15 ",
			"a1b2-c4 · Line 2 · Birch · will · 7000.00 GBP · 2026-10-05 · 2027-01-20 · 10%",
		}, 0},
		{"zoho.csv", "Zoho CRM", 0, nil, []string{
			"zcrm_1 · Line 1 · Acme · Eva · Patricia · 1250.00 SEK · 2026-01-05 · won 2026-03-15 ",
			"zcrm_2 · Line 2 · Birch · Patricia · 7000.00 SEK · 2026-10-04 · 2027-01-20 · 40%", // 20:42 the day before, in Stockholm
		}, 0},
		{"ugly.csv", "", 0, nil, []string{
			"Altan · Björk · 85000.00 SEK · 2026-01-12 · lost 2026-02-01 ",
			"Garage · Cederlöf · 1200000.00 SEK · 2026-02-03",
			"Takbyte · Åkerlund & Son · 1250000.00 SEK · 2026-01-05 · won 2026-03-31 ",
		}, 1},
	} {
		t.Run(c.file, func(t *testing.T) {
			sheets, err := sheet.ReadFile("testdata/crm/" + c.file)
			if err != nil {
				t.Fatal(err)
			}
			g := columns.GuessMapping(sheets[0].List, &buyers)
			if g.System != c.system || len(g.Doubts) != c.doubts {
				t.Errorf("guessed as %q with doubts %v, want %q with %d", g.System, g.Doubts, c.system, c.doubts)
			}
			for stage, m := range c.stages {
				g.Mapping.Stages[stage] = m
			}
			o := newOffice(t, "x")
			o.publish("p", buyers)
			plan := o.take("i", "p", sheets[0].List, g.Mapping)
			if faults := plan.Faults(); len(faults) > 0 || plan.Count(importer.RowSkipped) != c.skipped {
				t.Errorf("faults %v, %d rows skipped, want none and %d\nmapping %s", faults, plan.Count(importer.RowSkipped), c.skipped, g.Mapping.JSON())
			}
			var got []string
			for _, d := range o.team.Deals() {
				got = append(got, inShort(o.team, d))
			}
			slices.Sort(got)
			want := slices.Clone(c.want)
			for i := range want {
				want[i] = strings.TrimSpace(want[i])
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("%s\nmapping %s", diff, g.Mapping.JSON())
			}
			if again := o.take("again", "p", sheets[0].List, g.Mapping); len(again.Facts) > 0 {
				t.Errorf("taken in again: %d facts", len(again.Facts))
			}
		})
	}
}

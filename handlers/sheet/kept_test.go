package sheet_test

import (
	"maps"
	"testing"

	"milstolpe/handlers/sheet"
	"milstolpe/process"
	"milstolpe/process/importer/columns"
)

// keptLists are lists as people keep them: which columns had to be said by hand, and which words, for all rows to come in as they are meant. The
// numbers at the end are the deals that are won, lost and open.
var keptLists = []struct {
	file    string
	columns map[string]columns.Meaning
	words   map[string]process.Outcome
	ended   [3]int
}{
	{"1-sv-offertlista.csv", nil, nil, [3]int{1, 0, 1}},
	{"2-sv-pipeline.csv", nil, nil, [3]int{0, 0, 2}},
	{"3-sv-vunna.csv", nil, nil, [3]int{1, 1, 0}},
	{"4-no-salg.csv", nil, nil, [3]int{0, 1, 1}},
	{"5-no-crm.csv", nil, nil, [3]int{0, 0, 2}},
	{"6-de-vertrieb.csv", nil, nil, [3]int{0, 1, 1}},
	{"7-de-liste.csv", nil, nil, [3]int{1, 1, 0}},
	{"8-en-tracker.csv", nil, nil, [3]int{1, 1, 0}},
	{"9-en-kaggle.csv", nil, nil, [3]int{1, 1, 1}},
	{"10-en-hubspot.csv", nil, nil, [3]int{1, 0, 1}},
	{"11-sv-saljlogg.csv", nil, map[string]process.Outcome{"Nej tack": process.Lost, "Väntar svar": columns.StillOpen}, [3]int{1, 1, 1}},
	{"12-sv-kundlista.csv", nil, map[string]process.Outcome{"Ja": process.Won, "Nej": process.Lost}, [3]int{1, 1, 0}},
	{"13-sv-lime.csv", nil, nil, [3]int{1, 0, 1}},
	{"14-sv-upsales.csv", map[string]columns.Meaning{"Beskrivning": columns.MeansName}, map[string]process.Outcome{"Vunnen order": process.Won}, [3]int{1, 0, 1}},
	{"15-no-superoffice.csv", nil, nil, [3]int{0, 1, 1}},
	{"16-de-pipedrive.csv", map[string]columns.Meaning{"Deal - Gewonnen am": columns.MeansClosed}, nil, [3]int{1, 0, 1}}, // the lost one has its day in another column, and is refused
	{"17-de-angebote.csv", nil, nil, [3]int{1, 1, 0}},
	{"18-en-pipeline.csv", nil, nil, [3]int{1, 0, 1}},
	{"19-en-dynamics.csv", nil, nil, [3]int{1, 0, 1}},
	{"20-en-monday.csv", nil, nil, [3]int{1, 0, 1}},
	{"21-sv-snickare.csv", nil, map[string]process.Outcome{"Ja": process.Won, "Nej": process.Lost}, [3]int{1, 1, 1}},
	{"22-sv-konsult.csv", nil, nil, [3]int{1, 1, 1}},
	{"23-no-rorlegger.csv", nil, map[string]process.Outcome{"Ja": process.Won, "Nei": process.Lost}, [3]int{1, 1, 1}},
	{"24-no-forhandler.csv", nil, nil, [3]int{1, 1, 1}},
	{"25-de-maschinen.csv", nil, map[string]process.Outcome{"verloren an Mitbewerber": process.Lost}, [3]int{1, 1, 1}},
	{"26-de-agentur.csv", nil, nil, [3]int{1, 1, 1}},
	{"27-en-builder.csv", nil, map[string]process.Outcome{"Lost - price": process.Lost}, [3]int{1, 1, 1}},
	{"28-en-notion.csv", nil, nil, [3]int{1, 1, 1}},
	{"29-da-service.csv", nil, nil, [3]int{1, 1, 1}},
}

func TestListsThatPeopleKeepNeedFewColumnsByHand(t *testing.T) {
	hand := 0
	for _, c := range keptLists {
		sheets, err := sheet.ReadFile("testdata/kept/" + c.file)
		if err != nil {
			t.Fatal(err)
		}
		list := sheets[0].List
		m := columns.GuessMapping(list, &buyers).Mapping
		for header, meaning := range c.columns {
			if m.Columns[header] == meaning {
				t.Errorf("%s: %s is found by itself now", c.file, header)
			}
			for h, has := range m.Columns {
				if has == meaning {
					delete(m.Columns, h)
				}
			}
			m.Columns[header] = meaning
			hand++
		}
		m.Outcomes = maps.Clone(c.words)
		o := newOffice(t, "x")
		o.publish("p", buyers)
		if err := m.Fits(list.Headers, &buyers); err != nil {
			t.Errorf("%s: %v", c.file, err)
			continue
		}
		plan := o.take("i", "p", list, m)
		var ended [3]int
		for _, d := range o.team.Deals() {
			switch end := d.Now.Close; {
			case end == nil:
				ended[2]++
			case end.Outcome == process.Won:
				ended[0]++
			default:
				ended[1]++
			}
			if d.Now.Value == nil && d.Now.Close != nil || d.Now.Customer == "" || d.Now.Name == "" {
				t.Errorf("%s: a closed deal lacks its value, or a deal its customer or its name: %s", c.file, inShort(o.team, d))
			}
		}
		if ended != c.ended {
			t.Errorf("%s: won, lost, open %v, want %v\n%v\n%s", c.file, ended, c.ended, plan.Faults(), m.JSON())
		}
	}
	t.Logf("%d columns by hand in %d lists", hand, len(keptLists))
}

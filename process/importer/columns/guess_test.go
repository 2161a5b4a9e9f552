package columns_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"milstolpe/process"
	"milstolpe/process/importer/cells"
	"milstolpe/process/importer/columns"
	"milstolpe/process/processtest"
)

var stagesDefinition = process.Definition{Name: "New business", Milestones: []process.Milestone{
	{Key: "owner", Name: "Owner named", Required: true}, {Key: "budget", Name: "Budget set aside", Required: true},
}}

func TestDoubtsAboutAListAreShown(t *testing.T) {
	for name, c := range map[string]struct {
		list   string
		doubts []columns.ListDoubt
		order  cells.DateOrder
		sign   string
	}{
		"plain": {
			"id | opened | value\n1 | 2026-03-04 | 5", nil, "", "",
		},
		"March or April?": {
			"id | opened | value\n1 | 03/04/2026 | 5\n2 | 04/03/2026 | 5",
			[]columns.ListDoubt{{Kind: columns.DoubtDateOrder, Column: "opened", Sample: "03/04/2026", Readings: []string{"2026-04-03", "2026-03-04"}}},
			"dmy", "",
		},
		"settled by another row": {
			"id | opened | value\n1 | 03/04/2026 | 5\n2 | 04/13/2026 | 5", nil, "mdy", "",
		},
		"settled by another column": {
			"id | opened | expected close\n1 | 03/04/2026 | 23/11/2026", nil, "dmy", "",
		},
		"two digits of everything": {
			"id | opened\n1 | 26-11-23\n2 | 26-11-30", nil, "ymd", "",
		},
		"a thousand or one?": {
			"id | opened | value\n1 | 2026-03-04 | 1.250",
			[]columns.ListDoubt{{Kind: columns.DoubtDecimal, Column: "value", Sample: "1.250", Readings: []string{"1250", "1.250"}}},
			"", ",",
		},
		"a thousand, as another row says": {
			"id | opened | value\n1 | 2026-03-04 | 1.250\n2 | 2026-03-04 | 99,50", nil, "", ",",
		},
		"points and commas": {
			"id | opened | value\n1 | 2026-03-04 | 1,250.50", nil, "", ".",
		},
		"nothing to go by": {
			"colour | size\nred | 5",
			[]columns.ListDoubt{{Kind: columns.DoubtMissing, Column: "deal.id"}, {Kind: columns.DoubtMissing, Column: "deal.opened"}},
			"", "",
		},
		"an outcome and no day": {
			"id | opened | outcome\n1 | 2026-03-04 | maybe",
			[]columns.ListDoubt{{Kind: columns.DoubtOutcome, Sample: "maybe", Readings: []string{"open"}}, {Kind: columns.DoubtMissing, Column: "deal.closed"}},
			"", "",
		},
		"a stage that is no milestone": {
			"deal | stage | date\n1 | Lead | 2026-03-04\n1 | Owner named | 2026-03-05\n1 | Order signed | 2026-03-06",
			[]columns.ListDoubt{{Kind: columns.DoubtStage, Column: "stage", Sample: "Lead"}},
			"", "",
		},
	} {
		g := columns.GuessMapping(processtest.AsList(c.list), &stagesDefinition)
		if diff := cmp.Diff(c.doubts, g.Doubts); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
		if g.Mapping.DateOrder != c.order || g.Mapping.Decimal != c.sign {
			t.Errorf("%s: order %q and decimal %q, want %q and %q", name, g.Mapping.DateOrder, g.Mapping.Decimal, c.order, c.sign)
		}
	}
}

func TestAListOfStagesIsToldByItsDealsComingBack(t *testing.T) {
	g := columns.GuessMapping(processtest.AsList("deal | stage | date\n1 | Lead | 2026-03-04\n1 | Owner named | 2026-03-05\n1 | Order signed | 2026-03-06"), &stagesDefinition)
	want := columns.Mapping{
		Shape: columns.Long, Columns: map[string]columns.Meaning{"deal": columns.MeansID, "stage": columns.MeansStage, "date": columns.MeansStageOn},
		Outcomes: map[string]process.Outcome{"Order signed": process.Won}, Stages: map[string]columns.Meaning{"Owner named": "milestone:owner"},
	}
	if diff := cmp.Diff(want, g.Mapping); diff != "" {
		t.Error(diff)
	}
	if g := columns.GuessMapping(processtest.AsList("deal | stage | date\n1 | Lead | 2026-03-04\n2 | Lead | 2026-03-05"), nil); g.Mapping.Shape != columns.Wide {
		t.Error("a list in which every deal stands once is taken for a list of stages")
	}
}

func TestHeadersOfOurOwnExportsAreKnownInBothLanguages(t *testing.T) {
	for _, header := range []string{"Namn", "Kund", "Förväntat avslut", "expected close", "lost_reason", `Date entered "Offer (Sales)"`, "Date entered Offer", "Deal Owner", "Deal - Title"} {
		if !columns.KnownHeader(header) {
			t.Errorf("%q is not known", header)
		}
	}
	if columns.KnownHeader("Favourite colour") {
		t.Error("every header is known")
	}
}

func TestAProcessIsProposedFromTheStagesOfAList(t *testing.T) {
	list := processtest.AsList(`
Deal Name | Deal Stage | Create Date | Close Date | Date entered "Demo (Sales)" | Date entered "Budget (Sales)" | Date entered "Closed Won (Sales)"
Line      | Budget     | 2026-01-05  | 2027-01-05 | 2026-01-06                  | 2026-01-07                    |`)
	g := columns.GuessMapping(list, nil)
	stages := columns.StagesIn(list, g.Mapping)
	if diff := cmp.Diff([]string{"Demo", "Budget"}, stages); diff != "" {
		t.Fatal(diff)
	}
	def := columns.Proposed(" Sales ", stages, map[string]columns.Doer{"Demo": columns.WeDo, "Budget": columns.BuyerDoes})
	want := process.Definition{Name: "Sales", Milestones: []process.Milestone{
		{Key: "demo", Name: "Demo", Evidence: process.EvidenceOptional}, {Key: "budget", Name: "Budget", Required: true, Evidence: process.EvidenceOptional},
	}}
	if diff := cmp.Diff(want, def); diff != "" {
		t.Fatal(diff)
	}
	m := g.Mapping.MapStages(list, &def)
	if m.Columns[`Date entered "Demo (Sales)"`] != "milestone:demo" || m.Columns[`Date entered "Budget (Sales)"`] != "milestone:budget" {
		t.Errorf("the columns are mapped to %v", m.Columns)
	}
	changes := processtest.AsList("deal | stage | date\n1 | Lead | 2026-03-04\n1 | Budget | 2026-03-05\n1 | Lost | 2026-03-06")
	m = columns.GuessMapping(changes, nil).Mapping
	if diff := cmp.Diff([]string{"Lead", "Budget"}, columns.StagesIn(changes, m)); diff != "" {
		t.Error(diff)
	}
	if got := m.MapStages(changes, &def).Stages; got["Budget"] != "milestone:budget" || len(got) != 1 {
		t.Errorf("the stages are mapped to %v", got)
	}
}

func TestTheWordsOfListsThatPeopleKeepAreUnderstood(t *testing.T) {
	l := processtest.AsList(`Kund | Vad | Summa | Inkom | Beräknad order | Läge | Beslut | Anm.
Ek | Altan | 85 000:- | 2026-01-12 | jan -27 | Nej | 2026-02-01 | för dyrt
Al | Tak | 1 tkr | 5 jan 2026 |  | Ja | mars -26
Bo | Kök | 2 tkr | 5 jan 2026 |  | Ej order | 2026-03-01`)
	g := columns.GuessMapping(l, nil)
	want := map[string]columns.Meaning{
		"Kund": columns.MeansCustomer, "Vad": columns.MeansName, "Summa": columns.MeansValue, "Inkom": columns.MeansOpened,
		"Beräknad order": columns.MeansExpectedClose, "Läge": columns.MeansOutcome, "Beslut": columns.MeansClosed, "Anm.": columns.MeansNote,
	}
	if diff := cmp.Diff(want, g.Mapping.Columns); diff != "" {
		t.Error(diff)
	}
	outcomes := map[string]process.Outcome{"Nej": process.Lost, "Ja": process.Won}
	if diff := cmp.Diff(outcomes, g.Mapping.Outcomes); diff != "" {
		t.Error(diff)
	}
	if len(g.Doubts) != 1 || g.Doubts[0].Sample != "Ej order" {
		t.Errorf("doubts %v, want one about what “Ej order” says", g.Doubts)
	}
	said := columns.GuessMapping(processtest.AsList("Kund | Startad | Status | Beslut\nEk | 2026-01-12 | Öppen | avvakta"), nil)
	if m := said.Mapping.Columns["Beslut"]; m != columns.MeansNothing {
		t.Errorf("a column that says what was decided is read as %s", m)
	}
}

// A milestone may be called as a field of a deal often is: the column of that name is the milestone, and the field is the other column.
func TestAColumnCalledLikeAMilestoneLeavesTheFieldToAnother(t *testing.T) {
	def := &process.Definition{Name: "New", Milestones: []process.Milestone{
		{Key: "decided", Name: "Decided", Required: true}, {Key: "started", Name: "Startad", Required: true}, {Key: "buyer", Name: "Customer", Required: true},
	}}
	for text, want := range map[string]map[string]columns.Meaning{
		"deal | customer | opened | Decided | closed | outcome\nA | Ek | 2026-01-02 | 2026-02-01 | 2026-02-09 | won": {
			"opened": columns.MeansOpened, "Decided": columns.MilestoneMeaning("decided"), "closed": columns.MeansClosed, "customer": columns.MeansCustomer,
		},
		"deal | closed | Decided | opened | outcome\nA | 2026-02-09 | 2026-02-01 | 2026-01-02 | won": {
			"Decided": columns.MilestoneMeaning("decided"), "closed": columns.MeansClosed,
		},
		"Affär | Kund | Startad | Skapad | Utfall | Avslutad\nA | Ek | 2026-01-09 | 2026-01-02 | vunnen | 2026-02-09": {
			"Startad": columns.MilestoneMeaning("started"), "Skapad": columns.MeansOpened, "Avslutad": columns.MeansClosed,
		},
		// Where there is no other, it is the field that a list needs.
		"deal | customer | opened | Decided | outcome\nA | Ek | 2026-01-02 | 2026-02-01 | won": {"Decided": columns.MeansClosed, "customer": columns.MeansCustomer},
	} {
		g := columns.GuessMapping(processtest.AsList(text), def)
		for column, m := range want {
			if got := g.Mapping.Columns[column]; got != m {
				t.Errorf("%q: %s is read as %q and not as %q", text, column, got, m)
			}
		}
	}
}

func TestColumnsOfDaysThatMeanNothingElseAreStages(t *testing.T) {
	l := processtest.AsList(`Kund | Startad | Behov bekräftat | Ring | Budget avsatt | Kommentar
Ek | 2026-01-12 | 2026-02-01 | ja |  | x
Al | 2026-01-13 | 12/2 2026 | nej | mars -26 | y`)
	g := columns.GuessMapping(l, nil)
	if diff := cmp.Diff([]string{"Behov bekräftat", "Budget avsatt"}, columns.StagesIn(l, g.Mapping)); diff != "" {
		t.Fatal(diff)
	}
	def := columns.Proposed("Ny", columns.StagesIn(l, g.Mapping), map[string]columns.Doer{"Behov bekräftat": columns.BuyerDoes, "Budget avsatt": columns.Nobody})
	m := g.Mapping.MapStages(l, &def)
	if got := m.Columns["Behov bekräftat"]; got != columns.MilestoneMeaning(def.Milestones[0].Key) || len(def.Milestones) != 1 {
		t.Errorf("the column is read as %s of %v", got, def.Milestones)
	}
	if got := m.Columns["Budget avsatt"]; got != columns.MeansNothing {
		t.Errorf("a column that is left out is read as %s", got)
	}
}

func TestAStageLikeAnEndIsOneOnlyWhereNoOtherSaysSoOutright(t *testing.T) {
	rows := "deal | stage | date\n1 | Lead | 2026-03-04\n1 | Contract signed | 2026-03-05"
	for text, want := range map[string][]string{rows: {"Lead"}, rows + "\n1 | Won | 2026-03-09": {"Lead", "Contract signed"}} {
		l := processtest.AsList(text)
		g := columns.GuessMapping(l, nil)
		stages := columns.StagesIn(l, g.Mapping)
		if diff := cmp.Diff(want, stages); diff != "" {
			t.Error(diff)
		}
		doers := map[string]columns.Doer{}
		for _, s := range stages {
			doers[s] = columns.BuyerDoes
		}
		def := columns.Proposed("Ny", stages, doers)
		asked := columns.Mapping{Shape: columns.Long, Columns: g.Mapping.Columns} // as a form sends it, which has not asked about the stages
		m := asked.MapStages(l, &def)
		s := processtest.NewStory(t)
		s.Add("", &process.VersionPublished{Stamp: processtest.Known("2020-01-02"), Process: "p", Version: "v2", Definition: def})
		if faults := s.Plan("i", m, text).Faults(); len(faults) > 0 {
			t.Errorf("%q: %v", text, faults)
		}
	}
}

// Lists that small firms keep in German: the day stands in the second column, and is that of the offer or of the enquiry.
func TestADayOfTheOfferOpensADealWhereNothingElseDoes(t *testing.T) {
	for _, c := range []struct{ headers, opened string }{
		{"Kunde | Angebotsdatum | Projekt | Angebotssumme | Status | Entscheidung am", "Angebotsdatum"},
		{"Kunde | Anfrage vom | Angebot vom | Angebotshöhe | Zusage/Absage | Datum Zusage", "Anfrage vom"},
		{"Kund | Offertdatum | Jobb | Nettobelopp | Utgång | Besked den", "Offertdatum"},
		{"Kunde | Tilbudsdato | Prosjekt | Tilbudspris | Vunnet/tapt? | Signert dato", "Tilbudsdato"},
		{"Client | Date quoted | Job | Quoted price | Won/lost | Date signed", "Date quoted"},
		{"Client | Quote date | Job | Net price | Won/lost | Date signed | Created", "Created"},
	} {
		headers := strings.Split(c.headers, " | ")
		row := "Müller GmbH | 03.04.2026 | Dach | 12.500,00 € | offen | 10.05.2026"
		if len(headers) > 6 {
			row += " | 01.04.2026"
		}
		g := columns.GuessMapping(processtest.AsList(c.headers+"\n"+row+"\n"+strings.ReplaceAll(row, "03.04", "15.04")), nil)
		got := map[columns.Meaning]string{}
		for h, m := range g.Mapping.Columns {
			got[m] = h
		}
		want := map[columns.Meaning]string{
			columns.MeansCustomer: headers[0], columns.MeansOpened: c.opened, columns.MeansName: headers[2],
			columns.MeansValue: headers[3], columns.MeansOutcome: headers[4], columns.MeansClosed: headers[5],
		}
		if c.opened == "Anfrage vom" { // it has no name, and a second day that nothing needs
			delete(want, columns.MeansName)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s:\n%s", c.headers, diff)
		}
	}
}

func TestADateOpensADealWhereAnotherColumnIsItsEnd(t *testing.T) {
	for _, c := range []struct {
		list string
		want columns.Meaning
	}{
		{"Dato | Kunde | Resultat | Dato resultat\n05-01-2026 | A | Vundet | 02-02-2026\n12-01-2026 | B | Tabt | 20-01-2026", columns.MeansOpened},
		{"Dato | Kunde | Resultat | Dato resultat\n05-03-2026 | A | Vundet | 02-02-2026\n12-01-2026 | B | Tabt | 20-01-2026", columns.MeansNothing}, // it ended before
		{"Dato | Kunde | Resultat\n05-01-2026 | A | Vundet\n12-01-2026 | B | Tabt", columns.MeansNothing},
	} {
		if got := columns.GuessMapping(processtest.AsList(c.list), nil).Mapping.Columns["Dato"]; got != c.want {
			t.Errorf("%s\nDato is read as %q, want %q", c.list, got, c.want)
		}
	}
	if m := columns.GuessMapping(processtest.AsList("Uppdrag | Beställare | Skapad\nA | Region Skåne | 2026-01-05"), nil).Mapping; m.Columns["Beställare"] != columns.MeansCustomer {
		t.Errorf("who ordered is %q where there is no customer", m.Columns["Beställare"])
	}
	if m := columns.GuessMapping(processtest.AsList("Kund | Beställare | Skapad\nA | Eva | 2026-01-05"), nil).Mapping; m.Columns["Beställare"] != columns.MeansContact {
		t.Errorf("who ordered is %q beside a customer", m.Columns["Beställare"])
	}
}

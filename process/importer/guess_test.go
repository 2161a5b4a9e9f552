package importer_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"milstolpe/process"
	"milstolpe/process/importer"
	"milstolpe/process/importer/cells"
	"milstolpe/process/processtest"
)

var stagesDefinition = process.Definition{Name: "New business", Milestones: []process.Milestone{
	{Key: "owner", Name: "Owner named", Required: true}, {Key: "budget", Name: "Budget set aside", Required: true},
}}

func TestDoubtsAboutAListAreShown(t *testing.T) {
	for name, c := range map[string]struct {
		list   string
		doubts []importer.ListDoubt
		order  cells.DateOrder
		sign   string
	}{
		"plain": {
			"id | opened | value\n1 | 2026-03-04 | 5", nil, "", "",
		},
		"March or April?": {
			"id | opened | value\n1 | 03/04/2026 | 5\n2 | 04/03/2026 | 5",
			[]importer.ListDoubt{{Kind: importer.DoubtDateOrder, Column: "opened", Sample: "03/04/2026", Readings: []string{"2026-04-03", "2026-03-04"}}},
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
			[]importer.ListDoubt{{Kind: importer.DoubtDecimal, Column: "value", Sample: "1.250", Readings: []string{"1250", "1.250"}}},
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
			[]importer.ListDoubt{{Kind: importer.DoubtMissing, Column: "deal.id"}, {Kind: importer.DoubtMissing, Column: "deal.opened"}},
			"", "",
		},
		"an outcome and no day": {
			"id | opened | outcome\n1 | 2026-03-04 | maybe",
			[]importer.ListDoubt{{Kind: importer.DoubtOutcome, Sample: "maybe", Readings: []string{"open"}}, {Kind: importer.DoubtMissing, Column: "deal.closed"}},
			"", "",
		},
		"a stage that is no milestone": {
			"deal | stage | date\n1 | Lead | 2026-03-04\n1 | Owner named | 2026-03-05\n1 | Order signed | 2026-03-06",
			[]importer.ListDoubt{{Kind: importer.DoubtStage, Column: "stage", Sample: "Lead"}},
			"", "",
		},
	} {
		g := importer.GuessMapping(processtest.AsList(c.list), &stagesDefinition)
		if diff := cmp.Diff(c.doubts, g.Doubts); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
		if g.Mapping.DateOrder != c.order || g.Mapping.Decimal != c.sign {
			t.Errorf("%s: order %q and decimal %q, want %q and %q", name, g.Mapping.DateOrder, g.Mapping.Decimal, c.order, c.sign)
		}
	}
}

func TestAListOfStagesIsToldByItsDealsComingBack(t *testing.T) {
	g := importer.GuessMapping(processtest.AsList("deal | stage | date\n1 | Lead | 2026-03-04\n1 | Owner named | 2026-03-05\n1 | Order signed | 2026-03-06"), &stagesDefinition)
	want := importer.Mapping{
		Shape: importer.Long, Columns: map[string]importer.Meaning{"deal": importer.MeansID, "stage": importer.MeansStage, "date": importer.MeansStageOn},
		Outcomes: map[string]process.Outcome{"Order signed": process.Won}, Stages: map[string]importer.Meaning{"Owner named": "milestone:owner"},
	}
	if diff := cmp.Diff(want, g.Mapping); diff != "" {
		t.Error(diff)
	}
	if g := importer.GuessMapping(processtest.AsList("deal | stage | date\n1 | Lead | 2026-03-04\n2 | Lead | 2026-03-05"), nil); g.Mapping.Shape != importer.Wide {
		t.Error("a list in which every deal stands once is taken for a list of stages")
	}
}

func TestHeadersOfOurOwnExportsAreKnownInBothLanguages(t *testing.T) {
	for _, header := range []string{"Namn", "Kund", "Förväntat avslut", "expected close", "lost_reason", `Date entered "Offer (Sales)"`, "Date entered Offer", "Deal Owner", "Deal - Title"} {
		if !importer.KnownHeader(header) {
			t.Errorf("%q is not known", header)
		}
	}
	if importer.KnownHeader("Favourite colour") {
		t.Error("every header is known")
	}
}

func TestAProcessIsProposedFromTheStagesOfAList(t *testing.T) {
	list := processtest.AsList(`
Deal Name | Deal Stage | Create Date | Close Date | Date entered "Demo (Sales)" | Date entered "Budget (Sales)" | Date entered "Closed Won (Sales)"
Line      | Budget     | 2026-01-05  | 2027-01-05 | 2026-01-06                  | 2026-01-07                    |`)
	g := importer.GuessMapping(list, nil)
	stages := importer.StagesIn(list, g.Mapping)
	if diff := cmp.Diff([]string{"Demo", "Budget"}, stages); diff != "" {
		t.Fatal(diff)
	}
	def := importer.Proposed(" Sales ", stages, map[string]importer.Doer{"Demo": importer.WeDo, "Budget": importer.BuyerDoes})
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
	m = importer.GuessMapping(changes, nil).Mapping
	if diff := cmp.Diff([]string{"Lead", "Budget"}, importer.StagesIn(changes, m)); diff != "" {
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
	g := importer.GuessMapping(l, nil)
	want := map[string]importer.Meaning{
		"Kund": importer.MeansCustomer, "Vad": importer.MeansName, "Summa": importer.MeansValue, "Inkom": importer.MeansOpened,
		"Beräknad order": importer.MeansExpectedClose, "Läge": importer.MeansOutcome, "Beslut": importer.MeansClosed, "Anm.": importer.MeansNote,
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
	said := importer.GuessMapping(processtest.AsList("Kund | Startad | Status | Beslut\nEk | 2026-01-12 | Öppen | avvakta"), nil)
	if m := said.Mapping.Columns["Beslut"]; m != importer.MeansNothing {
		t.Errorf("a column that says what was decided is read as %s", m)
	}
}

// A milestone may be called as a field of a deal often is: the column of that name is the milestone, and the field is the other column.
func TestAColumnCalledLikeAMilestoneLeavesTheFieldToAnother(t *testing.T) {
	def := &process.Definition{Name: "New", Milestones: []process.Milestone{
		{Key: "decided", Name: "Decided", Required: true}, {Key: "started", Name: "Startad", Required: true}, {Key: "buyer", Name: "Customer", Required: true},
	}}
	for text, want := range map[string]map[string]importer.Meaning{
		"deal | customer | opened | Decided | closed | outcome\nA | Ek | 2026-01-02 | 2026-02-01 | 2026-02-09 | won": {
			"opened": importer.MeansOpened, "Decided": importer.MilestoneMeaning("decided"), "closed": importer.MeansClosed, "customer": importer.MeansCustomer,
		},
		"deal | closed | Decided | opened | outcome\nA | 2026-02-09 | 2026-02-01 | 2026-01-02 | won": {
			"Decided": importer.MilestoneMeaning("decided"), "closed": importer.MeansClosed,
		},
		"Affär | Kund | Startad | Skapad | Utfall | Avslutad\nA | Ek | 2026-01-09 | 2026-01-02 | vunnen | 2026-02-09": {
			"Startad": importer.MilestoneMeaning("started"), "Skapad": importer.MeansOpened, "Avslutad": importer.MeansClosed,
		},
		// Where there is no other, it is the field that a list needs.
		"deal | customer | opened | Decided | outcome\nA | Ek | 2026-01-02 | 2026-02-01 | won": {"Decided": importer.MeansClosed, "customer": importer.MeansCustomer},
	} {
		g := importer.GuessMapping(processtest.AsList(text), def)
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
	g := importer.GuessMapping(l, nil)
	if diff := cmp.Diff([]string{"Behov bekräftat", "Budget avsatt"}, importer.StagesIn(l, g.Mapping)); diff != "" {
		t.Fatal(diff)
	}
	def := importer.Proposed("Ny", importer.StagesIn(l, g.Mapping), map[string]importer.Doer{"Behov bekräftat": importer.BuyerDoes, "Budget avsatt": importer.Nobody})
	m := g.Mapping.MapStages(l, &def)
	if got := m.Columns["Behov bekräftat"]; got != importer.MilestoneMeaning(def.Milestones[0].Key) || len(def.Milestones) != 1 {
		t.Errorf("the column is read as %s of %v", got, def.Milestones)
	}
	if got := m.Columns["Budget avsatt"]; got != importer.MeansNothing {
		t.Errorf("a column that is left out is read as %s", got)
	}
}

func TestAStageLikeAnEndIsOneOnlyWhereNoOtherSaysSoOutright(t *testing.T) {
	rows := "deal | stage | date\n1 | Lead | 2026-03-04\n1 | Contract signed | 2026-03-05"
	for text, want := range map[string][]string{rows: {"Lead"}, rows + "\n1 | Won | 2026-03-09": {"Lead", "Contract signed"}} {
		l := processtest.AsList(text)
		g := importer.GuessMapping(l, nil)
		stages := importer.StagesIn(l, g.Mapping)
		if diff := cmp.Diff(want, stages); diff != "" {
			t.Error(diff)
		}
		doers := map[string]importer.Doer{}
		for _, s := range stages {
			doers[s] = importer.BuyerDoes
		}
		def := importer.Proposed("Ny", stages, doers)
		asked := importer.Mapping{Shape: importer.Long, Columns: g.Mapping.Columns} // as a form sends it, which has not asked about the stages
		m := asked.MapStages(l, &def)
		s := processtest.NewStory(t)
		s.Add("", &process.VersionPublished{Stamp: processtest.Known("2020-01-02"), Process: "p", Version: "v2", Definition: def})
		if faults := s.Plan("i", m, text).Faults(); len(faults) > 0 {
			t.Errorf("%q: %v", text, faults)
		}
	}
}

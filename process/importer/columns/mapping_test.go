package columns_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"milstolpe/process"
	"milstolpe/process/importer"
	"milstolpe/process/importer/cells"
	"milstolpe/process/importer/columns"
	"milstolpe/process/processtest"
)

const plainMapping = `{"shape":"wide","date_order":"ymd","decimal":".","currency":"EUR",
 "columns":{"deal":"deal.id","opened":"deal.opened","closed":"deal.closed","outcome":"deal.outcome","offer":"milestone:offer"},
 "outcomes":{"yes":"won","no":"lost"}}`

func TestAMappingIsReadFromJSON(t *testing.T) {
	m, err := columns.ParseMapping([]byte("\ufeff" + plainMapping))
	if err != nil {
		t.Fatal(err)
	}
	want := columns.Mapping{
		Shape: columns.Wide, DateOrder: cells.YearMonthDay, Decimal: ".", Currency: "EUR",
		Columns: map[string]columns.Meaning{
			"deal": columns.MeansID, "opened": columns.MeansOpened, "closed": columns.MeansClosed, "outcome": columns.MeansOutcome, "offer": "milestone:offer",
		},
		Outcomes: map[string]process.Outcome{"yes": process.Won, "no": process.Lost},
	}
	if diff := cmp.Diff(want, m); diff != "" {
		t.Error(diff)
	}
	again, err := columns.ParseMapping(m.JSON())
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(m, again); diff != "" {
		t.Errorf("written and read again: %s", diff)
	}
}

func TestAMappingThatCannotBeRightSaysWhere(t *testing.T) {
	change := func(from, to string) string { return strings.Replace(plainMapping, from, to, 1) }
	for _, c := range []struct{ text, want string }{
		{change(`"decimal"`, `"decimals"`), "decimals process.json.unknown_field"},
		{change(`"ymd"`, `7`), "date_order process.json.wrong_kind"},
		{`{"shape":`, " process.json.syntax"},
		{plainMapping + "{}", " process.json.more_than_one"},
		{change("wide", "broad"), "shape mapping.bad_shape"},
		{change("ymd", "ydm"), "date_order mapping.bad_date_order"},
		{change(`"."`, `";"`), "decimal mapping.bad_decimal"},
		{change("EUR", "euro"), "currency setting.bad_currency"},
		{change("deal.opened", "deal.openend"), "columns.opened mapping.bad_meaning"},
		{change(`"offer":"milestone:offer"`, `"offer":"milestone:"`), "columns.offer mapping.bad_meaning"},
		{change(`"deal":"deal.id"`, `"deal":""`), "columns mapping.needs_id"},
		{change(`"opened":"deal.opened",`, ``), "columns mapping.needs_opened"},
		{change(`"outcome":"deal.outcome",`, ``), "columns mapping.needs_outcome"},
		{change(`"closed":"deal.closed",`, ``), "columns mapping.needs_closed"},
		{change(`"deal":"deal.id"`, `"deal":"deal.id","nr":"deal.id"`), "columns.nr mapping.meaning_twice"},
		{change(`"won"`, `"gained"`), "outcomes.yes mapping.bad_outcome"},
		{change("wide", "long"), "columns mapping.needs_stage"},
		{change(`"outcomes"`, `"stages":{"Demo":"deal.name"},"outcomes"`), "stages.Demo mapping.bad_meaning"},
	} {
		_, err := columns.ParseMapping([]byte(c.text))
		found := false
		for _, e := range processtest.ProblemsOf(err) {
			found = found || e.Field+" "+e.Msg == c.want
		}
		if !found {
			t.Errorf("%s\ngives %v, want %s", c.text, err, c.want)
		}
	}
}

func TestAMappingHasToFitTheListAndTheProcess(t *testing.T) {
	s := processtest.NewStory(t, "owner")
	list := processtest.AsList("deal | opened\n1 | 2026-01-05")
	m := columns.Mapping{Shape: columns.Wide, Columns: map[string]columns.Meaning{
		"Deal": columns.MeansID, "opened": columns.MeansOpened, "budget": "milestone:budget", "ignored": "",
	}}
	_, err := importer.NewPlan(s.Team, importer.Import{ID: "i", Process: "p", Mapping: m, Today: processtest.Day("2026-11-23")}, list)
	got := []string{}
	for _, e := range processtest.ProblemsOf(err) {
		got = append(got, e.Field+" "+e.Msg)
	}
	if diff := cmp.Diff([]string{"columns.budget mapping.no_such_column", "columns.budget mapping.no_such_milestone"}, got); diff != "" {
		t.Error(diff)
	}
}

func TestAMappingIsRememberedByTheHeadersOfItsList(t *testing.T) {
	s := processtest.NewStory(t, "owner")
	m, err := columns.ParseMapping([]byte(plainMapping))
	if err != nil {
		t.Fatal(err)
	}
	s.Add("", columns.KeepMapping(s.Team, []string{"deal", "opened", "note"}, m, processtest.Day("2026-11-23"))...)
	got, ok := columns.KeptMapping(s.Team, []string{"Note", "Deal", " opened"})
	if !ok || got.Currency != "EUR" {
		t.Errorf("the mapping of the same headers in another order is %+v (%v)", got, ok)
	}
	if _, ok := columns.KeptMapping(s.Team, []string{"deal", "opened"}); ok {
		t.Error("a list with other headers has the mapping too")
	}
	if facts := columns.KeepMapping(s.Team, []string{"opened", "deal", "note"}, m, processtest.Day("2026-11-24")); len(facts) != 0 {
		t.Errorf("the same mapping once more gives %d facts, want none", len(facts))
	}
	m.Currency = "NOK"
	s.Add("", columns.KeepMapping(s.Team, []string{"opened", "deal", "note"}, m, processtest.Day("2026-11-24"))...)
	if got, _ := columns.KeptMapping(s.Team, []string{"deal", "opened", "note"}); got.Currency != "NOK" {
		t.Errorf("after a change the mapping says %s, want NOK", got.Currency)
	}
}

func TestAMappingComesBackFromItsJSON(t *testing.T) {
	text := rapid.StringN(1, 20, 60)
	rapid.Check(t, func(t *rapid.T) {
		m := columns.Mapping{Shape: columns.Wide, Columns: map[string]columns.Meaning{"id": columns.MeansID, "on": columns.MeansOpened}}
		m.DateOrder = rapid.SampledFrom([]cells.DateOrder{"", "ymd", "dmy", "mdy"}).Draw(t, "order")
		for i, header := range rapid.SliceOfNDistinct(text, 0, 5, rapid.ID[string]).Draw(t, "headers") {
			m.Columns["h"+header] = columns.MilestoneMeaning(process.MilestoneID(rune('a' + i)))
		}
		m.Outcomes = map[string]process.Outcome{text.Draw(t, "word"): rapid.SampledFrom(process.Outcomes).Draw(t, "outcome")}
		got, err := columns.ParseMapping(m.JSON())
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(m, got); diff != "" {
			t.Fatal(diff)
		}
	})
}

func FuzzParseMapping(f *testing.F) {
	f.Add([]byte(plainMapping))
	f.Add([]byte(`{"shape":"long","columns":{"d":"deal.id","s":"deal.stage","o":"deal.stage_on"},"stages":{"x":"journal"}}`))
	f.Add([]byte(`{"columns":null}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		m, err := columns.ParseMapping(data)
		if err != nil {
			if process.KindOf(err) != process.Invalid {
				t.Errorf("%q: %v is not something that a person can mend", data, err)
			}
			return
		}
		again, err := columns.ParseMapping(m.JSON())
		if err != nil {
			t.Fatalf("%q cannot be read again: %v", data, err)
		}
		if diff := cmp.Diff(m, again); diff != "" {
			t.Errorf("%q comes back differently: %s", data, diff)
		}
	})
}

func TestWhatIsWrittenOverAPersonIsNotKept(t *testing.T) {
	s := processtest.NewStory(t)
	list := processtest.AsList("id | contact | value\n1 | Eva | 100")
	m := columns.Mapping{Shape: columns.Wide, NoOpening: columns.FromImportDay, Columns: map[string]columns.Meaning{"id": columns.MeansID, "contact": columns.MeansContact, "value": columns.MeansValue}}
	m = m.WithMends(list, map[int]map[string]string{2: {"contact": "Eva Ek", "value": "1000"}})
	s.Add("", columns.KeepMapping(s.Team, list.Headers, m, processtest.Day("2026-11-23"))...)
	kept, ok := columns.KeptMapping(s.Team, list.Headers)
	if want := []columns.Mend{{Row: "1", Column: "value", From: "100", To: "1000"}}; !ok || !slices.Equal(kept.Mends, want) {
		t.Errorf("kept are %v, want %v", kept.Mends, want)
	}
	if mended, cells := kept.Mended(list); mended.Rows[0].Cells[2].Text != "1000" || len(cells) != 1 || list.Rows[0].Cells[2].Text != "100" {
		t.Errorf("with these the list reads %v, and was %v", mended.Rows, list.Rows)
	}
}

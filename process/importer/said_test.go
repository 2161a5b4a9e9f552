package importer_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"milstolpe/process"
	"milstolpe/process/importer/columns"
	"milstolpe/process/processtest"
)

// guessed takes a list in as its headers and cells suggest, and says what becomes of each row.
func guessed(t *testing.T, text string) (s *processtest.Story, m columns.Mapping, rows []string) {
	t.Helper()
	s = processtest.NewStory(t, required...)
	m = columns.GuessMapping(processtest.AsList(text), nil).Mapping
	return s, m, said(s.Take("i", m, text))
}

func TestFlagsSayHowADealEndedWhereItsStageDoesNot(t *testing.T) {
	_, _, rows := guessed(t, `
Id | Stage     | IsWon | IsClosed | IsDeleted | Close date | Created
1  | Hokus     | 1     | 1        | 0         | 2026-02-01 | 2026-01-01
2  | Pokus     | false | true     | 0         | 2026-02-01 | 2026-01-01
3  | Anything  | no    | no       | 0         | 2027-02-01 | 2026-01-01
4  | Won       | 0     | 1        | 0         | 2026-02-01 | 2026-01-01
5  | Lost      | 1     | 1        | 1         | 2026-02-01 | 2026-01-01`)
	want := []string{"new", "new", "new", `error [5 Stage "Won" import.flags_differ]`, `skipped [6  "5" import.deleted]`}
	if diff := cmp.Diff(want, rows); diff != "" {
		t.Error(diff)
	}
}

func TestAnArchivedDealIsLostOrAsked(t *testing.T) {
	s, _, rows := guessed(t, `
Id | Status | Active | Probability | Lost reason | Closed     | Created
1  | Open   | False  | 10          | price       | 2026-02-01 | 2026-01-01
2  | Open   | False  | 10          |             | 2026-02-01 | 2026-01-01
3  | Won    | False  | 100         |             | 2026-02-01 | 2026-01-01`)
	if diff := cmp.Diff([]string{"new", `error [3 Active "" import.archived]`, "new"}, rows); diff != "" {
		t.Error(diff)
	}
	if d := s.ByRef("1"); d.Now.Close == nil || d.Now.Close.Outcome != process.Lost {
		t.Error("an archived deal with a reason for the loss is not lost")
	}
}

func TestWeeksAndQuartersAreExpectedNearToday(t *testing.T) { // today is the 23rd of November 2026, in week 48
	s, _, rows := guessed(t, `
Id | Opened     | Expected close
1  | 2026-01-05 | v. 50
2  | 2026-01-05 | v. 2
3  | 2026-01-05 | Q1
4  | 2026-01-05 | kvartal 2 2027
5  | 2026-01-05 | W12 2027
6  | 2026-01-05 | mars`)
	if diff := cmp.Diff([]string{"new", "new", "new", "new", "new", "new"}, rows); diff != "" {
		t.Fatal(diff)
	}
	for ref, want := range map[string]string{"1": "2026-12-13", "2": "2027-01-17", "3": "2027-03-31", "4": "2027-06-30", "5": "2027-03-28", "6": "2027-03-31"} {
		if got := s.ByRef(ref).Now.ExpectedClose.String(); got != want {
			t.Errorf("deal %s is expected on %s, want %s", ref, got, want)
		}
	}
}

func TestAUnitInTheHeaderCounts(t *testing.T) {
	for header, want := range map[string]string{
		"Belopp (tkr)": "95000.00 SEK", "Value kSEK": "95000.00 SEK", "Värde i MSEK": "95000000.00 SEK", "amount_usd": "95.00 USD", "Summa (EUR)": "95.00 EUR",
		"Estimated $": "95.00 USD", "tkr": "95000.00 SEK", "Amount (000s)": "95000.00 SEK", "Value": "95.00 SEK", "Betrag in TEUR": "95000.00 EUR",
	} {
		s, _, rows := guessed(t, "Id | Opened | "+header+"\n1 | 2026-01-05 | 95")
		if diff := cmp.Diff([]string{"new"}, rows); diff != "" {
			t.Fatal(header, diff)
		}
		got := ""
		if v := s.ByRef("1").Now.Value; v != nil {
			got = v.Decimal() + " " + v.Currency
		}
		if got != want {
			t.Errorf("95 under %q is %q, want %q", header, got, want)
		}
	}
}

// 1972.3 is a month to those who look for days, and 20260105 a day.
func TestNumbersThatLookLikeDaysAreNumbers(t *testing.T) {
	s, _, rows := guessed(t, "Deal | Value | Opened\n20260105 | 1972.3 | 2026-01-05")
	if diff := cmp.Diff([]string{"new"}, rows); diff != "" {
		t.Fatal(diff)
	}
	if v := s.ByRef("20260105").Now.Value; v == nil || v.Decimal() != "1972.30" {
		t.Errorf("the value is %v", v)
	}
}

func TestStagesOfOneDayWithoutATimeAreAsked(t *testing.T) {
	s := processtest.NewStory(t, required...)
	const text = `
deal | stage       | date
A    | Closed Won  | 2026-03-03
A    | Owner named | 2026-03-03`
	if diff := cmp.Diff([]string{`error [2 date "2026-03-03" import.tied_stages]`}, said(s.Plan("i", long, text))); diff != "" {
		t.Error(diff)
	}
	newest := long
	newest.Rows = columns.NewestFirst
	s.Take("i", newest, text)
	if d := s.ByRef("A"); d.Now.Close == nil || d.Now.Close.Outcome != process.Won {
		t.Error("with the newest first the deal is not won")
	}
}

// A contact of a customer that was merged into another one is linked once, however often the list comes.
func TestAMergedCustomersContactComesOnce(t *testing.T) {
	s := processtest.NewStory(t, required...)
	const text = `
id | name | customer         | contact | opened
1  | Roof | Acme AB          | Lisa    | 2025-01-10
2  | Wall | ACME Aktiebolag  | Lisa    | 2026-01-10`
	s.Take("i1", processtest.Wide, text)
	first, second := s.ByRef("1"), s.ByRef("2")
	facts, err := s.Team.MergeCustomers(second.Now.Customer, first.Now.Customer, processtest.Day("2026-11-23"))
	if err != nil {
		t.Fatal(err)
	}
	s.Add("", facts...)
	if again := s.Take("i2", processtest.Wide, text); len(again.Facts) != 0 {
		t.Errorf("imported again: %v with %d facts", said(again), len(again.Facts))
	}
	if n := len(s.ByRef("1").Contacts()); n != 1 {
		t.Errorf("deal 1 has %d contacts, want 1", n)
	}
}

// Salesforce's opportunities say on which day a deal closed, and their history when that was recorded.
func TestOpportunitiesAndTheirHistoryAgreeOnTheClose(t *testing.T) {
	const history = `
OpportunityId | StageName   | CreatedDate         | CloseDate
006A          | Prospecting | 2026-01-05 09:00:00 | 2026-12-31
006A          | Closed Won  | 2026-05-20 09:00:00 | 2026-05-15`
	s := processtest.NewStory(t, required...)
	m := columns.GuessMapping(processtest.AsList(history), nil).Mapping
	m.Stages = map[string]columns.Meaning{"Prospecting": ""}
	s.Take("i1", m, history)
	if c := s.ByRef("006A").Now.Close; c == nil || c.On != processtest.Day("2026-05-15") {
		t.Fatalf("the history closes the deal as %+v, want on the 15th of May", c)
	}
	const wide = `
OpportunityId | OpportunityName | StageName  | CreatedDate         | CloseDate
006A          | Line            | Closed Won | 2026-01-05 09:00:00 | 2026-05-15`
	p := s.Take("i2", columns.GuessMapping(processtest.AsList(wide), nil).Mapping, wide)
	for _, c := range p.Deals[0].Changes {
		if c.What != columns.MeansName {
			t.Errorf("the opportunities change %+v", c)
		}
	}
	if again := s.Take("i3", m, history); len(again.Facts) != 0 {
		t.Errorf("the history again: %v", said(again))
	}
}

// Letters may be one sign or two, a letter and its mark: names, customers, headers and words are the same however they are written.
func TestLettersAndTheirMarksAreComparedComposed(t *testing.T) {
	const composed, apart = "\u00c5ker\u00f6", "A\u030akero\u0308"
	s, _, rows := guessed(t, `
Affär | Kund     | Säljare | Skapad     | Värde
1     | `+composed+` | `+composed+` | 2025-01-10 | 5
2     | `+apart+` | `+apart+` | 2025-01-10 | 5`)
	if diff := cmp.Diff([]string{"new", "new"}, rows); diff != "" {
		t.Fatal(diff)
	}
	a, b := s.ByRef("1"), s.ByRef("2")
	if a.Now.Customer != b.Now.Customer || a.Now.Seller != b.Now.Seller || len(s.Team.Customers()) != 1 {
		t.Errorf("customers %q and %q, sellers %q and %q", a.Now.Customer, b.Now.Customer, a.Now.Seller, b.Now.Seller)
	}
	m := columns.GuessMapping(processtest.AsList("\nAffa\u0308r | Va\u0308rde | Skapad | Sa\u030aldes\n1 | 5 | 2025-01-10 | x"), nil).Mapping
	if m.Columns["Va\u0308rde"] != columns.MeansValue {
		t.Errorf("headers in two signs are read as %v", m.Columns)
	}
}

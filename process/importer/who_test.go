package importer_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"milstolpe/process"
	"milstolpe/process/importer"
	"milstolpe/process/importer/columns"
	"milstolpe/process/processtest"
)

// matched writes down as whom the names of a list are read: "AL=Anna Lind?" is a question with a proposal.
func matched(matches []importer.NameMatch) string {
	var all []string
	for _, m := range matches {
		text := m.Name
		if m.Merged() || m.Means == "" {
			text += "=" + m.Means
		}
		if m.Asks() {
			text += "?"
		}
		all = append(all, text)
	}
	return strings.Join(all, " ")
}

// planned plans a list for somebody who is shown what is most likely.
func planned(t *testing.T, s *processtest.Story, m columns.Mapping, text string) *importer.Plan {
	t.Helper()
	list := processtest.AsList(text)
	in := processtest.IntakeOf("i9", list, m)
	in.TakeLikely = true
	p, err := importer.NewPlan(s.Team, in, list)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

const staffed = `
id | customer | seller    | opened
1  | Acme AB  | Anna Lind | 2026-01-05
2  | Birch AB | Bo Ek     | 2026-01-05
3  | Cedar    | Bea Ek    | 2026-01-05`

func TestSellersAreSetBesideTheTeamsPeople(t *testing.T) {
	s := processtest.NewStory(t, required...)
	s.Take("i1", processtest.Wide, staffed)
	list := `
id | customer | seller          | opened
11 | A        | AL              | 2026-01-05
12 | B        | ANNA  lind      | 2026-01-05
13 | C        | Lind, Anna      | 2026-01-05
14 | D        | BE              | 2026-01-05
15 | E        | Carl Dal        | 2026-01-05
16 | F        | cdal            | 2026-01-05
17 | G        | anna@example.se | 2026-01-05`
	p := planned(t, s, processtest.Wide, list)
	// BE may be Bo and Bea, and nobody is taken; cdal is Carl Dal, who is in no team but in the list.
	if got, want := matched(p.Sellers), "AL=Anna Lind? ANNA  lind Lind, Anna=Anna Lind? BE=? Carl Dal cdal=Carl Dal? anna@example.se=Anna Lind?"; got != want {
		t.Errorf("sellers are read as\n%s, want\n%s", got, want)
	}
	if !p.Sellers[1].Known || p.Sellers[4].Known {
		t.Error("but for case and blanks the team's name is known, and Carl is not")
	}
	// Where nobody has been shown anything, every name stands for itself.
	q := s.Plan("i2", processtest.Wide, list)
	if got := matched(q.Sellers); got != "AL? ANNA  lind Lind, Anna? BE? Carl Dal cdal? anna@example.se?" {
		t.Errorf("unseen, sellers are read as %s", got)
	}
}

func TestCustomersThatDifferOnlyInSpellingAreAskedAbout(t *testing.T) {
	s := processtest.NewStory(t, required...)
	s.Take("i1", processtest.Wide, staffed)
	p := planned(t, s, processtest.Wide, `
id | customer         | seller | opened
11 | ACME Aktiebolag  | Bo Ek  | 2026-01-05
12 | acme  ab         | Bo Ek  | 2026-01-05
13 | Acme AS          | Bo Ek  | 2026-01-05
14 | Dalabygg         | Bo Ek  | 2026-01-05
15 | Dalabygg HB      | Bo Ek  | 2026-01-05
16 | Dalabygg         | Bo Ek  | 2026-01-05
17 | Kund 1           | Bo Ek  | 2026-01-05
18 | Kund 2           | Bo Ek  | 2026-01-05`)
	if got, want := matched(p.Customers), "ACME Aktiebolag=Acme AB? acme  ab Acme AS? Dalabygg Dalabygg HB=Dalabygg? Kund 1 Kund 2"; got != want {
		t.Errorf("customers are read as\n%s, want\n%s", got, want)
	}
	if _, asked := p.Questions(); len(asked) != 3 {
		t.Errorf("%d questions about customers, want those of Aktiebolag, AS and HB", len(asked))
	}
}

func TestAnswersHoldAndAnUnchangedListAsksNothing(t *testing.T) {
	s := processtest.NewStory(t, required...)
	s.Take("i1", processtest.Wide, staffed)
	list := `
id | customer        | seller | opened
11 | ACME Aktiebolag | AL     | 2026-01-05
12 | Acme AS         | BE     | 2026-01-05`
	m := processtest.Wide
	m.Sellers = map[string]string{"al": "Anna Lind", "BE": "Berit Eng"}
	m.Customers = map[string]string{"ACME Aktiebolag": "Acme AB", "Acme AS": "Acme AS"}
	p := s.Take("i2", m, list)
	if sellers, customers := p.Questions(); len(sellers)+len(customers) > 0 || p.Count(importer.RowNew) != 2 {
		t.Fatalf("answered, it still asks %v %v of %d new deals", sellers, customers, p.Count(importer.RowNew))
	}
	who := func(ref string) string {
		d := s.ByRef(ref)
		return s.Team.Person(d.Now.Seller) + " " + s.Team.Customer(d.Now.Customer)
	}
	if diff := cmp.Diff([]string{"Anna Lind Acme AB", "Berit Eng Acme AS"}, []string{who("11"), who("12")}); diff != "" {
		t.Error(diff)
	}
	if again := s.Plan("i3", m, list); len(again.Facts) > 0 {
		t.Errorf("unchanged, it gives %v", again.Facts)
	}
	// Anna has another name since, and Acme too: the answers still lead to them.
	facts, err := s.Team.Roster().Rename(s.ByRef("11").Now.Seller, "Anna Berg", nil, processtest.Day("2026-11-23"))
	if err != nil {
		t.Fatal(err)
	}
	s.Add("", facts...)
	if again := s.Plan("i4", m, list); len(again.Facts) > 0 {
		t.Errorf("after a renaming it gives %v", again.Facts)
	}
}

// A list without ids knows its deals by what it calls them, whoever that turns out to be.
func TestAnAnswerMakesNoOtherDeal(t *testing.T) {
	s := processtest.NewStory(t, required...)
	s.Take("i1", processtest.Wide, staffed)
	list := `
name | customer        | seller | opened
Roof | ACME Aktiebolag | AL     | 2026-01-05`
	s.Take("i2", processtest.Wide, list) // nobody was asked
	m := processtest.Wide
	m.Sellers, m.Customers = map[string]string{"AL": "Anna Lind"}, map[string]string{"ACME Aktiebolag": "Acme AB"}
	p := s.Take("i3", m, list)
	if n := p.Count(importer.RowUpdates); n != 1 || len(p.Deals[0].Changes) != 2 {
		t.Fatalf("%d deals change, in %v; want the same deal to change in customer and seller", n, p.Deals[0].Changes)
	}
	if p := s.Plan("i4", m, list); len(p.Facts) > 0 {
		t.Errorf("then it gives %v", p.Facts)
	}
	if d, _ := s.Team.Deal(p.Deals[0].Deal); s.Team.Customer(d.Now.Customer) != "Acme AB" {
		t.Errorf("the deal is of %s", s.Team.Customer(d.Now.Customer))
	}
	for _, text := range []string{`{"shape":"wide","columns":{"a":"deal.id"},"no_opening":"import_day","sellers":{"AL":""}}`, `{"shape":"wide","columns":{"a":"deal.id"},"no_opening":"import_day","customers":{"x":"` + strings.Repeat("x", process.MaxName+1) + `"}}`} {
		if _, err := columns.ParseMapping([]byte(text)); err == nil {
			t.Errorf("%.90s is taken", text)
		}
	}
}

package names_test

import (
	"testing"

	"pgregory.net/rapid"

	"milstolpe/process/importer/names"
)

func TestPeopleAreKnownByTheWaysInWhichTheyAreWritten(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want names.Likeness
	}{
		{"AL", "Anna Lind", names.Initials},
		{"al", "Anna Lind", names.Initials},
		{"A.L.", "Anna Lind", names.Initials},
		{"A L", "Anna Lind", names.Initials},
		{"ÅÖ", "Åsa Öberg", names.Initials},
		{"AMB", "Anna-Maria Berg", names.Initials},
		{"AB", "Anna-Maria Berg", names.Initials},
		{"Anna L.", "Anna Lind", names.Short},
		{"Anna L", "Anna Lind", names.Short},
		{"A. Lind", "Anna Lind", names.Short},
		{"Anna", "Anna Lind", names.Short},
		{"Lind", "Anna Lind", names.Short},
		{"Anna Maria Lind", "Anna Lind", names.Short},
		{"Lind, Anna", "Anna Lind", names.Spelling},
		{"Lind Anna", "Anna Lind", names.Order},
		{"Anna Lind (sälj)", "Anna Lind", names.Spelling},
		{"Anna Lind <anna@firm.se>", "Anna Lind", names.Spelling},
		{"anna.lind@firm.se", "Anna Lind", names.Spelling},
		{"alind@firm.se", "Anna Lind", names.Login},
		{"anna@firm.se", "Anna Lind", names.Short},
		{"anna.lind2@firm.se", "Anna Lind", names.Spelling},
		{`FIRM\annlin`, "Anna Lind", names.Login},
		{"alind", "Anna Lind", names.Login},
		{"annal", "Anna Lind", names.Login},
		{"linann", "Anna Lind", names.Login},
		{"Asa Oberg", "Åsa Öberg", names.Spelling},
		{"Kristofer Lindh", "Christoffer Lind", names.Spelling},
		{"Karl Müller", "Carl Mueller", names.Spelling},
		{"Anna Lnid", "Anna Lind", names.Spelling},
		{"Erik Johanssn", "Erik Johansson", names.Spelling},
		{"Anna Lund", "Anna Lind", names.Near},
		{"Ali", "Anna Lind", names.Different},
		{"Anna Berg", "Anna Lind", names.Different},
		{"Bo Lind", "Anna Lind", names.Different},
		{"BL", "Anna Lind", names.Different},
		{"Säljare 1", "Säljare 2", names.Different},
		{"Säljare 1", "Säljare 11", names.Different},
		{"S1", "Säljare 1", names.Different},
		{"Maria", "Marie", names.Different},
		{"", "Anna Lind", names.Different},
		{"-", "Anna Lind", names.Different},
	} {
		for _, pair := range [][2]string{{c.a, c.b}, {c.b, c.a}} {
			if got := names.Person(pair[0], pair[1]); got != c.want {
				t.Errorf("%q and %q are %d, want %d", pair[0], pair[1], got, c.want)
			}
		}
	}
}

func TestCompaniesAreKnownWithoutTheirLegalForm(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want names.Likeness
	}{
		{"Acme AB", "Acme Aktiebolag", names.Spelling},
		{"ACME, AB (publ)", "Acme AB", names.Spelling},
		{"AB Acme", "Acme AB", names.Spelling},
		{"Acme", "Acme AB", names.Form},
		{"Nord Hus A/S", "Nordhus AS", names.Spelling},
		{"Muster GmbH & Co. KG", "Muster", names.Form},
		{"Smith & Sons Ltd.", "Smith and Sons Limited", names.Spelling},
		{"O'Neil Inc.", "ONeil Inc", names.Spelling},
		{"Polska Sp. z o.o.", "Polska sp z o o", names.Spelling},
		{"Malmo Kok AB", "Malmö Kök AB", names.Spelling},
		{"Kolbottens Sågverk", "Kolbotten Sågverk AB", names.Spelling},
		{"Kolboten Sågverk", "Kolbotten Sågverk", names.Spelling},
		{"Norrbygg AB", "Nordbygg AB", names.Near},
		{"Acme AB", "Acme AS", names.OtherForm},
		{"Kund 1 AB", "Kund 2 AB", names.Different},
		{"Filial A", "Filial B", names.Different},
		{"Kund 10", "Kund 100", names.Different},
		{"Berg AB", "Borg AB", names.Different},
		{"AB", "HB", names.Different},
		{"Acme Nord", "Acme Syd", names.Different},
		{"", "", names.Different},
	} {
		x := names.NewIndex()
		x.Add(c.a)
		found := x.Like(c.b)
		if got := names.Company(c.a, c.b); got != c.want || got != names.Company(c.b, c.a) {
			t.Errorf("%q and %q are %d, want %d", c.a, c.b, got, c.want)
		} else if (len(found) > 0) != (got != names.Different) || len(found) > 0 && found[0].Likeness != got {
			t.Errorf("%q and %q: the index finds %v", c.a, c.b, found)
		}
	}
}

func TestAnyTwoNamesAreComparedTheSameWayRound(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := rapid.String().Draw(t, "a"), rapid.StringMatching(`[A-ZÅÄÖa-zåäö.,& ]{0,20}`).Draw(t, "b")
		if names.Person(a, b) != names.Person(b, a) || names.Company(a, b) != names.Company(b, a) {
			t.Fatalf("%q and %q are alike in one direction", a, b)
		}
		x := names.NewIndex()
		x.Add(a)
		if found := len(x.Like(b)) > 0; found != (names.Company(a, b) != names.Different) {
			t.Fatalf("%q and %q: found %v", a, b, found)
		}
	})
}

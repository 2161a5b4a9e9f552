package search_test

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"milstolpe/process"
	"milstolpe/process/processtest"
	"milstolpe/process/sales"
	"milstolpe/process/search"
)

// aTeam has two customers with a deal each; everything that can be written is written about the first.
func aTeam(more ...process.Fact) *sales.Team {
	day := func(s string) process.Stamp { return process.Stamp{Known: process.MustDate(s)} }
	facts := append([]process.Fact{
		&process.PersonNamed{Stamp: day("2026-01-05"), Person: "anna", Name: "Anna Berg"},
		&process.CustomerNamed{Stamp: day("2026-01-05"), Customer: "c1", Name: "Åkerö Mejeri"},
		&process.CustomerNamed{Stamp: day("2026-01-05"), Customer: "c2", Name: "Kolbotten Sågverk"},
		&process.ContactNamed{Stamp: day("2026-01-05"), Contact: "maja", Customer: "c1", Name: "Maja Ek", Role: "inköpschef", Email: "maja@akero.se", Phone: "+46 (0)70-174 06 31"},
		&process.VersionPublished{Stamp: day("2026-01-05"), Process: "p", Version: "v", Definition: process.Definition{
			Name: "New business", Milestones: []process.Milestone{{Key: "owned", Name: "An owner", Required: true}, {Key: "paid", Name: "Money", Required: true}},
		}},
		&process.DealOpened{Stamp: day("2026-01-06"), Deal: "d1", On: process.MustDate("2026-01-06"), Process: "p", Version: "v", Name: "Cheese vats", Customer: "c1", Seller: "anna", Ref: "X-1077"},
		&process.DealOpened{Stamp: day("2026-01-07"), Deal: "d2", On: process.MustDate("2026-01-07"), Process: "p", Version: "v", Name: "Moisture meters", Customer: "c2", Seller: "anna"},
		&process.ContactLinked{Stamp: day("2026-01-07"), Deal: "d1", Contact: "maja"},
		&process.JournalWritten{Stamp: day("2026-01-08"), Deal: "d1", On: process.MustDate("2026-01-08"), Text: "Visited the dairy.\nThey asked about pasteurising."},
		&process.MilestoneReached{Stamp: day("2026-01-09"), Deal: "d1", Milestone: "owned", On: process.MustDate("2026-01-09"), Evidence: process.Evidence{Text: "Letter of intent", Link: "https://example.com/minutes"}},
		&process.MilestoneWaived{Stamp: day("2026-01-10"), Deal: "d1", Milestone: "paid", Reason: "Financed by the parent company"},
		&process.NextStepSet{Stamp: day("2026-01-10"), Deal: "d1", Text: "Send drawings"},
		&process.DealClosed{Stamp: day("2026-01-20"), Deal: "d2", Outcome: process.Lost, On: process.MustDate("2026-01-20"), Reason: "Chose the incumbent", Competitor: "Fuktab"},
	}, more...)
	events := make([]process.Event, len(facts))
	for i, f := range facts {
		events[i] = process.Event{ID: process.EventID{7: byte(i + 1)}, Fact: f}
	}
	return processtest.TeamOf(events)
}

// found says what a question finds: d1/journal, c:c1, p:maja, o:anna; and ~ where something stands in for it.
func found(team *sales.Team, question string) string {
	var x search.Index
	f := x.Find(team, question)
	var list []string
	for _, d := range f.Deals {
		text := string(d.Deal.ID)
		if d.Line != nil {
			text += "/" + string(d.Line.Kind)
		}
		list = append(list, text)
	}
	for _, id := range f.Customers {
		list = append(list, "c:"+string(id))
	}
	for _, c := range f.Contacts {
		list = append(list, "p:"+string(c.ID))
	}
	for _, id := range f.People {
		list = append(list, "o:"+string(id))
	}
	if len(f.Instead) > 0 {
		list = append(list, "~")
	}
	return strings.Join(list, " ")
}

func TestEverythingThatIsWrittenIsFound(t *testing.T) {
	t.Parallel()
	team := aTeam()
	for question, want := range map[string]string{
		"pasteurising":         "d1/journal",
		"PASTEURISING dairy":   "d1/journal",
		"mejeri pasteurising":  "d1/journal", // one word in the customer's name, the other in the journal
		"letter":               "d1/evidence",
		"example.com/minutes":  "d1/evidence",
		"parent company":       "d1/waived",
		"drawings":             "d1/activity",
		"incumbent":            "d2/reason",
		"fuktab":               "d2/competitor",
		"x-1077":               "d1/reference",
		"inkopschef":           "d1/contact p:maja",
		"maja@akero":           "d1/contact p:maja",
		"070-174 06":           "d1/contact p:maja",
		"+46 70 174":           "d1/contact p:maja",
		"akero":                "d1 c:c1 p:maja",   // her address has it too
		"Åkerö":                "d1 c:c1",          // and not so spelled
		"åkero":                "d1 c:c1 p:maja ~", // nothing is written so; nearly so is
		"sagverk":              "d2 c:c2",
		`"moisture meters"`:    "d2",
		`"meters moisture"`:    "",
		"anna":                 "d1 d2 o:anna",
		"kolboten":             "d2 c:c2 ~",
		"kolbotten sagvrek":    "d2 c:c2 ~",
		"kolbbott":             "d2 c:c2 ~", // typed halfway
		"zzzz":                 "",
		"pasteurising zzzzzzz": "",
		"":                     "",
		`" "`:                  "",
	} {
		if got := found(team, question); got != want {
			t.Errorf("%q finds %q, want %q", question, got, want)
		}
	}
}

func TestWhatIsTakenBackOrErasedIsNotFound(t *testing.T) {
	t.Parallel()
	stamp := process.Stamp{Known: process.MustDate("2026-02-01")}
	team := aTeam(
		&process.Undone{Stamp: stamp, Deal: "d1", Events: []process.EventID{{7: 9}}}, // the ninth is the journal's
		&process.ContactNamed{Stamp: process.Stamp{Known: stamp.Known, Base: []process.EventID{{7: 4}}}, Contact: "maja", Customer: "c1"},
	)
	for _, question := range []string{"pasteurising", "maja", "inköpschef", "0701740631"} {
		if got := found(team, question); got != "" {
			t.Errorf("%q finds %q", question, got)
		}
	}
}

func TestASoleMatchIsWhatIsMeant(t *testing.T) {
	t.Parallel()
	team := aTeam(
		&process.CustomerNamed{Stamp: process.Stamp{Known: process.MustDate("2026-01-05")}, Customer: "c3", Name: "Vretens Chark"},
		&process.ContactNamed{Stamp: process.Stamp{Known: process.MustDate("2026-01-05")}, Contact: "olle", Customer: "c3", Name: "Olle Dahl"},
	)
	var x search.Index
	for question, want := range map[string]string{"pasteurising": "d1", "kolbotten": "d2", "anna": "", "vreten": "c3", "olle": "c3", "berg": "", "kolboten": "", "zzzz": ""} {
		f := x.Find(team, question)
		d, customer, person := f.Sole(team)
		got := string(customer) + string(person)
		if d != nil {
			got += string(d.ID)
		}
		if got != want {
			t.Errorf("%q means %q, want %q", question, got, want)
		}
	}
}

func TestAnExcerptMarksWhatWasAskedFor(t *testing.T) {
	t.Parallel()
	write := func(pieces []search.Piece) string {
		var out strings.Builder
		for _, p := range pieces {
			if p.Match {
				out.WriteString("[" + p.Text + "]")
			} else {
				out.WriteString(p.Text)
			}
		}
		return out.String()
	}
	long := strings.Repeat("word ", 40) + "Åkerö " + strings.Repeat("tail ", 40)
	for _, c := range []struct {
		text, question string
		about          int
		want           string
	}{
		{"Visited the\n dairy in Åkerö.", "dairy akero", 100, "Visited the [dairy] in [Åkerö]."},
		{"Straße 5", "strasse", 100, "[Straße] 5"},
		{"aaa", "aa", 100, "[aa]a"},
		{long, "akero", 30, "… word word [Åkerö] tail tail …"},
		{"nothing of it", "zzz", 100, "nothing of it"},
	} {
		if got := write(search.Excerpt(c.text, c.question, c.about)); got != c.want {
			t.Errorf("%q in %q: %q, want %q", c.question, c.text, got, c.want)
		}
	}
}

// An excerpt never tears a letter, and has nothing that the text does not.
func TestExcerptsAreOfTheText(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		text, question := rapid.String().Draw(rt, "text"), rapid.StringN(1, 3, -1).Draw(rt, "question")
		var out strings.Builder
		for _, p := range search.Excerpt(text, question, rapid.IntRange(1, 60).Draw(rt, "about")) {
			out.WriteString(p.Text)
		}
		got := strings.TrimSuffix(strings.TrimPrefix(out.String(), "… "), " …")
		if whole := strings.Join(strings.Fields(text), " "); !strings.Contains(whole, got) {
			rt.Errorf("%q is not in %q", got, whole)
		}
	})
}

// Texts that are kept find what those that are made anew find.
func TestKeptTextsFindWhatNewOnesFind(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		h := processtest.DrawHistory(rt)
		team, known := processtest.TeamOf(h.Events), len(h.Events)
		var kept search.Index
		for range rapid.IntRange(1, 4).Draw(rt, "rounds") {
			for range rapid.SampledFrom([]int{0, 1, 5, 300}).Draw(rt, "facts") {
				h.Later()
			}
			team.Apply(h.Events[known:]...)
			known = len(h.Events)
			for _, question := range []string{"a", "e", "anna", "0", "n"} {
				var fresh search.Index
				ids := func(f search.Found) (list []string) {
					for _, d := range f.Deals {
						list = append(list, string(d.Deal.ID))
					}
					for _, c := range f.Customers {
						list = append(list, string(c))
					}
					return list
				}
				if got, want := ids(kept.Find(team, question)), ids(fresh.Find(team, question)); !slices.Equal(got, want) {
					rt.Errorf("%q: kept texts find %v, new ones %v", question, got, want)
				}
			}
		}
	})
}

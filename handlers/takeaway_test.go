package handlers_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"milstolpe/db/dbtest"
	"milstolpe/handlers/handlerstest"
	"milstolpe/handlers/i18n"
	"milstolpe/process"
	"milstolpe/process/money"
)

// reportPages are the pages that show a report.
var reportPages = []string{
	"/forecast", "/forecast?by=customer", "/forecast?by=milestone", "/forecast?by=process", "/forecast/changes", "/outcome", "/outcome?period=month",
	"/outcome/calibration", "/outcome/timing?since=all", "/outcome/sellers", "/outcome/value-added", "/processes/p/evidence",
}

func TestEveryReportCanBeTakenAway(t *testing.T) {
	t.Parallel()
	s := handlerstest.NewTeamSite(t)
	for _, page := range reportPages {
		path, query, _ := strings.Cut(page, "?")
		if got := s.Get(page); got.StatusCode != http.StatusOK {
			t.Errorf("%s answers %d", page, got.StatusCode)
			continue
		}
		for _, form := range []string{"csv", "xlsx", "json"} {
			got := s.Get(path + "/sheet/" + form + "?" + query)
			if got.StatusCode != http.StatusOK || !strings.Contains(got.Header.Get("Content-Disposition"), "."+form) {
				t.Errorf("%s as %s answers %d, sent as %q", page, form, got.StatusCode, got.Header.Get("Content-Disposition"))
			}
			if form == "csv" && strings.Count(got.Text, "\n") < 2 {
				t.Errorf("%s as a list: %q", page, got.Text)
			}
			if form == "json" && !json.Valid([]byte(got.Text)) {
				t.Errorf("%s for other programs: %q", page, got.Text)
			}
		}
		if got := s.Get(path + "/sheet/pdf"); got.StatusCode != http.StatusNotFound {
			t.Errorf("%s in another form answers %d, want 404", page, got.StatusCode)
		}
	}
}

// newTeamWith is a site with so many deals, one opened every third day: of three one is won, one lost, one still open.
func newTeamWith(t *testing.T, deals int) *handlerstest.Site {
	t.Helper()
	s := handlerstest.NewSite(t)
	file := dbtest.New(t)
	definition := process.Definition{Name: "Sales", Milestones: []process.Milestone{
		{Key: "a", Name: "The buyer owns the problem", Required: true}, {Key: "b", Name: "The buyer has met", Required: false},
	}}
	history := func(day process.Date) process.Stamp { return process.Stamp{Known: day, History: true} }
	facts := []process.Fact{&process.VersionPublished{Stamp: history(process.MustDate("2026-01-01")), Process: "p", Version: "v", Definition: definition}}
	for i := range deals {
		opened, value := process.MustDate("2026-01-02").AddDays(3*i), money.New(int64(50_000_00+1_000_00*i), "SEK")
		id := process.DealID(fmt.Sprintf("d%02d", i))
		facts = append(facts,
			&process.DealOpened{Stamp: history(opened), Deal: id, On: opened, Process: "p", Version: "v", Seller: "anna", Value: &value, Name: string(id), ExpectedClose: opened.AddDays(40)},
			&process.MilestoneReached{Stamp: history(opened.AddDays(10)), Deal: id, Milestone: "a", On: opened.AddDays(10)})
		switch i % 3 {
		case 0:
			facts = append(facts, &process.DealClosed{Stamp: history(opened.AddDays(45)), Deal: id, Outcome: process.Won, On: opened.AddDays(45)})
		case 1:
			facts = append(facts, &process.DealClosed{Stamp: history(opened.AddDays(30)), Deal: id, Outcome: process.Lost, On: opened.AddDays(30), Reason: "price"})
		}
	}
	dbtest.Record(t, file, facts...)
	s.Server.Use(file, "Anna")
	return s
}

// marks are what a picture says anything with, beside its axis.
const marks = ".came, .won, .exp, .new, .band, .p1, .fin, .dot, .rng, circle"

// With little to go on every page says what is missing, and shows no axis without anything on it and no table without a row.
func TestPagesSayWhatIsMissing(t *testing.T) {
	cannot := map[i18n.Lang][]string{
		i18n.Swedish: {"för få", "Historiken räcker inte", "för litet underlag", "är avslutad än", "finns inga än", "att jämföra än", "går inte att säga än"},
		i18n.English: {"too few", "Too few", "Not enough history", "too little", "has closed yet", "there are none yet", "to compare yet", "too early to say"},
	}
	for deals, silent := range map[int]string{
		0: "/forecast /forecast/changes /outcome /outcome/calibration /outcome/timing?since=all /outcome/sellers /outcome/value-added /processes/p/evidence",
		5: "/forecast /outcome /outcome/calibration /outcome/timing?since=all /outcome/sellers /outcome/value-added /processes/p/evidence",
		// After thirty deals twenty are closed, which is enough for dates and not for chances.
		30: "/outcome /outcome/calibration /outcome/sellers /outcome/value-added /processes/p/evidence",
	} {
		s := newTeamWith(t, deals)
		for l, words := range cannot {
			for _, page := range reportPages {
				got := s.In(l, page)
				if got.StatusCode != http.StatusOK {
					t.Errorf("%d deals, %s in %s answers %d", deals, page, l, got.StatusCode)
					continue
				}
				doc := got.Page(t)
				text := handlerstest.Plain(doc.Find("main").Text())
				if says := containsAny(text, words); !says && containsWord(silent, page) {
					t.Errorf("%d deals, %s in %s does not say that it cannot tell: %s", deals, page, l, text)
				}
				for i := range doc.Find("figure svg").Nodes {
					svg := doc.Find("figure svg").Eq(i)
					if svg.Find(".axis").Length() > 0 && svg.Find(marks).Length() == 0 {
						t.Errorf("%d deals, %s in %s has an axis with nothing on it", deals, page, l)
					}
				}
				for i := range doc.Find("main table").Nodes {
					if doc.Find("main table").Eq(i).Find("tbody tr").Length() == 0 {
						t.Errorf("%d deals, %s in %s has a table without a row", deals, page, l)
					}
				}
			}
		}
	}
}

func containsAny(text string, words []string) bool {
	for _, w := range words {
		if strings.Contains(text, w) {
			return true
		}
	}
	return false
}

func containsWord(list, word string) bool {
	for _, w := range strings.Fields(list) {
		if w == word {
			return true
		}
	}
	return false
}

package files_test

import (
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"milstolpe/db/dbtest"
	"milstolpe/handlers/handlerstest"
	"milstolpe/process"
	"milstolpe/process/money"
	"milstolpe/process/sales"
)

// Two people changed the value, the name and the date of one deal. One save settles two of them, one for what neither wrote; the third stays
// as it is, and the undo of the toast brings all three back.
func TestSeveralConflictsAreResolvedWithOneSave(t *testing.T) {
	t.Parallel()
	s := handlerstest.NewDealSite(t)
	opening := process.EventID{}
	s.Deal("d1", func(_ *sales.Team, d *sales.Deal) { opening = d.Openings()[0].ID })
	stamp := process.Stamp{Known: process.MustDate("2026-11-20"), Base: []process.EventID{opening}}
	amount := func(n int64) *money.Amount { a := money.New(n*100, "SEK"); return &a }
	dbtest.Record(t, s.File,
		&process.ValueSet{Stamp: stamp, Deal: "d1", Value: amount(400_000)}, &process.ValueSet{Stamp: stamp, Deal: "d1", Value: amount(500_000)},
		&process.DealRenamed{Stamp: stamp, Deal: "d1", Name: "Meters"}, &process.DealRenamed{Stamp: stamp, Deal: "d1", Name: "Gauges"},
		&process.ExpectedCloseSet{Stamp: stamp, Deal: "d1", Day: process.MustDate("2026-12-20")}, &process.ExpectedCloseSet{Stamp: stamp, Deal: "d1", Day: process.MustDate("2027-01-20")},
	)
	page := s.Get("/file/settle").Page(t)
	if n := page.Find("main form").Length(); n != 1 || page.Find("main section").Length() != 3 {
		t.Fatalf("%d forms for %d conflicts", n, page.Find("main section").Length())
	}
	if got := handlerstest.Texts(page, "main h2"); len(got) != 1 {
		t.Errorf("the deal is named %q, and not once", got)
	}
	choices := func(title string) (name string, values, texts []string) {
		page.Find("main section").Each(func(i int, _ *goquery.Selection) {
			section := page.Find("main section").Eq(i)
			if !strings.HasSuffix(handlerstest.Plain(section.Find("legend").Text()), title) {
				return
			}
			section.Find("label").Each(func(n int, _ *goquery.Selection) {
				label := section.Find("label").Eq(n)
				name = label.Find("input").AttrOr("name", "")
				values, texts = append(values, label.Find("input").AttrOr("value", "")), append(texts, handlerstest.Plain(label.Text()))
			})
		})
		return name, values, texts
	}
	value, values, texts := choices("Value")
	if len(texts) != 3 || !strings.Contains(texts[1], "500,000Anna, ") || !strings.Contains(texts[1], "counts until you have chosen") || strings.Contains(texts[0], "counts") ||
		!strings.Contains(texts[2], "Neither: as it was, SEK 450,000Anna, ") {
		t.Fatalf("the values are %q", texts)
	}
	name, names, _ := choices("Name")
	got := s.Send(s.Open("/file/settle", "/file/settle").With(value, values[2], name, names[0]))
	if said := handlerstest.Words(got.Page(t), "#toast span"); !strings.HasPrefix(said, "2 resolved.") {
		t.Errorf("it is said to be %q", said)
	}
	s.Deal("d1", func(team *sales.Team, d *sales.Deal) {
		if d.Now.Value.Minor != 45_000_000 || d.Now.Name != "Meters" || len(team.Conflicts()) != 1 {
			t.Errorf("the value is %v, the name %q, and %d are left", d.Now.Value, d.Now.Name, len(team.Conflicts()))
		}
	})
	s.Undo(got, "/file/settle")
	s.Deal("d1", func(team *sales.Team, _ *sales.Deal) {
		if len(team.Conflicts()) != 3 {
			t.Errorf("undone, %d wait", len(team.Conflicts()))
		}
	})
}

package imports_test

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"milstolpe/handlers/handlerstest"
	"milstolpe/process"
	"milstolpe/process/sales"
)

const regionList = "Id;Name;Customer;Created;Region\n1;Roof;Acme;2026-01-05;North\n2;Door;Birch;2026-01-05;norr\n3;Lock;Cedar;2026-01-05;\n"

// A column becomes a list of the team's own. Every word that is no choice yet is shown with what becomes of it before anything is imported, and
// what somebody answers holds for the next list too.
func TestAColumnBecomesAList(t *testing.T) {
	t.Parallel()
	i := handlerstest.NewImporting(t)
	at := i.Upload(t, "list.csv", regionList)
	offered := i.Get(at).Page(t).Find(`select[name^="column."] option[value="list:region"]`)
	if offered.Length() == 0 || !strings.Contains(offered.Last().Text(), "Region") {
		t.Fatalf("a new list is not offered: %q", offered.Text())
	}
	review := i.GoOn(t, at, url.Values{"column.4": {"list:region"}})
	page := i.Get(review).Page(t)
	if got := len(handlerstest.Texts(page, "#words select")); got != 2 || i.Deals(t) != 0 {
		t.Fatalf("%d words are asked about, %d deals are there:\n%s", got, i.Deals(t), handlerstest.Words(page, "main"))
	}
	form := handlerstest.FormOf(page, "#take")
	form.Set("word_choice.1", "=North")
	form.Set("look", "1")
	i.Post(review, form)
	form = handlerstest.FormOf(i.Get(review).Page(t), "#take")
	if form.Get("word_choice.1") != "=North" {
		t.Errorf("the answer is %q", form.Get("word_choice.1"))
	}
	i.Post(review, form)
	for end := time.Now().Add(time.Minute); i.Deals(t) < 3 && time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
	}
	_ = i.File.View(func(team *sales.Team) error {
		l, _ := team.Lists().ListByName("Region")
		for ref, want := range map[string]process.ChoiceID{"1": "north", "2": "north", "3": ""} {
			if d, ok := team.DealByRef(ref); !ok || d.Choices().Of(l.ID) != want {
				t.Errorf("deal %s is not in %q", ref, want)
			}
		}
		if len(l.Choices) != 1 {
			t.Errorf("the list has %+v", l.Choices)
		}
		return nil
	})
	again := i.Get(i.Upload(t, "again.csv", regionList)).Page(t)
	if got := again.Find(`select[name="column.4"] option[selected]`).AttrOr("value", ""); got != "list:region" {
		t.Errorf("the next list reads the column as %q", got)
	}
}

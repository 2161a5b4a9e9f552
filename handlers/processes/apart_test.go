package processes_test

import (
	"net/http"
	"strings"
	"testing"

	"milstolpe/db/dbtest"
	"milstolpe/handlers/handlerstest"
	"milstolpe/process"
	"milstolpe/process/sales"
)

// Two people change different milestones of one draft on copies of the file: the page shows both changes, and asks nobody. Where both have
// changed the same one, that one waits: it is told with a link, decided among the conflicts, and nothing is published before.
func TestMilestonesThatTwoPeopleChangedInOneDraft(t *testing.T) {
	t.Parallel()
	d := handlerstest.NewDealSite(t)
	draft := func(change func(*process.Definition)) {
		var def process.Definition
		_ = d.File.View(func(team *sales.Team) error {
			p, _ := team.Process("p")
			def = p.Current().Definition.Clone()
			return nil
		})
		change(&def)
		dbtest.Record(t, d.File, &process.DraftSaved{Stamp: process.Stamp{Known: process.DateOf(dbtest.Now)}, Process: "p", Definition: def})
	}
	draft(func(def *process.Definition) {
		def.Milestones[0].Name, def.Milestones[1].Name = "The buyer names an owner", "They meet alone"
	})
	draft(func(def *process.Definition) {
		def.Milestones[0].Name, def.Milestones[3].Name = "An owner is named", "The board says yes"
	})
	page := d.Get("/processes/p/edit").Page(t)
	said := handlerstest.Words(page, "main")
	for _, want := range []string{"They meet alone", "The board says yes", "An owner is named", "Two of you changed the same milestone."} {
		if !strings.Contains(said, want) {
			t.Errorf("the draft does not say %q: %s", want, said)
		}
	}
	if page.Find(`form[action$="/choose"]`).Length() != 0 || page.Find(`#draft a[href="/file/settle"]`).Length() != 1 {
		t.Errorf("the page asks for a whole draft, or leads nowhere")
	}
	if got := d.Send(d.Open("/processes/p/publish", "/processes/p/publish")); got.StatusCode != http.StatusUnprocessableEntity {
		t.Errorf("publishing is answered %s", got.Status)
	}
	settle := d.Get("/file/settle").Page(t)
	var values []string
	for _, radio := range settle.Find(`input[type="radio"]`).EachIter() {
		values = append(values, radio.AttrOr("value", ""))
	}
	if said := handlerstest.Words(settle, "main"); len(values) != 3 || !strings.Contains(said, "The buyer names an owner") || !strings.Contains(said, "Neither: as it was, The buyer has appointed an owner") {
		t.Fatalf("among the conflicts there are %d values: %s", len(values), said)
	}
	d.Send(d.Open("/file/settle", "/file/settle").With("choice-0", values[0]))
	page = d.Get("/processes/p/edit").Page(t)
	if said := handlerstest.Words(page, "main"); !strings.Contains(said, "The buyer names an owner") || !strings.Contains(said, "They meet alone") || !strings.Contains(said, "The board says yes") || page.Find(`#draft a[href="/file/settle"]`).Length() != 0 {
		t.Errorf("after choosing the draft says %s", said)
	}
}

package files_test

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"milstolpe/db/dbtest"
	"milstolpe/handlers/handlerstest"
	"milstolpe/handlers/web"
	"milstolpe/process"
	"milstolpe/process/picklists"
	"milstolpe/process/sales"
)

// Two copies were made apart, and in each somebody made the list Region and sorted the same deal. Merged there is one list with the choices of
// both, and the two who disagree about the deal are asked; what one of them settles holds in both copies.
func TestListsMadeInTwoCopiesAreOneAfterTheMerge(t *testing.T) {
	t.Parallel()
	anna := handlerstest.NewDealSite(t)
	if err := anna.File.Publish(t.Context()); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "mailed.milstolpe")
	copyOver(t, anna.File.Path(), path)
	erik := &handlerstest.DealSite{File: dbtest.Open(t, path, dbtest.As("Erik", 2))}
	erik.Site = handlerstest.NewSiteWithoutFile(t, func(c *web.Config) { c.File, c.Person = erik.File, "Erik" })

	sortInto(t, anna, "North\nSouth", "region:north")
	sortInto(t, erik, "South\nWest", "region:west")
	mergeAndPublish(t, erik, anna)
	mergeAndPublish(t, anna, erik)
	for who, s := range map[string]*handlerstest.DealSite{"Anna": anna, "Erik": erik} {
		lists, d1, d2 := sorted(t, s)
		if len(lists) != 1 || lists[0].Name != "Region" || len(lists[0].Choices) != 3 {
			t.Errorf("%s has the lists %+v, want one with North, South and West", who, lists)
		}
		if !slices.Equal(d1, []process.ChoiceID{"north", "west"}) || !slices.Equal(d2, []process.ChoiceID{"south"}) {
			t.Errorf("%s has %q for the first deal and %q for the second, want both that were chosen and the one that both chose", who, d1, d2)
		}
	}
	if anna.File.StateHash() != erik.File.StateHash() {
		t.Error("merged both ways, the copies differ")
	}

	page := anna.Get("/file/settle").Page(t)
	if n := page.Find("main section").Length(); n != 1 {
		t.Fatalf("%d conflicts are asked about, want the choice for the first deal alone", n)
	}
	west := page.Find("main section label").FilterFunction(func(_ int, l *goquery.Selection) bool {
		return strings.HasPrefix(handlerstest.Plain(l.Text()), "West")
	}).Find("input").AttrOr("value", "")
	anna.Send(anna.Open("/file/settle", "/file/settle").With("choice-0", west))
	mergeAndPublish(t, erik, anna)
	for who, s := range map[string]*handlerstest.DealSite{"Anna": anna, "Erik": erik} {
		if _, d1, _ := sorted(t, s); !slices.Equal(d1, []process.ChoiceID{"west"}) {
			t.Errorf("settled, %s has %q", who, d1)
		}
	}
	if anna.File.StateHash() != erik.File.StateHash() {
		t.Error("settled and merged, the copies differ")
	}
}

// sortInto makes the list Region in a copy, and chooses for its deals on their pages: South for the second.
func sortInto(t *testing.T, s *handlerstest.DealSite, choices, first string) {
	t.Helper()
	s.Send(s.Open("/settings/lists", "/settings/lists").With("name", "Region", "choices", choices))
	s.Send(s.Open("/deals/d1/edit", "/deals/d1/edit").With("choices", first))
	s.Send(s.Open("/deals/d2/edit", "/deals/d2/edit").With("choices", "region:south"))
}

// mergeAndPublish takes the other's copy into the first's, on its page.
func mergeAndPublish(t *testing.T, s, other *handlerstest.DealSite) {
	t.Helper()
	if err := other.File.Publish(t.Context()); err != nil {
		t.Fatal(err)
	}
	page := s.Send(s.Open("/file/merge", "/file/merge").With("path", other.File.Path())).Request.URL.Path
	s.Send(s.Open(page, page))
}

// sorted are the lists of a copy, and which choices its deals have; several where people disagree.
func sorted(t *testing.T, s *handlerstest.DealSite) (lists []picklists.List, d1, d2 []process.ChoiceID) {
	t.Helper()
	s.Deal("d1", func(team *sales.Team, first *sales.Deal) {
		second, _ := team.Deal("d2")
		lists, d1, d2 = team.Lists().Lists(), choicesOf(team, first), choicesOf(team, second)
	})
	return lists, d1, d2
}

func choicesOf(team *sales.Team, d *sales.Deal) (all []process.ChoiceID) {
	for _, c := range team.Conflicts() {
		if c.Deal == d {
			for _, h := range c.Heads {
				if choice, ok := h.Value.(process.ChoiceID); ok {
					all = append(all, choice)
				}
			}
		}
	}
	if len(all) == 0 {
		all = append(all, d.Choices().Of("region"))
	}
	slices.Sort(all)
	return all
}

package handlers_test

import (
	"cmp"
	"net/http"
	"slices"
	"strings"
	"testing"

	"milstolpe/db/dbtest"
	"milstolpe/handlers/handlerstest"
	"milstolpe/process"
	"milstolpe/process/money"
	"milstolpe/process/sales"
)

// staleForm is a form that stands open while a colleague changes what it is about.
type staleForm struct {
	route     string
	page      string // where the form stands
	action    string
	before    []process.Fact // recorded before the page is opened
	fill      []string
	meanwhile []process.Fact // recorded by a colleague, in place of what stands
	apart     []process.Fact // recorded before, by people who did not see each other's
	sendTo    string         // where a button of the form sends it instead
	pick      bool           // the first of what can be chosen
	adds      bool           // the form takes nothing's place, so it may go through
}

var onTheDay = process.Stamp{Known: process.MustDate("2026-11-23")}

func kr(n int64) money.Amount { return money.New(n*100, "SEK") }

func staleForms() []staleForm {
	early := process.Stamp{Known: process.MustDate("2026-11-12")}
	closed := &process.DealClosed{Stamp: early, Deal: "d1", Outcome: process.Lost, On: early.Known, Reason: "price"}
	value := kr(300_000)
	reached := func(key process.MilestoneID, text string) *process.MilestoneReached {
		return &process.MilestoneReached{Stamp: onTheDay, Deal: "d1", Milestone: key, On: onTheDay.Known, Evidence: process.Evidence{Text: text}}
	}
	moved := &process.DraftSaved{Stamp: onTheDay, Process: "p", Definition: process.Definition{Name: "New business", Milestones: []process.Milestone{{Key: "yes", Name: "The buyer has said yes", Required: true}}}}
	withRole := []process.Fact{
		&process.VersionPublished{Process: "p", Version: "v2", Definition: process.Definition{
			Name: "New business", Roles: []process.Role{{Key: "boss", Name: "Who decides"}}, Milestones: []process.Milestone{{Key: "yes", Name: "The buyer has said yes", Required: true}},
		}},
		&process.DealMoved{Deal: "d1", Version: "v2"},
	}
	withLists := []process.Fact{
		&process.ListNamed{Stamp: early, List: "region", Name: "Region"}, &process.ChoiceNamed{Stamp: early, List: "region", Choice: "north", Name: "North"},
		&process.ChoiceNamed{Stamp: early, List: "region", Choice: "south", Name: "South"},
	}
	return []staleForm{
		{route: "/deals/new", page: "/deals/new", fill: []string{"customer", "Vretens Chark", "value", "5"}, meanwhile: []process.Fact{&process.CustomerNamed{Stamp: onTheDay, Customer: "c2", Name: "Vreten"}}, adds: true},
		{route: "/deals/:id/journal", page: "/deals/d1?form=journal", action: "/deals/d1/journal", fill: []string{"entry", "Lunch"}, meanwhile: []process.Fact{&process.JournalWritten{Stamp: onTheDay, Deal: "d1", On: onTheDay.Known, Text: "Dinner"}}, adds: true},
		{route: "/deals/:id/edit", page: "/deals/d1/edit", action: "/deals/d1/edit", fill: []string{"value", "400000", "name", "Meters"}, meanwhile: []process.Fact{&process.ValueSet{Stamp: onTheDay, Deal: "d1", Value: &value}, &process.DealRenamed{Stamp: onTheDay, Deal: "d1", Name: "Gauges"}}},
		{route: "/deals/:id/close", page: "/deals/d1/close", action: "/deals/d1/close", fill: []string{"outcome", "won"}, meanwhile: []process.Fact{&process.ValueSet{Stamp: onTheDay, Deal: "d1", Value: &value}}},
		{route: "/deals/:id/close", page: "/deals/d1/close", action: "/deals/d1/close", fill: []string{"outcome", "won"}, meanwhile: []process.Fact{&process.DealClosed{Stamp: onTheDay, Deal: "d1", Outcome: process.Lost, On: onTheDay.Known, Reason: "price"}}},
		{route: "/deals/:id/reopen", page: "/deals/d1?form=reopen", action: "/deals/d1/reopen", before: []process.Fact{closed}, fill: []string{"reason", "they called"}, meanwhile: []process.Fact{&process.DealClosed{Stamp: onTheDay, Deal: "d1", Outcome: process.Won, On: onTheDay.Known}}},
		{route: "/deals/:id/milestones/:m/reach", page: "/deals/d1?form=reach&m=owned", action: "/deals/d1/milestones/owned/reach", fill: []string{"evidence", "a letter"}, meanwhile: []process.Fact{reached("owned", "a mail")}},
		{route: "/deals/:id/milestones/:m/reach", page: "/deals/d1?form=reach&m=owned", action: "/deals/d1/milestones/owned/reach", before: []process.Fact{reached("owned", "a mail")}, fill: []string{"evidence", "a letter"}, meanwhile: []process.Fact{reached("owned", "a call")}},
		{route: "/deals/:id/milestones/:m/withdraw", page: "/deals/d1?form=withdraw&m=owned", action: "/deals/d1/milestones/owned/withdraw", before: []process.Fact{reached("owned", "a mail")}, fill: []string{"why", "news", "reason", "he left"}, meanwhile: []process.Fact{reached("owned", "a call")}},
		{route: "/deals/:id/milestones/:m/waive", page: "/deals/d1?form=waive&m=money", action: "/deals/d1/milestones/money/waive", fill: []string{"reason", "framework"}, meanwhile: []process.Fact{reached("money", "a budget")}},
		{route: "/deals/:id/milestones/:m/promise", page: "/deals/d1?form=promise&m=money", action: "/deals/d1/milestones/money/promise", fill: []string{"day", "2026-12-01"}, meanwhile: []process.Fact{&process.MilestonePromised{Stamp: onTheDay, Deal: "d1", Milestone: "money", Day: process.MustDate("2026-12-09")}}},
		{route: "/deals/:id/next", page: "/deals/d1?form=next", action: "/deals/d1/next", fill: []string{"text", "Call Maja"}, meanwhile: []process.Fact{&process.NextStepSet{Stamp: onTheDay, Deal: "d1", Text: "Visit"}}, adds: true},
		{route: "/deals/:id/next", page: "/deals/d1?form=next", action: "/deals/d1/next", before: []process.Fact{&process.NextStepSet{Stamp: early, Deal: "d1", Text: "Call"}}, fill: []string{"text", "Call Maja"}, meanwhile: []process.Fact{&process.NextStepSet{Stamp: onTheDay, Deal: "d1", Text: "Visit"}}},
		{route: "/deals/:id/next/done", page: "/deals/d1", action: "/deals/d1/next/done", before: []process.Fact{&process.NextStepSet{Stamp: early, Deal: "d1", Text: "Call"}}, meanwhile: []process.Fact{&process.NextStepSet{Stamp: onTheDay, Deal: "d1", Text: "Visit"}}},
		{route: "/meeting/deals/:id", page: "/meeting?form=d1", action: "/meeting/deals/d1", fill: []string{"text", "Call Maja"}, meanwhile: []process.Fact{&process.NextStepSet{Stamp: onTheDay, Deal: "d1", Text: "Visit"}}, adds: true},
		{route: "/meeting/deals/:id", page: "/meeting?form=d1", action: "/meeting/deals/d1", before: []process.Fact{&process.NextStepSet{Stamp: early, Deal: "d1", Text: "Call"}}, fill: []string{"text", "Call Maja"}, meanwhile: []process.Fact{&process.NextStepSet{Stamp: onTheDay, Deal: "d1", Text: "Visit"}}},
		{route: "/meeting/deals/:id", page: "/meeting?form=d1", action: "/meeting/deals/d1", before: []process.Fact{&process.NextStepSet{Stamp: early, Deal: "d1", Text: "Call"}}, fill: []string{"done", "true"}, meanwhile: []process.Fact{&process.NextStepSet{Stamp: onTheDay, Deal: "d1", Text: "Visit"}}},
		{route: "/meeting/deals/:id", page: "/meeting?form=d1", action: "/meeting/deals/d1", fill: []string{"day", "2026-12-01"}, meanwhile: []process.Fact{&process.MilestonePromised{Stamp: onTheDay, Deal: "d1", Milestone: "owned", Day: process.MustDate("2026-12-09")}}},
		{route: "/meeting/held", page: "/meeting", action: "/meeting/held", meanwhile: []process.Fact{&process.MeetingHeld{Stamp: onTheDay}}},
		{route: "/deals/:id/contacts", page: "/deals/d1?form=contact&c=maja", action: "/deals/d1/contacts", fill: []string{"role", "owner"}, meanwhile: []process.Fact{&process.ContactNamed{Stamp: onTheDay, Contact: "maja", Customer: "c1", Name: "Maja Ek", Role: "retired"}}},
		{route: "/deals/:id/contacts/:c/unlink", page: "/deals/d1?form=contact&c=maja", action: "/deals/d1/contacts/maja/unlink", meanwhile: []process.Fact{&process.ContactLinked{Stamp: onTheDay, Deal: "d1", Contact: "maja"}}},
		{route: "/customers/:id/contacts", page: "/customers/c1?form=contact&c=maja", action: "/customers/c1/contacts", fill: []string{"role", "owner"}, meanwhile: []process.Fact{&process.ContactNamed{Stamp: onTheDay, Contact: "maja", Customer: "c1", Name: "Maja Ek", Role: "retired"}}},
		{route: "/customers/:id/contacts/:c/erase", page: "/customers/c1?form=erase&c=maja", action: "/customers/c1/contacts/maja/erase", meanwhile: []process.Fact{&process.ContactNamed{Stamp: onTheDay, Contact: "maja", Customer: "c1", Name: "Maja Ekman"}}},
		{route: "/customers/:id/rename", page: "/customers/c1?form=rename", action: "/customers/c1/rename", fill: []string{"name", "Kolbotten"}, meanwhile: []process.Fact{&process.CustomerNamed{Stamp: onTheDay, Customer: "c1", Name: "Kolbottens Såg"}}},
		{route: "/customers/:id/merge", page: "/customers/c1?form=merge&other=c2", action: "/customers/c1/merge", meanwhile: []process.Fact{&process.CustomerNamed{Stamp: onTheDay, Customer: "c2", Name: "Elektro"}}},
		{route: "/deals/:id/roles/:role", page: "/deals/d1?form=role&r=boss", action: "/deals/d1/roles/boss", before: withRole, fill: []string{"met", "2026-11-20"}, meanwhile: []process.Fact{&process.RoleSet{Deal: "d1", Role: "boss", Contact: "maja", Met: process.MustDate("2026-11-19")}}},
		{route: "/handover/:id", page: "/handover/anna?show=preview&to=Erik&deal=d1", action: "/handover/anna", meanwhile: []process.Fact{&process.SellerSet{Stamp: onTheDay, Deal: "d1", Seller: "sara"}}},
		{route: "/plans/:id", page: "/plans/d1?form=words", action: "/plans/d1", fill: []string{"intro", "Dear Maja"}, meanwhile: []process.Fact{&process.PlanWorded{Deal: "d1", Plan: process.Plan{Intro: "Hello"}}}},
		{route: "/processes/:id/publish", page: "/processes/p/publish", action: "/processes/p/publish", before: []process.Fact{moved}, meanwhile: []process.Fact{&process.DraftSaved{Stamp: onTheDay, Process: "p", Definition: process.Definition{Name: "Other", Milestones: moved.Definition.Milestones}}}},
		{route: "/processes/:id/edit/head", page: "/processes/p/edit?form=head", action: "/processes/p/edit/head", fill: []string{"name", "Else"}, meanwhile: []process.Fact{moved}},
		{route: "/processes/:id/edit/row", page: "/processes/p/edit?form=row&m=yes", action: "/processes/p/edit/row", fill: []string{"why", "because"}, meanwhile: []process.Fact{moved}},
		{route: "/processes/:id/edit/move", page: "/processes/p/edit", action: "/processes/p/edit/move", fill: []string{"to", "down"}, meanwhile: []process.Fact{moved}},
		{route: "/processes/:id/edit/remove", page: "/processes/p/edit", action: "/processes/p/edit/move", sendTo: "/processes/p/edit/remove", meanwhile: []process.Fact{moved}},
		{route: "/processes/:id/edit/discard", page: "/processes/p/edit", action: "/processes/p/edit/discard", before: []process.Fact{moved}, meanwhile: []process.Fact{&process.DraftSaved{Process: "p", Definition: process.Definition{Name: "Other", Milestones: moved.Definition.Milestones}}}},
		{route: "/processes/:id/edit/choose", page: "/processes/p/edit", action: "/processes/p/edit/choose", apart: []process.Fact{&process.DraftSaved{Process: "p", Definition: process.Definition{Name: "First"}}, &process.DraftSaved{Process: "p", Definition: process.Definition{Name: "Second"}}}, meanwhile: []process.Fact{&process.DraftSaved{Process: "p", Definition: process.Definition{Name: "Third"}}}},
		{route: "/file/settle", page: "/file/settle", action: "/file/settle", apart: []process.Fact{&process.DealRenamed{Deal: "d1", Name: "A"}, &process.DealRenamed{Deal: "d1", Name: "B"}}, pick: true, meanwhile: []process.Fact{&process.DealRenamed{Deal: "d1", Name: "C"}}},
		{route: "/settings", page: "/settings", action: "/settings", fill: []string{"company", "Lind"}, meanwhile: []process.Fact{&process.SettingSet{Stamp: onTheDay, Setting: process.CompanySetting, Value: "Björk"}}},
		{route: "/settings/person", page: "/settings", action: "/settings/person", fill: []string{"person", "Anna Berg"}, meanwhile: []process.Fact{&process.PersonNamed{Stamp: onTheDay, Person: "anna", Name: "Anna B"}}},
		{route: "/settings/people/:id/rename", page: "/settings/people", action: "/settings/people/anna/rename", fill: []string{"name", "Anna Berg"}, meanwhile: []process.Fact{&process.PersonNamed{Stamp: onTheDay, Person: "anna", Name: "Anna B"}}},
		{route: "/settings/people/:id/merge", page: "/settings/people", action: "/settings/people/erik/merge", before: []process.Fact{&process.PersonNamed{Stamp: early, Person: "erik", Name: "Erik"}}, fill: []string{"into", "anna"}, meanwhile: []process.Fact{&process.PersonNamed{Stamp: onTheDay, Person: "anna", Name: "Anna B"}}},
		{route: "/settings/people/:id/apart", page: "/settings/people", action: "/settings/people/erik/apart", before: []process.Fact{&process.PersonNamed{Stamp: early, Person: "erik", Name: "Erik"}, &process.PeopleMerged{Stamp: early, From: "erik", Into: "anna"}}, meanwhile: []process.Fact{&process.PeopleMerged{Stamp: onTheDay, From: "erik", Into: "erik"}}},
		{route: "/deals/:id/edit", page: "/deals/d1/edit", action: "/deals/d1/edit", before: withLists, fill: []string{"choices", "region:north"}, meanwhile: []process.Fact{&process.ChoiceSet{Stamp: onTheDay, Deal: "d1", List: "region", Choice: "south"}}},
		{route: "/settings/lists", page: "/settings/lists", action: "/settings/lists", fill: []string{"name", "Region"}, meanwhile: []process.Fact{&process.ListNamed{Stamp: onTheDay, List: "source", Name: "Source"}}, adds: true},
		{route: "/settings/lists/:list", page: "/settings/lists", action: "/settings/lists/region", before: withLists, fill: []string{"name", "Area"}, meanwhile: []process.Fact{&process.ListNamed{Stamp: onTheDay, List: "region", Name: "District"}}},
		{route: "/settings/lists/:list/add", page: "/settings/lists", action: "/settings/lists/region/add", before: withLists, fill: []string{"choices", "East"}, meanwhile: []process.Fact{&process.ChoiceNamed{Stamp: onTheDay, List: "region", Choice: "west", Name: "West"}}, adds: true},
		{route: "/settings/lists/:list/move", page: "/settings/lists", action: "/settings/lists/region/move", before: withLists, fill: []string{"choice", "north", "to", "down"}, meanwhile: []process.Fact{&process.ChoicesOrdered{Stamp: onTheDay, List: "region", Choices: []process.ChoiceID{"north", "south"}}}},
		{route: "/settings/lists/:list/choices/:choice", page: "/settings/lists", action: "/settings/lists/region/choices/north", before: withLists, fill: []string{"name", "Norr"}, meanwhile: []process.Fact{&process.ChoiceNamed{Stamp: onTheDay, List: "region", Choice: "north", Name: "Norrland"}}},
		{route: "/settings/rate", page: "/settings", action: "/settings/rate", before: []process.Fact{&process.RateSet{Stamp: early, Currency: "NOK", Rate: 1}}, fill: []string{"rate_currency", "nok", "rate", "0.9"}, meanwhile: []process.Fact{&process.RateSet{Stamp: onTheDay, Currency: "NOK", Rate: 0.8}}},
		{route: "/forecast/calls", page: "/forecast/calls?period=2026-Q4", action: "/forecast/calls", fill: []string{"amount", "700", "reason", "a feeling", "seller", "anna"}, meanwhile: []process.Fact{&process.CallMade{Stamp: onTheDay, Period: "2026-Q4", Layer: process.SellerLayer, Seller: "anna", Amount: kr(900)}}},
		{route: "/forecast/calls/target", page: "/forecast/calls?period=2026-Q4", action: "/forecast/calls/target", fill: []string{"target", "700"}, meanwhile: []process.Fact{&process.TargetSet{Stamp: onTheDay, Period: "2026-Q4", Amount: kr(900)}}},
	}
}

// A form that was made before a colleague's change never takes the place of it: either it is refused and says so, or both stand and wait
// for somebody to choose. Nothing that it records names what its page did not show.
func TestAStaleFormOverwritesNothing(t *testing.T) {
	t.Parallel()
	for _, c := range staleForms() {
		t.Run(strings.ReplaceAll(c.route, "/", "_"), func(t *testing.T) {
			t.Parallel()
			s := handlerstest.NewDealSite(t)
			recordAsIs(t, s, c.before)
			action := c.action
			if action == "" {
				action = c.page
			}
			for _, f := range c.apart {
				*f.Recorded() = onTheDay
				dbtest.Record(t, s.File, f)
			}
			form := firstForm(t, s, c.page, action).With(c.fill...)
			form.Action = cmp.Or(c.sendTo, form.Action)
			if c.pick {
				form = form.With("choice-0", strings.Fields(form.Values.Get("seen"))[0])
			}
			waiting := conflicts(t, s)
			unseen := recordAsIs(t, s, c.meanwhile)
			before := eventsOf(t, s)
			got := s.Send(form)
			recorded := eventsOf(t, s)[len(before):]
			for _, e := range recorded {
				for _, id := range named(e.Fact) {
					if slices.Contains(unseen, id) {
						t.Errorf("%T takes the place of what the page did not show", e.Fact)
					}
				}
			}
			switch {
			case c.adds && (len(recorded) == 0 || got.StatusCode != http.StatusOK):
				t.Errorf("what only adds was answered %s, %d events", got.Status, len(recorded))
			case c.adds:
			case len(recorded) == 0 && (got.StatusCode < 400 || handlerstest.Words(got.Page(t), ".note") == ""):
				t.Errorf("nothing was recorded, and the answer is %s: %s", got.Status, handlerstest.Words(got.Page(t), ".note"))
			case len(recorded) > 0 && conflicts(t, s) <= waiting:
				t.Errorf("%d events were recorded and nobody is asked which is right", len(recorded))
			}
		})
	}
}

// firstForm is the first of the forms on a page that go to an address.
func firstForm(t *testing.T, s *handlerstest.DealSite, page, action string) handlerstest.Form {
	t.Helper()
	doc := s.Get(page).Page(t)
	first := doc.Find(`form[method="post"][action="` + action + `"]`).First()
	return s.FormIn(first.WrapAllHtml("<div></div>").Parent(), page, action)
}

// recordAsIs records each fact in place of what stands, as a colleague's form that was made a moment ago does.
func recordAsIs(t *testing.T, s *handlerstest.DealSite, facts []process.Fact) (ids []process.EventID) {
	t.Helper()
	for _, f := range facts {
		events, err := s.File.Act(t.Context(), func(team *sales.Team) ([]process.Fact, error) {
			standing := f.Recorded()
			*standing = process.Stamp{Known: cmp.Or(standing.Known, onTheDay.Known), Base: standingFor(team, f)}
			return []process.Fact{f}, nil
		})
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range events {
			ids = append(ids, e.ID)
		}
	}
	return ids
}

// standingFor are the events that stand for what a fact is about.
func standingFor(team *sales.Team, fact process.Fact) []process.EventID {
	d, _ := team.Deal(process.DealOf(fact))
	switch f := fact.(type) {
	case *process.PersonNamed:
		return team.Roster().Heads(f.Person)
	case *process.PeopleMerged:
		return team.Roster().SameHeads(f.From)
	case *process.ValueSet:
		return d.Heads()["value"]
	case *process.DealRenamed:
		return d.Heads()["name"]
	case *process.NextStepSet:
		return d.Heads()["next_step"]
	case *process.MilestonePromised:
		_, ids := d.Promised(f.Milestone)
		return ids
	case *process.RoleSet:
		_, ids := d.Role(f.Role)
		return ids
	case *process.PlanWorded:
		_, ids := d.Plan()
		return ids
	case *process.ContactLinked:
		return d.LinkBase(f.Contact)
	case *process.DealClosed:
		return d.CloseHeads()
	case *process.ContactNamed:
		return team.ContactHeads(f.Contact)
	case *process.CustomerNamed:
		return team.CustomerHeads(f.Customer)
	case *process.ListNamed:
		return team.Lists().ListHeads(f.List)
	case *process.ChoiceNamed:
		return team.Lists().ChoiceHeads(f.List, f.Choice)
	case *process.ChoicesOrdered:
		return team.Lists().OrderHeads(f.List)
	case *process.ChoiceSet:
		return d.Choices().Heads(f.List)
	case *process.RateSet:
		return team.Rates().Heads(f.Currency)
	case *process.SettingSet:
		var ids []process.EventID
		for _, h := range team.Settings().Heads(f.Setting) {
			ids = append(ids, h.ID)
		}
		return ids
	case *process.DraftSaved:
		p, _ := team.Process(f.Process)
		return p.EditBase()
	}
	return nil
}

func conflicts(t *testing.T, s *handlerstest.DealSite) (n int) {
	t.Helper()
	if err := s.File.View(func(team *sales.Team) error { n = len(team.Conflicts()); return nil }); err != nil {
		t.Fatal(err)
	}
	return n
}

func eventsOf(t *testing.T, s *handlerstest.DealSite) (list []process.Event) {
	t.Helper()
	if err := s.File.Events(func(e process.Event) error { list = append(list, e); return nil }); err != nil {
		t.Fatal(err)
	}
	return list
}

// named are the events that a fact takes the place of or takes back.
func named(fact process.Fact) []process.EventID {
	ids := slices.Clone(fact.Recorded().Base)
	if u, ok := fact.(*process.Undone); ok {
		ids = append(ids, u.Events...)
	}
	return ids
}

package home_test

import (
	"strings"
	"testing"

	"milstolpe/handlers/handlerstest"
	"milstolpe/handlers/i18n"
)

// What the sellers' open deals are expected to bring adds up, on the sheet for the meeting, to what the list of deals says of all of them.
func TestExpectedValuesOfSellersAddUpToThatOfTheList(t *testing.T) {
	t.Parallel()
	for name, s := range map[string]*handlerstest.Site{"example": handlerstest.NewExampleSite(t, i18n.English), "team": handlerstest.NewTeamSite(t)} {
		sellers, sum := 0, int64(0)
		for _, p := range s.In(i18n.English, "/meeting").Page(t).Find("main p").EachIter() {
			if _, said, ok := strings.Cut(handlerstest.Plain(p.Text()), "expected value "); ok {
				amount, _, _ := strings.Cut(said, ".")
				sum += handlerstest.Digits(amount)
				sellers++
			}
		}
		list := s.In(i18n.English, "/deals").Page(t)
		all := handlerstest.Digits(handlerstest.Words(list, "tfoot td:last-child"))
		if sellers < 3 || sum != all {
			t.Errorf("%s: the expected values of %d sellers add up to %d, the list says %d", name, sellers, sum, all)
		}
		groups := int64(0)
		for _, td := range list.Find("tr.grp td:last-child").EachIter() {
			groups += handlerstest.Digits(handlerstest.Plain(td.Text()))
		}
		if groups != all {
			t.Errorf("%s: the expected values of the groups add up to %d, the list says %d", name, groups, all)
		}
	}
}

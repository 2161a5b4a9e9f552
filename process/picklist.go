package process

import (
	"slices"
	"strings"
)

// Identities of the lists that a team makes for itself, such as where its deals come from, and of the choices in them. Both come from the
// name that the thing was given first, so that two copies in which the same list is made have one list.
type (
	// ListID is a list's.
	ListID string
	// ChoiceID is that of a choice, in its list.
	ChoiceID string
)

// Facts about lists of the team's own. They change no chance.
type (
	// ListNamed adds a list, renames it, or retires it: then it is offered no more, and the deals keep what they have.
	ListNamed struct {
		Stamp
		List    ListID `json:"list"`
		Name    string `json:"name"`
		Retired bool   `json:"retired,omitempty"`
	}
	// ChoiceNamed adds a choice to a list, renames it, or retires it.
	ChoiceNamed struct {
		Stamp
		List    ListID   `json:"list"`
		Choice  ChoiceID `json:"choice"`
		Name    string   `json:"name"`
		Retired bool     `json:"retired,omitempty"`
	}
	// ChoicesOrdered is the order in which a list offers its choices. Those that it does not name come last.
	ChoicesOrdered struct {
		Stamp
		List    ListID     `json:"list"`
		Choices []ChoiceID `json:"choices"`
	}
	// ChoiceSet is which choice of a list a deal has; none means that it has none.
	ChoiceSet struct {
		Stamp
		Deal   DealID   `json:"deal"`
		List   ListID   `json:"list"`
		Choice ChoiceID `json:"choice,omitempty"`
	}
)

// Picks narrows deals down to those that have certain choices, at most one of each list: "region:north,source:fair". A list without a choice,
// "region:", asks for deals that have none. It is text so that it can stand in addresses and be compared.
type Picks string

// Each goes through the picks.
func (p Picks) Each(do func(list ListID, choice ChoiceID) (more bool)) {
	for pick := range strings.SplitSeq(string(p), ",") {
		if list, choice, ok := strings.Cut(pick, ":"); ok && list != "" && !do(ListID(list), ChoiceID(choice)) {
			return
		}
	}
}

// First is the first of the picks, and whether there is any.
func (p Picks) First() (list ListID, choice ChoiceID, any bool) {
	p.Each(func(l ListID, c ChoiceID) bool {
		list, choice, any = l, c, true
		return false
	})
	return list, choice, any
}

// Of is the choice that is asked for in a list, and whether any is.
func (p Picks) Of(list ListID) (choice ChoiceID, asked bool) {
	p.Each(func(l ListID, c ChoiceID) bool {
		if l == list {
			choice, asked = c, true
		}
		return !asked
	})
	return choice, asked
}

// With asks for a choice of a list, in place of what was asked of that list.
func (p Picks) With(list ListID, choice ChoiceID) Picks {
	return p.Without(list).and(string(list) + ":" + string(choice))
}

// Without asks nothing of a list.
func (p Picks) Without(list ListID) (rest Picks) {
	p.Each(func(l ListID, c ChoiceID) bool {
		if l != list {
			rest = rest.and(string(l) + ":" + string(c))
		}
		return true
	})
	return rest
}

// and puts one more pick where it belongs, so that the same question is always the same text.
func (p Picks) and(pick string) Picks {
	all := []string{pick}
	if p != "" {
		all = append(strings.Split(string(p), ","), pick)
	}
	slices.Sort(all)
	return Picks(strings.Join(all, ","))
}

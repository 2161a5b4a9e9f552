package handover

import (
	"slices"
	"strings"

	"milstolpe/process"
	"milstolpe/process/sales"
)

// Choice is a deal to be handed over, with the events that said whose it was.
type Choice struct {
	Deal process.DealID
	Base []process.EventID
}

// Open are the open deals of a person, the one that was opened first at the top.
func Open(team *sales.Team, from process.PersonID) []*sales.Deal {
	from = team.Roster().Canonical(from)
	open := slices.DeleteFunc(team.Deals(), func(d *sales.Deal) bool { return d.Now.Close != nil || d.Now.Seller != from })
	slices.SortStableFunc(open, func(a, b *sales.Deal) int { return a.Now.Opened.Sub(b.Now.Opened) })
	return open
}

// Base are the events that say whose deal it is.
func Base(d *sales.Deal) []process.EventID { return d.Heads()["seller"] }

// CheckTo refuses a name to which nothing can be handed over.
func CheckTo(team *sales.Team, from process.PersonID, to string) error {
	if err := process.CheckText("to", strings.TrimSpace(to), 1, process.MaxName); err != nil {
		return err
	}
	if id, known := team.PersonByName(to); known && team.Roster().Same(id, from) {
		return process.Wrong("to", "handover.same", team.Person(from))
	}
	return nil
}

// Decide hands the chosen deals of one of us over to another, who may be new.
func Decide(team *sales.Team, from process.PersonID, to string, chosen []Choice, m sales.Env) ([]process.Fact, error) {
	if team.Person(from) == "" {
		return nil, process.Missing("sellers.no_such")
	}
	from = team.Roster().Canonical(from)
	var p process.Problems
	if err := CheckTo(team, from, to); err != nil {
		p.Join(err)
	}
	if len(chosen) == 0 {
		p.Add("deal", "handover.none_chosen")
	}
	if err := p.OrNil(); err != nil {
		return nil, err
	}
	id, facts, err := team.AddPerson(strings.TrimSpace(to), m)
	if err != nil {
		return nil, err
	}
	for _, c := range chosen {
		d, ok := team.Deal(c.Deal)
		if !ok || d.Now.Close != nil || d.Now.Seller != from || !slices.Equal(c.Base, Base(d)) {
			return nil, &process.Error{Kind: process.Conflict, Msg: "handover.changed_meanwhile"}
		}
		facts = append(facts, &process.SellerSet{Stamp: process.Stamp{Known: m.Today, Base: c.Base}, Deal: c.Deal, Seller: id})
	}
	return facts, nil
}

package command

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"milstolpe/handlers/report"
	"milstolpe/handlers/wording"
	"milstolpe/process"
	"milstolpe/process/extract"
	"milstolpe/process/forecast"
	"milstolpe/process/sales"
	"milstolpe/process/search"
	"milstolpe/process/winloss"
)

// Past is which complete periods a report looks back on. Empty texts take the default: quarters, from the first deal to today.
type Past struct {
	Period, From, To string
	Lead             int
	Format           string
}

// over reads what was asked and lets make fill in the report.
func (q *Past) over(p *Program, make func(*forecast.Model, forecast.Query) (report.Report, error)) error {
	write, err := p.format(q.Format)
	if err != nil {
		return err
	}
	return p.ask(func(m *forecast.Model) error {
		asked := Forecast{Period: q.Period, From: q.From, To: q.To, Lead: q.Lead}
		query, err := asked.question().Query(m.Team())
		if err != nil {
			return err
		}
		query.Kind = cmp.Or(query.Kind, process.Quarter)
		r, err := make(m, query)
		if err != nil {
			return err
		}
		return write(r)
	})
}

// ValueAdded is report value-added: whether people's own numbers came closer than the milestones, and these closer than no thought.
type ValueAdded struct{ Past }

// Run scores every step of the staircase.
func (q *ValueAdded) Run(_ context.Context, p *Program) error {
	return q.over(p, func(m *forecast.Model, query forecast.Query) (report.Report, error) {
		steps, err := m.ValueAdded(query)
		p.sayUnrated(winloss.UnratedWins(m, query.Scope, max(query.From, m.FirstOpened()), cmp.Or(query.To, m.Today())))
		return p.reports().ValueAdded(query, steps), err
	})
}

// Sellers is report sellers: how each seller's own numbers lean, and whether all work in the same way. Nobody is ranked.
type Sellers struct{ Past }

// Run looks at each seller over the complete periods.
func (q *Sellers) Run(_ context.Context, p *Program) error {
	return q.over(p, func(m *forecast.Model, query forecast.Query) (report.Report, error) {
		leanings, err := m.Sellers(query)
		return p.reports().Sellers(m, leanings), err
	})
}

// Contact is report contact: what is recorded about a person at a customer.
type Contact struct {
	Contact  string `arg:""` // name or e-mail address
	Customer string // where several have the name
	Format   string
}

// Run shows it.
func (q *Contact) Run(_ context.Context, p *Program) error {
	write, err := p.format(q.Format)
	if err != nil {
		return err
	}
	return p.ask(func(m *forecast.Model) error {
		t := m.Team()
		c, err := contactCalled(t.Contacts(), t, q.Contact, q.Customer)
		if err != nil {
			return err
		}
		x, ok := extract.About(t, &search.Index{}, c.ID)
		if !ok {
			return process.Missing("contact.no_such")
		}
		return write(p.reports().Contact(t, &x))
	})
}

// contactCalled finds a person at a customer by name or e-mail address; several of one name are told apart by their customers.
func contactCalled(all []sales.Contact, names wording.Names, name, customer string) (sales.Contact, error) {
	wanted, at := process.FoldName(name), process.FoldName(customer)
	found := slices.DeleteFunc(all, func(c sales.Contact) bool {
		return process.FoldName(c.Name) != wanted && process.FoldName(c.Email) != wanted || at != "" && process.FoldName(names.Customer(c.Customer)) != at
	})
	switch len(found) {
	case 0:
		return sales.Contact{}, process.Wrong("contact", "contact.none_called", name)
	case 1:
		return found[0], nil
	}
	var customers []string
	for _, c := range found {
		customers = append(customers, names.Customer(c.Customer))
	}
	slices.Sort(customers)
	return sales.Contact{}, process.Wrong("contact", "contact.several_called", name, strings.Join(slices.Compact(customers), ", "))
}

package handlers

import (
	"milstolpe/process"
	"milstolpe/process/sales"
)

// renameForm changes the name of a customer.
type renameForm struct {
	Name   string `form:"name" validate:"required,max=200" label:"customers.name"`
	Base   string `form:"base"`
	Faults Faults
}

// mergeCustomersForm says that another customer is the same as this one.
type mergeCustomersForm struct {
	Other  string `form:"into" validate:"required,max=200" label:"customers.merge_with"` // its name
	ID     string `form:"other"`                                                         // its identity, where the page had proposed it: names may be the same
	Faults Faults
}

// eraseForm asks whether somebody at the buyer is to be erased.
type eraseForm struct{ ID, Name string }

// again shows the customer's page with a form that has faults.
func (v *visit) customerAgain(faults Faults, forms customerForms) error {
	page, _, err := v.customerPage(&forms)
	if err != nil {
		return err
	}
	return v.again(faults, "customer", page, page.parts()...)
}

// here is the address of the customer that the form is about.
func (v *visit) here() string { return customerPath(process.CustomerID(v.Param("id"))) }

func saveCustomersContact(v *visit) error {
	f := &contactForm{}
	err := v.read(f)
	var events []process.Event
	if err == nil {
		events, err = v.act(func(team *sales.Team) ([]process.Fact, error) {
			customer := process.CustomerID(v.Param("id"))
			c := sales.ContactForm{Name: f.Name, Role: f.Role, Email: f.Email, Phone: f.Phone, Base: readBase(f.Base)}
			if f.ID == "" {
				c = besides(team, customer, c)
			}
			_, facts, err := team.NameContact(process.ContactID(f.ID), customer, c, v.moment())
			return facts, err
		})
	}
	if faults, mine := v.faults(err); mine {
		f.Faults = faults
		return v.customerAgain(faults, customerForms{Contact: f})
	}
	if err != nil {
		return err
	}
	return v.done(v.here(), events, v.t("deal.contact_done"))
}

// eraseContact erases a person for good. There is no way back, so the page asks first, and the toast offers none.
func eraseContact(v *visit) error {
	id := process.ContactID(v.Param("c"))
	var there bool
	err := v.view(func(team *sales.Team) error {
		c, ok := team.Contact(id)
		there = ok && !c.Erased
		return nil
	})
	if err != nil {
		return err
	}
	if !there {
		return process.Missing("contact.no_such")
	}
	if _, err := v.file().EraseContact(v.Request().Context(), id); err != nil {
		return err
	}
	return v.saved(v.here(), Toast{Text: v.t("customers.erased")})
}

func renameCustomer(v *visit) error {
	f := &renameForm{}
	err := v.read(f)
	var events []process.Event
	if err == nil {
		events, err = v.act(func(team *sales.Team) ([]process.Fact, error) {
			return team.RenameCustomer(process.CustomerID(v.Param("id")), f.Name, readBase(f.Base), v.today)
		})
	}
	if faults, mine := v.faults(err); mine {
		f.Faults = faults
		return v.customerAgain(faults, customerForms{Rename: f})
	}
	if err != nil {
		return err
	}
	return v.done(v.here(), events, v.t("customers.renamed"))
}

func mergeCustomers(v *visit) error {
	f := &mergeCustomersForm{}
	err := v.read(f)
	var events []process.Event
	if err == nil {
		events, err = v.act(func(team *sales.Team) ([]process.Fact, error) {
			other := process.CustomerID(f.ID)
			if team.Customer(other) != f.Other {
				other, _ = team.CustomerByName(f.Other)
			}
			return team.MergeCustomers(other, process.CustomerID(v.Param("id")), v.today)
		})
	}
	if faults, mine := v.faults(err); mine {
		f.Faults = faults
		return v.customerAgain(faults, customerForms{Merge: f})
	}
	if err != nil {
		return err
	}
	return v.done(v.here(), events, v.t("customers.merged"))
}

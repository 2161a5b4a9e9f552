package customers

import (
	"milstolpe/handlers/parts"
	"milstolpe/handlers/urls"
	"milstolpe/handlers/web"
	"milstolpe/handlers/wording"
	"milstolpe/process"
	"milstolpe/process/sales"
)

// renameForm changes the name of a customer.
type renameForm struct {
	Name   string `form:"name" validate:"required,max=200" label:"customers.name"`
	Base   string `form:"base"`
	Faults parts.FieldErrors
}

// mergeCustomersForm says that another customer is the same as this one.
type mergeCustomersForm struct {
	Other  string `form:"into" validate:"required,max=200" label:"customers.merge_with"` // its name
	ID     string `form:"other"`                                                         // its identity, where the page had proposed it: names may be the same
	Base   string `form:"base"`                                                          // of both, as the page showed them
	Faults parts.FieldErrors
}

// eraseForm asks whether somebody at the buyer is to be erased.
type eraseForm struct {
	ID, Name string
	Base     string `form:"base"`
	Faults   parts.FieldErrors
}

// again shows the customer's page with a form that has faults.
func rejectCustomer(v *web.Request, faults parts.FieldErrors, forms customerForms) error {
	page, _, err := buildCustomerPage(v, &forms)
	if err != nil {
		return err
	}
	return v.Reject(faults, "customer", page, page.parts()...)
}

// customerHref is the address of the customer that the form is about.
func customerHref(v *web.Request) string { return urls.CustomerPath(process.CustomerID(v.Param("id"))) }

func saveContact(v *web.Request) error {
	f := &parts.ContactForm{}
	err := v.Read(f)
	var events []process.Event
	if err == nil {
		events, err = v.Act(func(team *sales.Team) ([]process.Fact, error) {
			customer := process.CustomerID(v.Param("id"))
			c := sales.ContactForm{Name: f.Name, Role: f.Role, Email: f.Email, Phone: f.Phone, Base: web.DecodeBase(f.Base)}
			if f.ID == "" {
				c = wording.AddedContact(team.ContactsOf(customer), c)
			}
			_, facts, err := team.NameContact(process.ContactID(f.ID), customer, c, v.Env())
			return facts, err
		})
	}
	if faults, mine := v.FormErrors(err); mine {
		f.Faults = faults
		return rejectCustomer(v, faults, customerForms{Contact: f})
	}
	if err != nil {
		return err
	}
	return v.DoneWithUndo(customerHref(v), events, v.T("deal.contact_done"))
}

// eraseContact erases a person for good. There is no way back, so the page asks first, and the toast offers none.
func eraseContact(v *web.Request) error {
	id := process.ContactID(v.Param("c"))
	f := &eraseForm{}
	err := v.Read(f)
	if err == nil {
		err = v.View(func(team *sales.Team) error {
			c, ok := team.Contact(id)
			if !ok || c.Erased {
				return process.Missing("contact.no_such")
			}
			stale := web.CheckUnchanged(f.Base, team.ContactHeads(id))
			f.ID, f.Name, f.Base = string(id), c.Name, web.EncodeBase(team.ContactHeads(id))
			return stale
		})
	}
	if faults, mine := v.FormErrors(err); mine {
		f.Faults = faults
		return rejectCustomer(v, faults, customerForms{Erase: f})
	}
	if err != nil {
		return err
	}
	if _, err := v.OpenedFile().EraseContact(v.Request().Context(), id); err != nil {
		return err
	}
	if err := v.ForgetKept(); err != nil {
		return err
	}
	return v.DoneWith(customerHref(v), web.Flash{Text: v.T("customers.erased")})
}

func renameCustomer(v *web.Request) error {
	f := &renameForm{}
	err := v.Read(f)
	var events []process.Event
	if err == nil {
		events, err = v.Act(func(team *sales.Team) ([]process.Fact, error) {
			return team.RenameCustomer(process.CustomerID(v.Param("id")), f.Name, web.DecodeBase(f.Base), v.Today)
		})
	}
	if faults, mine := v.FormErrors(err); mine {
		f.Faults = faults
		return rejectCustomer(v, faults, customerForms{Rename: f})
	}
	if err != nil {
		return err
	}
	return v.DoneWithUndo(customerHref(v), events, v.T("customers.renamed"))
}

// mergeBase are the events that say who the two customers are; other is empty where the page proposed none.
func mergeBase(team *sales.Team, id, other process.CustomerID) string {
	return web.EncodeBase(append(team.CustomerBase(id), team.CustomerBase(other)...))
}

func mergeCustomers(v *web.Request) error {
	f := &mergeCustomersForm{}
	err := v.Read(f)
	var events []process.Event
	if err == nil {
		events, err = v.Act(func(team *sales.Team) ([]process.Fact, error) {
			if f.Base != mergeBase(team, process.CustomerID(v.Param("id")), process.CustomerID(f.ID)) {
				return nil, &process.Error{Kind: process.Conflict, Msg: "deal.changed_meanwhile"}
			}
			other := process.CustomerID(f.ID)
			if team.Customer(other) != f.Other {
				other, _ = team.CustomerByName(f.Other)
			}
			return team.MergeCustomers(other, process.CustomerID(v.Param("id")), v.Today)
		})
	}
	if faults, mine := v.FormErrors(err); mine {
		f.Faults = faults
		return rejectCustomer(v, faults, customerForms{Merge: f})
	}
	if err != nil {
		return err
	}
	return v.DoneWithUndo(customerHref(v), events, v.T("customers.merged"))
}

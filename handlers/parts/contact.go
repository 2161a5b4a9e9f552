package parts

import "strings"

// ContactLine is a person at the buyer, as the pages of a deal and of a customer list them.
type ContactLine struct {
	ID, Name, Role string
	Email, Phone   string
	Tel            string       // the number as telephones want it
	Form           *ContactForm // open below the line; nil mostly
	LinkBase       string       // on a deal's page: the events that say that the person has to do with the deal
}

// User is the address up to and with its @, after which it may be broken.
func (c ContactLine) User() string { return c.Email[:strings.Index(c.Email, "@")+1] }

// Host is the rest of the address.
func (c ContactLine) Host() string { return c.Email[strings.Index(c.Email, "@")+1:] }

// ContactForm adds a person at the buyer, or changes what is known of one.
type ContactForm struct {
	ID     string `form:"id"` // empty for a new person
	Name   string `form:"contact" validate:"required,max=200" label:"deal.contact_name"`
	Role   string `form:"role" validate:"max=200" label:"deal.contact_role"`
	Email  string `form:"email" validate:"omitempty,max=200,email" label:"deal.contact_email"`
	Phone  string `form:"phone" validate:"max=200" label:"deal.contact_phone"`
	Base   string `form:"base"`
	Back   string // address of the deal or customer
	Faults FieldErrors
}

// Action is where the form goes.
func (f *ContactForm) Action() string { return f.Back + "/contacts" }

package handlers

import (
	"cmp"
	"strings"

	"milstolpe/process"
	"milstolpe/process/sales"
)

// dealContacts are the people at the buyer who have to do with the deal.
type dealContacts struct {
	Href   string
	People []contactLine
	Form   *contactForm
	Known  []string // others at the same customer
}

// contactLine is one of them.
type contactLine struct {
	ID, Name, Role string
	Email, Phone   string
	Tel            string // the number as telephones want it
	Form           *contactForm
}

// contactForm adds a person, or changes what is known of one.
type contactForm struct {
	ID     string `form:"id"`
	Name   string `form:"contact" validate:"required,max=200" label:"deal.contact_name"`
	Role   string `form:"role" validate:"max=200" label:"deal.contact_role"`
	Email  string `form:"email" validate:"omitempty,max=200,email" label:"deal.contact_email"`
	Phone  string `form:"phone" validate:"max=200" label:"deal.contact_phone"`
	Base   string `form:"base"`
	Back   string // address of the deal
	Faults Faults
}

// Action is where the form goes.
func (f *contactForm) Action() string { return f.Back + "/contacts" }

func (f *contactForm) refuse(_ *visit, faults Faults) dealForms {
	f.Faults = faults
	return dealForms{Contact: f}
}

func (w *dealView) contactForm(id process.ContactID) *contactForm { return contactFormOf(w.team, id) }

// contactFormOf is the form for a person: empty, or with what is known.
func contactFormOf(team *sales.Team, id process.ContactID) *contactForm {
	c, ok := team.Contact(id)
	if !ok || c.Erased {
		return &contactForm{}
	}
	return &contactForm{
		ID: string(id), Name: c.Name, Role: c.Role, Email: c.Email, Phone: c.Phone, Base: baseText(team.ContactHeads(id)),
	}
}

func (w *dealView) contacts(form *contactForm) dealContacts {
	part := dealContacts{Href: w.href}
	if form != nil {
		form.Back = w.href
	}
	linked := map[process.ContactID]bool{}
	for _, id := range w.d.Contacts() {
		c, ok := w.team.Contact(id)
		linked[id] = true
		if !ok || c.Erased {
			continue
		}
		line := newContactLine(c)
		if form != nil && form.ID == string(id) {
			line.Form = form
		}
		part.People = append(part.People, line)
	}
	if form != nil && form.ID == "" {
		part.Form = form
	}
	for _, c := range w.team.ContactsOf(w.now.Customer) {
		if !linked[c.ID] {
			part.Known = append(part.Known, c.Name)
		}
	}
	return part
}

func newContactLine(c sales.Contact) contactLine {
	return contactLine{ID: string(c.ID), Name: c.Name, Role: c.Role, Email: c.Email, Phone: c.Phone, Tel: telephone(c.Phone)}
}

// User is an address up to its @, after which it may be broken.
func (c contactLine) User() string { return c.Email[:strings.Index(c.Email, "@")+1] }

// Host is the rest of the address.
func (c contactLine) Host() string { return c.Email[strings.Index(c.Email, "@")+1:] }

// telephone keeps what a telephone dials.
func telephone(phone string) string {
	phone = strings.ReplaceAll(phone, "(0)", "")
	return strings.Map(func(r rune) rune {
		if r == '+' || r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, phone)
}

func saveContact(v *visit) error {
	f := &contactForm{}
	return v.onDeal(f, "deal.contact_done", func(team *sales.Team, d *sales.Deal) ([]process.Fact, error) {
		c := sales.ContactForm{Name: f.Name, Role: f.Role, Email: f.Email, Phone: f.Phone, Base: readBase(f.Base)}
		if f.ID != "" {
			_, facts, err := team.NameContact(process.ContactID(f.ID), d.Now.Customer, c, v.moment())
			return facts, err
		}
		_, facts, err := d.AddContact(besides(team, d.Now.Customer, c), v.moment())
		return facts, err
	})
}

// besides adds what is known already of somebody of that name, so that adding a person to a deal takes nothing away.
func besides(team *sales.Team, customer process.CustomerID, c sales.ContactForm) sales.ContactForm {
	c.Base = nil
	for _, have := range team.ContactsOf(customer) {
		if process.FoldName(have.Name) == process.FoldName(c.Name) {
			c.Role, c.Email, c.Phone = cmp.Or(c.Role, have.Role), cmp.Or(c.Email, have.Email), cmp.Or(c.Phone, have.Phone)
		}
	}
	return c
}

// unlinkForm takes a person off the deal; what is known of them stays with the customer.
type unlinkForm struct{}

func (f *unlinkForm) refuse(*visit, Faults) dealForms { return dealForms{} }

func unlinkContact(v *visit) error {
	return v.onDeal(&unlinkForm{}, "deal.contact_unlinked", func(_ *sales.Team, d *sales.Deal) ([]process.Fact, error) {
		return d.LinkContact(process.ContactID(v.Param("c")), true, v.today)
	})
}

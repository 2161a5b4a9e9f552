package wording

import (
	"cmp"
	"strings"

	"milstolpe/handlers/parts"
	"milstolpe/handlers/web"
	"milstolpe/process"
	"milstolpe/process/sales"
)

// ContactLine is a person at the buyer as pages list them.
func ContactLine(c sales.Contact) parts.ContactLine {
	return parts.ContactLine{ID: string(c.ID), Name: c.Name, Role: c.Role, Email: c.Email, Phone: c.Phone, Tel: telephone(c.Phone)}
}

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

// contactBook knows people at buyers, and the events that say so.
type contactBook interface {
	Contact(id process.ContactID) (sales.Contact, bool)
	ContactHeads(id process.ContactID) []process.EventID
}

// ContactForm is the form for a person: empty, or with what is known.
func ContactForm(known contactBook, id process.ContactID) *parts.ContactForm {
	c, ok := known.Contact(id)
	if !ok || c.Erased {
		return &parts.ContactForm{}
	}
	return &parts.ContactForm{
		ID: string(id), Name: c.Name, Role: c.Role, Email: c.Email, Phone: c.Phone, Base: web.EncodeBase(known.ContactHeads(id)),
	}
}

// AddedContact is the form for a new person, with what is known already of somebody of that name among the customer's people, so that
// adding a person takes nothing away.
func AddedContact(known []sales.Contact, c sales.ContactForm) sales.ContactForm {
	c.Base = nil
	for _, have := range known {
		if process.FoldName(have.Name) == process.FoldName(c.Name) {
			c.Role, c.Email, c.Phone = cmp.Or(c.Role, have.Role), cmp.Or(c.Email, have.Email), cmp.Or(c.Phone, have.Phone)
		}
	}
	return c
}

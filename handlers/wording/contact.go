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

// ContactForm is the form for a person: empty, or with what is known.
func ContactForm(team *sales.Team, id process.ContactID) *parts.ContactForm {
	c, ok := team.Contact(id)
	if !ok || c.Erased {
		return &parts.ContactForm{}
	}
	return &parts.ContactForm{
		ID: string(id), Name: c.Name, Role: c.Role, Email: c.Email, Phone: c.Phone, Base: web.EncodeBase(team.ContactHeads(id)),
	}
}

// AddedContact is the form for a new person, with what is known already of somebody of that name at the customer, so that adding a person
// takes nothing away.
func AddedContact(team *sales.Team, customer process.CustomerID, c sales.ContactForm) sales.ContactForm {
	c.Base = nil
	for _, have := range team.ContactsOf(customer) {
		if process.FoldName(have.Name) == process.FoldName(c.Name) {
			c.Role, c.Email, c.Phone = cmp.Or(c.Role, have.Role), cmp.Or(c.Email, have.Email), cmp.Or(c.Phone, have.Phone)
		}
	}
	return c
}

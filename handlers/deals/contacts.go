package deals

import (
	"milstolpe/handlers/parts"
	"milstolpe/handlers/web"
	"milstolpe/handlers/wording"
	"milstolpe/process"
	"milstolpe/process/sales"
)

// dealContacts are the people at the buyer who have to do with the deal.
type dealContacts struct {
	Href   string
	People []parts.ContactLine
	Form   *parts.ContactForm
	Known  []string // others at the same customer
}

// contactForm is the form as it is read from what was posted.
type contactForm parts.ContactForm

func (f *contactForm) withErrors(_ *web.Request, faults parts.FieldErrors) dealForms {
	f.Faults = faults
	return dealForms{Contact: (*parts.ContactForm)(f)}
}

func (w *dealView) contactForm(id process.ContactID) *parts.ContactForm {
	return wording.ContactForm(w.team, id)
}

func (w *dealView) contacts(form *parts.ContactForm) dealContacts {
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
		line := wording.ContactLine(c)
		if form != nil && form.ID == string(id) {
			line.Form, line.LinkBase = form, web.EncodeBase(w.d.LinkBase(id))
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

func saveContact(v *web.Request) error {
	f := &contactForm{}
	if err := v.Read(f); err != nil {
		return rejectDeal(v, f, err)
	}
	events, err := v.ActOnDealInTeam(func(team *sales.Team, d *sales.Deal) ([]process.Fact, error) {
		c := sales.ContactForm{Name: f.Name, Role: f.Role, Email: f.Email, Phone: f.Phone, Base: web.DecodeBase(f.Base)}
		if f.ID != "" {
			_, facts, err := team.NameContact(process.ContactID(f.ID), d.Now.Customer, c, v.Env())
			return facts, err
		}
		_, facts, err := d.AddContact(wording.AddedContact(team.ContactsOf(d.Now.Customer), c), v.Env())
		return facts, err
	})
	if err != nil {
		return rejectDeal(v, f, err)
	}
	return dealDone(v, events, v.T("deal.contact_done"))
}

// unlinkForm takes a person off the deal; what is known of them stays with the customer.
type unlinkForm struct {
	Base string `form:"base"`
}

// withErrors opens the form for the person again, which is where the button stands.
func (f *unlinkForm) withErrors(v *web.Request, faults parts.FieldErrors) dealForms {
	var form *parts.ContactForm
	// Looking at a contact cannot fail.
	_ = v.View(func(team *sales.Team) error {
		form = wording.ContactForm(team, process.ContactID(v.Param("c")))
		return nil
	})
	form.Faults = faults
	return dealForms{Contact: form}
}

func unlinkContact(v *web.Request) error {
	f := &unlinkForm{}
	if err := v.Read(f); err != nil {
		return rejectDeal(v, f, err)
	}
	events, err := v.ActOnDeal(func(d *sales.Deal) ([]process.Fact, error) {
		if err := web.CheckUnchanged(f.Base, d.LinkBase(process.ContactID(v.Param("c")))); err != nil {
			return nil, err
		}
		return d.LinkContact(process.ContactID(v.Param("c")), true, v.Today)
	})
	if err != nil {
		return rejectDeal(v, f, err)
	}
	return dealDone(v, events, v.T("deal.contact_unlinked"))
}

// actWithBuyer records what decide says of the deal and of the person at the customer who is called that. Somebody new is noted with it;
// where nothing is decided nobody is noted either.
func actWithBuyer(v *web.Request, name string, decide func(*sales.Deal, process.ContactID) ([]process.Fact, error)) ([]process.Event, error) {
	return v.ActOnDealInTeam(func(team *sales.Team, d *sales.Deal) ([]process.Fact, error) {
		contact, facts, err := buyer(v, d, team.ContactsOf(d.Now.Customer), name)
		if err != nil {
			return nil, err
		}
		decided, err := decide(d, contact)
		if len(decided) == 0 || err != nil {
			return nil, err
		}
		return append(facts, decided...), nil
	})
}

// buyer is the one of the customer's people who is called that, or somebody new. No name is nobody.
func buyer(v *web.Request, d *sales.Deal, known []sales.Contact, name string) (process.ContactID, []process.Fact, error) {
	if name == "" {
		return "", nil, nil
	}
	for _, c := range known {
		if process.FoldName(c.Name) == process.FoldName(name) {
			return c.ID, nil, nil
		}
	}
	id, facts, err := d.AddContact(sales.ContactForm{Name: name}, v.Env())
	return id, facts, web.SameField(err, "contact", "who")
}

package mails

import (
	"strings"

	"milstolpe/handlers/urls"
	"milstolpe/handlers/web"
	"milstolpe/handlers/wording"
	"milstolpe/process"
	"milstolpe/process/sales"
)

// saveMail records the excerpt: as evidence of a milestone, or in the journal.
func saveMail(v *web.Request) error {
	f := &mailForm{}
	err := v.Read(f)
	var events []process.Event
	if err == nil {
		events, err = v.ActOnDealInTeam(func(team *sales.Team, d *sales.Deal) ([]process.Fact, error) { return f.decide(v, team, d) })
	}
	if faults, mine := v.FormErrors(err); mine {
		f.Faults = faults
		page, err := newMailPage(v, f)
		if err != nil {
			return err
		}
		return v.Reject(faults, "mail", page)
	}
	if err != nil {
		return err
	}
	return v.DoneWithUndo(urls.DealPath(v.DealID()), events, v.T("mail.saved"))
}

func (f *mailForm) decide(v *web.Request, team *sales.Team, d *sales.Deal) ([]process.Fact, error) {
	on, err := web.ReadDay("on", f.On)
	if err != nil {
		return nil, err
	}
	said := strings.TrimSpace(f.About + "\n" + f.Excerpt)
	contact, facts, err := f.sender(v, team, d)
	if err != nil {
		return nil, err
	}
	if f.Milestone == "" {
		written, err := d.WriteJournal(said, on, v.Today)
		return append(facts, written...), web.SameField(err, "text", "excerpt")
	}
	key := process.MilestoneID(f.Milestone)
	if mark, there := d.MarkOn(key, process.FarFuture); there && !mark.Waived {
		return nil, process.Wrong("milestone", "mail.reached_meanwhile")
	}
	reached, err := d.Reach(sales.ReachInput{Milestone: key, On: on, Contact: contact, Evidence: process.Evidence{Text: said}}, v.Today)
	if err != nil {
		return nil, web.SameField(web.SameField(err, "evidence", "excerpt"), "contact", "who")
	}
	return append(facts, reached...), nil
}

// sender is the contact of that name, who gets the address where none was known; somebody new is noted with the deal. No name is nobody.
func (f *mailForm) sender(v *web.Request, team *sales.Team, d *sales.Deal) (process.ContactID, []process.Fact, error) {
	if f.Who == "" {
		return "", nil, nil
	}
	c := wording.AddedContact(team.ContactsOf(d.Now.Customer), sales.ContactForm{Name: f.Who})
	if c.Email == "" {
		c.Email = f.Email
	}
	id, facts, err := d.AddContact(c, v.Env())
	return id, facts, web.SameField(err, "contact", "who")
}

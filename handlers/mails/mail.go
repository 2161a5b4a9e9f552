package mails

import (
	"io"
	"strings"

	"milstolpe/handlers/dealindex"
	"milstolpe/handlers/i18n"
	"milstolpe/handlers/mail"
	"milstolpe/handlers/parts"
	"milstolpe/handlers/urls"
	"milstolpe/handlers/web"
	"milstolpe/handlers/wording"
	"milstolpe/process"
	"milstolpe/process/sales"
)

// mailPage takes a mail in as evidence on a deal.
type mailPage struct {
	web.Page
	Href, DealHref, DealName string
	Closed                   bool
	Upload                   parts.FieldErrors // what is wrong with the file
	Form                     *mailForm         // what was read of it
	People                   []string          // names to choose from
	Milestones               []parts.Option
}

// mailForm is what was read of a mail, and what of it is kept.
type mailForm struct {
	Milestone string `form:"milestone" validate:"max=64" label:"mail.milestone"` // empty: the journal
	On        string `form:"on" validate:"required,day" label:"mail.on"`
	Who       string `form:"who" validate:"max=200" label:"mail.who"`
	Email     string `form:"email" validate:"max=200" label:"mail.email"`
	Excerpt   string `form:"excerpt" validate:"required,max=9000" label:"mail.excerpt"`
	About     string `form:"about" validate:"max=400"` // how the evidence begins: mail, day, subject
	Text      string `form:"text"`                     // the mail, which is not kept
	Sender    string `form:"sender"`                   // as it stood in the mail
	Cut       bool   `form:"cut"`

	New    bool // the sender is not known at the customer
	Faults parts.FieldErrors
}

// Routes registers the pages.
func Routes(r *web.Router) {
	r.Get(urls.MailsPath+"/:id", showUpload)
	r.Upload(urls.MailsPath+"/:id", readMail)
	r.Post(urls.MailsPath+"/:id/save", saveMail)
	r.Template("mail", mailPage{})
}

func showUpload(v *web.Request) error {
	page, err := newMailPage(v, nil)
	if err != nil {
		return err
	}
	return v.Render("mail", page)
}

func newMailPage(v *web.Request, form *mailForm) (page mailPage, err error) {
	page.Page = v.Page(urls.Deals, v.T("mail.title"))
	page.Form = form
	err = v.View(func(team *sales.Team) error {
		d, err := v.Deal(team)
		if err != nil {
			return err
		}
		page.Href, page.DealHref, page.DealName, page.Closed = urls.MailPath(d.ID), urls.DealPath(d.ID), wording.DealName(team, d), d.Now.Close != nil
		page.choices(v, team, d)
		return nil
	})
	return page, err
}

// choices are the milestones that the mail can be evidence of, and the people whom it can be from.
func (p *mailPage) choices(v *web.Request, team *sales.Team, d *sales.Deal) {
	for _, c := range team.ContactsOf(d.Now.Customer) {
		p.People = append(p.People, c.Name)
	}
	if version := d.Version(); version != nil {
		for _, ms := range version.Definition.Milestones {
			if _, there := d.MarkOn(ms.Key, process.FarFuture); !there {
				p.Milestones = append(p.Milestones, parts.OptionOf(string(ms.Key), ms.Name))
			}
		}
	}
	p.Milestones = append(p.Milestones, parts.OptionOf("", v.T("mail.to_journal")))
}

// readMail shows what stands in the file, with the form for what is to be kept.
func readMail(v *web.Request) error {
	m, err := mailFrom(v)
	if faults, mine := v.FormErrors(err); mine {
		page, err := newMailPage(v, nil)
		if err != nil {
			return err
		}
		page.Upload = faults
		return v.Reject(faults, "mail", page)
	}
	if err != nil {
		return err
	}
	form := &mailForm{}
	err = v.View(func(team *sales.Team) error {
		d, err := v.Deal(team)
		if err == nil {
			form.suggest(v, team, d, m)
		}
		return err
	})
	if err != nil {
		return err
	}
	page, err := newMailPage(v, form)
	if err != nil {
		return err
	}
	return v.Render("mail", page)
}

// mailFrom reads the file that was sent.
func mailFrom(v *web.Request) (mail.Message, error) {
	header, err := v.FormFile("mail")
	if err != nil {
		if v.Request().MultipartForm == nil {
			return mail.Message{}, web.BadBody(err)
		}
		return mail.Message{}, process.Wrong("mail", "mail.none_chosen")
	}
	if header.Size > mail.MaxSize {
		return mail.Message{}, process.Wrong("mail", "mail.too_large", mail.MaxSize>>20)
	}
	file, err := header.Open()
	if err != nil {
		return mail.Message{}, err
	}
	defer func() { _ = file.Close() }()
	data, err := io.ReadAll(file)
	if err != nil {
		return mail.Message{}, err
	}
	return mail.Read(data)
}

// suggest fills the form with what the mail says and what the deal waits for.
func (f *mailForm) suggest(v *web.Request, team *sales.Team, d *sales.Deal, m mail.Message) {
	f.Text, f.Cut, f.Email = m.Text, m.Cut, m.Email
	f.Who, f.New = senderIn(team, d, m)
	f.Sender = strings.TrimSpace(m.Name + " <" + m.Email + ">")
	f.Milestone = string(dealindex.NewMilestoneStates(d).Next)
	on := process.DateOf(m.Date.In(v.FileInfo.Location))
	if m.Date.IsZero() || on > v.Today || on.Year() < process.FirstYear {
		on = v.Today
		f.About = v.T("mail.about_undated")
	} else {
		f.About = v.T("mail.about", v.Text.Day(on))
	}
	f.On = on.String()
	f.About = strings.ReplaceAll(f.About, i18n.Nbsp, " ") // as somebody would have typed it
	if m.Subject != "" {
		f.About += ", " + v.T("mail.subject", m.Subject)
	}
}

// senderIn is the contact who has the sender's address, or that name; else the sender, who is new.
func senderIn(team *sales.Team, d *sales.Deal, m mail.Message) (name string, isNew bool) {
	people := team.ContactsOf(d.Now.Customer)
	for _, c := range people {
		if m.Email != "" && strings.EqualFold(c.Email, m.Email) {
			return c.Name, false
		}
	}
	for _, c := range people {
		if m.Name != "" && process.FoldName(c.Name) == process.FoldName(m.Name) {
			return c.Name, false
		}
	}
	if m.Name != "" {
		return m.Name, true
	}
	return m.Email, m.Email != ""
}

package contacts

import (
	"net/url"
	"slices"

	"milstolpe/handlers/parts"
	"milstolpe/handlers/urls"
	"milstolpe/handlers/web"
	"milstolpe/process"
	"milstolpe/process/extract"
	"milstolpe/process/sales"
)

// quietPage lists people about whom nothing new has come in for years, or asks whether to erase those that were chosen.
type quietPage struct {
	web.Page
	Lead   string
	Rows   []quietRow
	Sure   string // the question, when some were chosen
	Back   string // address of the choice as it was
	Faults parts.FieldErrors
}

// quietRow is one person.
type quietRow struct {
	ID, Name, Href string
	Small, Last    string
	Chosen         bool
	Base           []string // person:event
}

type quietAsk struct {
	People []string `query:"c"`
	Show   string   `query:"show"` // sure
}

// quietForm erases those that the page asked about.
type quietForm struct {
	People []string `form:"c"`
	Base   []string `form:"base"`
}

func showQuiet(v *web.Request) error {
	var ask quietAsk
	if err := v.Query(&ask); err != nil {
		return err
	}
	page, err := buildQuietPage(v, ask)
	if err != nil {
		return err
	}
	if page.Faults.Any() {
		return v.Reject(page.Faults, "quiet", page)
	}
	return v.Render("quiet", page)
}

func buildQuietPage(v *web.Request, ask quietAsk) (quietPage, error) {
	page := quietPage{Page: v.Page(urls.Deals, v.T("extract.quiet"))}
	err := v.View(func(team *sales.Team) error {
		list := extract.Quiet(team, v.Today)
		page.Lead = v.T("extract.quiet_lead", len(list), extract.QuietYears)
		for _, c := range list {
			at := team.CanonicalCustomer(c.Customer)
			page.Rows = append(page.Rows, quietRow{
				ID: string(c.ID), Name: c.Name, Href: urls.ContactHref(c.ID), Small: parts.JoinDots([]string{c.Role, team.Customer(at)}),
				Last: v.Text.Day(c.Last), Chosen: slices.Contains(ask.People, string(c.ID)), Base: web.EncodeBaseOf(string(c.ID), team.ContactHeads(c.ID)),
			})
		}
		return nil
	})
	if err != nil || ask.Show == "" {
		return page, err
	}
	chosen := slices.DeleteFunc(slices.Clone(page.Rows), func(r quietRow) bool { return !r.Chosen })
	if len(chosen) == 0 {
		page.Faults, _ = v.FormErrors(process.Wrong("c", "extract.none_chosen"))
		return page, nil
	}
	q := url.Values{}
	for _, r := range chosen {
		q.Add("c", r.ID)
	}
	page.Rows, page.Sure, page.Back = chosen, v.T("extract.sure", len(chosen)), urls.QuietContactsPath+"?"+q.Encode()
	return page, nil
}

// eraseQuiet erases those that were chosen, for good. Somebody about whom something new has come in since stops it before anybody is erased.
func eraseQuiet(v *web.Request) error {
	var f quietForm
	err := v.Read(&f)
	if err == nil {
		err = v.View(func(team *sales.Team) error { return f.check(team, v.Today) })
	}
	if faults, mine := v.FormErrors(err); mine {
		page, err := buildQuietPage(v, quietAsk{People: f.People})
		if err != nil {
			return err
		}
		page.Faults = faults
		return v.Reject(faults, "quiet", page)
	}
	if err != nil {
		return err
	}
	for _, id := range f.People {
		if _, err := v.OpenedFile().EraseContact(v.Request().Context(), process.ContactID(id)); err != nil {
			return err
		}
	}
	if err := v.ForgetKept(); err != nil {
		return err
	}
	return v.DoneWith(urls.QuietContactsPath, web.Flash{Text: v.T("extract.erased", len(f.People))})
}

func (f *quietForm) check(team *sales.Team, today process.Date) error {
	if len(f.People) == 0 {
		return process.Wrong("c", "extract.none_chosen")
	}
	quiet := extract.Quiet(team, today)
	for _, id := range f.People {
		there := slices.ContainsFunc(quiet, func(c extract.QuietContact) bool { return string(c.ID) == id })
		if !there || !slices.Equal(web.DecodeBaseOf(id, f.Base), team.ContactHeads(process.ContactID(id))) {
			return &process.Error{Kind: process.Conflict, Msg: "extract.changed_meanwhile"}
		}
	}
	return nil
}

package contacts

import (
	"net/url"

	"milstolpe/handlers/dealindex"
	"milstolpe/handlers/i18n"
	"milstolpe/handlers/parts"
	"milstolpe/handlers/report"
	"milstolpe/handlers/urls"
	"milstolpe/handlers/web"
	"milstolpe/handlers/wording"
	"milstolpe/process"
	"milstolpe/process/extract"
	"milstolpe/process/sales"
)

// extractPage is what is recorded about a person.
type extractPage struct {
	web.Page
	Filters                []parts.FilterGroup
	Customer, CustomerHref string
	Details, Earlier       []detailRow
	Ties                   []tieRow
	Mentions               []mentionRow
}

// detailRow is a value and where it came from.
type detailRow struct{ Field, Value, From string }

// tieRow is what ties the person to a deal.
type tieRow struct {
	Href, Deal, What, From string
	Gone                   bool
}

// mentionRow is a line that names the person.
type mentionRow struct {
	Href, Deal string
	Where      []i18n.Piece
}

// Routes registers the pages about people at buyers.
func Routes(r *web.Router) {
	r.Get(urls.QuietContactsPath, showQuiet)
	r.Post(urls.QuietContactsPath, eraseQuiet)
	r.Get(urls.ContactsPath+":id", showExtract)
	r.Report(urls.ContactsPath+":id", "extract.file", extractReport)
	r.Template("extract", extractPage{})
	r.Template("quiet", quietPage{})
}

// look gathers what is recorded about the person whom the address names.
func look(v *web.Request, see func(team *sales.Team, x *extract.Extract)) error {
	return v.View(func(team *sales.Team) error {
		x, ok := extract.About(team, dealindex.Written(v), process.ContactID(v.Param("id")))
		if !ok {
			return process.Missing("contact.no_such")
		}
		see(team, &x)
		return nil
	})
}

func showExtract(v *web.Request) error {
	page := extractPage{Page: v.Page(urls.Deals, "")}
	err := look(v, func(team *sales.Team, x *extract.Extract) { page.fill(v, team, x) })
	if err != nil {
		return err
	}
	return v.Render("extract", page)
}

func extractReport(v *web.Request) (made report.Report, err error) {
	err = look(v, func(team *sales.Team, x *extract.Extract) { made = v.AsReports().Contact(team, x) })
	return made, err
}

func (p *extractPage) fill(v *web.Request, team *sales.Team, x *extract.Extract) {
	c := x.Contact
	at := team.CanonicalCustomer(c.Customer)
	p.Title = v.T("extract.title", c.Name)
	p.Customer, p.CustomerHref = team.Customer(at), urls.CustomerPath(at)
	erase := p.CustomerHref + "?form=erase&c=" + url.QueryEscape(string(c.ID)) + "#people"
	p.Filters = []parts.FilterGroup{
		web.DownloadLinks(v.Text, urls.ContactHref(c.ID)), {Words: []parts.FilterLink{parts.Choice(false, v.T("customers.erase"), erase)}},
	}
	for _, d := range x.Details {
		row := detailRow{v.T("extract.field_" + string(d.Field)), d.Value, from(v, d.Origin)}
		if d.Current {
			p.Details = append(p.Details, row)
		} else {
			p.Earlier = append(p.Earlier, row)
		}
	}
	for i := range x.Ties {
		tie := &x.Ties[i]
		p.Ties = append(p.Ties, tieRow{
			Href: urls.DealPath(tie.Deal.ID), Deal: wording.DealName(team, tie.Deal), What: tieText(v, team, tie), From: from(v, tie.Origin), Gone: tie.Gone,
		})
	}
	for i := range x.Mentions {
		m := &x.Mentions[i]
		p.Mentions = append(p.Mentions, mentionRow{
			Href: urls.DealPath(m.Deal.ID), Deal: wording.DealName(team, m.Deal), Where: dealindex.WhereFound(v.Text, v.Today, team, m, `"`+c.Name+`"`),
		})
	}
}

// from says who recorded something and when, or in which list it came.
func from(v *web.Request, o extract.Origin) string {
	if o.List != "" {
		return v.T("extract.from_list", o.List, o.By, v.Text.Day(o.Day))
	}
	return v.T("extract.from", o.By, v.Text.Day(o.Day))
}

func tieText(v *web.Request, team *sales.Team, tie *extract.Tie) string {
	text := ""
	switch tie.What {
	case extract.Linked:
		text = v.T("extract.tie_linked")
	case extract.Unlinked:
		text = v.T("extract.tie_unlinked")
	case extract.HasRole:
		text = v.T("extract.tie_role", wording.RoleName(team, tie.Deal.Process(), tie.Role))
	case extract.Reached:
		text = v.T("extract.tie_reached", wording.MilestoneName(team, tie.Deal.Process(), tie.Milestone))
	}
	on := ""
	if !tie.On.IsZero() {
		on = v.Text.Day(tie.On)
	}
	return parts.JoinDots([]string{text, on, tie.Evidence.Text, tie.Evidence.Link})
}

package processes

import (
	"net/url"

	"milstolpe/handlers/figures"
	"milstolpe/handlers/i18n"
	"milstolpe/handlers/parts"
	"milstolpe/handlers/report"
	"milstolpe/handlers/urls"
	"milstolpe/handlers/web"
	"milstolpe/process"
	"milstolpe/process/forecast"
	"milstolpe/process/sales"
	"milstolpe/process/winloss"
)

// rolesPage is whom we had met at the buyer in the deals that were won, and in those that were lost.
type rolesPage struct {
	web.Page
	Href, Name string
	Filters    []parts.FilterGroup
	Lead       []i18n.Piece
	Lines      []roleLine
	Edit       string // address that adds roles; empty where there are some
}

// roleLine is one role. Shares are there only where there are deals enough.
type roleLine struct {
	Name      string
	Won, Lost roleCell
	Short     string // why it cannot be told yet
}

type roleCell struct {
	Share   string
	Met, Of int
	Href    string
}

const (
	rolesPath     = urls.ProcessPath + ":id/roles"
	roleDealsPath = rolesPath + "/deals"
)

func roleRoutes(r *web.Router) {
	r.GetCached(rolesPath, showRoles)
	r.Get(roleDealsPath, showRoleDeals)
	r.Template("process_roles", rolesPage{})
	r.Report(rolesPath, "roles.title", func(v *web.Request) (made report.Report, err error) {
		err = v.View(func(team *sales.Team) error {
			p, counts, err := rolesOf(v, team)
			if err == nil {
				made = v.AsReports().Roles(p.Name(), counts, v.Today)
			}
			return err
		})
		return made, err
	})
}

func rolesOf(v *web.Request, team *sales.Team) (*sales.Process, []winloss.RoleCount, error) {
	p, ok := team.Process(processID(v))
	if !ok || p.Current() == nil {
		return nil, nil, process.Missing("process.no_such")
	}
	return p, winloss.Roles(team, p.ID, v.Today), nil
}

func showRoles(v *web.Request) error {
	page := rolesPage{Page: v.Page(urls.ProcessPages, v.T("roles.title"))}
	err := v.View(func(team *sales.Team) error {
		p, counts, err := rolesOf(v, team)
		if err != nil {
			return err
		}
		page.fill(v, p, counts)
		return nil
	})
	if err != nil {
		return err
	}
	return v.Render("process_roles", page)
}

func (page *rolesPage) fill(v *web.Request, p *sales.Process, counts []winloss.RoleCount) {
	page.Href, page.Name = urls.ProcessHref(p.ID), p.Name()
	if len(counts) == 0 {
		page.Lead, page.Edit = v.Text.Sentence("roles.none"), urls.ProcessEditPath(p.ID)+"?form=head&roles=usual"
		return
	}
	page.Filters = []parts.FilterGroup{web.DownloadLinks(v.Text, page.Href+"/roles")}
	for i := range counts {
		c := &counts[i]
		line := roleLine{
			Name: c.Role.Name, Won: newRoleCell(v, p.ID, c, "won", c.WonMet, c.Won), Lost: newRoleCell(v, p.ID, c, "lost", c.LostMet, c.Lost),
		}
		if !c.Enough() {
			line.Short = v.T("roles.cannot_tell", min(len(c.Won), winloss.EnoughForRoles), min(len(c.Lost), winloss.EnoughForRoles), winloss.EnoughForRoles)
			line.Won.Share, line.Lost.Share = "", ""
		}
		page.Lines = append(page.Lines, line)
	}
	lead := counts[0]
	for _, c := range counts {
		if c.Role.Key == process.Decides {
			lead = c
		}
	}
	name := i18n.LowerFirst(lead.Role.Name)
	if !lead.Enough() {
		page.Lead = v.Text.Sentence("roles.lead_short", name, min(len(lead.Won), winloss.EnoughForRoles), min(len(lead.Lost), winloss.EnoughForRoles), winloss.EnoughForRoles)
		return
	}
	page.Lead = v.Text.Sentence("roles.lead", name, v.Text.Percent(wonShare(len(lead.WonMet), len(lead.Won))), v.Text.Percent(wonShare(len(lead.LostMet), len(lead.Lost))))
}

func newRoleCell(v *web.Request, id process.ProcessID, c *winloss.RoleCount, end string, met, of []*sales.Deal) roleCell {
	cell := roleCell{Met: len(met), Of: len(of)}
	if len(of) > 0 {
		cell.Share = v.Text.Percent(wonShare(len(met), len(of)))
		cell.Href = urls.ProcessHref(id) + "/roles/deals?" + url.Values{"role": {string(c.Role.Key)}, "end": {end}}.Encode()
	}
	return cell
}

// roleQuery is which deals of which role.
type roleQuery struct {
	Role string `query:"role"`
	End  string `query:"end"` // won or lost
}

// showRoleDeals lists the deals behind a number: those in which we had met.
func showRoleDeals(v *web.Request) error {
	var ask roleQuery
	if err := v.Query(&ask); err != nil {
		return err
	}
	page := figures.DealListPage{Page: v.Page(urls.ProcessPages, v.T("roles.title"))}
	err := v.Model(func(m *forecast.Model) error {
		p, counts, err := rolesOf(v, m.Team())
		if err != nil {
			return err
		}
		for _, c := range counts {
			met, of, key := c.WonMet, c.Won, "roles.deals_won"
			if ask.End == "lost" {
				met, of, key = c.LostMet, c.Lost, "roles.deals_lost"
			}
			if string(c.Role.Key) == ask.Role {
				page.Heading, page.Back = c.Role.Name, parts.Cell{Text: v.T("roles.title"), Href: urls.ProcessHref(p.ID) + "/roles"}
				page.Lead = v.T(key, len(of), len(met))
				page.List(v, m.Team(), of)
				return nil
			}
		}
		return process.Missing("outcome.no_such_number")
	})
	if err != nil {
		return err
	}
	return figures.ShowDealList(v, &page)
}

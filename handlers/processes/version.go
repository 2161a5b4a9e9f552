package processes

import (
	"net/url"
	"slices"

	"milstolpe/handlers/parts"
	"milstolpe/handlers/urls"
	"milstolpe/handlers/web"
	"milstolpe/handlers/wording"
	"milstolpe/process"
	"milstolpe/process/sales"
)

// versionPage is a version of a process as it was, and what differs from another.
type versionPage struct {
	web.Page
	Href          string // of the process
	Name, Purpose string
	Number        int
	Since         process.Date
	By, Note      string
	IsCurrent     bool
	Versions      []parts.FilterLink
	Compared      bool
	With          int
	WithChoices   []parts.FilterLink
	Summary       string
	Changes       []parts.ChangeLine
	Milestones    []processMilestone
}

func versionRoutes(r *web.Router) {
	r.Get("/processes/:id/versions/:v", showVersion)
	r.Template("process_version", versionPage{})
	r.Template("parts/changes", []parts.ChangeLine{})
}

func versionPath(p process.ProcessID, id process.VersionID) string {
	return urls.ProcessHref(p) + "/versions/" + url.PathEscape(string(id))
}

func comparePath(p process.ProcessID, id, with process.VersionID) string {
	return versionPath(p, id) + "?with=" + url.QueryEscape(string(with))
}

func showVersion(v *web.Request) error {
	page := versionPage{Page: v.Page(urls.ProcessPages, "")}
	err := v.View(func(team *sales.Team) error {
		p, ok := team.Process(processID(v))
		if !ok {
			return process.Missing("process.no_such")
		}
		all := p.Versions()
		at := slices.IndexFunc(all, func(one *sales.Version) bool { return string(one.ID) == v.Param("v") })
		if at < 0 {
			return process.Missing("process.no_such_version")
		}
		page.fill(v, team, p, all, at)
		return nil
	})
	if err != nil {
		return err
	}
	page.Title = v.T("process.version_of", page.Number, page.Name)
	page.Print = v.T("process.print_line", page.Name, page.Number)
	return v.Render("process_version", page)
}

func (page *versionPage) fill(v *web.Request, team *sales.Team, p *sales.Process, all []*sales.Version, at int) {
	one := all[at]
	page.Href = urls.ProcessHref(p.ID)
	page.Name, page.Purpose, page.Number = one.Definition.Name, one.Definition.Purpose, one.Number
	page.Since, page.By, page.Note = one.Known, team.RecordedBy(one.Event), one.Note
	page.IsCurrent = one == p.Current()
	page.Milestones = milestonesOf(one, nil)
	with := page.comparedWith(v.QueryParam("with"), all, at)
	for _, other := range all {
		page.Versions = append(page.Versions, parts.Choice(other == one, v.T("process.version", other.Number), versionPath(p.ID, other.ID)))
		if other != one {
			page.WithChoices = append(page.WithChoices, parts.Choice(other == with, v.T("process.version", other.Number), comparePath(p.ID, one.ID, other.ID)))
		}
	}
	if with == nil {
		return
	}
	page.Compared, page.With = true, with.Number
	c := process.CompareDefinitions(&with.Definition, &one.Definition)
	page.Summary, page.Changes = wording.ChangeSummary(v.Text, c), wording.ChangeLines(v.Text, c)
}

// comparedWith is the version that was asked for, else the one before; the first one is compared with none.
func (page *versionPage) comparedWith(asked string, all []*sales.Version, at int) *sales.Version {
	for _, other := range all {
		if string(other.ID) == asked && other != all[at] {
			return other
		}
	}
	if at > 0 {
		return all[at-1]
	}
	return nil
}

// nextNumber is the number that the next version gets.
func nextNumber(p *sales.Process) int {
	n := 0
	for _, version := range p.Versions() {
		n = max(n, version.Number)
	}
	return n + 1
}

func changesIn(c process.Comparison) int {
	n := len(c.Milestones)
	if c.Name != nil {
		n++
	}
	if c.Purpose != nil {
		n++
	}
	if c.Roles != nil {
		n++
	}
	return n
}

package web

import (
	"cmp"
	"errors"
	"strings"
	"time"

	"milstolpe/db"
	"milstolpe/handlers/i18n"
	"milstolpe/handlers/urls"
	"milstolpe/process"
)

var sections = []struct {
	section urls.Section
	key     string
}{
	{urls.Home, "nav.home"}, {urls.Deals, "nav.deals"}, {urls.ProcessPages, "nav.process"}, {urls.Forecasts, "nav.forecast"}, {urls.Outcome, "nav.outcome"},
}

// Page is what the layout needs. Every page's struct embeds it: type dealPage struct { Page; … }.
type Page struct {
	Lang    i18n.Lang
	Theme   string // light, dark, or empty for what the computer is set to
	Keys    bool   // whether single keys are shortcuts
	Title   string // of this page
	Section string // its name in the navigation; empty outside
	Company string
	Nav     []NavEntry
	HasFile bool
	Person  string
	Search  string // what was searched for, to stand in the search field
	Saved   Saved  // the two lines of the footer
	Toast   Flash  // what was just done
	Print   string // page and filters, for the head of a print; Title if empty
	Stamp   string // day and time, for the head of a print
	Now     time.Time
	Today   process.Date
	Path    string // address of this page, to come back to
	Shows   shown  // what it shows of the file, for the page to ask what is new since
	Final   bool   // the program is stopping: no scripts, no probing
	GoOn    string // address of a page of ours that takes the place of this one by itself
}

// NavEntry is one link of the main navigation.
type NavEntry struct {
	Href, Text string
	Current    bool
}

// HeadTitle is what a browser tab shows: Thing – Section – Company.
func (p Page) HeadTitle() string {
	title := p.Title
	for _, part := range []string{p.Section, p.Company} {
		if part != "" && part != p.Title {
			title += " " + i18n.Dash + " " + part
		}
	}
	if p.Company == "" {
		title += " " + i18n.Dash + " Milstolpe"
	}
	return title
}

// PrintLine is page and filters for the head of a print.
func (p Page) PrintLine() string {
	if p.Print != "" {
		return p.Print
	}
	return p.Title
}

// Refresh is how a browser is told to go on by itself; empty where it stays.
func (p Page) Refresh() string {
	if p.GoOn == "" {
		return ""
	}
	return "0;url=" + p.GoOn
}

// HTMLLang is the page's lang attribute, which must be a real language even for the pseudo-language.
func (p Page) HTMLLang() string {
	if p.Lang == i18n.Pseudo {
		return string(i18n.English)
	}
	return string(p.Lang)
}

// Saved says what is safe where. Empty lines are not shown.
type Saved struct {
	Here    string // saved on this computer 09:12
	Shared  string // in the shared file 09:13
	Problem string // why not
	Lost    string // what was saved here once and is gone
}

// Page is the layout's part of a page in a section. Title is the thing's own name or a text from the catalogue.
func (v *Request) Page(section urls.Section, title string) Page {
	p := Page{
		Lang: v.Text.Lang, Theme: v.Theme, Keys: v.Keys, Title: title, Company: v.FileInfo.company, HasFile: v.Open != nil,
		Saved: v.saveState(), Toast: v.popFlash(), Stamp: v.Text.Stamp(v.Now), Now: v.Now, Today: v.Today, Path: v.Request().URL.RequestURI(),
	}
	if v.stranger {
		p.Stamp, p.Now, p.Today = "", time.Time{}, 0
	}
	if v.Open == nil {
		return p
	}
	p.Person, p.Shows = v.FileInfo.Person(), v.shownNow()
	for _, s := range sections {
		name := v.Text.T(s.key)
		p.Nav = append(p.Nav, NavEntry{Href: string(s.section), Text: name, Current: s.section == section})
		if s.section == section {
			p.Section = name
		}
	}
	return p
}

// lostState words what was saved on this computer and is gone: each run of the program in a sentence of its own.
func (v *Request) lostState(lost []db.Loss) string {
	var sentences []string
	for _, l := range lost {
		who := cmp.Or(l.Person, v.Text.T("saved.lost_somebody"))
		sentences = append(sentences, v.Text.T("saved.lost", l.Events, who, v.Text.Stamp(l.LastSave.In(v.Now.Location()))))
	}
	return strings.Join(sentences, " ")
}

// saveState words the state of the file as it was when the visit began.
func (v *Request) saveState() Saved {
	if v.Open == nil {
		return Saved{}
	}
	var s Saved
	state := v.FileInfo.state
	s.Lost = v.lostState(state.Lost)
	if state.SavedAt.IsZero() {
		s.Here = v.Text.T("saved.here_all")
	} else {
		s.Here = v.Text.T("saved.here", state.SavedAt.In(v.Now.Location()))
	}
	switch {
	case state.Server:
		v.saveStateServer(&s, state)
	case v.Open.file.MovedTo() != "":
		s.Problem = v.Text.T("saved.moved")
	case state.Problem != nil:
		s.Problem = v.fileTrouble(state)
	case state.Pending > 0:
		s.Shared = v.Text.T("saved.pending", state.Pending)
	case !state.HealedAt.IsZero() && !state.HealedAt.Before(state.PublishedAt):
		s.Shared = v.Text.T("saved.healed", state.HealedAt.In(v.Now.Location()))
	case !state.PublishedAt.IsZero():
		s.Shared = v.Text.T("saved.shared", state.PublishedAt.In(v.Now.Location()))
	}
	return s
}

// fileTrouble words what keeps the shared file from being brought up to date.
func (v *Request) fileTrouble(state db.State) string {
	switch {
	case state.Gone() && state.Pending > 0:
		return v.Text.T("saved.gone_waits", state.Pending)
	case state.Gone():
		return v.Text.T("saved.gone")
	case process.KindOf(state.Problem) == process.Damaged:
		return v.Text.T("saved.heals")
	case state.Pending == 0:
		return v.Text.T("saved.problem_none")
	}
	return v.Text.T("saved.problem", state.Pending)
}

// saveStateServer words how a file on a server stands. That the server cannot be reached is no trouble: the work goes on. What only the
// person can mend leads to where that is done.
func (v *Request) saveStateServer(s *Saved, state db.State) {
	var told *process.Error
	switch {
	case state.Problem != nil && (!errors.As(state.Problem, &told) || told.Msg != "server.away"):
		s.Problem = v.Text.T("saved.server_problem")
	case state.Problem != nil && state.Pending > 0:
		s.Shared = v.Text.T("saved.server_waits", state.Pending, state.WaitingSince.In(v.Now.Location()))
	case state.Pending > 0:
		s.Shared = v.Text.T("saved.server_pending", state.Pending)
	case !state.PublishedAt.IsZero():
		s.Shared = v.Text.T("saved.server", state.PublishedAt.In(v.Now.Location()))
	}
}

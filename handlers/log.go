package handlers

import (
	"cmp"
	"net/url"
	"slices"
	"strings"

	"milstolpe/process"
)

const logPath = "/log"

// mostLogRows is how many entries one page of the log shows.
const mostLogRows = 200

func logRoutes(r *routes) {
	r.get(logPath, showLog)
	r.template("log", logPage{})
}

// logPage is everything that was recorded, newest first. Filters stand in the address.
type logPage struct {
	Page
	Filters []FilterGroup
	Rows    []logRow
	Older   string // address of the entries before these; empty at the end
	Filter  logFilter
	Found   bool
}

type logRow struct {
	Stamp, By      string
	What           []Piece
	Deal, DealHref string
	Known          process.Date // the day it counts from, where that is another
}

type logFilter struct {
	Who    string `query:"who"`
	What   string `query:"what"`   // deals or team
	From   string `query:"from"`   // a day: nothing that was recorded later
	Before string `query:"before"` // key of the last entry of the page before
}

func showLog(v *visit) error {
	var f logFilter
	if err := v.query(&f); err != nil {
		return err
	}
	page := logPage{Page: v.page(NoSection, v.t("log.title")), Filter: f}
	events, people, err := v.logged(f)
	if err != nil {
		return err
	}
	if len(events) > mostLogRows {
		events = events[:mostLogRows]
		page.Older = f.href("before", events[mostLogRows-1].ID.String())
	}
	err = v.view(func(team *process.Team) error {
		for _, e := range events {
			page.Rows = append(page.Rows, v.logRow(team, e))
		}
		return nil
	})
	if err != nil {
		return err
	}
	page.Found = len(page.Rows) > 0
	page.Filters = v.logFilters(f, people)
	return v.show("log", page)
}

// logged are the entries that the filter lets through, newest first and one more than a page, and everybody who ever recorded something.
func (v *visit) logged(f logFilter) (events []process.Event, people []string, err error) {
	before, _ := process.ParseEventID(f.Before)
	last, _ := process.ParseDate(f.From)
	by := map[process.Writer]string{}
	err = v.file().Events(func(e process.Event) error {
		if w, ok := e.Fact.(*process.WriterIntroduced); ok {
			by[e.ID.Writer()] = w.Person
			return nil
		}
		deal := process.DealOf(e.Fact) != ""
		switch {
		case !before.IsZero() && string(e.ID[:]) >= string(before[:]), last != 0 && process.DateOf(e.ID.At()) > last:
		case f.Who != "" && by[e.ID.Writer()] != f.Who, f.What == "deals" && !deal, f.What == "team" && deal:
		default:
			if events = append(events, e); len(events) > 4*mostLogRows { // the newest are at the end
				events = append(events[:0], events[len(events)-mostLogRows-1:]...)
			}
		}
		return nil
	})
	slices.Reverse(events)
	for _, name := range by {
		if name != "" && !slices.Contains(people, name) {
			people = append(people, name)
		}
	}
	slices.SortFunc(people, v.text.Compare)
	return events[:min(len(events), mostLogRows+1)], people, err
}

func (v *visit) logRow(team *process.Team, e process.Event) logRow {
	row := logRow{Stamp: v.text.Stamp(e.ID.At().In(v.brief.location)), By: team.By(e.ID)}
	words := factWords{t: v.text, team: team}
	if d, ok := team.Deal(process.DealOf(e.Fact)); ok {
		words.process = d.Process()
		row.Deal, row.DealHref = dealName(team, d), dealPath(d.ID)
	}
	row.What = words.say(e)
	if s := e.Fact.Recorded(); s.History {
		row.Known = s.Known
	}
	return row
}

func (v *visit) logFilters(f logFilter, people []string) []FilterGroup {
	what := FilterGroup{Words: []FilterWord{
		choice(f.What == "", v.t("log.everything"), f.href("what", "")),
		choice(f.What == "deals", v.t("log.deals"), f.href("what", "deals")),
		choice(f.What == "team", v.t("log.team"), f.href("what", "team")),
	}}
	who := FilterGroup{Words: []FilterWord{choice(f.Who == "", v.t("log.everybody"), f.href("who", ""))}}
	for _, name := range people {
		who.Words = append(who.Words, choice(f.Who == name, name, f.href("who", name)))
	}
	return []FilterGroup{what, who}
}

// href is the address of the log with one filter changed; it begins at the newest entry again unless that is what changes.
func (f logFilter) href(field, value string) string {
	q := url.Values{}
	for _, have := range [][2]string{{"who", f.Who}, {"what", f.What}, {"from", f.From}} {
		if chosen := have[1]; have[0] != field && chosen != "" {
			q.Set(have[0], chosen)
		}
	}
	if value != "" {
		q.Set(field, value)
	}
	return strings.TrimSuffix(logPath+"?"+cmp.Or(q.Encode(), ""), "?")
}

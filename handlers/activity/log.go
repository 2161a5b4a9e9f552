package activity

import (
	"slices"
	"strings"

	"milstolpe/handlers/i18n"
	"milstolpe/handlers/parts"
	"milstolpe/handlers/urls"
	"milstolpe/handlers/web"
	"milstolpe/handlers/wording"
	"milstolpe/process"
	"milstolpe/process/sales"
)

// logPage is everything that was recorded, latest first.
type logPage struct {
	web.Page
	Ask      urls.LogQuery
	People   []parts.Option
	Kinds    []parts.Option
	About    parts.Cell // the deal, where only its events are shown
	Days     []logDay
	Older    string
	Empty    string
	Narrowed bool              // some filter is set
	Faults   parts.FieldErrors // never any: what cannot be read is no filter
}

// logDay is what was recorded on a day.
type logDay struct {
	Day  string
	Rows []logRow
}

// logRow is one event.
type logRow struct {
	Time   string
	Who    string
	Deal   parts.Cell
	What   []i18n.Piece
	Shows  process.Evidence // what a milestone rests on
	Small  string
	Undone bool
}

// evidenceOf is what somebody has recorded to show that the buyer did it.
func evidenceOf(fact process.Fact) process.Evidence {
	switch f := fact.(type) {
	case *process.MilestoneReached:
		return f.Evidence
	case *process.MilestoneCorrected:
		return f.Evidence
	}
	return process.Evidence{}
}

// Routes registers the log of what people have recorded.
func Routes(r *web.Router) {
	r.Get(urls.LogPath, showLog)
	r.Template("log", logPage{})
}

// logKinds are what one can ask for, with how the names of such facts begin.
var logKinds = []struct {
	kind string
	with []string
}{
	{"milestones", []string{"milestone."}},
	{"deals", []string{"deal."}},
	{"journal", []string{"journal."}},
	{"customers", []string{"customer.", "customers.", "contact."}},
	{"process", []string{"draft.", "version."}},
	{"forecasts", []string{"forecast.", "call.", "target."}},
	{"team", []string{"team.", "setting.", "person.", "rate.", "writer.", "mapping."}},
	{"imports", []string{"import."}},
	{"undone", []string{"undone"}},
}

// maxEvents is how much of the log stands on a page.
const maxEvents = 100

func showLog(v *web.Request) error {
	var ask urls.LogQuery
	if err := v.Query(&ask); err != nil {
		return err
	}
	page := logPage{Page: v.Page(urls.NoSection, v.T("log.title")), Ask: ask, Narrowed: ask != urls.LogQuery{}}
	latest, err := latest(v, ask)
	if err != nil {
		return err
	}
	if err := v.View(func(team *sales.Team) error { page.fill(v, team, latest); return nil }); err != nil {
		return err
	}
	return v.Render("log", page)
}

// latestEvents are the last events that are asked for, latest first.
type latestEvents struct {
	events []process.Event
	erased map[process.EventID]bool
	aside  map[process.EventID]bool // of merges that were undone here
	more   bool
}

// latest goes back through the file until a page is full. It looks into an event only when its key and the name of its fact do not rule
// it out.
func latest(v *web.Request, ask urls.LogQuery) (latestEvents, error) {
	l := latestEvents{erased: map[process.EventID]bool{}, aside: map[process.EventID]bool{}}
	names, err := writerNames(v)
	if err != nil {
		return l, err
	}
	before, _ := process.ParseEventID(ask.Before)
	from := web.DayOrNone(ask.From)
	for r, err := range v.OpenedFile().Latest() {
		switch {
		case err != nil:
			return l, err
		case !before.IsZero() && slices.Compare(r.ID[:], before[:]) >= 0,
			ask.Who != "" && names[r.ID.Writer()] != ask.Who,
			!ofKind(ask.What, r.Payload),
			ask.Deal != "" && !strings.Contains(string(r.Payload), `"`+ask.Deal+`"`):
			continue
		}
		if !from.IsZero() && process.DateOf(r.ID.At().In(v.Now.Location())) < from {
			break
		}
		if l.more = len(l.events) == maxEvents; l.more {
			break
		}
		fact, broken := process.UnmarshalFact(r.Payload)
		if broken != nil {
			continue // the file was checked when it was opened; an event that cannot be read is shown nowhere else either
		}
		l.events = append(l.events, process.Event{ID: r.ID, Fact: fact})
		l.erased[r.ID], l.aside[r.ID] = r.Erased, v.OpenedFile().LeftAside(r.ID)
	}
	return l, nil
}

// writerNames tells who recorded, without asking for the team's lock for each event.
func writerNames(v *web.Request) (map[process.Writer]string, error) {
	known := map[process.Writer]string{}
	err := v.View(func(team *sales.Team) error {
		for _, w := range team.Roster().Writers() {
			known[w] = team.Roster().WriterName(w)
		}
		return nil
	})
	return known, err
}

func ofKind(kind string, payload []byte) bool {
	for _, k := range logKinds {
		if k.kind != kind {
			continue
		}
		name := process.PayloadType(payload)
		return slices.ContainsFunc(k.with, func(prefix string) bool { return strings.HasPrefix(name, prefix) })
	}
	return true
}

func (p *logPage) fill(v *web.Request, team *sales.Team, latest latestEvents) {
	p.Kinds = []parts.Option{parts.OptionOf("", v.T("log.everything"))}
	for _, k := range logKinds {
		p.Kinds = append(p.Kinds, parts.OptionOf(k.kind, v.T("log.kind_"+k.kind)))
	}
	p.People = []parts.Option{parts.OptionOf("", v.T("log.everybody"))}
	var names []string
	for _, w := range team.Roster().Writers() {
		if name := team.Roster().WriterName(w); name != "" && !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	v.Text.Sort(names)
	for _, n := range names {
		p.People = append(p.People, parts.OptionOf(n, n))
	}
	if d, ok := team.Deal(process.DealID(p.Ask.Deal)); ok {
		p.About = parts.Cell{Text: wording.DealName(team, d), Href: urls.DealPath(d.ID)}
	}
	for _, e := range latest.events {
		p.add(v, team, e, latest)
	}
	if latest.more {
		p.Older = p.Ask.Older(latest.events[len(latest.events)-1].ID)
	}
	if len(p.Days) == 0 {
		p.Empty = v.T("log.none")
	}
}

func (p *logPage) add(v *web.Request, team *sales.Team, e process.Event, latest latestEvents) {
	at := e.ID.At().In(v.Now.Location())
	day := v.Text.DayLong(process.DateOf(at))
	if n := len(p.Days); n == 0 || p.Days[n-1].Day != day {
		p.Days = append(p.Days, logDay{Day: day})
	}
	row := logRow{Time: v.Text.Clock(at), Who: team.RecordedBy(e.ID)}
	words := wording.FactSentence{T: v.Text, Team: team, Erased: latest.erased[e.ID]}
	if d, ok := team.Deal(process.DealOf(e.Fact)); ok {
		words.Process = d.Process()
		row.Undone = d.Gone(e)
		if p.Ask.Deal == "" {
			row.Deal = parts.Cell{Text: wording.DealName(team, d), Href: urls.DealPath(d.ID)}
		}
	}
	row.What = words.Pieces(e)
	row.Shows = evidenceOf(e.Fact)
	s := e.Fact.Recorded()
	switch {
	case latest.aside[e.ID]:
		row.Undone, row.Small = true, v.T("log.aside")
	case latest.erased[e.ID]:
		row.Small = v.T("log.erased")
	case s.Import != "" || s.History:
		row.Small = v.T("log.counts_from", s.Known)
	}
	today := &p.Days[len(p.Days)-1]
	today.Rows = append(today.Rows, row)
}

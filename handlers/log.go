package handlers

import (
	"net/url"
	"slices"
	"strings"

	"milstolpe/process"
	"milstolpe/process/sales"
)

// logPage is everything that was recorded, latest first.
type logPage struct {
	Page
	Ask      logAsk
	People   []Option
	Kinds    []Option
	About    Cell // the deal, where only its events are shown
	Days     []logDay
	Older    string
	Empty    string
	Narrowed bool   // some filter is set
	Faults   Faults // never any: what cannot be read is no filter
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
	Deal   Cell
	What   []Piece
	Small  string
	Undone bool
}

// logAsk is what the query asks for.
type logAsk struct {
	Who    string `query:"who"`    // name of a person
	What   string `query:"what"`   // a kind
	From   string `query:"from"`   // a day
	Deal   string `query:"deal"`   // identity
	Before string `query:"before"` // an event: only earlier ones
}

const logPath = "/log"

func logRoutes(r *routes) {
	r.get(logPath, showLog)
	r.template("log", logPage{})
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

// mostEvents is how much of the log stands on a page.
const mostEvents = 100

func showLog(v *visit) error {
	var ask logAsk
	if err := v.query(&ask); err != nil {
		return err
	}
	page := logPage{Page: v.page(NoSection, v.t("log.title")), Ask: ask, Narrowed: ask != logAsk{}}
	latest, err := v.latest(ask)
	if err != nil {
		return err
	}
	if err := v.view(func(team *sales.Team) error { page.fill(v, team, latest); return nil }); err != nil {
		return err
	}
	return v.show("log", page)
}

// latestEvents are the last events that are asked for, latest first.
type latestEvents struct {
	events []process.Event
	erased map[process.EventID]bool
	more   bool
}

// latest goes back through the file until a page is full. It looks into an event only when its key and the name of its fact do not rule
// it out.
func (v *visit) latest(ask logAsk) (latestEvents, error) {
	l := latestEvents{erased: map[process.EventID]bool{}}
	names, err := v.writerNames()
	if err != nil {
		return l, err
	}
	before, _ := process.ParseEventID(ask.Before)
	from := dayOrNone(ask.From)
	for r, err := range v.file().Latest() {
		switch {
		case err != nil:
			return l, err
		case !before.IsZero() && slices.Compare(r.ID[:], before[:]) >= 0,
			ask.Who != "" && names[r.ID.Writer()] != ask.Who,
			!ofKind(ask.What, r.Payload),
			ask.Deal != "" && !strings.Contains(string(r.Payload), `"`+ask.Deal+`"`):
			continue
		}
		if !from.IsZero() && process.DateOf(r.ID.At().In(v.now.Location())) < from {
			break
		}
		if l.more = len(l.events) == mostEvents; l.more {
			break
		}
		fact, broken := process.UnmarshalFact(r.Payload)
		if broken != nil {
			continue // the file was checked when it was opened; an event that cannot be read is shown nowhere else either
		}
		l.events = append(l.events, process.Event{ID: r.ID, Fact: fact})
		l.erased[r.ID] = r.Erased
	}
	return l, nil
}

// writerNames tells who recorded, without asking for the team's lock for each event.
func (v *visit) writerNames() (map[process.Writer]string, error) {
	known := map[process.Writer]string{}
	err := v.view(func(team *sales.Team) error {
		for _, w := range team.Writers() {
			one, _ := team.Writer(w)
			known[w] = one.Person
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

func (p *logPage) fill(v *visit, team *sales.Team, latest latestEvents) {
	p.Kinds = []Option{option("", v.t("log.everything"))}
	for _, k := range logKinds {
		p.Kinds = append(p.Kinds, option(k.kind, v.t("log.kind_"+k.kind)))
	}
	p.People = []Option{option("", v.t("log.everybody"))}
	var names []string
	for _, w := range team.Writers() {
		if one, ok := team.Writer(w); ok && one.Person != "" && !slices.Contains(names, one.Person) {
			names = append(names, one.Person)
		}
	}
	v.text.sort(names)
	for _, n := range names {
		p.People = append(p.People, option(n, n))
	}
	if d, ok := team.Deal(process.DealID(p.Ask.Deal)); ok {
		p.About = Cell{Text: dealName(team, d), Href: dealPath(d.ID)}
	}
	for _, e := range latest.events {
		p.add(v, team, e, latest.erased[e.ID])
	}
	if latest.more {
		p.Older = p.Ask.older(latest.events[len(latest.events)-1].ID)
	}
	if len(p.Days) == 0 {
		p.Empty = v.t("log.none")
	}
}

// older is the address of the page with what was recorded before an event.
func (a logAsk) older(before process.EventID) string {
	a.Before = before.String()
	return a.href()
}

func (a logAsk) href() string {
	q := url.Values{}
	for name, value := range map[string]string{"who": a.Who, "what": a.What, "from": a.From, "deal": a.Deal, "before": a.Before} {
		if value != "" {
			q.Set(name, value)
		}
	}
	return logPath + "?" + q.Encode()
}

func (p *logPage) add(v *visit, team *sales.Team, e process.Event, erased bool) {
	at := e.ID.At().In(v.now.Location())
	day := v.text.DayLong(process.DateOf(at))
	if n := len(p.Days); n == 0 || p.Days[n-1].Day != day {
		p.Days = append(p.Days, logDay{Day: day})
	}
	row := logRow{Time: v.text.Clock(at), Who: team.By(e.ID)}
	words := factWords{t: v.text, team: team}
	if d, ok := team.Deal(sales.DealOf(e.Fact)); ok {
		words.process = d.Process()
		row.Undone = d.Gone(e)
		if p.Ask.Deal == "" {
			row.Deal = Cell{Text: dealName(team, d), Href: dealPath(d.ID)}
		}
	}
	row.What = words.say(e)
	s := e.Fact.Recorded()
	switch {
	case erased:
		row.Small = v.t("log.erased")
	case s.Import != "" || s.History:
		row.Small = v.t("log.counts_from", s.Known)
	}
	today := &p.Days[len(p.Days)-1]
	today.Rows = append(today.Rows, row)
}

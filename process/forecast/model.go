package forecast

import (
	"iter"
	"slices"
	"sync"

	"milstolpe/process"
	"milstolpe/process/sales"
	"milstolpe/process/stats"
)

// Standing is where a deal stands on a day (model, section 2). It is the only input to the chance.
type Standing = stats.Standing

// Model is a team looked at with the rules of MODEL.md. It learns what it is asked for and remembers it, so one model serves many pages
// until the team changes; then a new one is made. Several may ask at once.
type Model struct {
	team  *sales.Team
	today process.Date
	first process.Date  // day on which the team's first deal was opened
	deals []*sales.Deal // by identity
	spans []openSpan    // of each of deals
	index []int32       // by Deal.nr: where it stands in deals

	mu            sync.Mutex
	procs         map[process.ProcessID]*procDeals
	spellTables   map[spellKey]*spellTable
	calibrations  map[calibrationKey]*Calibration
	contributions map[contributionsKey]*contributions
	wins          []win
	ownRecords    map[periodKey]ownRecord
	shownRanges   map[periodKey]shownRange
	rawRanges     map[periodKey]stats.Range // as chance alone gives them, before they learn
	winsKnown     bool
}

// NewModel looks at a team on a day. The team must not change while the model is in use.
func NewModel(t *sales.Team, today process.Date) *Model {
	m := &Model{
		team: t, today: today, first: process.FarFuture,
		procs: map[process.ProcessID]*procDeals{}, spellTables: map[spellKey]*spellTable{},
		calibrations: map[calibrationKey]*Calibration{}, contributions: map[contributionsKey]*contributions{},
		ownRecords: map[periodKey]ownRecord{}, shownRanges: map[periodKey]shownRange{}, rawRanges: map[periodKey]stats.Range{},
	}
	m.deals = t.EveryDeal()
	m.spans, m.index = make([]openSpan, len(m.deals)), make([]int32, t.DealCount())
	for i, d := range m.deals {
		p, ok := m.procs[d.Process()]
		if !ok {
			p = &procDeals{}
			m.procs[d.Process()] = p
		}
		p.add(d)
		m.spans[i], m.index[d.Index()] = openSpanOf(d), int32(i) //nolint:gosec // no team has so many deals
		m.first = min(m.first, m.spans[i].opened)
	}
	for _, p := range m.procs {
		p.sort()
	}
	return m
}

// Team is what the model looks at.
func (m *Model) Team() *sales.Team { return m.team }

// Today is the day on which the model looks.
func (m *Model) Today() process.Date { return m.today }

// FirstOpened is the day from which the team's first deal is known; FarFuture while there is none.
func (m *Model) FirstOpened() process.Date { return m.first }

// openSpan is what is asked of a deal again and again, small because all of them are gone through for each day. For a plain deal it answers
// for every day. The others can be open on no day before opened; closed is FarFuture for them, and for what is open.
type openSpan struct {
	opened, closed process.Date
	plain          bool
}

func openSpanOf(d *sales.Deal) openSpan {
	s := openSpan{plain: d.HasSimpleHistory(), closed: process.FarFuture}
	s.opened, _ = d.Opened()
	if c := d.Now.Close; s.plain && c != nil {
		s.closed = c.Known
	}
	return s
}

// openOn tells whether a deal was open on the day, as known then.
func (m *Model) openOn(d *sales.Deal, day process.Date) bool {
	s := m.spans[m.index[d.Index()]]
	return s.opened <= day && day < s.closed && (s.plain || d.IsOpenOn(day))
}

// everyOpen are the deals that were open on the day, as known then, by identity.
func (m *Model) everyOpen(day process.Date) iter.Seq[*sales.Deal] {
	return func(yield func(*sales.Deal) bool) {
		for i, s := range m.spans {
			if s.opened <= day && day < s.closed && (s.plain || m.deals[i].IsOpenOn(day)) && !yield(m.deals[i]) {
				return
			}
		}
	}
}

// closeOn is how a deal had ended as known on the day; nil while it was open, or not there.
func (m *Model) closeOn(d *sales.Deal, day process.Date) *sales.Close {
	s := m.spans[m.index[d.Index()]]
	switch {
	case !s.plain && d.Exists(day):
		return d.CloseOn(day)
	case s.plain && s.closed <= day:
		return d.Now.Close
	}
	return nil
}

// procDeals are the deals of one process. Plain ones are the same whatever day one looks from, but for where they are cut; the others
// were re-opened, corrected, undone or marked invalid, and are looked at anew for each day.
type procDeals struct {
	plain, others []*sales.Deal
	closed        []process.Date // known days of the plain closes, in order
}

func (p *procDeals) add(d *sales.Deal) {
	if !d.HasSimpleHistory() {
		p.others = append(p.others, d)
		return
	}
	p.plain = append(p.plain, d)
	if c := d.Now.Close; c != nil {
		p.closed = append(p.closed, c.Known)
	}
}

func (p *procDeals) sort() { slices.Sort(p.closed) }

// closedBefore counts the deals that were closed before the day, as known then.
func (p *procDeals) closedBefore(day process.Date) int {
	n, _ := slices.BinarySearch(p.closed, day)
	for _, d := range p.others {
		if opened, _ := d.Opened(); opened < day && d.Exists(day-1) {
			if c := d.CloseOn(day - 1); c != nil && c.Outcome != process.Void {
				n++
			}
		}
	}
	return n
}

type spellKey struct {
	process process.ProcessID
	version process.VersionID
}

// spellTable is the deals of a process as they read with the required milestones of one version.
type spellTable struct {
	stays [][]sales.Spell // by Deal.nr
	plain []stats.History
}

// spellTable is made under the lock.
func (m *Model) spellTable(p process.ProcessID, v *sales.Version) *spellTable {
	key := spellKey{p, v.ID}
	if r, ok := m.spellTables[key]; ok {
		return r
	}
	deals := m.procs[p]
	r := &spellTable{stays: make([][]sales.Spell, len(m.index)), plain: make([]stats.History, len(deals.plain))}
	half := len(deals.plain) / 2
	var other sync.WaitGroup
	other.Go(func() { r.read(deals.plain[:half], v.Required, r.plain[:half]) })
	r.read(deals.plain[half:], v.Required, r.plain[half:])
	other.Wait()
	for _, d := range deals.others {
		r.stays[d.Index()] = d.WithKnownStanding(d.Spells(v.Required), v.Required)
	}
	m.spellTables[key] = r
	return r
}

// read reads plain deals, each by itself, so that two halves can be read at once.
func (r *spellTable) read(deals []*sales.Deal, required []process.MilestoneID, into []stats.History) {
	all := make([]sales.Spell, 0, len(deals)*(len(required)+1)*2/3) // one behind the other, which is quicker to read than each by itself
	for i, d := range deals {
		from := len(all)
		all = d.AppendSpells(all, required)
		stays := all[from:len(all):len(all)]
		r.stays[d.Index()] = stays
		into[i] = history(d, stays, d.Now.Close)
	}
}

// others are the histories of the deals that are not plain, as they were known before the day.
func (m *Model) others(p process.ProcessID, r *spellTable, before process.Date) []stats.History {
	var list []stats.History
	for _, d := range m.procs[p].others {
		if !d.Exists(before - 1) {
			continue
		}
		end := d.CloseOn(before - 1)
		if end != nil && end.Outcome == process.Void {
			continue
		}
		list = append(list, history(d, r.stays[d.Index()], end))
	}
	return list
}

// history puts a deal into the terms of stats: whole days, and an end or none.
func history(d *sales.Deal, stays []sales.Spell, end *sales.Close) stats.History {
	opened, _ := d.Opened()
	h := stats.History{Opened: int(opened), Ending: stats.Open, Closed: int(process.FarFuture)}
	if end != nil {
		h.Closed, h.Ending = int(end.Known), stats.Lost
		if end.Outcome == process.Won {
			h.Ending = stats.Won
		}
	}
	h.Stays = make([]stats.Spell, 0, len(stays))
	for i, s := range stays {
		to := process.FarFuture
		if i+1 < len(stays) {
			to = stays[i+1].From
		}
		to = min(to, process.Date(h.Closed)) //nolint:gosec // comes from a Date
		if s.From < to {
			h.Stays = append(h.Stays, stats.Spell{Passed: s.Passed, From: int(s.From), To: int(to)})
		}
	}
	return h
}

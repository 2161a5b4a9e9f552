package cohort

import (
	"cmp"
	"iter"
	"slices"

	"milstolpe/process"
	"milstolpe/process/sales"
)

// Cohort is all deals that a team ever opened.
type Cohort struct {
	team  *sales.Team
	first process.Date
	deals []*sales.Deal // by identity
	spans []openSpan    // of each of deals
	index []int32       // by Deal.Index: where it stands in deals; -1 for one that does not
	procs map[process.ProcessID]*procDeals

	tables    map[tableKey]*Table
	wins      []Win // by the day of the close, those of one day in the order of deals
	winsKnown bool
}

// New lays out the deals of a team. The team must not change while the cohort is in use; see Follow.
func New(t *sales.Team) *Cohort {
	c := &Cohort{team: t, first: process.FarFuture, procs: map[process.ProcessID]*procDeals{}, tables: map[tableKey]*Table{}}
	c.deals = t.EveryDeal()
	c.spans, c.index = make([]openSpan, len(c.deals)), make([]int32, t.DealCount())
	for i := range c.index {
		c.index[i] = -1
	}
	for i, d := range c.deals {
		p, ok := c.procs[d.Process()]
		if !ok {
			p = &procDeals{}
			c.procs[d.Process()] = p
		}
		p.add(d)
		c.spans[i], c.index[d.Index()] = openSpanOf(d), int32(i) //nolint:gosec // no team has so many deals
		c.first = min(c.first, c.spans[i].opened)
	}
	for _, p := range c.procs {
		slices.Sort(p.closed)
	}
	return c
}

// Deals are all of them, by identity, those whose opening was undone included.
func (c *Cohort) Deals() []*sales.Deal { return c.deals }

// First is the day from which the first deal is known; FarFuture while there is none.
func (c *Cohort) First() process.Date { return c.first }

// Processes are those that have deals, in the order of their identities.
func (c *Cohort) Processes() []process.ProcessID { return sales.SortedKeys(c.procs) }

// place is where a deal stands in deals; below 0 for one that does not.
func (c *Cohort) place(d *sales.Deal) int {
	if d.Index() >= len(c.index) {
		return -1
	}
	return int(c.index[d.Index()])
}

// Compare orders deals as they stand in Deals.
func (c *Cohort) Compare(a, b *sales.Deal) int { return cmp.Compare(c.place(a), c.place(b)) }

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

func (s openSpan) open(d *sales.Deal, day process.Date) bool {
	return s.opened <= day && day < s.closed && (s.plain || d.IsOpenOn(day))
}

// IsOpen tells whether a deal was open on the day, as known then.
func (c *Cohort) IsOpen(d *sales.Deal, day process.Date) bool {
	i := c.place(d)
	return i >= 0 && c.spans[i].open(d, day)
}

// Open are the deals that were open on the day, as known then, by identity.
func (c *Cohort) Open(day process.Date) iter.Seq[*sales.Deal] {
	return func(yield func(*sales.Deal) bool) {
		for i := range c.spans {
			if c.spans[i].open(c.deals[i], day) && !yield(c.deals[i]) {
				return
			}
		}
	}
}

// CloseOn is how a deal had ended as known on the day; nil while it was open, or not there.
func (c *Cohort) CloseOn(d *sales.Deal, day process.Date) *sales.Close {
	i := c.place(d)
	if i < 0 {
		return nil
	}
	switch s := c.spans[i]; {
	case !s.plain && d.Exists(day):
		return d.CloseOn(day)
	case s.plain && s.closed <= day:
		return d.Now.Close
	}
	return nil
}

// procDeals are the deals of one process, by identity. Plain ones are the same whatever day one looks from, but for where they are cut; the
// others were re-opened, corrected, undone or marked invalid, and are looked at anew for each day.
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

// ClosedBefore counts the deals of a process that were closed before the day, as known then.
func (c *Cohort) ClosedBefore(id process.ProcessID, day process.Date) int {
	p, ok := c.procs[id]
	if !ok {
		return 0
	}
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

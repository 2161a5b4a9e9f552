package handlers

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"sync"

	"milstolpe/process"
	"milstolpe/process/forecast"
	"milstolpe/process/sales"
)

// dealLine is an open deal with what lists sort, group and search by.
type dealLine struct {
	forecast.DealToday
	customer, name, seller string
	words                  string // everything that is searched, folded
	changed                process.Date
	group                  dealGroup
}

// dealGroup is the place in a process where deals wait for the same required milestone. Place orders groups: processes in their order, and
// within one the deals that have come furthest first.
type dealGroup struct {
	process process.ProcessID
	next    process.MilestoneID // empty when all are passed
	unknown bool                // where the deal stands is not known
	place   int
}

// closedLine is a closed deal in the same way.
type closedLine struct {
	deal                   *sales.Deal
	customer, name, seller string
	words                  string
	value                  float64 // minor units of the reporting currency, with the rate on the day of the close
}

// lineCache keeps the lines of the model that they were made from, because a page of fifty deals needs the totals of them all.
type lineCache struct {
	mu     sync.Mutex
	model  *forecast.Model
	open   []dealLine
	closed []closedLine
	clash  *int
}

// ofOpen are the open deals, those with the highest values first. They may be looked at inside View only.
func (c *lineCache) ofOpen(m *forecast.Model) []dealLine {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.renew(m)
	if c.open == nil {
		c.open = openLines(m)
	}
	return c.open
}

// ofClosed are the closed deals, latest closed first.
func (c *lineCache) ofClosed(m *forecast.Model) []closedLine {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.renew(m)
	if c.closed == nil {
		c.closed = closedLines(m)
	}
	return c.closed
}

// sellers are those who have deals among the open or the closed ones.
func (c *lineCache) sellers(m *forecast.Model, open bool) []process.PersonID {
	seen := map[process.PersonID]bool{}
	if open {
		lines := c.ofOpen(m)
		for i := range lines {
			seen[lines[i].Deal.Now.Seller] = true
		}
	} else {
		lines := c.ofClosed(m)
		for i := range lines {
			seen[lines[i].deal.Now.Seller] = true
		}
	}
	delete(seen, "")
	return slices.Sorted(maps.Keys(seen))
}

// clashes counts what waits to be settled.
func (c *lineCache) clashes(m *forecast.Model) int {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.renew(m)
	if c.clash == nil {
		n := len(m.Team().Clashes())
		c.clash = &n
	}
	return *c.clash
}

func (c *lineCache) renew(m *forecast.Model) {
	if c.model != m {
		c.model, c.open, c.closed, c.clash = m, nil, nil, nil
	}
}

func openLines(m *forecast.Model) []dealLine {
	team := m.Team()
	order := placesOf(team)
	deals := m.DealsToday()
	lines := make([]dealLine, len(deals))
	for i := range deals {
		d := deals[i].Deal
		l := dealLine{
			DealToday: deals[i], customer: team.Customer(d.Now.Customer), name: d.Now.Name, seller: team.Person(d.Now.Seller),
			changed: d.ChangedOn(), group: dealGroup{process: d.Process(), unknown: !deals[i].Placed, next: deals[i].Next},
		}
		l.words = searchWords(team, d, l.customer, l.seller)
		l.group.place = order[d.Process()] - deals[i].Passed
		if l.group.unknown {
			l.group.place = order[d.Process()] + 1
		}
		lines[i] = l
	}
	slices.SortStableFunc(lines, func(a, b dealLine) int { return cmp.Compare(b.Value, a.Value) })
	return lines
}

func closedLines(m *forecast.Model) []closedLine {
	team := m.Team()
	closed := latestClosed(team, 0)
	lines := make([]closedLine, 0, len(closed))
	for _, d := range closed {
		l := closedLine{deal: d, customer: team.Customer(d.Now.Customer), name: d.Now.Name, seller: team.Person(d.Now.Seller)}
		l.words = searchWords(team, d, l.customer, l.seller)
		l.value = team.ClosingValue(d)
		lines = append(lines, l)
	}
	return lines
}

// latestClosed are the deals whose close is known since the day, latest closed first.
func latestClosed(team *sales.Team, since process.Date) []*sales.Deal {
	closed := slices.DeleteFunc(team.Deals(), func(d *sales.Deal) bool { return d.Now.Close == nil || d.Now.Close.Known < since })
	slices.SortStableFunc(closed, func(a, b *sales.Deal) int { return b.Now.Close.On.Sub(a.Now.Close.On) })
	return closed
}

// placesOf gives every process a stretch of places of its own.
func placesOf(team *sales.Team) map[process.ProcessID]int {
	order := map[process.ProcessID]int{}
	for i, p := range team.Processes() {
		order[p.ID] = (i + 1) * 100
	}
	return order
}

// searchWords is what a deal is found by: customer, name, seller, the other system's id, and the people at the buyer.
func searchWords(team *sales.Team, d *sales.Deal, customer, seller string) string {
	words := []string{customer, d.Now.Name, seller, d.Now.Ref}
	for _, id := range d.Contacts() {
		if c, ok := team.Contact(id); ok {
			words = append(words, c.Name)
		}
	}
	return process.FoldName(strings.Join(words, " "))
}

// found tells whether every word of a search is among a deal's.
func found(words, search string) bool {
	for _, w := range strings.Fields(search) {
		if !strings.Contains(words, w) {
			return false
		}
	}
	return true
}

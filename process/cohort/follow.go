package cohort

import (
	"cmp"
	"slices"

	"milstolpe/process"
	"milstolpe/process/sales"
)

// Touch says that a deal is another from a day on.
type Touch struct {
	Deal *sales.Deal
	From process.Date
	Won  []process.Date // the days on which it was won, before or now
}

// Follow puts deals that have changed in the place of what the cohort knew of them. It answers false, and has changed nothing, where a
// deal follows another process now, or one that had no deals before, or another day is the first of all: that is told of other days too.
func (c *Cohort) Follow(changed []sales.DealChange) (touches []Touch, ok bool) {
	if !c.canFollow(changed) {
		return nil, false
	}
	touches = make([]Touch, len(changed))
	at := make(map[*sales.Deal]int, len(changed))
	for i, change := range changed {
		touches[i] = Touch{Deal: change.Deal, From: change.Day}
		at[change.Deal] = i
		if c.place(change.Deal) >= 0 {
			c.remove(change.Deal)
		}
	}
	for _, change := range changed {
		c.makePlace(change.Deal)
	}
	for _, change := range changed {
		c.spans[c.place(change.Deal)] = openSpanOf(change.Deal)
		c.put(change.Deal)
	}
	c.replaceWins(touches, at)
	return touches, true
}

func (c *Cohort) canFollow(changed []sales.DealChange) bool {
	for _, change := range changed {
		p, ok := c.procs[change.Deal.Process()]
		if !ok || c.place(change.Deal) >= 0 && p.list(change.Deal) == nil {
			return false
		}
		opened, _ := change.Deal.Opened()
		if at := c.place(change.Deal); opened < c.first || at >= 0 && c.spans[at].opened == c.first && opened != c.first {
			return false
		}
	}
	return true
}

// makePlace makes room for a deal that was not there yet, in the place of its identity.
func (c *Cohort) makePlace(d *sales.Deal) {
	for len(c.index) < c.team.DealCount() {
		c.index = append(c.index, -1)
	}
	for _, t := range c.tables {
		for len(t.stays) < len(c.index) {
			t.stays = append(t.stays, nil)
		}
	}
	if c.place(d) >= 0 {
		return
	}
	at, _ := placeIn(c.deals, d)
	c.deals, c.spans = slices.Insert(c.deals, at, d), slices.Insert(c.spans, at, openSpan{})
	for i := at; i < len(c.deals); i++ {
		c.index[c.deals[i].Index()] = int32(i) //nolint:gosec // no team has so many deals
	}
}

// replaceWins takes the wins of deals that have changed out of the list and puts in those that they have now, and notes the days of both.
func (c *Cohort) replaceWins(touches []Touch, at map[*sales.Deal]int) {
	if !c.winsKnown {
		return // and then nobody has asked for any either
	}
	c.wins = slices.DeleteFunc(c.wins, func(w Win) bool {
		i, changed := at[w.Deal]
		if changed {
			touches[i].Won = append(touches[i].Won, w.On)
		}
		return changed
	})
	for i := range touches {
		for _, w := range c.winsOf(nil, touches[i].Deal) {
			touches[i].Won = append(touches[i].Won, w.On)
			place, _ := slices.BinarySearchFunc(c.wins, w, func(a, b Win) int {
				return cmp.Or(cmp.Compare(a.On, b.On), c.Compare(a.Deal, b.Deal))
			})
			c.wins = slices.Insert(c.wins, place, w)
		}
	}
}

// list is the list of the process in which a deal stands; nil when it stands in none.
func (p *procDeals) list(d *sales.Deal) *[]*sales.Deal {
	for _, list := range []*[]*sales.Deal{&p.plain, &p.others} {
		if _, there := placeIn(*list, d); there {
			return list
		}
	}
	return nil
}

// placeIn is where a deal stands in a list by identity, or belongs.
func placeIn(list []*sales.Deal, d *sales.Deal) (at int, there bool) {
	return slices.BinarySearchFunc(list, d, func(a, b *sales.Deal) int { return cmp.Compare(a.ID, b.ID) })
}

// remove takes a deal out of its process, as it was known until now.
func (c *Cohort) remove(d *sales.Deal) {
	p := c.procs[d.Process()]
	list := p.list(d)
	at, _ := placeIn(*list, d)
	*list = slices.Delete(*list, at, at+1)
	if list == &p.others {
		return
	}
	for _, t := range c.tables {
		if t.deals == p {
			t.plain = slices.Delete(t.plain, at, at+1)
		}
	}
	if closed := c.spans[c.place(d)].closed; closed != process.FarFuture {
		i, _ := slices.BinarySearch(p.closed, closed)
		p.closed = slices.Delete(p.closed, i, i+1)
	}
}

// put puts a deal into its process, as it is now.
func (c *Cohort) put(d *sales.Deal) {
	p := c.procs[d.Process()]
	plain := d.HasSimpleHistory()
	list := &p.others
	if plain {
		list = &p.plain
	}
	at, _ := placeIn(*list, d)
	*list = slices.Insert(*list, at, d)
	for _, t := range c.tables {
		if t.deals == p {
			t.put(d, plain, at)
		}
	}
	if end := d.Now.Close; plain && end != nil {
		i, _ := slices.BinarySearch(p.closed, end.Known)
		p.closed = slices.Insert(p.closed, i, end.Known)
	}
}

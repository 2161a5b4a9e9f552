package cohort

import (
	"iter"
	"slices"
	"sync"

	"milstolpe/process"
	"milstolpe/process/sales"
	"milstolpe/process/stats"
)

type tableKey struct {
	process process.ProcessID
	version process.EventID // that published it: a merge may bring two of one identity
}

// Table is the deals of a process as they read with the required milestones of one version.
type Table struct {
	deals    *procDeals
	required []process.MilestoneID

	stays [][]sales.Spell // by Deal.Index
	plain []stats.History // of the plain deals, in their order
}

// Table reads the deals of a process that has some.
func (c *Cohort) Table(p process.ProcessID, v *sales.Version) *Table {
	key := tableKey{p, v.Event}
	if t, ok := c.tables[key]; ok {
		return t
	}
	t := c.read(p, v)
	c.tables[key] = t
	return t
}

// HistoriesIf are the histories of a process as if a version had been published that was not.
func (c *Cohort) HistoriesIf(p process.ProcessID, v *sales.Version, before process.Date) []stats.History {
	if c.procs[p] == nil {
		return nil
	}
	return c.read(p, v).Histories(before)
}

// Histories are the deals of a process, of each what was known before the day; none for a process without any.
func (c *Cohort) Histories(p process.ProcessID, v *sales.Version, before process.Date) []stats.History {
	if c.procs[p] == nil {
		return nil
	}
	return c.Table(p, v).Histories(before)
}

func (c *Cohort) read(p process.ProcessID, v *sales.Version) *Table {
	deals := c.procs[p]
	t := &Table{deals: deals, required: v.Required, stays: make([][]sales.Spell, len(c.index)), plain: make([]stats.History, len(deals.plain))}
	half := len(deals.plain) / 2
	var other sync.WaitGroup
	other.Go(func() { t.read(deals.plain[:half], t.plain[:half]) })
	t.read(deals.plain[half:], t.plain[half:])
	other.Wait()
	for _, d := range deals.others {
		t.put(d, false, 0)
	}
	return t
}

// read reads plain deals, each by itself, so that two halves can be read at once.
func (t *Table) read(deals []*sales.Deal, into []stats.History) {
	all := make([]sales.Spell, 0, len(deals)*(len(t.required)+1)*2/3) // one behind the other, which is quicker to read than each by itself
	for i, d := range deals {
		from := len(all)
		all = d.AppendSpells(all, t.required)
		stays := all[from:len(all):len(all)]
		t.stays[d.Index()] = stays
		into[i] = history(d, stays, d.Now.Close)
	}
}

// put reads one deal, and gives it the place that it has among the plain ones.
func (t *Table) put(d *sales.Deal, plain bool, at int) {
	if !plain {
		t.stays[d.Index()] = d.WithKnownStanding(d.Spells(t.required), t.required)
		return
	}
	stays := d.AppendSpells(nil, t.required)
	t.stays[d.Index()] = stays
	t.plain = slices.Insert(t.plain, at, history(d, stays, d.Now.Close))
}

// Spells are the stays of a deal, of one whose place was unknown at first only those after that.
func (t *Table) Spells(d *sales.Deal) []sales.Spell { return t.stays[d.Index()] }

// Histories are all deals, of each what was known before the day. Plain ones hold what came later too; who counts looks no further than
// the day, and the same list serves every day.
func (t *Table) Histories(before process.Date) []stats.History {
	list := t.plain[:len(t.plain):len(t.plain)]
	for _, h := range t.othersBefore(before) {
		list = append(list, h)
	}
	return list
}

// othersBefore are the deals that are not plain, as they were known before the day.
func (t *Table) othersBefore(day process.Date) iter.Seq2[*sales.Deal, stats.History] {
	return func(yield func(*sales.Deal, stats.History) bool) {
		for _, d := range t.deals.others {
			if !d.Exists(day - 1) {
				continue
			}
			end := d.CloseOn(day - 1)
			if end != nil && end.Outcome == process.Void {
				continue
			}
			if !yield(d, history(d, t.stays[d.Index()], end)) {
				return
			}
		}
	}
}

// Closed are the deals that were closed before the day, as known then.
func (t *Table) Closed(before process.Date) iter.Seq2[*sales.Deal, *stats.History] {
	return func(yield func(*sales.Deal, *stats.History) bool) {
		closed := func(h *stats.History) bool {
			return h.Ending != stats.Open && h.Opened < int(before) && h.Closed < int(before)
		}
		for i := range t.plain {
			if closed(&t.plain[i]) && !yield(t.deals.plain[i], &t.plain[i]) {
				return
			}
		}
		for d, h := range t.othersBefore(before) {
			if closed(&h) && !yield(d, &h) {
				return
			}
		}
	}
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

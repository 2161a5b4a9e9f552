package dealindex

import (
	"cmp"
	"slices"

	"milstolpe/process/forecast"
	"milstolpe/process/sales"
)

// renew brings the lines along with what has changed: those of the deals that were touched, or all of them where more depends on it.
func (c *Index) renew(m *forecast.Model) {
	team := m.Team()
	var since sales.Position
	if c.model == m {
		since = c.at
	}
	changes, ok := team.Since(since)
	if c.model != m || !ok || changes.Others {
		c.open, c.closed, c.conflicts = nil, nil, nil
	}
	if c.model != m || !ok || changes.Now != c.at {
		c.ended = nil
	}
	read := calibrations(m)
	if c.today != m.Today() || !slices.Equal(c.read, read) {
		c.open = nil // chances and days waited are others in every line
	}
	c.model, c.at, c.today, c.read = m, changes.Now, m.Today(), read
	c.replace(changes.Deals)
}

// calibrations are those that say what is so of deals today, in the order of their processes.
func calibrations(m *forecast.Model) []*forecast.Calibration {
	var list []*forecast.Calibration
	for _, p := range m.Team().Processes() {
		list = append(list, m.Calibration(p.ID, m.Today()))
	}
	return list
}

// manyLines is from how many lines on it is quicker to make all of them than to put each in its place.
const manyLines = 32

// replace makes the lines of deals anew, and puts them where they belong now.
func (c *Index) replace(changed []sales.DealChange) {
	if len(changed) == 0 {
		return
	}
	if len(changed) > manyLines {
		c.open, c.closed = nil, nil
	}
	touched := map[*sales.Deal]bool{}
	for _, change := range changed {
		touched[change.Deal] = true
	}
	c.open = slices.DeleteFunc(c.open, func(l Line) bool { return touched[l.Deal] })
	c.closed = slices.DeleteFunc(c.closed, func(l ClosedLine) bool { return touched[l.Deal] })
	for _, change := range changed {
		c.put(change.Deal)
		if c.conflicts != nil {
			c.conflicts.of(change.Deal)
		}
	}
}

// put puts the line of a deal that has none yet where it belongs.
func (c *Index) put(d *sales.Deal) {
	team := c.model.Team()
	if today, open := c.model.DealToday(d); open && c.open != nil {
		l := openLine(team, &today, groupOrder(team.Processes()))
		at, _ := slices.BinarySearchFunc(c.open, l, func(a, b Line) int {
			return cmp.Or(cmp.Compare(b.Value, a.Value), cmp.Compare(a.Deal.ID, b.Deal.ID))
		})
		c.open = slices.Insert(c.open, at, l)
	}
	if c.closed != nil && d.Now.Exists && d.Now.Close != nil {
		l := closedLine(c.model, d)
		at, _ := slices.BinarySearchFunc(c.closed, l, func(a, b ClosedLine) int {
			return cmp.Or(b.Deal.Now.Close.On.Sub(a.Deal.Now.Close.On), cmp.Compare(a.Deal.ID, b.Deal.ID))
		})
		c.closed = slices.Insert(c.closed, at, l)
	}
}

// conflictCount is how many conflicts there are in each deal that has any, and in all.
type conflictCount struct {
	deals map[*sales.Deal]int
	sum   int
}

func countConflicts(team *sales.Team) *conflictCount {
	n := &conflictCount{deals: map[*sales.Deal]int{}, sum: len(team.OtherConflicts())}
	for _, d := range team.EveryDeal() {
		n.of(d)
	}
	return n
}

// of counts the conflicts of one deal anew.
func (n *conflictCount) of(d *sales.Deal) {
	n.sum -= n.deals[d]
	delete(n.deals, d)
	if d.Now.Exists {
		if found := len(d.Conflicts()); found > 0 {
			n.deals[d] = found
			n.sum += found
		}
	}
}

package forecast

import (
	"iter"
	"slices"

	"milstolpe/process"
	"milstolpe/process/sales"
)

// contributionGroups says where in an outlook the deals of each group stand. A report of thousands of customers then goes through every deal
// once and not once for each of them.
type contributionGroups struct {
	parts, wins map[string][]int
	shifting    []int // wins whose group depends on the day from which they are seen
}

// narrowest is the grouping in which the deals of a scope are one group, and that group; none for a scope that has no such.
func (s Scope) narrowest() (by Grouping, key string) {
	list, choice, _ := s.Picks.First()
	switch {
	case s.Customer != "" || s.NoCustomer:
		return ByCustomer, string(s.Customer)
	case s.ByNext:
		return ByMilestone, string(s.Next)
	case s.Seller != "" || s.NoSeller:
		return BySeller, string(s.Seller)
	case list != "":
		return ByList(list), string(choice)
	case s.Process != "":
		return ByProcess, string(s.Process)
	}
	return "", ""
}

// groupsOf is made under the lock.
func (m *Model) groupsOf(o *contributions, by Grouping) *contributionGroups {
	if g, ok := o.groups[by]; ok {
		return g
	}
	if o.groups == nil {
		o.groups = map[Grouping]*contributionGroups{}
	}
	g := &contributionGroups{parts: map[string][]int{}, wins: map[string][]int{}}
	o.groups[by] = g
	for i := range o.parts {
		key := o.parts[i].group(by)
		g.parts[key] = append(g.parts[key], i)
	}
	for i := range o.wins {
		switch w := &o.wins[i]; {
		case w.part >= 0:
			key := o.parts[w.part].group(by)
			g.wins[key] = append(g.wins[key], i)
		case w.Fixed():
			key := m.groupAtClose(w.Deal, w.Close, by)
			g.wins[key] = append(g.wins[key], i)
		default:
			g.shifting = append(g.shifting, i)
		}
	}
	return g
}

// group is the group of an open deal.
func (p *DealContribution) group(by Grouping) string {
	switch by {
	case BySeller:
		return string(p.Seller)
	case ByProcess:
		return string(p.Deal.Process())
	case ByCustomer:
		return string(p.Customer)
	case ByMilestone:
		return string(p.Next)
	}
	return choiceIn(p.Deal, by)
}

// choiceIn is the group of a deal in a list.
func choiceIn(d *sales.Deal, by Grouping) string {
	list, _ := by.List()
	return string(d.Choices().Of(list))
}

// groupAtClose is the group of a deal at its close.
func (m *Model) groupAtClose(d *sales.Deal, c *sales.Close, by Grouping) string {
	switch by {
	case BySeller:
		return string(d.SellerOn(c.Known))
	case ByProcess:
		return string(d.Process())
	case ByCustomer:
		return string(d.CustomerOn(c.Known))
	case ByMilestone:
		return string(m.nextAt(d, c.Known))
	}
	return choiceIn(d, by)
}

// partsOf are the open deals of an outlook that a scope holds.
func (m *Model) partsOf(o *contributions, in Scope) iter.Seq[*DealContribution] {
	return func(yield func(*DealContribution) bool) {
		by, key := in.narrowest()
		if by == "" {
			for i := range o.parts {
				if !yield(&o.parts[i]) {
					return
				}
			}
			return
		}
		for _, i := range m.groupsOf(o, by).parts[key] {
			if in.holdsPart(&o.parts[i]) && !yield(&o.parts[i]) {
				return
			}
		}
	}
}

// winsOf are the deals won in the period of an outlook, as known on the day, that a scope holds: by where they stood while they were
// open, and newcomers by where they stood at their close.
func (m *Model) winsOf(o *contributions, day process.Date, in Scope) iter.Seq[outlookWin] {
	all := in == Scope{}
	return func(yield func(outlookWin) bool) {
		for i := range m.candidateWins(o, in) {
			w := o.wins[i]
			var ok bool
			w.Win, ok = m.deals.WinOn(w.Win, day)
			if ok && (all || m.holdsWin(o, &w, in)) && !yield(w) {
				return
			}
		}
	}
}

func (m *Model) holdsWin(o *contributions, w *outlookWin, in Scope) bool {
	if w.part >= 0 {
		return in.holdsPart(&o.parts[w.part])
	}
	return in.HoldsClose(m, w.Deal, w.Close)
}

// candidateWins are the wins of an outlook among which those of a scope are, in their order.
func (m *Model) candidateWins(o *contributions, in Scope) iter.Seq[int] {
	by, key := in.narrowest()
	if by == "" {
		return func(yield func(int) bool) {
			for i := range o.wins {
				if !yield(i) {
					return
				}
			}
		}
	}
	g := m.groupsOf(o, by)
	if len(g.shifting) == 0 {
		return slices.Values(g.wins[key])
	}
	return slices.Values(slices.Sorted(slices.Values(slices.Concat(g.wins[key], g.shifting))))
}

package process

import "slices"

// Editable is what an editor begins with: the draft if there is one, else what is in force.
func (p *Process) Editable() (def Definition, isDraft bool) {
	if def, _, isDraft = p.Draft(); isDraft {
		return def.clone(), true
	}
	if v := p.Current(); v != nil {
		return v.Definition.clone(), false
	}
	return Definition{}, false
}

// DraftHeads are the drafts that no other replaces. More than one: two people changed the draft on copies of the file.
func (p *Process) DraftHeads() []Entry[Definition] { return p.drafts.HeadsOn(FarFuture, p.team.gone()) }

// EditBase is all that a form about the draft was made from: the draft, and the version in force. When either has changed, somebody has
// been there meanwhile.
func (p *Process) EditBase() []EventID {
	return append(entryIDs(p.DraftHeads()), entryIDs(p.VersionHeads())...)
}

func (d *Definition) clone() Definition {
	c := *d
	c.Milestones = slices.Clone(d.Milestones)
	return c
}

// With is the definition with a milestone put in the place of the one that has its key; one that has none yet comes last, and one with
// an empty key gets a key made from its name.
func (d *Definition) With(m Milestone) Definition {
	c := d.clone()
	if m.Key == "" {
		m.Key = KeyFor(m.Name, func(k MilestoneID) bool { return position(d, k) >= 0 })
	}
	if at := position(&c, m.Key); at >= 0 {
		c.Milestones[at] = m
	} else {
		c.Milestones = append(c.Milestones, m)
	}
	return c
}

// Without is the definition without a milestone.
func (d *Definition) Without(key MilestoneID) Definition {
	c := d.clone()
	c.Milestones = slices.DeleteFunc(c.Milestones, func(m Milestone) bool { return m.Key == key })
	return c
}

// Moved is the definition with a milestone so many places further down, or up if it is negative; at most to the end.
func (d *Definition) Moved(key MilestoneID, places int) Definition {
	c := d.clone()
	at := position(&c, key)
	if at < 0 {
		return c
	}
	m := c.Milestones[at]
	to := min(max(at+places, 0), len(c.Milestones)-1)
	c.Milestones = slices.Insert(slices.Delete(c.Milestones, at, at+1), to, m)
	return c
}

package sales

import (
	"strings"

	"milstolpe/process"
	"milstolpe/process/drafts"
	"milstolpe/process/register"
)

// AddPerson makes sure that one of us is known by that name.
func (t *Team) AddPerson(name string, m Env) (process.PersonID, []process.Fact, error) {
	if err := process.CheckText("person", name, 1, process.MaxName); err != nil {
		return "", nil, err
	}
	id, facts := t.people.Add(name, process.Stamp{Known: m.Today})
	return id, facts, nil
}

// SaveDraft keeps changes to a process without publishing them. A draft may be unfinished; only what cannot be kept is refused.
func (t *Team) SaveDraft(id process.ProcessID, def process.Definition, base []process.EventID, today process.Date) ([]process.Fact, error) {
	var p process.Problems
	p.Text("name", def.Name, 0, process.MaxName)
	if len(def.Milestones) > process.MaxMilestones {
		p.Add("milestones", "process.too_many_milestones", process.MaxMilestones)
	}
	if err := p.OrNil(); err != nil {
		return nil, err
	}
	var heads []process.EventID
	if have, ok := t.processes[id]; ok {
		if m, several := have.drafted(); several && !m.Apart && len(m.Rows) > 0 && base == nil && !drafts.ThrownAway(def) {
			return m.Each(id, def, today), nil
		}
		_, heads, _ = have.Draft()
	}
	return []process.Fact{&process.DraftSaved{Stamp: process.Stamp{Known: today, Base: register.OrHeads(base, heads)}, Process: id, Definition: def}}, nil
}

// Publish makes a definition binding: the first version of a new process (empty id), or the next one. The draft is thrown away, and the
// open deals of the process move over.
func (t *Team) Publish(id process.ProcessID, def process.Definition, note string, m Env) (process.ProcessID, []process.Fact, error) {
	if err := def.Check(); err != nil {
		return "", nil, err
	}
	if other, ok := t.ProcessByName(def.Name); ok && other.ID != id {
		return "", nil, process.Wrong("name", "process.name_taken", def.Name)
	}
	if id == "" {
		id = process.ProcessID(m.NewID())
	}
	v := &process.VersionPublished{Stamp: process.Stamp{Known: m.Today}, Process: id, Version: process.VersionID(m.NewID()), Definition: def, Note: strings.TrimSpace(note)}
	facts := []process.Fact{v}
	p, ok := t.processes[id]
	if !ok {
		return id, facts, nil
	}
	v.Base = register.IDs(p.VersionHeads())
	if _, heads, there := p.Draft(); there {
		facts = append(facts, &process.DraftSaved{Stamp: process.Stamp{Known: m.Today, Base: heads}, Process: id})
	}
	return id, append(facts, p.moveOpenDeals(v.Version, m.Today)...), nil
}

// Undo takes events back by counting against them. An undo of history is history itself, so that no figure of a past day changes
// except by facts that are known as early.
func (t *Team) Undo(events []process.Event, today process.Date) ([]process.Fact, error) {
	type part struct {
		deal    process.DealID
		history bool
	}
	parts := map[part]*process.Undone{}
	var facts []process.Fact
	for _, e := range events {
		if !process.Undoable(e.Fact) {
			return nil, &process.Error{Kind: process.Invalid, Msg: "undo.not_possible"}
		}
		if who := t.builtOnBy(e); who != "" {
			return nil, &process.Error{Kind: process.Conflict, Msg: "undo.others_since", Args: []any{who}}
		}
		s := e.Fact.Recorded()
		at := part{process.DealOf(e.Fact), s.History}
		u, ok := parts[at]
		if !ok {
			u = &process.Undone{Deal: at.deal, Stamp: process.Stamp{Known: today, History: s.History}}
			parts[at] = u
			facts = append(facts, u)
		}
		u.Events = append(u.Events, e.ID)
		if s.History {
			u.Known = min(u.Known, s.Known)
		}
	}
	return facts, nil
}

// builtOnBy names somebody else who has worked on the deal that an event opened.
func (t *Team) builtOnBy(e process.Event) string {
	opening, ok := e.Fact.(*process.DealOpened)
	if !ok {
		return ""
	}
	d, ok := t.Deal(opening.Deal)
	if !ok {
		return ""
	}
	return d.workedOnByOther(t.RecordedBy(e.ID))
}

// UndoImport takes a whole import back.
func (t *Team) UndoImport(id process.ImportID) ([]process.Fact, error) {
	i, ok := t.imports[id]
	if !ok {
		return nil, process.Missing("import.no_such")
	}
	if i.Undone {
		return nil, nil
	}
	return []process.Fact{&process.ImportUndone{Stamp: process.Stamp{Known: min(i.First, i.Known), History: true}, ID: id}}, nil
}

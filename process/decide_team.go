package process

import (
	"strings"
)

// Founding is what a new file needs to know. Empty values take what most teams have.
type Founding struct {
	Dataset  string
	Settings map[Setting]string
}

// Found makes the first facts of a new file.
func Found(f Founding, today Date) ([]Fact, error) {
	var p Problems
	facts := []Fact{&TeamFounded{Stamp: Stamp{Known: today}, Dataset: f.Dataset}}
	for _, s := range Settings {
		value, given := f.Settings[s]
		if !given {
			continue
		}
		if err := s.Check(value); err != nil {
			p.Join(err)
		}
		facts = append(facts, &SettingSet{Stamp: Stamp{Known: today}, Setting: s, Value: strings.TrimSpace(value)})
	}
	return facts, p.OrNil()
}

// Set changes a setting. Base are the events that the form was made from; nil means those that stand now.
func (t *Team) Set(s Setting, value string, base []EventID, today Date) ([]Fact, error) {
	value = strings.TrimSpace(value)
	if err := s.Check(value); err != nil {
		return nil, err
	}
	heads := t.SettingHeads(s)
	if t.SettingOn(s, FarFuture) == value && len(heads) == 1 {
		return nil, nil
	}
	return []Fact{&SettingSet{Stamp: Stamp{Known: today, Base: orHeads(base, entryIDs(heads))}, Setting: s, Value: value}}, nil
}

// SetRate says what one unit of a currency is worth in the reporting currency from today on.
func (t *Team) SetRate(currency string, rate float64, today Date) ([]Fact, error) {
	var p Problems
	if _, err := currencyOf(currency); err != nil || currency == t.Currency() {
		p.Add("currency", "setting.bad_currency", currency)
	}
	if !(rate > 1e-9 && rate < 1e9) {
		p.Add("rate", "rate.bad")
	}
	if err := p.OrNil(); err != nil {
		return nil, err
	}
	if have, ok := t.RateOn(currency, FarFuture); ok && have == rate {
		return nil, nil
	}
	var heads []EventID
	if f, ok := t.rates[currency]; ok {
		heads = entryIDs(f.HeadsOn(FarFuture, t.gone()))
	}
	return []Fact{&RateSet{Stamp: Stamp{Known: today, Base: heads}, Currency: currency, Rate: rate}}, nil
}

func currencyOf(code string) (string, error) {
	return code, CurrencySetting.Check(code)
}

// AddPerson makes sure that one of us is known by that name.
func (t *Team) AddPerson(name string, m Moment) (PersonID, []Fact, error) {
	if err := checkText("person", name, 1, maxName); err != nil {
		return "", nil, err
	}
	id, facts := t.personNamed(name, Stamp{Known: m.Today})
	return id, facts, nil
}

// SaveDraft keeps changes to a process without publishing them. A draft may be unfinished; only what cannot be kept is refused.
func (t *Team) SaveDraft(id ProcessID, def Definition, base []EventID, today Date) ([]Fact, error) {
	var p Problems
	p.text("name", def.Name, 0, maxName)
	if len(def.Milestones) > maxMilestones {
		p.Add("milestones", "process.too_many_milestones", maxMilestones)
	}
	if err := p.OrNil(); err != nil {
		return nil, err
	}
	var heads []EventID
	if have, ok := t.processes[id]; ok {
		_, heads, _ = have.Draft()
	}
	return []Fact{&DraftSaved{Stamp: Stamp{Known: today, Base: orHeads(base, heads)}, Process: id, Definition: def}}, nil
}

// Publish makes a definition binding: the first version of a new process (empty id), or the next one. The draft is thrown away, and the
// open deals of the process move over.
func (t *Team) Publish(id ProcessID, def Definition, note string, m Moment) (ProcessID, []Fact, error) {
	if err := def.Check(); err != nil {
		return "", nil, err
	}
	if other, ok := t.ProcessByName(def.Name); ok && other.ID != id {
		return "", nil, Wrong("name", "process.name_taken", def.Name)
	}
	if id == "" {
		id = ProcessID(m.NewID())
	}
	v := &VersionPublished{Stamp: Stamp{Known: m.Today}, Process: id, Version: VersionID(m.NewID()), Definition: def, Note: strings.TrimSpace(note)}
	facts := []Fact{v}
	p, ok := t.processes[id]
	if !ok {
		return id, facts, nil
	}
	v.Base = entryIDs(p.VersionHeads())
	if _, heads, there := p.Draft(); there {
		facts = append(facts, &DraftSaved{Stamp: Stamp{Known: m.Today, Base: heads}, Process: id})
	}
	return id, append(facts, p.moveOpenDeals(v.Version, m)...), nil
}

// Undo takes events back by counting against them. An undo of history is history itself, so that no figure of a past day changes
// except by facts that are known as early.
func (t *Team) Undo(events []Event, today Date) ([]Fact, error) {
	type part struct {
		deal    DealID
		history bool
	}
	parts := map[part]*Undone{}
	var facts []Fact
	for _, e := range events {
		if !undoable(e.Fact) {
			return nil, &Error{Kind: Invalid, Msg: "undo.not_possible"}
		}
		s := e.Fact.Recorded()
		at := part{DealOf(e.Fact), s.History}
		u, ok := parts[at]
		if !ok {
			u = &Undone{Deal: at.deal, Stamp: Stamp{Known: today, History: s.History}}
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

func undoable(f Fact) bool {
	switch f.(type) {
	case *WriterIntroduced, *TeamFounded, *ForecastNoted, *ImportTaken, *ImportUndone, *Unknown:
		return false
	}
	return true
}

// UndoImport takes a whole import back.
func (t *Team) UndoImport(id ImportID) ([]Fact, error) {
	i, ok := t.imports[id]
	if !ok {
		return nil, Missing("import.no_such")
	}
	if i.Undone {
		return nil, nil
	}
	return []Fact{&ImportUndone{Stamp: Stamp{Known: min(i.First, i.Known), History: true}, ID: id}}, nil
}

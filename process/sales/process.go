package sales

import (
	"slices"
	"strings"

	"milstolpe/process"
	"milstolpe/process/drafts"
	"milstolpe/process/register"
)

// Process is one way in which the team is sold to, in all its versions.
type Process struct {
	ID       process.ProcessID
	versions register.Register[*Version]
	drafts   register.Register[process.Definition]
	team     *Team
}

// Version is a published definition. Its number is only for display: two copies may publish at the same time.
type Version struct {
	ID         process.VersionID
	Process    process.ProcessID
	Number     int
	Definition process.Definition
	Note       string
	Known      process.Date
	Event      process.EventID
	Required   []process.MilestoneID
	keys       map[process.MilestoneID]bool
}

func (t *Team) processFor(id process.ProcessID) *Process {
	p, ok := t.processes[id]
	if !ok {
		p = &Process{ID: id, team: t}
		t.processes[id] = p
	}
	return p
}

func (t *Team) publish(id process.EventID, f *process.VersionPublished) {
	p := t.processFor(f.Process)
	v := &Version{
		ID: f.Version, Process: f.Process, Definition: f.Definition, Note: f.Note, Known: f.Known, Event: id,
		Required: f.Definition.Required(), keys: map[process.MilestoneID]bool{},
	}
	for _, m := range f.Definition.Milestones {
		v.keys[m.Key] = true
	}
	p.versions.Put(id, v, t.stampOf(f))
	if have, ok := t.versions[f.Version]; !ok || have.Event.Before(id) {
		t.versions[f.Version] = v
	}
	for i, e := range p.versions.Entries() {
		e.Value.Number = i + 1
	}
}

// ProcessOf is a process that has only this version: one that is being thought of and was not published.
func (t *Team) ProcessOf(v *Version) *Process {
	p := &Process{ID: v.Process, team: t}
	p.versions.Put(process.EventID{}, v, &process.Stamp{Known: v.Known})
	return p
}

// Versions are all published versions, oldest first.
func (p *Process) Versions() []*Version {
	var list []*Version
	for _, e := range p.versions.Entries() {
		if e.EffectiveOn(process.FarFuture, p.team.Retractions()) {
			list = append(list, e.Value)
		}
	}
	slices.SortStableFunc(list, func(a, b *Version) int { return int(a.Known) - int(b.Known) })
	return list
}

// Current is the version in force; nil while nothing is published.
func (p *Process) Current() *Version { return p.VersionOn(process.FarFuture) }

// VersionOn is the newest version known on the day; before the first one, the first one; nil when there is none.
func (p *Process) VersionOn(day process.Date) *Version {
	v, _ := p.versions.FirstOrOn(day, p.team.Retractions())
	return v
}

// VersionHeads are the versions that no other replaces; more than one is a conflict.
func (p *Process) VersionHeads() []register.Entry[*Version] {
	return p.versions.HeadsOn(process.FarFuture, p.team.Retractions())
}

// Draft is what is changed and not published, and the events behind it: what several people have changed in it, brought together.
func (p *Process) Draft() (process.Definition, []process.EventID, bool) {
	heads := p.DraftHeads()
	if len(heads) == 0 {
		return process.Definition{}, nil, false
	}
	d := heads[len(heads)-1].Value
	if m, several := p.drafted(); several && !m.Apart {
		d = m.Definition
	}
	return d, register.IDs(heads), !drafts.ThrownAway(d)
}

// Name of the process as it is called now.
func (p *Process) Name() string {
	if v := p.Current(); v != nil {
		return v.Definition.Name
	}
	d, _, _ := p.Draft()
	return d.Name
}

// Process finds a process.
func (t *Team) Process(id process.ProcessID) (*Process, bool) { p, ok := t.processes[id]; return p, ok }

// ProcessByName finds a published process by its name or its identity.
func (t *Team) ProcessByName(name string) (*Process, bool) {
	for _, id := range SortedKeys(t.processes) {
		p := t.processes[id]
		if v := p.Current(); v != nil && (process.FoldName(v.Definition.Name) == process.FoldName(name) || string(id) == name) {
			return p, true
		}
	}
	return nil, false
}

// Processes are all processes, in the order of their identities, which is that of their making.
func (t *Team) Processes() []*Process {
	list := make([]*Process, 0, len(t.processes))
	for _, id := range SortedKeys(t.processes) {
		list = append(list, t.processes[id])
	}
	return list
}

// Version finds a published version.
func (t *Team) Version(id process.VersionID) (*Version, bool) { v, ok := t.versions[id]; return v, ok }

// Requires tells whether one of the versions that a deal has followed knows the milestone. A deal without a version follows them all.
func (t *Team) Requires(followed []process.VersionID, key process.MilestoneID) bool {
	known := false
	for _, id := range followed {
		if v, ok := t.versions[id]; ok {
			if v.keys[key] {
				return true
			}
			known = true
		}
	}
	return !known
}

func (t *Team) requiredBy(followed process.VersionID, key process.MilestoneID) bool {
	v, ok := t.versions[followed]
	return !ok || v.keys[key]
}

// Editable is what an editor begins with: the draft if there is one, else what is in force.
func (p *Process) Editable() (def process.Definition, isDraft bool) {
	if def, _, isDraft = p.Draft(); isDraft {
		return def.Clone(), true
	}
	if v := p.Current(); v != nil {
		return v.Definition.Clone(), false
	}
	return process.Definition{}, false
}

// DraftHeads are the drafts that no other replaces. More than one: two people changed the draft on copies of the file.
func (p *Process) DraftHeads() []register.Entry[process.Definition] {
	return p.drafts.HeadsOn(process.FarFuture, p.team.Retractions())
}

// EditBase is all that a form about the draft was made from: the draft, and the version in force. When either has changed, somebody has
// been there meanwhile.
func (p *Process) EditBase() []process.EventID {
	return append(register.IDs(p.DraftHeads()), register.IDs(p.VersionHeads())...)
}

// drafted are the drafts of the process brought together, where there are several.
func (p *Process) drafted() (drafts.Merge, bool) {
	var versions []drafts.Draft
	for _, v := range p.versions.Entries() {
		versions = append(versions, drafts.Draft{ID: v.ID, Value: v.Value.Definition, Stamp: v.Stamp})
	}
	return drafts.Together(&p.drafts, versions, p.team.Retractions())
}

// DraftConflicts are the milestones that several people have changed differently in the draft; whole where somebody has to choose one draft.
func (p *Process) DraftConflicts() (rows []process.MilestoneID, whole bool) {
	for _, c := range p.draftConflicts() {
		_, key, row := strings.Cut(c.Subject, "\x1f")
		if whole = !row; row {
			rows = append(rows, process.MilestoneID(key))
		}
	}
	return rows, whole
}

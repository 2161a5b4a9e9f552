package sales

import (
	"milstolpe/process"
)

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
func (p *Process) DraftHeads() []Entry[process.Definition] {
	return p.drafts.HeadsOn(process.FarFuture, p.team.Retractions())
}

// EditBase is all that a form about the draft was made from: the draft, and the version in force. When either has changed, somebody has
// been there meanwhile.
func (p *Process) EditBase() []process.EventID {
	return append(entryIDs(p.DraftHeads()), entryIDs(p.VersionHeads())...)
}

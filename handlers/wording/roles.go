package wording

import (
	"milstolpe/handlers/i18n"
	"milstolpe/process"
	"milstolpe/process/sales"
)

// RoleName is what a role at the buyer is called in the newest version of the process that has it; its key if no version has it.
func RoleName(team Processes, id process.ProcessID, key process.RoleID) string {
	if proc, ok := team.Process(id); ok {
		versions := proc.Versions()
		for i := len(versions) - 1; i >= 0; i-- {
			if r, ok := versions[i].Definition.Role(key); ok {
				return r.Name
			}
		}
	}
	return string(key)
}

// MetText says whether we have met who has a role, and when.
func MetText(t *i18n.Text, holder sales.RoleHolder, today process.Date) string {
	if holder.Met.IsZero() {
		return t.T("role.known")
	}
	return t.T("role.met_on", t.DayNear(holder.Met, today))
}

// roleHolder writes who has a role where people disagree about it.
func (w ConflictText) roleHolder(holder sales.RoleHolder) string {
	c, ok := w.Team.Contact(holder.Contact)
	if !ok || c.Erased {
		return w.T("role.missing")
	}
	return c.Name + " · " + MetText(w.Text, holder, 0)
}

func (w FactSentence) role(f *process.RoleSet) []i18n.Piece {
	name := RoleName(w.Team, w.Process, f.Role)
	c, ok := w.Team.Contact(f.Contact)
	switch {
	case f.Contact == "":
		return w.T.Sentence("fact.role_gone", name)
	case !ok || c.Erased:
		c.Name = w.T.T("fact.erased_person")
	}
	if f.Met.IsZero() {
		return w.T.Sentence("fact.role_known", name, c.Name)
	}
	return w.T.Sentence("fact.role_met", name, c.Name, f.Met)
}

package process

import (
	"slices"
	"strconv"
)

// RoleID is the key of a role at the buyer. It identifies the role across the versions of its process.
type RoleID string

// Role is a part that somebody at the buyer has in the decision.
type Role struct {
	Key  RoleID `json:"key"`
	Name string `json:"name"`
}

// The roles that most teams look for. Teams may call them otherwise, and have others.
const (
	Decides  RoleID = "decides"  // says yes or no
	Money    RoleID = "money"    // holds the money
	Uses     RoleID = "uses"     // will use it
	Examines RoleID = "examines" // examines it
)

// MaxRoles keeps them few enough to ask for in each deal.
const MaxRoles = 12

// Role finds a role by its key.
func (d *Definition) Role(key RoleID) (Role, bool) {
	i := slices.IndexFunc(d.Roles, func(r Role) bool { return r.Key == key })
	if i < 0 {
		return Role{}, false
	}
	return d.Roles[i], true
}

// checkRoles finds what is wrong with the roles, and milestones that ask for one that is not there.
func (d *Definition) checkRoles(p *Problems) {
	if len(d.Roles) > MaxRoles {
		p.Add("roles", "process.too_many_roles", MaxRoles)
	}
	seen := map[RoleID]bool{}
	for i, r := range d.Roles {
		at := "roles." + strconv.Itoa(i) + "."
		switch {
		case !keyForm.MatchString(string(r.Key)):
			p.Add(at+"key", "process.bad_key", string(r.Key))
		case seen[r.Key]:
			p.Add(at+"key", "process.role_twice", r.Name)
		}
		seen[r.Key] = true
		p.Text(at+"name", r.Name, 1, MaxName)
	}
	for i := range d.Milestones {
		if key := d.Milestones[i].Role; key != "" && !seen[key] {
			p.Add("milestones."+strconv.Itoa(i)+".role", "process.no_such_role", string(key))
		}
	}
}

// WithRoles is the definition with the roles called so, in that order. A role that keeps its name keeps its key; of those that are left,
// a new name takes the place of an old one, as somebody does who finds a better word. A milestone whose role is gone asks for none.
func (d *Definition) WithRoles(names []string, usual []Role) Definition {
	c := d.Clone()
	c.Roles = nil
	free := slices.Clone(d.Roles)
	taken := map[RoleID]bool{}
	take := func(fits func(Role) bool) (key RoleID) {
		if i := slices.IndexFunc(free, fits); i >= 0 {
			key = free[i].Key
			free = slices.Delete(free, i, i+1)
		}
		return key
	}
	keys := make([]RoleID, len(names))
	for i, name := range names {
		keys[i] = take(func(r Role) bool { return FoldName(r.Name) == FoldName(name) })
		taken[keys[i]] = true
	}
	for i, name := range names {
		if keys[i] == "" {
			if at := slices.IndexFunc(usual, func(r Role) bool { return FoldName(r.Name) == FoldName(name) && !taken[r.Key] }); at >= 0 && !slices.ContainsFunc(free, func(r Role) bool { return r.Key == usual[at].Key }) {
				keys[i] = usual[at].Key
			}
		}
		if keys[i] == "" {
			keys[i] = take(func(Role) bool { return true })
		}
		if keys[i] == "" {
			keys[i] = RoleID(KeyFor(name, func(k MilestoneID) bool { return taken[RoleID(k)] }))
		}
		taken[keys[i]] = true
		c.Roles = append(c.Roles, Role{keys[i], name})
	}
	for i := range c.Milestones {
		if _, ok := c.Role(c.Milestones[i].Role); !ok {
			c.Milestones[i].Role = ""
		}
	}
	return c
}

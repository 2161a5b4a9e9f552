package winloss

import (
	"milstolpe/process"
	"milstolpe/process/sales"
)

// RoleCount is in how many of the won and of the lost deals we had met who has a role at the buyer, before the end. A deal counts where the
// version that it followed asks for the role, and where it was not imported: a list does not say whom anybody had met.
type RoleCount struct {
	Role          process.Role
	Won, WonMet   []*sales.Deal // the deals, and those of them in which we had met
	Lost, LostMet []*sales.Deal
}

// EnoughForRoles is how many deals of each kind it takes before shares are worth saying.
const EnoughForRoles = 8

// Enough tells that there are deals enough of both kinds.
func (c *RoleCount) Enough() bool {
	return len(c.Won) >= EnoughForRoles && len(c.Lost) >= EnoughForRoles
}

// Roles counts for each role of a process's current version, as known on the day.
func Roles(t *sales.Team, id process.ProcessID, asOf process.Date) []RoleCount {
	p, ok := t.Process(id)
	if !ok || p.Current() == nil {
		return nil
	}
	var list []RoleCount
	for _, r := range p.Current().Definition.Roles {
		count := RoleCount{Role: r}
		for _, d := range t.Deals() {
			if d.Process() == id {
				count.add(t, d, asOf)
			}
		}
		list = append(list, count)
	}
	return list
}

func (c *RoleCount) add(t *sales.Team, d *sales.Deal, asOf process.Date) {
	end := d.CloseOn(asOf)
	if end == nil || end.History || end.Outcome != process.Won && !end.Outcome.IsLoss() {
		return
	}
	v, ok := t.Version(d.VersionOn(end.Known))
	if !ok {
		return
	}
	if _, asked := v.Definition.Role(c.Role.Key); !asked {
		return
	}
	holder := d.RoleOn(c.Role.Key, end.Known)
	met := !holder.Met.IsZero() && holder.Met <= end.On
	if end.Outcome == process.Won {
		c.Won = append(c.Won, d)
		if met {
			c.WonMet = append(c.WonMet, d)
		}
		return
	}
	c.Lost = append(c.Lost, d)
	if met {
		c.LostMet = append(c.LostMet, d)
	}
}

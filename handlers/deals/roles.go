package deals

import (
	"milstolpe/handlers/parts"
	"milstolpe/handlers/web"
	"milstolpe/handlers/wording"
	"milstolpe/process"
	"milstolpe/process/sales"
)

// dealRoles are the roles at the buyer that the process asks for, with who has them. There are none where it asks for none.
type dealRoles struct {
	Href   string
	Roles  []dealRole
	People []string // names to choose from
}

// dealRole is one of them.
type dealRole struct {
	Key, Name string
	Who       string // empty: missing
	State     string // met when, known and not met, missing
	Missing   bool
	Ask       string // address that opens the form; empty for a closed deal
	Form      *roleForm
}

// roleForm says who has a role, and whether we have met them.
type roleForm struct {
	Who    string `form:"who" validate:"max=200" label:"role.who"`
	Met    string `form:"met" validate:"omitempty,day" label:"role.met"`
	Base   string `form:"base"`
	Key    string
	Faults parts.FieldErrors
}

func (f *roleForm) withErrors(v *web.Request, faults parts.FieldErrors) dealForms {
	f.Key, f.Faults = v.Param("role"), faults
	return dealForms{Role: f}
}

func (w *dealView) roleForm(key process.RoleID) *roleForm {
	holder, heads := w.d.Role(key)
	f := &roleForm{Key: string(key), Met: holder.Met.String(), Base: web.EncodeBase(heads)}
	if c, ok := w.team.Contact(holder.Contact); ok {
		f.Who = c.Name
	}
	return f
}

func (w *dealView) roles(form *roleForm) dealRoles {
	part := dealRoles{Href: w.href}
	if w.Version == nil {
		return part
	}
	for _, c := range w.team.ContactsOf(w.now.Customer) {
		part.People = append(part.People, c.Name)
	}
	for _, r := range w.Version.Definition.Roles {
		holder, _ := w.d.Role(r.Key)
		role := dealRole{Key: string(r.Key), Name: r.Name, State: w.T("role.missing"), Missing: true}
		if c, ok := w.team.Contact(holder.Contact); ok {
			role.Who, role.Missing, role.State = c.Name, false, wording.MetText(w.Text, holder, w.Request.Today)
		}
		if w.now.Close == nil {
			role.Ask = w.href + "?form=role&r=" + role.Key
		}
		if form != nil && form.Key == role.Key {
			role.Form = form
		}
		part.Roles = append(part.Roles, role)
	}
	return part
}

// behind is who has the role that a milestone asks for, for the form that marks it.
func (w *dealView) behind(key process.MilestoneID) (role, who string) {
	if w.Version == nil {
		return "", ""
	}
	ms, ok := w.Version.Definition.Milestone(key)
	if !ok {
		return "", ""
	}
	r, ok := w.Version.Definition.Role(ms.Role)
	if !ok {
		return "", ""
	}
	holder, _ := w.d.Role(r.Key)
	c, _ := w.team.Contact(holder.Contact)
	return r.Name, c.Name
}

func saveRole(v *web.Request) error {
	f := &roleForm{}
	if err := v.Read(f); err != nil {
		return rejectDeal(v, f, err)
	}
	met, err := web.ReadDay("met", f.Met)
	if err != nil {
		return rejectDeal(v, f, err)
	}
	events, err := actWithBuyer(v, f.Who, func(d *sales.Deal, contact process.ContactID) ([]process.Fact, error) {
		return d.SetRole(process.RoleID(v.Param("role")), sales.RoleHolder{Contact: contact, Met: met}, web.DecodeBase(f.Base), v.Today)
	})
	if err != nil {
		return rejectDeal(v, f, err)
	}
	return dealDone(v, events, v.T("role.saved"))
}

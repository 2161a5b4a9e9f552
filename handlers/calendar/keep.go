package calendar

import (
	"cmp"
	"path/filepath"

	"milstolpe/handlers/ical"
	"milstolpe/handlers/parts"
	"milstolpe/handlers/urls"
	"milstolpe/handlers/web"
	"milstolpe/process"
	"milstolpe/process/forecast"
	"milstolpe/process/sales"
)

// keepForm keeps a calendar beside the shared file, or no longer.
type keepForm struct {
	Seller string `form:"seller"`
	Keep   string `form:"keep" validate:"omitempty,oneof=yes"`

	Kept, Folder string // the file that is kept, and where
	Whose        string // whose it is or would be
	Faults       parts.FieldErrors
}

func keeper(v *web.Request) ical.Keeper { return ical.Keeper{StateDir: v.Server.Config.StateDir} }

func newKeepForm(v *web.Request, m *forecast.Model, seller process.PersonID) keepForm {
	f := keepForm{Seller: string(seller), Folder: filepath.Dir(v.OpenedFile().Path()), Whose: whose(v, m.Team(), seller)}
	if wish, ok := keeper(v).Wish(v.OpenedFile().Path()); ok {
		f.Kept, f.Seller, f.Whose = wish.Name, string(wish.Seller), whose(v, m.Team(), wish.Seller)
	}
	return f
}

// whose names the person of a calendar; the whole team's is named for all.
func whose(v *web.Request, team *sales.Team, seller process.PersonID) string {
	return cmp.Or(team.Person(seller), v.T("deals.all_sellers"))
}

func keep(v *web.Request) error {
	var f keepForm
	err := v.Read(&f)
	said := v.T("calendar.dropped")
	if err == nil && f.Keep == "" {
		err = keeper(v).Drop(v.OpenedFile())
	} else if err == nil {
		name := ""
		err = v.View(func(team *sales.Team) error { name = whose(v, team, process.PersonID(f.Seller)); return nil })
		if err == nil {
			_, err = keeper(v).Keep(v.OpenedFile(), process.PersonID(f.Seller), name, v.Text, v.Now)
		}
		said = v.T("calendar.kept")
	}
	if faults, mine := v.FormErrors(err); mine {
		page, err := newCalendarPage(v, faults)
		if err != nil {
			return err
		}
		return v.Reject(faults, "calendar", page)
	}
	if err != nil {
		return err
	}
	return v.DoneWith(urls.CalendarHref(f.Seller), web.Flash{Text: said})
}

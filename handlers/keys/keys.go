package keys

import (
	"net/url"
	"strconv"
	"sync"

	"milstolpe/db"
	"milstolpe/handlers/parts"
	"milstolpe/handlers/report"
	"milstolpe/handlers/urls"
	"milstolpe/handlers/web"
	"milstolpe/process"
	"milstolpe/process/forecast"
	"milstolpe/process/sales"
)

// Routes registers the page about keys, and what can be read with one.
func Routes(r *web.Router) {
	s := &screen{ring: Ring{r.Server.Config.StateDir}, fresh: map[string]string{}}
	r.TakeKeys(s.ring)
	r.Get(urls.KeysPath, s.show)
	r.Post(urls.KeysPath, s.make)
	r.Post(urls.KeysPath+"/:id/revoke", s.revoke)
	r.Template("keys", keysPage{})
	reportRoutes(r)
}

// screen remembers keys that were made and not yet shown.
type screen struct {
	ring Ring

	mu    sync.Mutex
	fresh map[string]string // by identity
}

// keysPage lists the keys, and shows the one that was made just now.
type keysPage struct {
	web.Page
	Fresh   string // the key, this once
	Header  string // that a program sends
	Keys    []keyLine
	Reports []reportLine
	Name    string
	Faults  parts.FieldErrors
}

// keyLine is one key. Foreign is the file that it is for, where that is not the open one.
type keyLine struct{ ID, Name, Made, Used, Foreign string }

// reportLine is one report that can be read, at its address as it is now.
type reportLine struct{ Address, About string }

// makeForm names a new key after the program that it is for.
type makeForm struct {
	Name string `form:"name" validate:"required,max=60" label:"keys.name"`
}

func (s *screen) page(v *web.Request) (keysPage, error) {
	page := keysPage{Page: v.Page(urls.NoSection, v.T("keys.title"))}
	for _, name := range []string{"forecast", "outcome", "deals", "export"} {
		page.Reports = append(page.Reports, reportLine{"http://" + v.Server.Config.Addr + web.KeyedPath + name, v.T("keys.what_" + name)})
	}
	all, err := s.ring.List()
	if err != nil {
		return page, err
	}
	for _, k := range all {
		line := keyLine{ID: k.ID, Name: k.Name, Made: v.T("keys.made", v.Text.Stamp(k.Made.In(v.FileInfo.Location))), Used: v.T("keys.never_used")}
		if !k.Used.IsZero() {
			line.Used = v.T("keys.used", v.Text.Stamp(k.Used.In(v.FileInfo.Location)))
		}
		if k.Dataset != v.OpenedFile().Dataset() {
			line.Foreign = k.File
		}
		page.Keys = append(page.Keys, line)
	}
	return page, nil
}

func (s *screen) show(v *web.Request) error {
	page, err := s.page(v)
	if err != nil {
		return err
	}
	if page.Fresh = s.take(v.QueryParam("made")); page.Fresh != "" {
		page.Header = "Authorization: Bearer " + page.Fresh
	}
	return v.Render("keys", page)
}

// take hands out a key that was made just now, once.
func (s *screen) take(id string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	key := s.fresh[id]
	delete(s.fresh, id)
	return key
}

func (s *screen) make(v *web.Request) error {
	var f makeForm
	err := v.Read(&f)
	var key, id string
	if err == nil {
		key, id, err = s.ring.Make(f.Name, db.NameOf(v.OpenedFile().Path()), v.OpenedFile().Dataset(), v.Now)
	}
	if faults, mine := v.FormErrors(err); mine {
		page, err := s.page(v)
		if err != nil {
			return err
		}
		page.Name, page.Faults = f.Name, faults
		return v.Reject(faults, "keys", page)
	}
	if err != nil {
		return err
	}
	s.mu.Lock()
	s.fresh[id] = key
	s.mu.Unlock()
	return v.DoneWith(urls.KeysPath+"?"+url.Values{"made": {id}}.Encode(), web.Flash{Text: v.T("keys.done", f.Name)})
}

func (s *screen) revoke(v *web.Request) error {
	k, err := s.ring.Revoke(v.Param("id"))
	if err != nil {
		return err
	}
	s.take(v.Param("id"))
	return v.DoneWith(urls.KeysPath, web.Flash{Text: v.T("keys.revoked", k.Name)})
}

// reportRoutes registers what can be read with a key, beside the forecast of a period, which its own screen registers. They are asked, and
// answer, as the commands report forecast-vs-actual, report deals and export deals do.
func reportRoutes(r *web.Router) {
	r.Keyed("outcome", []string{"period", "from", "to", "lead", "by", "process", "only", "source"}, readOutcome)
	r.Keyed("deals", []string{"as_of", "unplanned", "close_passed"}, readDeals)
	r.Keyed("export", []string{"process"}, readExport)
}

func readOutcome(v *web.Request) (made any, err error) {
	ask := report.Question{
		Period: v.QueryParam("period"), From: v.QueryParam("from"), To: v.QueryParam("to"), By: v.QueryParam("by"), Process: v.QueryParam("process"),
		Source: v.QueryParam("source"), Only: v.QueryParams()["only"],
	}
	if lead := v.QueryParam("lead"); lead != "" {
		if ask.Lead, err = strconv.Atoi(lead); err != nil {
			return nil, process.Wrong("lead", "form.number")
		}
	}
	err = v.Reports(func(c *web.ReportCache) error {
		query, err := ask.Query(c.Model.Team())
		if err != nil {
			return err
		}
		r, err := c.Report(query)
		if err == nil {
			made = v.AsReports().Outcome(r).JSON()
		}
		return err
	})
	return made, err
}

func readDeals(v *web.Request) (made any, err error) {
	day, err := report.GivenDay("as_of", v.QueryParam("as_of"))
	if err != nil {
		return nil, err
	}
	var choice report.DealChoice
	for name, chosen := range map[string]*bool{"unplanned": &choice.Unplanned, "close_passed": &choice.ClosePassed} {
		if *chosen, err = yesOrNo(v, name); err != nil {
			return nil, err
		}
	}
	if day.IsZero() {
		day = v.Today
	}
	err = v.Model(func(m *forecast.Model) error {
		made = v.AsReports().Deals(m, day, choice).JSON()
		return nil
	})
	return made, err
}

// yesOrNo reads a choice that may be left out.
func yesOrNo(v *web.Request, name string) (bool, error) {
	text := v.QueryParam(name)
	if text == "" {
		return false, nil
	}
	chosen, err := strconv.ParseBool(text)
	if err != nil {
		return false, process.Wrong(name, "cli.bad_choice", name, text, "true, false")
	}
	return chosen, nil
}

func readExport(v *web.Request) (made any, err error) {
	err = v.View(func(team *sales.Team) error {
		var ids []process.ProcessID
		if name := v.QueryParam("process"); name != "" {
			proc, err := report.ProcessNamed(team, name)
			if err != nil {
				return err
			}
			ids = append(ids, proc.ID)
		} else {
			for _, proc := range team.Processes() {
				ids = append(ids, proc.ID)
			}
		}
		made = report.AllDeals(team, ids)
		return nil
	})
	return made, err
}

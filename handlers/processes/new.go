package processes

import (
	"milstolpe/handlers/parts"
	"milstolpe/handlers/urls"
	"milstolpe/handlers/web"
	"milstolpe/handlers/wording"
	"milstolpe/process"
	"milstolpe/process/presets"
	"milstolpe/process/sales"
)

const newProcessPath = "/processes/new"

func newProcessRoutes(r *web.Router) {
	r.Get(newProcessPath, askNewProcess)
	r.Post(newProcessPath, beginProcess)
	r.Template("process_new", newProcessPage{})
}

// newProcessPage offers what a process can begin as: a template, or nothing.
type newProcessPage struct {
	web.Page
	Templates []parts.TemplateChoice
}

func askNewProcess(v *web.Request) error {
	page := newProcessPage{Page: v.Page(urls.ProcessPages, v.T("process_edit.new_title"))}
	page.Templates = wording.TemplateChoices(v.Text)
	return v.Render("process_new", page)
}

type newProcessForm struct {
	Template string `form:"template"`
}

// beginProcess keeps a draft, which nobody follows until it is published.
func beginProcess(v *web.Request) error {
	var f newProcessForm
	if err := v.Read(&f); err != nil {
		return err
	}
	id := process.ProcessID(v.Env().NewID())
	def := process.Definition{Name: v.T("process_edit.first_name")}
	if t, ok := presets.TemplateByKey(wording.ProcessLang(v.Text), f.Template); ok {
		def = t.Definition
	}
	events, err := v.Act(func(team *sales.Team) ([]process.Fact, error) {
		if other, taken := team.ProcessByName(def.Name); taken {
			def.Name = v.T("process_edit.copy_name", other.Name())
		}
		return team.SaveDraft(id, def, nil, v.Today)
	})
	if err != nil {
		return err
	}
	return v.DoneWithUndo(urls.ProcessEditPath(id), events, v.T("process_edit.begun"))
}

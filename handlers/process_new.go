package handlers

import (
	"milstolpe/process"
	"milstolpe/process/presets"
	"milstolpe/process/sales"
)

const newProcessPath = "/processes/new"

func newProcessRoutes(r *routes) {
	r.get(newProcessPath, askNewProcess)
	r.post(newProcessPath, beginProcess)
	r.template("process_new", newProcessPage{})
}

// newProcessPage offers what a process can begin as: a template, or nothing.
type newProcessPage struct {
	Page
	Templates []templateChoice
}

func askNewProcess(v *visit) error {
	page := newProcessPage{Page: v.page(ProcessPages, v.t("process_edit.new_title"))}
	page.Templates = v.newTeamPage(newTeamForm{}, Faults{}).Templates
	return v.show("process_new", page)
}

type newProcessForm struct {
	Template string `form:"template"`
}

// beginProcess keeps a draft, which nobody follows until it is published.
func beginProcess(v *visit) error {
	var f newProcessForm
	if err := v.read(&f); err != nil {
		return err
	}
	id := process.ProcessID(v.moment().NewID())
	def := process.Definition{Name: v.t("process_edit.first_name")}
	if t, ok := presets.TemplateByKey(v.processLang(), f.Template); ok {
		def = t.Definition
	}
	events, err := v.act(func(team *sales.Team) ([]process.Fact, error) {
		if other, taken := team.ProcessByName(def.Name); taken {
			def.Name = v.t("process_edit.copy_name", other.Name())
		}
		return team.SaveDraft(id, def, nil, v.today)
	})
	if err != nil {
		return err
	}
	return v.done(editPath(id), events, v.t("process_edit.begun"))
}

package wording

import (
	"milstolpe/handlers/i18n"
	"milstolpe/handlers/parts"
	"milstolpe/process/presets"
)

// TemplateChoices are the processes that a team can begin with, in the person's language, with their milestones in order.
func TemplateChoices(text *i18n.Text) (list []parts.TemplateChoice) {
	for _, t := range presets.Templates(ProcessLang(text)) {
		choice := parts.TemplateChoice{Key: t.Key, Name: t.Definition.Name, Purpose: t.Definition.Purpose}
		for _, m := range t.Definition.Milestones {
			line := parts.TemplateMilestone{Name: m.Name, Criterion: m.Criterion}
			if m.Required {
				choice.Required++
				line.Number = choice.Required
			} else {
				choice.Optional++
			}
			choice.Milestones = append(choice.Milestones, line)
		}
		list = append(list, choice)
	}
	return list
}

package presets

import (
	"embed"
	"fmt"
	"sync"

	"milstolpe/process"
)

//go:embed templates/*.json
var templateFiles embed.FS

// Template is a process to start from. Its key is the same in all languages, as are the keys of its milestones.
type Template struct {
	Key        string
	Definition process.Definition
}

// TemplateKeys lists the templates in the order in which they are offered.
var TemplateKeys = []string{"simple", "consulting", "saas", "manufacturing"}

// Templates are the processes to start from in a language ("sv" or "en"; English for any other). The first is short, four
// required milestones that suit most; the others have five or six and two or three optional ones. All are ready to be published. The order
// or signature that a list of steps usually ends with is the win itself and no milestone.
func Templates(lang string) []Template {
	list := make([]Template, len(TemplateKeys))
	for i, key := range TemplateKeys {
		list[i], _ = TemplateByKey(lang, key)
	}
	return list
}

// TemplateByKey finds a template.
func TemplateByKey(lang, key string) (Template, bool) {
	read := englishTemplates
	if lang == "sv" {
		read = swedishTemplates
	}
	def, ok := read()[key]
	def.Milestones = append([]process.Milestone(nil), def.Milestones...) // whoever changes theirs leaves ours alone
	def.Roles = append([]process.Role(nil), def.Roles...)
	return Template{Key: key, Definition: def}, ok
}

var (
	swedishTemplates = sync.OnceValue(func() map[string]process.Definition { return readTemplates("sv") })
	englishTemplates = sync.OnceValue(func() map[string]process.Definition { return readTemplates("en") })
)

func readTemplates(lang string) map[string]process.Definition {
	read := map[string]process.Definition{}
	for _, key := range TemplateKeys {
		name := "templates/" + key + "." + lang + ".json"
		text, err := templateFiles.ReadFile(name)
		if err == nil {
			read[key], err = process.ParseDefinition(text)
		}
		if def := read[key]; err == nil {
			def.Roles = Roles(lang)
			read[key] = def
		}
		if err != nil {
			panic(fmt.Sprintf("%s is part of the program and cannot be read: %v", name, err))
		}
	}
	return read
}

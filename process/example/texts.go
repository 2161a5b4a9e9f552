package example

import (
	"embed"
	"encoding/json"
	"fmt"
	"slices"

	"milstolpe/process"
	"milstolpe/process/presets"
)

//go:embed texts/*.json
var textFiles embed.FS

// texts are all words of the company in one language. Every list is as long in the other language, so that the same throw of the dice
// picks the same thing.
type texts struct {
	Company         string              `json:"company"`
	Region          string              `json:"region"`
	Regions         []string            `json:"regions"`
	Trades          []string            `json:"trades"`
	NorwegianTrades []string            `json:"norwegian_trades"`
	Objects         []string            `json:"objects"`
	Agreements      []string            `json:"agreements"`
	TechnicalRoles  []string            `json:"technical_roles"`
	MoneyRoles      []string            `json:"money_roles"`
	UserRoles       []string            `json:"user_roles"`
	Evidence        map[string][]string `json:"evidence"`
	Mail            string              `json:"mail"`   // what evidence from a mail looks like
	Months          []string            `json:"months"` // as it writes them
	Mails           map[string][]string `json:"mails"`  // subject and line, separated by a bar
	Journal         []string            `json:"journal"`
	NextSteps       []string            `json:"next_steps"`
	PlanClosings    []string            `json:"plan_closings"`
	Waived          map[string][]string `json:"waived"`
	Withdrawn       []string            `json:"withdrawn"`
	Mistaken        []string            `json:"mistaken"`
	Reopened        []string            `json:"reopened"`
	Void            string              `json:"void"`
	Competitors     []string            `json:"competitors"`
	Notes           []string            `json:"notes"`
	SellerCalls     []string            `json:"seller_calls"`
	ManagerCalls    []string            `json:"manager_calls"`
	DirectorCalls   []string            `json:"director_calls"`

	newBusiness, later, renewals process.Definition
	losses                       map[string]string // by the keys of process.LossReasons
}

// textsIn reads the words of a language, "sv" or "en".
func textsIn(lang string) (*texts, error) {
	if lang != "sv" && lang != "en" {
		return nil, fmt.Errorf("the example company speaks sv and en, not %q", lang)
	}
	t := &texts{losses: map[string]string{}}
	raw, err := textFiles.ReadFile("texts/words." + lang + ".json")
	if err == nil {
		err = json.Unmarshal(raw, t)
	}
	var changes process.Definition
	for name, into := range map[string]*process.Definition{"new_business": &t.newBusiness, "later_milestones": &changes, "renewals": &t.renewals} {
		if err == nil {
			*into, err = definitionIn(name, lang)
		}
	}
	if err != nil {
		return nil, fmt.Errorf("read the words of the example company: %w", err)
	}
	t.later = laterVersion(t.newBusiness, changes.Milestones)
	t.later.Roles = presets.Roles(lang)
	if at := process.Position(&t.later, "budget_set_aside"); at >= 0 {
		t.later.Milestones[at].Role = process.Money
	}
	for _, r := range presets.LossReasons(lang) {
		t.losses[r.Key] = r.Text
	}
	return t, nil
}

func definitionIn(name, lang string) (process.Definition, error) {
	raw, err := textFiles.ReadFile("texts/" + name + "." + lang + ".json")
	if err != nil {
		return process.Definition{}, err
	}
	return process.ParseDefinition(raw)
}

// laterVersion is what the team makes of its process half-way: one milestone reads otherwise, and the new one stands before the last.
func laterVersion(def process.Definition, changes []process.Milestone) process.Definition {
	def.Milestones = slices.Clone(def.Milestones)
	for _, m := range changes {
		at := slices.IndexFunc(def.Milestones, func(have process.Milestone) bool { return have.Key == m.Key })
		if at < 0 {
			def.Milestones = slices.Insert(def.Milestones, len(def.Milestones)-1, m)
		} else {
			def.Milestones[at] = m
		}
	}
	return def
}

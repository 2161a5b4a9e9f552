package wording

import (
	"strings"

	"milstolpe/handlers/i18n"
	"milstolpe/process"
)

// PlanText is what a plan for a customer says where it differs from the process, in a line.
func PlanText(t *i18n.Text, p process.Plan) string {
	words := []string{p.Intro}
	for _, l := range p.Lines {
		words = append(words, l.What, l.Who, l.Ours)
		if l.LeftOut {
			words = append(words, t.T("plan.left_out", string(l.Milestone)))
		}
	}
	words = append(words, p.Closing)
	var said []string
	for _, w := range words {
		if w = strings.Join(strings.Fields(w), " "); w != "" {
			said = append(said, w)
		}
	}
	if len(said) == 0 {
		return t.T("plan.as_process")
	}
	return strings.Join(said, " · ")
}

// buyersVoice are the beginnings of milestones that speak of the buyer, and what they become where the buyer reads them.
var buyersVoice = []struct{ ours, theirs string }{
	{"Kundens ", "Er "},
	{"Kunden ", "Ni "},
	{"Köparen ", "Ni "},
	{"The buyer has ", "You have "},
	{"The customer has ", "You have "},
	{"The buyer is ", "You are "},
	{"The customer is ", "You are "},
	{"The buyer’s ", "Your "},
	{"The buyer's ", "Your "},
	{"The customer’s ", "Your "},
	{"The customer's ", "Your "},
}

// InBuyersVoice says a milestone to the buyer: "Kunden har avsatt pengar" becomes "Ni har avsatt pengar". What speaks otherwise stays.
func InBuyersVoice(name string) string {
	for _, v := range buyersVoice {
		if rest, ok := strings.CutPrefix(name, v.ours); ok {
			return v.theirs + rest
		}
	}
	return name
}

package columns

import (
	"maps"
	"slices"
	"strings"

	"milstolpe/process"
	"milstolpe/process/importer/cells"
)

// StagesIn are the stages that a list speaks of, in about the order in which deals go through them: from headers like HubSpot's
// Date entered "Proposal (Sales)", from the stage column of a list of changes, or from columns of days that mean nothing else, in a list
// that somebody keeps by hand. Those that end a deal are left out.
func StagesIn(list List, m Mapping) []string {
	var words []string
	for _, h := range list.Headers {
		if stage, ok := EnteredStage(h); ok {
			words = append(words, stage)
		}
	}
	at := slices.IndexFunc(list.Headers, func(h string) bool { return m.Columns[h] == MeansStage })
	if at < 0 && len(words) == 0 {
		return list.dayColumns(m)
	}
	words = append(words, list.wordsAt(at)...)
	said := outcomesSaid(words)
	var stages []string
	for _, word := range words {
		known := slices.ContainsFunc(stages, func(s string) bool { return cells.Key(s) == cells.Key(word) })
		if _, ends := endsDeal(word, said); !ends && !known && len(stages) < process.MaxMilestones {
			stages = append(stages, word)
		}
	}
	return stages
}

// mostStages is how many different words of a column of stages are looked at.
const mostStages = 200

// wordsAt are the different words in a column, in the order in which they come.
func (l List) wordsAt(at int) (words []string) {
	seen := map[string]bool{}
	for _, r := range l.Rows {
		if at < 0 || at >= len(r.Cells) || len(words) == mostStages {
			break
		}
		word := strings.TrimSpace(r.Cells[at].Text)
		if key := cells.Key(word); !cells.IsNothing(word) && !seen[key] {
			seen[key] = true
			words = append(words, word)
		}
	}
	return words
}

// outcomesSaid are the outcomes that stages name outright.
func outcomesSaid(stages []string) map[process.Outcome]bool {
	said := map[process.Outcome]bool{}
	for _, s := range stages {
		if o, ok := cells.Outright(s); ok {
			said[o] = true
		}
	}
	return said
}

// endsDeal tells how a deal ends that comes to a stage, if it does. Where another stage says outright that a deal is won, one like
// "Contract signed" is something that happens before.
func endsDeal(stage string, said map[process.Outcome]bool) (process.Outcome, bool) {
	if o, ok := cells.Outright(stage); ok {
		return o, o != StillOpen
	}
	o, certain := cells.OutcomeIn(stage)
	return o, certain && !said[o]
}

// dayColumns are the columns without a meaning in which most cells are days. What other systems export beside the stages is no stage.
func (l List) dayColumns(m Mapping) (headers []string) {
	if m.Shape != Wide || systemOf(l) != nil {
		return nil
	}
	for at, h := range l.Headers {
		if m.Columns[h] != MeansNothing {
			continue
		}
		if days, others := l.days(at); days > 0 && days >= others && len(headers) < process.MaxMilestones {
			headers = append(headers, h)
		}
	}
	return headers
}

// Doer is who does what a stage of another system says.
type Doer string

// Who does it. Only what the buyer does can be a required milestone; what we do may be kept as an optional one, which moves nothing, to
// see whether it decides anything.
const (
	BuyerDoes Doer = "buyer"
	WeDo      Doer = "us"
	Nobody    Doer = "nobody" // the stage is left out
)

// Proposed makes a process out of stages, each with who does it.
func Proposed(name string, stages []string, doers map[string]Doer) process.Definition {
	def := process.Definition{Name: strings.TrimSpace(name)}
	taken := func(key process.MilestoneID) bool { _, there := def.Milestone(key); return there }
	for _, s := range stages {
		if who := doers[s]; who == BuyerDoes || who == WeDo {
			def.Milestones = append(def.Milestones, process.Milestone{
				Key: process.KeyFor(s, taken), Name: s, Required: who == BuyerDoes, Evidence: process.EvidenceOptional,
			})
		}
	}
	return def
}

// MapStages points every column and stage of a mapping that is called like a milestone of the definition to it, once there is one.
func (m Mapping) MapStages(list List, def *process.Definition) Mapping {
	g := guesser{list: list, def: def}
	columns, stages := map[string]Meaning{}, map[string]Meaning{}
	for h, meaning := range m.Columns {
		columns[h] = meaning
	}
	for s, meaning := range m.Stages {
		stages[s] = meaning
	}
	staged := StagesIn(list, m)
	for _, h := range list.Headers {
		if _, ok := EnteredStage(h); (ok || m.Shape == Wide && slices.Contains(staged, h)) && columns[h] == MeansNothing {
			if meaning := g.milestone(h); meaning != MeansNothing {
				columns[h] = meaning
			}
		}
	}
	if m.Shape == Long {
		for _, s := range staged {
			if meaning := g.milestone(s); meaning != MeansNothing {
				stages[s] = meaning
			}
		}
		m.Stages = stages
		m.Outcomes = m.withEnds(list)
	}
	m.Columns = columns
	return m
}

// withEnds are the outcomes of the mapping, and those of the stages that end a deal.
func (m Mapping) withEnds(list List) map[string]process.Outcome {
	outcomes := maps.Clone(m.Outcomes)
	if outcomes == nil {
		outcomes = map[string]process.Outcome{}
	}
	words := list.wordsAt(slices.IndexFunc(list.Headers, func(h string) bool { return m.Columns[h] == MeansStage }))
	said := outcomesSaid(words)
	for _, word := range words {
		_, known := m.OutcomeOf(word)
		if o, ends := endsDeal(word, said); ends && !known {
			outcomes[word] = o
		}
	}
	return outcomes
}

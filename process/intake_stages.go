package process

import (
	"slices"
	"strings"
)

// StagesIn are the stages that a list speaks of, in about the order in which deals go through them: from headers like HubSpot's
// Date entered "Proposal (Sales)", from the stage column of a list of changes, or from columns of days that mean nothing else, in a list
// that somebody keeps by hand. Those that end a deal are left out.
func StagesIn(list List, m Mapping) []string {
	var stages []string
	note := func(stage string) {
		if o, _ := outcomeLike(stage); o == StillOpen && !slices.ContainsFunc(stages, func(s string) bool { return FoldName(s) == FoldName(stage) }) {
			stages = append(stages, stage)
		}
	}
	for _, h := range list.Headers {
		if stage, ok := EnteredStage(h); ok {
			note(stage)
		}
	}
	at := slices.IndexFunc(list.Headers, func(h string) bool { return m.Columns[h] == MeansStage })
	if at < 0 {
		if len(stages) == 0 {
			stages = list.dayColumns(m)
		}
		return stages
	}
	for _, r := range list.Rows {
		if at < len(r.Cells) && strings.TrimSpace(r.Cells[at].Text) != "" && len(stages) < maxMilestones {
			note(strings.TrimSpace(r.Cells[at].Text))
		}
	}
	return stages
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
		if days, others := l.days(at); days > 0 && days >= others && len(headers) < maxMilestones {
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
func Proposed(name string, stages []string, doers map[string]Doer) Definition {
	def := Definition{Name: strings.TrimSpace(name)}
	taken := func(key MilestoneID) bool { _, there := def.Milestone(key); return there }
	for _, s := range stages {
		if who := doers[s]; who == BuyerDoes || who == WeDo {
			def.Milestones = append(def.Milestones, Milestone{
				Key: KeyFor(s, taken), Name: s, Required: who == BuyerDoes, Evidence: EvidenceOptional,
			})
		}
	}
	return def
}

// MapStages points every column and stage of a mapping that is called like a milestone of the definition to it, once there is one.
func (m Mapping) MapStages(list List, def *Definition) Mapping {
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
			if meaning := g.milestone(FoldName(h)); meaning != MeansNothing {
				columns[h] = meaning
			}
		}
	}
	if m.Shape == Long {
		for _, s := range staged {
			if meaning := g.milestone(FoldName(s)); meaning != MeansNothing {
				stages[s] = meaning
			}
		}
		m.Stages = stages
	}
	m.Columns = columns
	return m
}

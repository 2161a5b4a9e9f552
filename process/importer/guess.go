package importer

import (
	"regexp"
	"slices"
	"strings"

	"milstolpe/process"
)

// Guess is how a list is probably to be read, and where that is not certain.
type Guess struct {
	Mapping Mapping
	System  string // whose export it is, if we know it
	Doubts  []ListDoubt
}

// ListDoubt is something about a list that can be understood in two ways, or not at all. Somebody has to look at it.
type ListDoubt struct {
	Kind     ListDoubtKind
	Column   string
	Sample   string
	Readings []string // how the sample reads in one way and the other; the first is the one that was chosen
}

// ListDoubtKind is what a doubt is about.
type ListDoubtKind string

// The kinds of doubt. NoOpening and NoColumns say that a list cannot be read before somebody names the column.
const (
	DoubtDateOrder ListDoubtKind = "date_order" // 03/04: March or April?
	DoubtDecimal   ListDoubtKind = "decimal"    // 1.250: a thousand or one?
	DoubtOutcome   ListDoubtKind = "outcome"    // a word for how a deal ended, or did it?
	DoubtStage     ListDoubtKind = "stage"      // a stage that is none of the milestones
	DoubtMissing   ListDoubtKind = "missing"    // Column is the Meaning that no column has
)

// GuessMapping finds out how a list is to be read: by what other systems call their columns, by the names of the milestones, and by
// what stands in the cells. The definition may be nil.
func GuessMapping(list List, def *process.Definition) Guess {
	g := guesser{list: list, def: def, taken: map[Meaning]bool{}}
	g.Mapping = Mapping{Shape: Wide, Columns: map[string]Meaning{}}
	g.headers()
	g.dateOrder()
	g.decimal()
	g.outcomes()
	g.stages()
	g.gaps()
	return g.Guess
}

type guesser struct {
	Guess
	list  List
	def   *process.Definition
	taken map[Meaning]bool
}

func (g *guesser) headers() {
	var known map[string]Meaning
	if c := systemOf(g.list); c != nil {
		g.System, g.Mapping.Shape, known = c.name, c.shape, c.columns
	}
	g.take(g.named)
	g.take(func(folded string) Meaning { return known[folded] })
	if g.System == "" && g.looksLong() {
		g.Mapping.Shape = Long
		g.take(func(folded string) Meaning { return whichIs(folded, MeansID, MeansStage, MeansStageOn) })
	}
	g.take(g.general)
	g.take(g.milestone)
	if g.Mapping.Shape == Wide && g.taken[MeansOutcome] && !g.taken[MeansClosed] && g.taken[MeansExpectedClose] {
		g.rename(MeansExpectedClose, MeansClosed) // one date for both
	}
	if g.Mapping.Shape == Wide && g.taken[MeansClosed] && !g.taken[MeansOutcome] {
		g.take(func(folded string) Meaning { return whichIs(folded, MeansStage) })
		g.rename(MeansStage, MeansOutcome)
	}
}

// general is what a column of that name is in most lists. In a list of stages the stages say how a deal ended.
func (g *guesser) general(folded string) Meaning {
	m := generalMeaning(folded)
	if g.Mapping.Shape == Long && (m == MeansOutcome || m == MeansClosed) {
		return MeansNothing
	}
	if m == MeansClosed && !g.list.mayHoldDays(folded) { // what was decided, not when
		return MeansNothing
	}
	return m
}

// mayHoldDays tells whether some cell of a column can be read as a day, or there is nothing in it.
func (l List) mayHoldDays(folded string) bool {
	at := slices.IndexFunc(l.Headers, func(h string) bool { return process.FoldName(h) == folded })
	days, others := l.days(at)
	return days > 0 || others == 0
}

// daysLookedAt is how many cells of a column are looked at to see whether it holds days.
const daysLookedAt = 200

// days counts the first cells of a column that can be read as days, in whatever order, and those that cannot.
func (l List) days(at int) (days, others int) {
	for _, r := range l.Rows {
		if at < 0 || at >= len(r.Cells) || isNothing(r.Cells[at].Text) {
			continue
		}
		if _, err := ParseDay(r.Cells[at].Text, DayMonthYear, nil); err == nil {
			days++
		} else if _, err := ParseDay(r.Cells[at].Text, MonthDayYear, nil); err == nil {
			days++
		} else {
			others++
		}
		if days+others == daysLookedAt {
			break
		}
	}
	return days, others
}

func whichIs(folded string, meanings ...Meaning) Meaning {
	for _, m := range meanings {
		if m.mayBeCalled(folded) {
			return m
		}
	}
	return MeansNothing
}

// take gives a meaning to the headers that have none yet, and each meaning to one header only.
func (g *guesser) take(meaning func(folded string) Meaning) {
	for _, h := range g.list.Headers {
		m := meaning(process.FoldName(h))
		if _, done := g.Mapping.Columns[h]; !done && m != MeansNothing && (m == MeansJournal || !g.taken[m]) {
			g.Mapping.Columns[h], g.taken[m] = m, true
		}
	}
}

func (g *guesser) rename(from, to Meaning) {
	for h, m := range g.Mapping.Columns {
		if m == from {
			g.Mapping.Columns[h] = to
			g.taken[from], g.taken[to] = false, true
		}
	}
}

// systemOf is the system whose export a list is; nil for one that we do not know.
func systemOf(list List) *crm {
	for i := range crms {
		if list.hasAll(crms[i].telling) {
			return &crms[i]
		}
	}
	return nil
}

func (l List) hasAll(telling []string) bool {
	for _, want := range telling {
		if !slices.ContainsFunc(l.Headers, func(h string) bool { return process.FoldName(h) == want }) {
			return false
		}
	}
	return true
}

var dateEntered = regexp.MustCompile(`^date entered "?([^"]+?)(?: \([^()]*\))?"?$`)

// EnteredStage is the stage in a header like HubSpot's Date entered "Proposal (Sales)", if it is one. Programs in between drop the quotes.
func EnteredStage(header string) (stage string, ok bool) {
	m := dateEntered.FindStringSubmatchIndex(strings.ToLower(header))
	if m == nil || m[3] > len(header) {
		return "", false
	}
	return header[m[2]:m[3]], true
}

// named finds a milestone that a header names outright, "milestone:budget", as exports do where its name means something else.
func (g *guesser) named(folded string) Meaning {
	key, ok := Meaning(folded).Milestone()
	if g.def == nil || !ok {
		return MeansNothing
	}
	if _, ok = g.def.Milestone(key); !ok {
		return MeansNothing
	}
	return Meaning(folded)
}

// milestone finds the milestone that a header or a stage is called after, by name or key.
func (g *guesser) milestone(folded string) Meaning {
	if g.def == nil {
		return MeansNothing
	}
	if stage, ok := EnteredStage(folded); ok {
		folded = process.FoldName(stage)
	}
	key := process.KeyFor(folded, func(process.MilestoneID) bool { return false })
	for i := range g.def.Milestones {
		m := &g.def.Milestones[i]
		if process.FoldName(m.Name) == folded || string(m.Key) == folded || m.Key == key {
			return MilestoneMeaning(m.Key)
		}
	}
	return MeansNothing
}

// looksLong tells a list of stage changes: it has a stage and a date, none of a deal's own days, and deals that come back.
func (g *guesser) looksLong() bool {
	at := map[Meaning]int{}
	for i, h := range g.list.Headers {
		folded := process.FoldName(h)
		if m := generalMeaning(folded); m == MeansOpened || m == MeansClosed {
			return false
		}
		if m := whichIs(folded, MeansID, MeansStage, MeansStageOn, MeansName); m != MeansNothing {
			if _, have := at[m]; !have {
				at[m] = i
			}
		}
	}
	_, stage := at[MeansStage]
	_, on := at[MeansStageOn]
	key, named := at[MeansID]
	if !named {
		key, named = at[MeansName]
	}
	if !stage || !on || !named {
		return false
	}
	seen := map[string]bool{}
	for _, r := range g.list.Rows {
		if key < len(r.Cells) && r.Cells[key].Text != "" {
			if seen[r.Cells[key].Text] {
				return true
			}
			seen[r.Cells[key].Text] = true
		}
	}
	return false
}

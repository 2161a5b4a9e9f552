package columns

import (
	"regexp"
	"slices"
	"strings"

	"milstolpe/process"
	"milstolpe/process/importer/cells"
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
	DoubtUnread    ListDoubtKind = "unread"     // Column looks like what Sample, a Meaning, says, and is not read
	DoubtPipelines ListDoubtKind = "pipelines"  // the list has deals of several pipelines, which Readings names
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
	g.unread()
	g.pipelines()
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
	g.take(func(h string) Meaning { return g.fitting(h, known[cells.Key(h)]) })
	if g.System == "" && g.looksLong() {
		g.Mapping.Shape = Long
		g.take(func(h string) Meaning { return g.either(h, whichIs(h, MeansID, MeansStage, MeansStageOn)) })
	}
	g.take(func(h string) Meaning { // a column that is called like a milestone too leaves the general meaning to one that is not
		if g.milestone(h) != MeansNothing {
			return MeansNothing
		}
		return g.general(h)
	})
	g.take(g.general) // take gives no meaning twice
	g.take(func(h string) Meaning { return g.either(h, MeansNothing) })
	g.take(g.milestone)
	g.take(func(h string) Meaning { // where nothing else says when a deal began, and it is no milestone of ours
		if g.taken[MeansOpened] || g.Mapping.Shape != Wide || !cells.IsOfferDay(h) {
			return MeansNothing
		}
		return g.fitting(h, MeansOpened)
	})
	g.ending()
	g.plain()
}

// ending finds the column that says how deals ended where none is called so.
func (g *guesser) ending() {
	if g.Mapping.Shape != Wide {
		return
	}
	if g.taken[MeansOutcome] && !g.taken[MeansClosed] && g.taken[MeansExpectedClose] {
		g.rename(MeansExpectedClose, MeansClosed) // one date for both
	}
	if g.taken[MeansOutcome] {
		return
	}
	g.take(func(h string) Meaning {
		if m := whichIs(h, MeansStage); m != MeansNothing && (g.taken[MeansClosed] || g.taken[MeansExpectedClose] || g.list.endings(g.list.column(h))) {
			return MeansOutcome
		}
		return MeansNothing
	})
	if g.taken[MeansOutcome] && !g.taken[MeansClosed] && g.taken[MeansExpectedClose] {
		g.rename(MeansExpectedClose, MeansClosed)
	}
}

// general is what a column of that name is in most lists. In a list of stages the stages say how a deal ended.
func (g *guesser) general(header string) Meaning {
	m := generalMeaning(header)
	if g.Mapping.Shape == Long && (m == MeansOutcome || m == MeansClosed) {
		return MeansNothing
	}
	return g.fitting(header, m)
}

// fitting is the meaning if the cells of the column can mean it: a "decision" is what was decided as often as when.
func (g *guesser) fitting(header string, m Meaning) Meaning {
	at := g.list.column(header)
	days, others := g.list.days(at)
	switch m {
	case MeansClosed, MeansOpened, MeansExpectedClose, MeansStageOn:
		if days > 0 || others == 0 {
			return m
		}
		if m == MeansClosed && g.Mapping.Shape == Wide && g.list.all(at, isFlag) {
			return MeansIsClosed
		}
		return MeansNothing
	case MeansIsWon, MeansIsClosed, MeansIsActive, MeansIsArchived, MeansIsDeleted:
		if g.Mapping.Shape == Long && m != MeansIsDeleted || !g.list.all(at, isFlag) {
			return MeansNothing
		}
	case MeansValue:
		if days+others > 0 && !g.list.some(at, isAmount) {
			return MeansNothing
		}
	case MeansName:
		if cells.Key(header) == "opportunity" && days+others > 0 && g.list.all(at, isAmount) && g.others(MeansName, header) {
			return MeansValue // Bitrix24 calls it so
		}
	case MeansOutcome:
		if days > others {
			return MeansNothing
		}
	}
	return m
}

// others tells whether another column is called like something that means m.
func (g *guesser) others(m Meaning, header string) bool {
	return slices.ContainsFunc(g.list.Headers, func(h string) bool { return h != header && generalMeaning(h) == m })
}

// either tells whether a column called "Deal" holds numbers or names; other columns mean what they meant.
func (g *guesser) either(header string, m Meaning) Meaning {
	if !cells.NameOrNumber(header) {
		return m
	}
	at := g.list.column(header)
	if days, others := g.list.days(at); days > others && !g.list.all(at, isAmount) { // 20260105 is a number as often as a day
		return MeansNothing
	}
	if g.list.all(at, isReference) && !g.taken[MeansID] {
		return MeansID
	}
	if g.taken[MeansName] && !g.taken[MeansID] && g.list.distinct(at) {
		return MeansID
	}
	return MeansName
}

func whichIs(header string, meanings ...Meaning) Meaning {
	for _, m := range meanings {
		if m.mayBeCalled(header) {
			return m
		}
	}
	return MeansNothing
}

// take gives a meaning to the headers that have none yet, and each meaning to one header only; two stages of other pipelines may be one
// milestone.
func (g *guesser) take(meaning func(header string) Meaning) {
	for _, h := range g.list.Headers {
		if _, done := g.Mapping.Columns[h]; done {
			continue
		}
		m := meaning(h)
		_, milestone := m.Milestone()
		if m != MeansNothing && (m == MeansJournal || milestone || !g.taken[m]) {
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

var dateEntered = regexp.MustCompile(`^date entered "?([^"]+?)(?: ?\([^()]*\))?"?$`)

// EnteredStage is the stage in a header like HubSpot's Date entered "Proposal (Sales)", if it is one. Programs in between drop the quotes.
func EnteredStage(header string) (stage string, ok bool) {
	m := dateEntered.FindStringSubmatchIndex(strings.ToLower(header))
	if m == nil || m[3] > len(header) {
		return "", false
	}
	return header[m[2]:m[3]], true
}

// named finds a milestone that a header names outright, "milestone:budget", as exports do where its name means something else.
func (g *guesser) named(header string) Meaning {
	folded := process.FoldName(header)
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
func (g *guesser) milestone(header string) Meaning {
	if g.def == nil {
		return MeansNothing
	}
	if stage, ok := EnteredStage(header); ok {
		header = stage
	}
	called := cells.Key(header)
	key := process.KeyFor(header, func(process.MilestoneID) bool { return false })
	for i := range g.def.Milestones {
		m := &g.def.Milestones[i]
		if cells.Key(m.Name) == called || cells.Key(string(m.Key)) == called || m.Key == key {
			return MilestoneMeaning(m.Key)
		}
	}
	return MeansNothing
}

// looksLong tells a list of stage changes: it has a stage and a date, none of a deal's own days, and deals that come back.
func (g *guesser) looksLong() bool {
	at := map[Meaning]int{}
	for i, h := range g.list.Headers {
		if m := g.fitting(h, generalMeaning(h)); m == MeansOpened || m == MeansClosed {
			return false
		}
		m := whichIs(h, MeansID, MeansStage, MeansStageOn, MeansName)
		if cells.NameOrNumber(h) && m == MeansNothing {
			m = MeansID
		}
		if _, have := at[m]; !have && m != MeansNothing {
			at[m] = i
		}
	}
	_, stage := at[MeansStage]
	_, on := at[MeansStageOn]
	key, named := at[MeansID]
	if !named {
		key, named = at[MeansName]
	}
	return stage && on && named && g.list.comesBack(key)
}

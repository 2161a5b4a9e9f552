package columns

import (
	"slices"
	"strings"

	"milstolpe/process"
	"milstolpe/process/sales"
)

// weightOf is how much a column of a meaning tells that a sheet holds deals, and not sums or addresses.
var weightOf = map[Meaning]int{
	MeansID: 3, MeansName: 3, MeansCustomer: 3, MeansValue: 4, MeansOpened: 4, MeansOutcome: 4, MeansClosed: 3, MeansExpectedClose: 3, MeansStage: 3,
	MeansStageOn: 2, MeansSeller: 2,
}

// MostLikely is the list of several that most likely holds deals; of several equally likely ones the longest.
func MostLikely(lists []List, def *process.Definition) (at int) {
	best := -1
	for i, l := range lists {
		score := 0
		for _, m := range GuessMapping(l, def).Mapping.Columns {
			score += max(weightOf[m], 1)
		}
		if len(l.Rows) == 0 {
			score = 0
		}
		if score > best || score == best && len(l.Rows) > len(lists[at].Rows) {
			at, best = i, score
		}
	}
	return at
}

// WayToRead is how a list is read: as the last one with these headers was, or else as its headers and cells suggest. Known tells which;
// doubts are left only about a guess, and about columns that look like what is not read.
func WayToRead(t *sales.Team, list List, def *process.Definition) (g Guess, known bool) {
	g = GuessMapping(list, def)
	g.withLists(list, t.Lists())
	kept, ok := KeptMapping(t, list.Headers)
	if !ok || def == nil || kept.Fits(list.Headers, def) != nil {
		return g, false
	}
	g.Mapping, g.Doubts = kept, nil
	for _, u := range UnreadColumns(list, kept) {
		if u.Like != MeansNothing && u.Like != MeansClosed {
			g.Doubts = append(g.Doubts, ListDoubt{Kind: DoubtUnread, Column: u.Header, Sample: string(u.Like)})
		}
	}
	return g, true
}

// KeepMapping remembers how a list with these headers was read; nothing if that is remembered already. What somebody has written over the name of
// a person at a customer, or over a note, is not remembered: it would be in the file still when that person has been erased.
func KeepMapping(t *sales.Team, headers []string, m Mapping, today process.Date) []process.Fact {
	m.Mends = slices.DeleteFunc(slices.Clone(m.Mends), func(mend Mend) bool {
		return m.Columns[mend.Column] == MeansContact || m.Columns[mend.Column] == MeansNote
	})
	text := string(m.JSON())
	var heads []process.EventID
	if f := t.MappingFor(headerSet(headers)); f != nil {
		if have, ok := f.On(process.FarFuture, t.Retractions()); ok && have == text {
			return nil
		}
		heads = f.HeadIDs(process.FarFuture, t.Retractions())
	}
	return []process.Fact{&process.MappingKept{Stamp: process.Stamp{Known: today, Base: heads}, Headers: headerSet(headers), Mapping: text}}
}

// KeptMapping is how the last list with these headers was read, in whatever order they stood.
func KeptMapping(t *sales.Team, headers []string) (Mapping, bool) {
	text := t.KeptMapping(headerSet(headers))
	if text == "" {
		return Mapping{}, false
	}
	m, err := ParseMapping([]byte(text))
	return m, err == nil
}

func headerSet(headers []string) []string {
	set := slices.Clone(headers)
	slices.SortFunc(set, func(a, b string) int { return strings.Compare(process.FoldName(a), process.FoldName(b)) })
	return set
}

package columns

import (
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

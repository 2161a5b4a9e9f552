package columns

import (
	"slices"
	"strings"

	"milstolpe/process"
	"milstolpe/process/sales"
)

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

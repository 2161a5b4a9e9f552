package i18n

import (
	"slices"

	"golang.org/x/text/collate"
)

// Compare puts names in the order of the language's alphabet: å ä ö last in Swedish. A collator keeps state, so each call makes its own.
func (t *Text) Compare(a, b string) int {
	if a == b {
		return 0
	}
	return collate.New(t.Tag, collate.IgnoreCase).CompareString(a, b)
}

// Sort puts names in the order of the language's alphabet.
func (t *Text) Sort(names []string) {
	c := collate.New(t.Tag, collate.IgnoreCase)
	slices.SortStableFunc(names, c.CompareString)
}

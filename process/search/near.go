package search

import (
	"slices"
	"strings"
	"unicode"
)

// allowed is how many letters may be wrong in a word of so many.
func allowed(letters int) int {
	switch {
	case letters < 4:
		return 0
	case letters < 7:
		return 1
	}
	return 2
}

// mostNear is how many spellings stand in for a word that nothing has.
const mostNear = 3

// nearest are the words of names that are spelled most like one that nothing has, the closest first; a name may be typed halfway.
func nearest(w string, vocabulary map[string]bool) []string {
	letters := []rune(w)
	limit := allowed(len(letters))
	var found []string
	for v := range vocabulary {
		other := []rune(v)
		d := distance(letters, other, limit)
		if len(other) > len(letters) {
			d = min(d, distance(letters, other[:len(letters)], limit))
		}
		switch {
		case d > limit || limit == 0:
			continue
		case d < limit:
			limit, found = d, found[:0]
		}
		found = append(found, v)
		if limit == 0 {
			break
		}
	}
	slices.Sort(found)
	return found[:min(len(found), mostNear)]
}

// distance is how many letters must be changed, added, left out or swapped with the next to make one word of the other; more than the limit
// is limit+1.
func distance(a, b []rune, limit int) int {
	if len(a)-len(b) > limit || len(b)-len(a) > limit {
		return limit + 1
	}
	before, last, row := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row[0] = i
		least := i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			row[j] = min(last[j]+1, row[j-1]+1, last[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
			least = min(least, row[j])
		}
		if least > limit {
			return limit + 1
		}
		before, last, row = last, row, before
	}
	return min(last[len(b)], limit+1)
}

// addWords puts the words of a folded name into the vocabulary.
func addWords(vocabulary map[string]bool, folded string) {
	for w := range strings.FieldsFuncSeq(folded, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		if len(w) > 2 {
			vocabulary[w] = true
		}
	}
}

package names

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// person is a name of a person, taken apart.
type person struct {
	words []string // plain, first name first
	raw   string   // the only word as it was written; empty where there are several
	mail  bool     // it is an address or a login, which has no capitals to go by
}

// asPerson takes a name apart: "Lind, Anna", "Anna Lind (sales)", "Anna Lind <anna@firm.se>", "anna.lind@firm.se", "FIRM\anna.lind".
func asPerson(name string) person {
	var p person
	name = strings.TrimSpace(name)
	if at := strings.IndexAny(name, "<(["); at > 0 {
		name = strings.TrimSpace(name[:at])
	}
	name = strings.Trim(name, `<>()[]"' `)
	if at := strings.LastIndex(name, `\`); at >= 0 {
		name, p.mail = name[at+1:], true
	}
	if at := strings.Index(name, "@"); at > 0 && !strings.Contains(name, " ") {
		name, p.mail = name[:at], true
	}
	if last, first, ok := strings.Cut(name, ","); ok && !strings.Contains(first, ",") && strings.TrimSpace(first) != "" {
		name = strings.TrimSpace(first) + " " + strings.TrimSpace(last)
	}
	words := strings.FieldsFunc(name, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.Is(unicode.Mn, r) })
	for _, w := range words {
		if p.mail {
			w = strings.TrimRight(w, "0123456789")
		}
		if w != "" {
			p.words = append(p.words, plain(w))
		}
	}
	if len(words) == 1 {
		p.raw = words[0]
	}
	return p
}

// Fuller tells whether a name says more of who it is than another: Anna Lind more than AL, A. Lind or alind.
func Fuller(a, b string) bool {
	weight := func(name string) int {
		p := asPerson(name)
		whole := 0
		for _, w := range p.words {
			if letters(w) > 2 {
				whole++
			}
		}
		if p.mail || p.raw != "" {
			return min(whole, 1)
		}
		return whole * 2
	}
	return weight(a) > weight(b)
}

// Person tells how one of two names of people may stand for the other, whichever says less.
func Person(a, b string) Likeness {
	p, q := asPerson(a), asPerson(b)
	if len(p.words) == 0 || len(q.words) == 0 {
		return Different
	}
	if slices.Equal(p.words, q.words) {
		return Spelling // but for marks, signs, and what stands behind the name
	}
	if hasDigit(strings.Join(p.words, "")) || hasDigit(strings.Join(q.words, "")) { // Seller 1 is not short for Seller 11
		return Different
	}
	if l := p.standsFor(q); l != Different {
		return l
	}
	if l := q.standsFor(p); l != Different {
		return l
	}
	return alike(p.words, q.words)
}

// standsFor tells how p may be a shorter way to write q.
func (p person) standsFor(q person) Likeness {
	if len(q.words) < 2 {
		if len(q.words) == 1 && p.mail && len(p.words) == 1 && p.words[0] == q.words[0] {
			return Login
		}
		return Different
	}
	if len(p.words) == 1 {
		return p.single(q.words)
	}
	first, last := q.words[0], q.words[len(q.words)-1]
	if p.initials() {
		if all := strings.Join(p.words, ""); all == firstLetters(q.words) || all == initial(first)+initial(last) {
			return Initials
		}
		return Different
	}
	mine, theirs := p.words[0], p.words[len(p.words)-1]
	switch {
	case slices.Equal(sortedWords(p.words), sortedWords(q.words)):
		return Order
	case mine == first && letters(theirs) <= 2 && strings.HasPrefix(last, theirs): // Anna L.
		return Short
	case letters(mine) == 1 && strings.HasPrefix(first, mine) && theirs == last: // A. Lind
		return Short
	case mine == first && theirs == last: // Anna Maria Lind
		return Short
	case len(p.words) == 2 && mine == first && slices.Contains(q.words, theirs): // Anna Berg, of Anna Berg Lind
		return Short
	}
	return Different
}

// initials tells that every word is a letter.
func (p person) initials() bool {
	return !slices.ContainsFunc(p.words, func(w string) bool { return letters(w) != 1 })
}

// single tells how one word may stand for a name of several.
func (p person) single(full []string) Likeness {
	word, first, last := p.words[0], full[0], full[len(full)-1]
	capitals := p.raw != "" && p.raw == strings.ToUpper(p.raw)
	switch {
	case letters(word) >= 2 && letters(word) <= 4 && (word == firstLetters(full) || word == initial(first)+initial(last)):
		return Initials
	case word == first || word == last:
		return Short
	case word == first+last || word == last+first || word == strings.Join(full, ""):
		return Login
	case letters(word) < 3 || !p.mail && !capitals && p.raw != strings.ToLower(p.raw): // Ali is a name, and ali may be Anna Lind
		return Different
	case beginnings(word, first, last) || letters(word) >= 4 && beginnings(word, last, first):
		return Login
	}
	return Different
}

// beginnings tells whether a word is the beginning of one name and then that of another: alind, annal, annlin.
func beginnings(word, a, b string) bool {
	for n := 1; n < len(word); n++ {
		if strings.HasPrefix(a, word[:n]) && strings.HasPrefix(b, word[n:]) {
			return true
		}
	}
	return false
}

func firstLetters(words []string) string {
	var b strings.Builder
	for _, w := range words {
		b.WriteString(initial(w))
	}
	return b.String()
}

// initial is the first letter of a word.
func initial(word string) string {
	_, size := utf8.DecodeRuneInString(word)
	return word[:size]
}

func letters(word string) int { return utf8.RuneCountInString(word) }

func sortedWords(words []string) []string {
	words = slices.Clone(words)
	slices.Sort(words)
	return words
}

// alike compares two whole names: as they are heard, and but for one slip of the pen.
func alike(a, b []string) Likeness {
	if len(a) != len(b) || len(a) < 2 {
		return Different
	}
	differ := -1
	for i := range a {
		switch {
		case a[i] == b[i] || heard(a[i]) == heard(b[i]):
		case differ >= 0:
			return Different
		default:
			differ = i
		}
	}
	if differ < 0 {
		return Spelling
	}
	x, y := a[differ], b[differ]
	slip, otherLetter := typo(x, y)
	switch {
	case !slip || hasDigit(x+y) || min(len(x), len(y)) < 3:
		return Different
	case otherLetter && min(len(x), len(y)) < 7:
		return Near
	}
	return Spelling
}

package names

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Likeness is how one name may stand for another.
type Likeness uint8

// The ways in which names are alike. Different ones are not.
const (
	Different Likeness = iota
	Initials           // AL for Anna Lind
	Login              // alind, anna.lind@firm.se
	Short              // Anna, Anna L., A. Lind
	Order              // Lind, Anna
	Form               // Acme AB for Acme Aktiebolag or Acme
	OtherForm          // Acme AB for Acme AS: alike, and probably two companies
	Spelling           // Christoffer for Kristofer
	Near               // Anna Lund for Anna Lind: alike, and as often two people
)

// Likely tells whether the two are probably one, so that it can be proposed.
func (l Likeness) Likely() bool { return l != Different && l != OtherForm && l != Near }

// plain is a text in small letters without marks, as people write who have no others at hand.
func plain(text string) string {
	text = strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return unicode.ToLower(r)
	}, norm.NFD.String(text))
	return lettersOfTwo.Replace(text)
}

var lettersOfTwo = strings.NewReplacer("ø", "o", "æ", "ae", "œ", "oe", "ł", "l", "ß", "ss", "đ", "d", "ð", "d", "þ", "th", "ı", "i")

// sounds writes letters that are heard as one with one letter.
var sounds = strings.NewReplacer("sch", "s", "sj", "s", "ch", "k", "ck", "k", "ph", "f", "th", "t", "dh", "d", "kh", "k", "ae", "e", "oe", "o", "ue", "u",
	"c", "k", "q", "k", "w", "v", "z", "s", "x", "ks", "y", "i", "j", "i")

// heard is a plain word as it is heard: Kristoffer and Christofer are one.
func heard(word string) string {
	if len(word) > 3 && strings.HasSuffix(word, "h") && !strings.ContainsAny(word[len(word)-2:len(word)-1], "aeiou") { // Lindh
		word = word[:len(word)-1]
	}
	return string(slices.Compact([]rune(sounds.Replace(word))))
}

// typo tells whether two words come apart by one slip of the pen: a letter too many, too few, another one, or two that have changed places.
// Another letter makes another word as often as a slip does.
func typo(a, b string) (slip, otherLetter bool) {
	x, y := []rune(a), []rune(b)
	if len(x) > len(y) {
		x, y = y, x
	}
	if len(y)-len(x) > 1 || a == b {
		return false, false
	}
	i := 0
	for i < len(x) && x[i] == y[i] {
		i++
	}
	switch {
	case len(x) < len(y):
		return slices.Equal(x[i:], y[i+1:]), false
	case slices.Equal(x[i+1:], y[i+1:]):
		return true, true
	}
	return i+1 < len(x) && x[i] == y[i+1] && x[i+1] == y[i] && slices.Equal(x[i+2:], y[i+2:]), false
}

func hasDigit(text string) bool { return strings.ContainsAny(text, "0123456789") }

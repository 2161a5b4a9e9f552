package search

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// apart are letters that have no decomposition and that people without them on their keyboard write in another way.
var apart = map[rune]string{'ø': "o", 'æ': "ae", 'œ': "oe", 'ß': "ss", 'đ': "d", 'ð': "d", 'þ': "th", 'ł': "l", 'ı': "i"}

// fold is a text in small letters without their marks and with single blanks.
func fold(text string) string {
	folded, _ := foldAt(text, false)
	return folded
}

// foldAt is fold; where asked it tells for each byte of it, and for its end, where in the text it comes from.
func foldAt(text string, positions bool) (string, []int) {
	var out strings.Builder
	out.Grow(len(text))
	var at []int
	put := func(s string, from int) {
		out.WriteString(s)
		for range len(s) {
			if positions {
				at = append(at, from)
			}
		}
	}
	blank := true
	for i, r := range text {
		switch {
		case unicode.IsSpace(r):
			if !blank {
				put(" ", i)
			}
			blank = true
			continue
		case r < utf8.RuneSelf:
			put(string(unicode.ToLower(r)), i)
		case unicode.Is(unicode.Mn, r): // the mark of the letter before it
			continue
		default:
			put(bare(unicode.ToLower(r)), i)
		}
		blank = false
	}
	if positions {
		at = append(at, len(text))
	}
	return out.String(), at
}

// bare is a small letter without its marks.
func bare(r rune) string {
	if s, ok := apart[r]; ok {
		return s
	}
	whole := norm.NFD.String(string(r))
	first, n := utf8.DecodeRuneInString(whole)
	if n == len(whole) || !unicode.IsLetter(first) {
		return string(r)
	}
	return string(first)
}

// word is one word, or several in quotation marks, of what is asked for.
type word struct {
	text   string // small letters with their marks
	folded string
}

// marked tells a word that is written with marks: it finds only what has them too.
func (w word) marked() bool { return w.text != w.folded }

// words are what a question asks for.
func words(question string) []word {
	var list []word
	add := func(text string) {
		text = strings.ToLower(norm.NFC.String(strings.Join(strings.Fields(text), " ")))
		if folded := fold(text); folded != "" {
			list = append(list, word{text, folded})
		}
	}
	for question != "" {
		before, rest, quoted := strings.Cut(question, `"`)
		for text := range strings.FieldsSeq(before) {
			add(text)
		}
		if !quoted {
			break
		}
		inside, after, closed := strings.Cut(rest, `"`)
		if !closed {
			question = rest
			continue
		}
		add(inside)
		question = after
	}
	return list
}

// in tells whether the word stands in a text, of which folded is the folded form.
func (w word) in(text, folded string) bool {
	if !strings.Contains(folded, w.folded) {
		return false
	}
	return !w.marked() || strings.Contains(strings.ToLower(norm.NFC.String(text)), w.text)
}

// number is a telephone number that is asked for, digits only and without what one dials first; empty where the question is none.
func number(question string) string {
	digits := digitsOf(question)
	plain := strings.Trim(question, "+0123456789 ()/-.")
	if plain != "" || len(digits) < 5 {
		return ""
	}
	return strings.TrimLeft(digits, "0")
}

func digitsOf(text string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, strings.ReplaceAll(text, "(0)", ""))
}

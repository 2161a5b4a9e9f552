package sheet

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// charsets are the encodings of one byte that lists come in: those of Windows in the west, the middle and the east of Europe, that of old
// Macs, and that of DOS. The first of several that read a text alike is taken.
var charsets = []*charmap.Charmap{charmap.Windows1252, charmap.Windows1250, charmap.Windows1251, charmap.Macintosh, charmap.CodePage850}

const (
	lineRead   = 64 << 10 // how much of a line is looked at at once
	mostSample = 64 << 10 // how much of what is not UTF-8 is looked at to find out what it is
)

// survey is what a look through a file without marks tells about its letters.
type survey struct {
	utf8   bool   // some lines have letters that are UTF-8
	sample []byte // lines that are not
}

func surveyed(r io.Reader) (survey, error) {
	var s survey
	src := bufio.NewReaderSize(r, lineRead)
	var kept []byte
	for {
		piece, err := src.ReadSlice('\n')
		if len(kept) > 0 {
			piece = append(kept, piece...)
		}
		whole, rest := cutRune(piece, err != nil && errors.Is(err, bufio.ErrBufferFull))
		if bytes.IndexFunc(whole, func(c rune) bool { return c >= utf8.RuneSelf }) >= 0 {
			if utf8.Valid(whole) {
				s.utf8 = true
			} else if len(s.sample) < mostSample {
				s.sample = append(s.sample, whole...)
			}
		}
		kept = append([]byte(nil), rest...)
		if err != nil && !errors.Is(err, bufio.ErrBufferFull) {
			if errors.Is(err, io.EOF) {
				err = nil
			}
			return s, err
		}
	}
}

// cutRune takes a letter off the end of a piece that goes on in the next one.
func cutRune(piece []byte, goesOn bool) (whole, rest []byte) {
	if !goesOn {
		return piece, nil
	}
	for back := 1; back < utf8.UTFMax && back < len(piece); back++ {
		if c := piece[len(piece)-back]; utf8.RuneStart(c) {
			if c >= utf8.RuneSelf && !utf8.FullRune(piece[len(piece)-back:]) {
				return piece[:len(piece)-back], piece[len(piece)-back:]
			}
			break
		}
	}
	return piece, nil
}

// charsetOf finds the encoding in which a text reads like words. Where two of them do that and read differently it answers with both
// readings, for somebody to say.
func charsetOf(sample []byte) (best *charmap.Charmap, readings []string) {
	bestScore, next := 0, 0
	var rival *charmap.Charmap
	for _, c := range charsets {
		score := likeness(sample, c)
		switch {
		case best == nil || score > bestScore:
			rival, next, best, bestScore = best, bestScore, c, score
		case rival == nil || score > next:
			rival, next = c, score
		}
	}
	if rival != nil && bestScore == next {
		a, b := oddWord(sample, best), oddWord(sample, rival)
		if a != b {
			return best, []string{a, b}
		}
	}
	return best, nil
}

// Letters that are common in the languages of each encoding, beyond those of ASCII.
const (
	western  = "åäöéüøæßèáíóúçñêâîôûëïàòùìõã"
	central  = "ąćęłńóśźżčřšžěůőűáíéýúäöüôďťňľ"
	northern = "åäöéüøæß" // the most common of the west
)

// likeness tells how much a text looks like words in an encoding: letters where letters are, small ones after small ones.
func likeness(sample []byte, c *charmap.Charmap) (score int) {
	common := western
	if c == charmap.Windows1250 {
		common = central
	}
	for i, b := range sample {
		if b < utf8.RuneSelf {
			continue
		}
		r := c.DecodeByte(b)
		before, after := letterAt(sample, i-1, c), letterAt(sample, i+1, c)
		inWord := before != 0 || after != 0
		if before >= utf8.RuneSelf && after >= utf8.RuneSelf && !unicode.Is(unicode.Cyrillic, before) {
			score -= 2 // words of the Latin alphabet are not made of such letters alone
		}
		switch {
		case r == utf8.RuneError || unicode.IsControl(r):
			score -= 4
		case !unicode.IsLetter(r):
			score += markLikeness(r, before != 0, after != 0)
		case inWord:
			score += letterLikeness(r, before, after, common, c)
			if c == charmap.Windows1252 && b < 0xa0 && strings.ContainsRune(common, unicode.ToLower(r)) {
				score-- // the west has these letters elsewhere
			}
		}
	}
	return score
}

// letterLikeness tells whether a letter goes with those beside it, and is a common one.
func letterLikeness(r, before, after rune, common string, c *charmap.Charmap) int {
	small := unicode.ToLower(r)
	switch {
	case unicode.IsUpper(r) && unicode.IsLower(before):
		return -3
	case scriptsDiffer(r, before) || scriptsDiffer(r, after):
		return -6
	case unicode.Is(unicode.Cyrillic, r):
		return 2
	case !strings.ContainsRune(common, small):
		return 0
	case c == charmap.Windows1250 && strings.ContainsRune("čřů", small): // the same byte is a letter of the west
		return 1
	case c == charmap.Windows1250 && strings.ContainsRune("šž", small), c != charmap.Windows1250 && strings.ContainsRune(northern, small):
		return 3
	}
	return 2
}

// scriptsDiffer tells letters of two alphabets, which no word has beside each other.
func scriptsDiffer(r, beside rune) bool {
	return beside != 0 && unicode.Is(unicode.Cyrillic, r) != unicode.Is(unicode.Cyrillic, beside)
}

// markLikeness tells whether a mark stands where such marks stand: quotes around words, dashes and currencies beside them.
func markLikeness(r rune, before, after bool) int {
	switch {
	case r == '’' && before:
		return 3
	case before && after:
		return -3
	case strings.ContainsRune("“„‘«", r) && after, strings.ContainsRune("”…»", r) && before, strings.ContainsRune("€£–—§°", r) && !before && !after:
		return 3
	}
	return 0
}

// letterAt is the letter at a place of a text, or 0.
func letterAt(text []byte, at int, c *charmap.Charmap) rune {
	if at < 0 || at >= len(text) {
		return 0
	}
	if r := c.DecodeByte(text[at]); unicode.IsLetter(r) {
		return r
	}
	return 0
}

// oddWord is the first word that has other letters than those of ASCII.
func oddWord(sample []byte, c *charmap.Charmap) string {
	for word := range bytes.FieldsFuncSeq(sample, func(r rune) bool {
		return r == ' ' || r == ';' || r == ',' || r == '\t' || r == '\n' || r == '\r' || r == '"'
	}) {
		if bytes.ContainsFunc(word, func(r rune) bool { return r >= utf8.RuneSelf }) {
			text, _ := c.NewDecoder().Bytes(word)
			return string(text)
		}
	}
	return ""
}

// lineReader gives lines that are UTF-8 as they are and reads others in their encoding, as where two exports were put together. In a file
// of UTF-8 even such a line may have cells that are.
type lineReader struct {
	src     *bufio.Reader
	charset *charmap.Charmap
	mixed   bool
	kept    []byte
	out     []byte
	err     error
}

func (l *lineReader) Read(p []byte) (int, error) {
	for len(l.out) == 0 {
		if l.err != nil {
			return 0, l.err
		}
		piece, err := l.src.ReadSlice('\n')
		full := errors.Is(err, bufio.ErrBufferFull)
		if err != nil && !full {
			l.err = err
		}
		if len(l.kept) > 0 {
			piece = append(l.kept, piece...)
		}
		whole, rest := cutRune(piece, full)
		l.out = l.decoded(whole)
		l.kept = append([]byte(nil), rest...)
	}
	n := copy(p, l.out)
	l.out = l.out[n:]
	return n, nil
}

func (l *lineReader) decoded(line []byte) []byte {
	if l.mixed && utf8.Valid(line) {
		return append([]byte(nil), line...)
	}
	out := make([]byte, 0, len(line)+16)
	for len(line) > 0 {
		r, n := utf8.DecodeRune(line)
		if n < 2 || !l.mixed {
			r, n = l.charset.DecodeByte(line[0]), 1
		}
		out = utf8.AppendRune(out, r)
		line = line[n:]
	}
	return out
}

package sheet

import (
	"strings"
	"unicode/utf8"
)

// Defuse puts an apostrophe before a text that a spreadsheet would take for a formula, and before one that looks as if that had been done
// already, so that Undefuse gives back every text as it was.
func Defuse(text string) string {
	if dangerous(text) {
		return "'" + text
	}
	return text
}

// Undefuse takes the apostrophe away that Defuse, or another careful program, put there.
func Undefuse(text string) string {
	if rest, ok := strings.CutPrefix(text, "'"); ok && dangerous(rest) {
		return rest
	}
	return text
}

func dangerous(text string) bool {
	text = strings.TrimLeft(text, "'")
	first, _ := utf8.DecodeRuneInString(text)
	return text != "" && strings.ContainsRune("=+-@\t\r\n＝＋－＠", first) // some spreadsheets take the wide ones for the others
}

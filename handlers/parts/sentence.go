package parts

import (
	"slices"
	"strings"

	"milstolpe/handlers/i18n"
)

// JoinDots puts small remarks into a line; empty ones are left out.
func JoinDots(words []string) string {
	return strings.Join(slices.DeleteFunc(words, func(s string) bool { return s == "" }), " · ")
}

// Sentences puts sentences one after the other.
func Sentences(list ...[]i18n.Piece) []i18n.Piece {
	var all []i18n.Piece
	for _, s := range list {
		if len(s) == 0 {
			continue
		}
		if len(all) > 0 {
			all = append(all, i18n.Piece{Text: " "})
		}
		all = append(all, s...)
	}
	return all
}

// JoinPiecesDots puts what is given in a row with dots between.
func JoinPiecesDots(list ...[]i18n.Piece) []i18n.Piece {
	var all []i18n.Piece
	for _, pieces := range list {
		if len(pieces) == 0 || len(pieces) == 1 && pieces[0].Text == "" {
			continue
		}
		if len(all) > 0 {
			all = append(all, i18n.Piece{Text: " · "})
		}
		all = append(all, pieces...)
	}
	return all
}

// TextOf is the text of a sentence.
func TextOf(pieces []i18n.Piece) string {
	text := ""
	for _, p := range pieces {
		text += p.Text
	}
	return text
}

package dealindex

import (
	"milstolpe/handlers/i18n"
	"milstolpe/handlers/wording"
	"milstolpe/process"
	"milstolpe/process/search"
)

// WhereFound is the line of a deal that was found, with where it stands before it; nothing where the deal's names say it all.
func WhereFound(t *i18n.Text, today process.Date, in wording.Processes, f *search.FoundDeal, question string) []i18n.Piece {
	if f == nil || f.Line == nil {
		return nil
	}
	where := t.T("search.kind_" + string(f.Line.Kind))
	if f.Line.Milestone != "" {
		where += ", " + i18n.LowerFirst(wording.MilestoneName(in, f.Deal.Process(), f.Line.Milestone))
	}
	if !f.Line.Day.IsZero() {
		where += ", " + t.DayNear(f.Line.Day, today)
	}
	return append([]i18n.Piece{{Text: where + ": "}}, Excerpt(f.Line.Text, question)...)
}

// aboutExcerpt is about how many letters of a text are shown.
const aboutExcerpt = 160

// Excerpt is a text around what was asked for, which stands out.
func Excerpt(text, question string) []i18n.Piece {
	var list []i18n.Piece
	for _, p := range search.Excerpt(text, question, aboutExcerpt) {
		list = append(list, i18n.Piece{Text: p.Text, Strong: p.Match})
	}
	return list
}

package dealindex

import (
	"milstolpe/handlers/i18n"
	"milstolpe/handlers/web"
	"milstolpe/handlers/wording"
	"milstolpe/process/sales"
	"milstolpe/process/search"
)

// Search finds what was written in the file that the request is about. What it answers may be used only while the team may be read.
func Search(v *web.Request, team *sales.Team, question string) search.Found {
	return Written(v).Find(team, question)
}

// Written is the index of what was written in the file that the request is about.
func Written(v *web.Request) *search.Index {
	x, _ := v.Open.Slots.LoadOrStore("written", &search.Index{})
	index, _ := x.(*search.Index)
	return index
}

// WhereFound is the line of a deal that was found, with where it stands before it; nothing where the deal's names say it all.
func WhereFound(v *web.Request, team *sales.Team, f *search.FoundDeal, question string) []i18n.Piece {
	if f == nil || f.Line == nil {
		return nil
	}
	where := v.T("search.kind_" + string(f.Line.Kind))
	if f.Line.Milestone != "" {
		where += ", " + i18n.LowerFirst(wording.MilestoneName(team, f.Deal.Process(), f.Line.Milestone))
	}
	if !f.Line.Day.IsZero() {
		where += ", " + v.Text.DayNear(f.Line.Day, v.Today)
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

package home

import (
	"cmp"

	"milstolpe/db"
	"milstolpe/handlers/i18n"
	"milstolpe/handlers/urls"
	"milstolpe/handlers/web"
	"milstolpe/process/sales"
)

// copyNotices tell of second copies of the file that lie beside it, as sync programs make them, with the deals that they change.
func copyNotices(v *web.Request, team *sales.Team, copies []db.Incoming) (list [][]i18n.Piece) {
	for _, in := range copies {
		name := db.NameOf(in.From)
		var said []i18n.Piece
		switch {
		case in.Empty():
			said = v.Text.Sentence("home.copy_same", name)
		case len(in.Deals) == 0:
			said = v.Text.Sentence("home.copy_no_deal", name)
		default:
			said = append(v.Text.Sentence("home.copy", len(in.Events), name), copiedDeals(v, team, in.Deals)...)
		}
		list = append(list, append(said, v.Text.Sentence("home.copy_look", urls.FilePath)...))
	}
	return list
}

// copiedDeals names the deals that changes are about, the first few of them.
func copiedDeals(v *web.Request, team *sales.Team, deals []db.DealChanges) (pieces []i18n.Piece) {
	shown := min(len(deals), showFirstNames)
	for i, d := range deals[:shown] {
		switch {
		case i > 0 && i == len(deals)-1:
			pieces = append(pieces, i18n.Piece{Text: v.T("home.and")})
		case i > 0:
			pieces = append(pieces, i18n.Piece{Text: ", "})
		}
		title := cmp.Or(d.Name, d.Customer)
		if d.Customer != "" && d.Name != "" && d.Customer != d.Name {
			title = d.Customer + ", " + d.Name
		}
		piece := i18n.Piece{Text: title}
		if _, here := team.Deal(d.Deal); here { // another one comes in with the copy
			piece.Href = urls.DealPath(d.Deal)
		}
		pieces = append(pieces, piece)
	}
	if rest := len(deals) - shown; rest > 0 {
		pieces = append(pieces, i18n.Piece{Text: v.T("home.and")}, i18n.Piece{Text: v.T("home.and_more", rest)})
	}
	return pieces
}

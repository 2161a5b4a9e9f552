package home

import (
	"cmp"
	"time"

	"milstolpe/db"
	"milstolpe/handlers/i18n"
	"milstolpe/handlers/urls"
	"milstolpe/process"
	"milstolpe/process/sales"
)

// dealsHere finds the deals that are in the file already.
type dealsHere interface {
	Deal(id process.DealID) (*sales.Deal, bool)
}

// fileNotices tell that the shared file is not where it was, and that a damaged one was replaced.
func fileNotices(t *i18n.Text, state db.State, now time.Time) (list [][]i18n.Piece) {
	if state.Gone() {
		list = append(list, t.Sentence("home.gone", urls.FilePath))
	}
	if healed := state.HealedAt.In(now.Location()); !state.HealedAt.IsZero() && process.DateOf(healed) == process.DateOf(now) {
		list = append(list, t.Sentence("home.healed", healed, urls.FilePath))
	}
	return list
}

// copyNotices tell of second copies of the file that lie beside it, as sync programs make them, with the deals that they change.
func copyNotices(t *i18n.Text, here dealsHere, copies []db.Incoming) (list [][]i18n.Piece) {
	for _, in := range copies {
		name := db.NameOf(in.From)
		var said []i18n.Piece
		switch {
		case in.Empty():
			said = t.Sentence("home.copy_same", name)
		case len(in.Deals) == 0:
			said = t.Sentence("home.copy_no_deal", name)
		default:
			said = append(t.Sentence("home.copy", len(in.Events), name), copiedDeals(t, here, in.Deals)...)
		}
		list = append(list, append(said, t.Sentence("home.copy_look", urls.FilePath)...))
	}
	return list
}

// copiedDeals names the deals that changes are about, the first few of them.
func copiedDeals(t *i18n.Text, here dealsHere, deals []db.DealChanges) (pieces []i18n.Piece) {
	shown := min(len(deals), showFirstNames)
	for i, d := range deals[:shown] {
		switch {
		case i > 0 && i == len(deals)-1:
			pieces = append(pieces, i18n.Piece{Text: t.T("home.and")})
		case i > 0:
			pieces = append(pieces, i18n.Piece{Text: ", "})
		}
		title := cmp.Or(d.Name, d.Customer)
		if d.Customer != "" && d.Name != "" && d.Customer != d.Name {
			title = d.Customer + ", " + d.Name
		}
		piece := i18n.Piece{Text: title}
		if _, there := here.Deal(d.Deal); there { // another one comes in with the copy
			piece.Href = urls.DealPath(d.Deal)
		}
		pieces = append(pieces, piece)
	}
	if rest := len(deals) - shown; rest > 0 {
		pieces = append(pieces, i18n.Piece{Text: t.T("home.and")}, i18n.Piece{Text: t.T("home.and_more", rest)})
	}
	return pieces
}

package figures

import (
	"milstolpe/handlers/i18n"
	"milstolpe/handlers/urls"
	"milstolpe/process"
	"milstolpe/process/forecast"
	"milstolpe/process/winloss"
)

// UnmarkedLosses is the sentence about a record in which no deal was ever lost, with the way to the open ones; none where a loss was
// marked. An empty process stands for all deals.
func UnmarkedLosses(t *i18n.Text, m *forecast.Model, p process.ProcessID) []i18n.Piece {
	u, ok := winloss.UnmarkedLossesOf(m, p)
	switch {
	case !ok:
		return nil
	case u.Older == 0:
		return t.Sentence("forecast.no_losses.none_older", string(urls.Deals))
	}
	return t.Sentence("forecast.no_losses.older", u.Older, string(urls.Deals))
}

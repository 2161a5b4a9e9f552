package winloss

import (
	"milstolpe/process"
	"milstolpe/process/forecast"
)

// UnmarkedLosses is a record in which deals were won and none was ever lost. Early chances cannot be right by it, because what was lost
// still counts as open.
type UnmarkedLosses struct {
	Won   int
	Older int // open deals that are older than any won one was at its close
}

// enoughWon is from how many won deals on a record without losses is told even when no open deal is older than they were.
const enoughWon = 5

// UnmarkedLossesOf looks at the deals of a process as known today, at all deals when it is empty. Not ok where a loss was marked, or where it
// is too early to miss one.
func UnmarkedLossesOf(m *forecast.Model, p process.ProcessID) (u UnmarkedLosses, ok bool) {
	oldest := 0
	for _, d := range m.Team().EveryDeal() {
		c := d.CloseOn(m.Today())
		if p != "" && d.Process() != p || c == nil || !d.Exists(m.Today()) {
			continue
		}
		switch c.Outcome {
		case process.Won:
			opened, _ := d.Opened()
			oldest = max(oldest, c.Known.Sub(opened))
			u.Won++
		case process.Void:
		default:
			return u, false
		}
	}
	if u.Won == 0 {
		return u, false
	}
	for _, d := range m.OpenDeals(m.Today()) {
		if opened, _ := d.Opened(); (p == "" || d.Process() == p) && m.Today().Sub(opened) > oldest {
			u.Older++
		}
	}
	return u, u.Older > 0 || u.Won >= enoughWon
}

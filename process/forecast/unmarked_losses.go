package forecast

import (
	"milstolpe/process"
)

// UnmarkedLosses is a record in which deals were won and none was ever lost. Early chances cannot be right by it, because what was lost
// still counts as open.
type UnmarkedLosses struct {
	Won   int
	Older int // open deals that are older than any won one was at its close
}

// enoughWon is from how many won deals on a record without losses is told even when no open deal is older than they were.
const enoughWon = 5

// UnmarkedLosses looks at the deals of a process as known today, at all deals when it is empty. Not ok where a loss was marked, or where it
// is too early to miss one.
func (m *Model) UnmarkedLosses(p process.ProcessID) (u UnmarkedLosses, ok bool) {
	oldest := 0
	for _, d := range m.deals {
		c := d.CloseOn(m.today)
		if p != "" && d.Process() != p || c == nil || !d.Exists(m.today) {
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
	for d := range m.everyOpen(m.today) {
		if opened, _ := d.Opened(); (p == "" || d.Process() == p) && m.today.Sub(opened) > oldest {
			u.Older++
		}
	}
	return u, u.Older > 0 || u.Won >= enoughWon
}

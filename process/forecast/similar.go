package forecast

import (
	"cmp"
	"slices"

	"milstolpe/process"
	"milstolpe/process/sales"
	"milstolpe/process/stats"
)

// SimilarDeal is a closed deal that a chance rests on: it once stood where the other one stands now.
type SimilarDeal struct {
	Deal   *sales.Deal
	Won    bool
	Closed process.Date // known day of the close
	Days   int          // that it spent in the same standing
}

// Similar are the deals behind a standing's chance, latest closed first: as many as Chance.Deals says, of them Chance.Wins won. They are
// those that were closed before the calibration day and had spent a day in the standing (model, section 6).
func (m *Model) Similar(c *Calibration, s Standing) []SimilarDeal {
	m.mu.Lock()
	defer m.mu.Unlock()
	if c.At(s).Deals == 0 {
		return nil
	}
	var list []SimilarDeal
	for d, h := range m.deals.Table(c.Process, c.Version).Closed(c.On) {
		if days := c.daysIn(s, h); days > 0 {
			list = append(list, SimilarDeal{Deal: d, Won: h.Ending == stats.Won, Closed: process.Date(h.Closed), Days: days}) //nolint:gosec // a Date
		}
	}
	slices.SortStableFunc(list, func(a, b SimilarDeal) int { return cmp.Compare(b.Closed, a.Closed) })
	return list
}

// daysIn counts the days that a closed deal spent in a standing.
func (c *Calibration) daysIn(s Standing, h *stats.History) (days int) {
	if s.Unknown {
		return h.Closed - h.Opened
	}
	limit := c.Patience(s.Passed)
	for _, stay := range h.Stays {
		to := min(stay.To, h.Closed)
		if stay.Passed != s.Passed || stay.From >= to {
			continue
		}
		moves := to
		if limit.Known {
			moves = min(to, stay.From+limit.Days+1)
		}
		if s.Stalled {
			days += to - moves
		} else {
			days += moves - stay.From
		}
	}
	return days
}

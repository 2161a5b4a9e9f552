package forecast

import (
	"slices"
	"sort"
	"sync"

	"milstolpe/process"
	"milstolpe/process/cohort"
	"milstolpe/process/sales"
)

// contributionsKey is a stretch of days seen from a day: the period without its name, since only its ends matter.
type contributionsKey struct{ asOf, start, end process.Date }

// contributions is what the open deals of all processes promise for a period, as seen from a day (model, section 7), and what came of it.
type contributions struct {
	contributionsKey
	learned map[process.ProcessID]*Calibration
	parts   []DealContribution // in the order of the model's deals
	wins    []outlookWin       // in the period, whenever known
	groups  map[Grouping]*contributionGroups
	settled bool // what came of the parts is in them

	seen     int    // of the model's touches
	used     uint64 // when, see contributionStore
	foreseen map[question]*PeriodReport
	reports  map[question]*PeriodReport
}

// outlookWin is a deal that was won in the period of an outlook.
type outlookWin struct {
	cohort.Win
	part int               // index in parts; -1 for a deal that was not open on the day
	came *DealContribution // of such a deal
}

// contributionsOf is made under the lock.
func (m *Model) contributionsOf(asOf, start, end process.Date) *contributions {
	o, there := m.contributions.get(contributionsKey{asOf, start, end})
	if there {
		m.renew(o)
		return o
	}
	m.fill(o)
	m.contributions.put(o)
	return o
}

// fill works everything out anew.
func (m *Model) fill(o *contributions) {
	o.seen, o.parts, o.learned = len(m.touched), nil, map[process.ProcessID]*Calibration{}
	for _, id := range m.deals.Processes() {
		if c := m.ahead(id, o.asOf); c != nil {
			o.learned[id] = c
			m.deals.Table(id, c.Version) // so that several may look at it at once
		}
	}
	m.openContributions(o)
	o.foreseen = nil
	m.fillWins(o)
}

// fillWins looks anew at what was won in the period.
func (m *Model) fillWins(o *contributions) {
	o.groups, o.reports, o.settled, o.wins = nil, nil, false, o.wins[:0]
	for _, w := range m.deals.WonIn(o.start, o.end) {
		o.wins = append(o.wins, outlookWin{Win: w, part: m.partOf(o, w.Deal)})
	}
}

// partOf is where a deal stands in an outlook; -1 for one that was not open on the day.
func (m *Model) partOf(o *contributions, d *sales.Deal) int {
	if i, ok := m.findPart(o, d); ok {
		return i
	}
	return -1
}

// findPart is where a deal stands in an outlook, or would.
func (m *Model) findPart(o *contributions, d *sales.Deal) (at int, there bool) {
	return sort.Find(len(o.parts), func(i int) int { return m.deals.Compare(d, o.parts[i].Deal) })
}

// openContributions lists what the open deals promise. Each deal does so by itself, so one half of them is looked at beside the other.
func (m *Model) openContributions(o *contributions) {
	l := m.scorer(o)
	open := slices.Collect(m.deals.Open(o.asOf))
	half := len(open) / 2
	var first, second []DealContribution
	var other sync.WaitGroup
	other.Go(func() { first = l.parts(open[:half]) })
	second = l.parts(open[half:])
	other.Wait()
	o.parts = slices.Concat(first, second)
}

func (m *Model) scorer(o *contributions) scorer {
	return scorer{model: m, asOf: o.asOf, after: max(0, o.start.Sub(o.asOf)-1), by: o.end.Sub(o.asOf), learned: o.learned}
}

// scorer is a day from which the open deals are looked at, and what was learned by then.
type scorer struct {
	model     *Model
	asOf      process.Date
	after, by int // days from there to the period
	learned   map[process.ProcessID]*Calibration
}

func (l scorer) parts(open []*sales.Deal) []DealContribution {
	parts := make([]DealContribution, 0, len(open))
	for _, d := range open {
		c := l.learned[d.Process()]
		s, _, ok := l.model.stands(d, c, l.asOf)
		if !ok {
			continue
		}
		parts = append(parts, DealContribution{
			Deal: d, Open: true, Standing: s, Next: c.nextOf(s), Value: l.model.team.ValueOn(d, l.asOf),
			Phi: c.Within(s, l.after, l.by), Lose: c.LoseWithin(s, l.after, l.by),
			Seller: d.SellerOn(l.asOf), Customer: d.CustomerOn(l.asOf), calibrated: c.On,
		})
	}
	return parts
}

// renew brings what the open deals promise along with what the model has followed since.
func (m *Model) renew(o *contributions) {
	news := m.touched[o.seen:]
	o.seen = len(m.touched)
	if slices.ContainsFunc(news, o.sees) {
		o.foreseen, o.reports = nil, nil
		if !m.sameCalibrations(o) {
			m.fill(o)
			return
		}
	}
	wins := false
	for i := range news {
		if o.sees(news[i]) && m.renewPart(o, news[i].Deal) {
			wins = true
		}
		wins = wins || slices.ContainsFunc(news[i].Won, o.contains)
	}
	if wins {
		m.fillWins(o)
		return
	}
	for i := range news {
		if at := m.partOf(o, news[i].Deal); at >= 0 {
			o.groups, o.reports = nil, nil
			if o.settled {
				m.resolveOutcome(&o.parts[at], o)
			}
		}
	}
}

// sees reports whether a deal may be another on the as-of day than it was.
func (o *contributions) sees(t cohort.Touch) bool { return t.From <= o.asOf }

func (k contributionsKey) contains(day process.Date) bool { return k.start <= day && day <= k.end }

// sameCalibrations reports whether the parts were reckoned with what is known of the as-of day now.
func (m *Model) sameCalibrations(o *contributions) bool {
	for _, id := range m.deals.Processes() {
		if m.ahead(id, o.asOf) != o.learned[id] {
			return false
		}
	}
	return true
}

// renewPart looks at one deal again, and answers whether others have moved to other places by that.
func (m *Model) renewPart(o *contributions, d *sales.Deal) (moved bool) {
	var now []DealContribution
	if m.deals.IsOpen(d, o.asOf) {
		now = m.scorer(o).parts([]*sales.Deal{d})
	}
	at, there := m.findPart(o, d)
	switch {
	case there && len(now) > 0:
		o.parts[at] = now[0]
	case there:
		o.parts = slices.Delete(o.parts, at, at+1)
	case len(now) > 0:
		o.parts = slices.Insert(o.parts, at, now[0])
	}
	return there != (len(now) > 0)
}

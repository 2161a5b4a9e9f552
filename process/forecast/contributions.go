package forecast

import (
	"cmp"
	"slices"
	"sort"
	"sync"

	"milstolpe/process"
	"milstolpe/process/sales"
	"milstolpe/process/stats"
)

// contributionsKey is a stretch of days seen from a day: the period without its name, since only its ends matter.
type contributionsKey struct{ asOf, start, end process.Date }

// contributions is what the open deals of all processes promise for a period, as seen from a day (model, section 7), and what came of it.
type contributions struct {
	parts  []DealContribution // in the order of the model's deals
	wins   []outlookWin       // in the period, whenever known
	groups map[Grouping]*contributionGroups

	settled bool
}

// outlookWin is a deal that was won in the period of an outlook.
type outlookWin struct {
	win
	part int               // index in parts; -1 for a deal that was not open on the day
	came *DealContribution // of such a deal
}

// contributionsOf is made under the lock.
func (m *Model) contributionsOf(asOf, start, end process.Date) *contributions {
	key := contributionsKey{asOf, start, end}
	if o, ok := m.contributions[key]; ok {
		return o
	}
	o := &contributions{groups: map[Grouping]*contributionGroups{}}
	m.contributions[key] = o
	if asOf >= m.first {
		m.openContributions(o, asOf, start, end)
	}
	for _, w := range m.wonIn(start, end) {
		o.wins = append(o.wins, outlookWin{win: w, part: m.partOf(o, w.deal)})
	}
	return o
}

// partOf is where a deal stands in an outlook; -1 for one that was not open on the day.
func (m *Model) partOf(o *contributions, d *sales.Deal) int {
	i, ok := sort.Find(len(o.parts), func(i int) int { return cmp.Compare(m.index[d.Index()], m.index[o.parts[i].Deal.Index()]) })
	if !ok {
		return -1
	}
	return i
}

// openContributions lists what the open deals promise. Each deal does so by itself, so one half of them is looked at beside the other.
func (m *Model) openContributions(o *contributions, asOf, start, end process.Date) {
	l := scorer{model: m, asOf: asOf, after: max(0, start.Sub(asOf)-1), by: end.Sub(asOf), learned: map[process.ProcessID]*Calibration{}}
	for id := range m.procs {
		if c := m.ahead(id, asOf); c != nil {
			l.learned[id] = c
			m.spellTable(id, c.Version) // so that both halves find it
		}
	}
	open := slices.Collect(m.everyOpen(asOf))
	half := len(open) / 2
	var first, second []DealContribution
	var other sync.WaitGroup
	other.Go(func() { first = l.parts(open[:half]) })
	second = l.parts(open[half:])
	other.Wait()
	o.parts = slices.Concat(first, second)
}

// scorer is a day from which the open deals are looked at, and what was learned by then.
type scorer struct {
	model     *Model
	asOf      process.Date
	after, by int // days from there to the period
	learned   map[process.ProcessID]*Calibration
}

func (l *scorer) parts(open []*sales.Deal) []DealContribution {
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

// win is a deal that was won. Whether it counts on a day depends on what was known then; of a plain deal that is only when the close
// became known, and what it brought stands ready.
type win struct {
	deal        *sales.Deal
	on          process.Date
	since       process.Date // known
	plain       bool
	close       *sales.Close
	closedValue float64
}

// allWins lists every deal that ever was won, by the day of the close, so that a period's wins are found quickly.
func (m *Model) allWins() []win {
	if m.winsKnown {
		return m.wins
	}
	for i, d := range m.deals {
		if m.spans[i].plain {
			if c := d.Now.Close; c != nil && c.Outcome == process.Won {
				m.wins = append(m.wins, win{d, c.On, c.Known, true, c, m.team.ClosedValue(d, c)})
			}
			continue
		}
		seen := map[process.Date]bool{}
		for k := range d.Closings() {
			if c := &d.Closings()[k].Value; c.Outcome == process.Won && !seen[c.On] {
				seen[c.On] = true
				m.wins = append(m.wins, win{deal: d, on: c.On})
			}
		}
	}
	m.wins, m.winsKnown = byDay(m.wins), true
	return m.wins
}

// wonIn are the deals won in the days from start to end, as known whenever.
func (m *Model) wonIn(start, end process.Date) []win {
	wins := m.allWins()
	from, to := firstWin(wins, start), firstWin(wins, end+1)
	return wins[from:max(from, to)]
}

// winAsOf looks at a win as it was known on the day. It answers false where it was not won then, or on another day.
func (m *Model) winAsOf(w win, day process.Date) (win, bool) {
	if w.plain {
		return w, w.since <= day
	}
	if w.close = m.closeOn(w.deal, day); w.close == nil || w.close.Outcome != process.Won || w.close.On != w.on {
		return w, false
	}
	w.since, w.closedValue = w.close.Known, m.team.ClosedValue(w.deal, w.close)
	return w, true
}

// comparablePeriod is an earlier period of the same length, seen from the day that corresponds to the as-of day.
type comparablePeriod struct {
	period process.Period
	asOf   process.Date
}

// lookbackPeriods is how far back the spread of newcomers and the method's own errors are looked at, in periods (model, section 8).
const lookbackPeriods = 12

// trackRecord is what the model's own past says about its errors at this length and lead, for the deals of a group, oldest first (model,
// section 8).
type trackRecord struct {
	newMoney, newDeals []float64 // x_1 … x_k
	misses             []stats.Record
	naive              *float64
}

func (m *Model) trackRecord(p process.Period, asOf process.Date, lead int, in Scope) trackRecord {
	var r trackRecord
	for _, c := range slices.Backward(m.learnFrom(p, asOf, lead, lookbackPeriods)) {
		got := m.actualOf(c, asOf, in)
		r.newMoney, r.newDeals = append(r.newMoney, got.newMoney), append(r.newDeals, got.newDeals)
		r.naive = &got.money
		miss := stats.Record{Actual: got.open}
		for part := range m.partsOf(m.contributionsOf(c.asOf, c.period.Start, c.period.End), in) {
			miss.Forecast += part.Value * part.Phi
			miss.Variance += part.Value * part.Value * part.Phi * (1 - part.Phi)
		}
		r.misses = append(r.misses, miss)
	}
	return r
}

// actual is what a period brought: in all, from deals that were open on the as-of day, and from newcomers.
type actual struct {
	money, open, newMoney, newDeals float64
	deals                           int
}

// actualOf is what an earlier period brought, as known on the day.
func (m *Model) actualOf(c comparablePeriod, known process.Date, in Scope) (a actual) {
	for w := range m.winsOf(m.contributionsOf(c.asOf, c.period.Start, c.period.End), known, in) {
		a.money += w.closedValue
		a.deals++
		switch {
		case w.part >= 0:
			a.open += w.closedValue
		case w.plain && w.since > c.asOf || !w.plain && m.closeOn(w.deal, c.asOf) == nil: // not already won on that day
			a.newMoney += w.closedValue
			a.newDeals++
		}
	}
	return a
}

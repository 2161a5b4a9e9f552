package forecast

import (
	"math"
	"slices"

	"milstolpe/process"
	"milstolpe/process/stats"
)

// learnFrom are the complete periods of the same length that ended on or before the day and do not start before the team did, newest
// first, at most so many (model, section 8). A period seen from inside is compared from the day with as many days left; any other from
// its own as-of day at the same lead.
func (m *Model) learnFrom(p process.Period, asOf process.Date, lead, most int) []comparablePeriod {
	var list []comparablePeriod
	q := p
	for q.End > asOf {
		q = q.Previous()
	}
	for ; len(list) < most && q.Start >= m.deals.First()-earliestStart; q = q.Previous() {
		c := comparablePeriod{period: q, asOf: q.AsOf(lead)}
		if p.Contains(asOf) {
			c.asOf = q.End.AddDays(-p.End.Sub(asOf))
		}
		list = append(list, c)
	}
	return list
}

// earliestStart is how many days before the team's first deal a period may start and still be learned from.
const earliestStart = 6

// periodKey is a period seen from a day at a lead, for some of the deals.
type periodKey struct {
	start, end, asOf process.Date
	lead             int
	scope            Scope
}

// ownRecord is what would have been forecast of an earlier period: by the model without any correction, and by the record alone; in money
// and in number. It is empty where either is missing.
type ownRecord struct {
	money, deals stats.OwnRecord
	ok           bool
}

// ownRecordOf is made under the lock. What came is left to the caller, because it depends on the day from which one looks back.
func (m *Model) ownRecordOf(c comparablePeriod, lead int) ownRecord {
	key := periodKey{start: c.period.Start, end: c.period.End, asOf: c.asOf, lead: lead}
	if r, ok := m.ownRecords.get(c.asOf, key); ok {
		return r
	}
	var r ownRecord
	if before := m.actualsBefore(c.period, c.asOf, lead); c.asOf >= m.deals.First() && len(before.money) > 0 {
		r = ownRecord{ok: true}
		r.money.Record, r.deals.Record = stats.RecentMean(before.money), stats.RecentMean(before.deals)
		r.money.Model = stats.ExpectUnopened(reversed(before.newMoney)).Mean
		r.deals.Model = stats.ExpectUnopened(reversed(before.newDeals)).Mean
		for _, part := range m.contributionsOf(c.asOf, c.period.Start, c.period.End).parts {
			r.money.Model += part.Expected()
			r.deals.Model += part.Phi
		}
	}
	m.ownRecords.put(c.asOf, key, r)
	return r
}

// actuals are what earlier periods brought, newest first.
type actuals struct{ money, deals, newMoney, newDeals []float64 }

func (m *Model) actualsBefore(p process.Period, asOf process.Date, lead int) (a actuals) {
	for _, c := range m.learnFrom(p, asOf, lead, lookbackPeriods) {
		got := m.actualOf(c, asOf, Scope{})
		a.money, a.deals = append(a.money, got.money), append(a.deals, float64(got.deals))
		a.newMoney, a.newDeals = append(a.newMoney, got.newMoney), append(a.newDeals, got.newDeals)
	}
	return a
}

func reversed(list []float64) []float64 {
	list = slices.Clone(list)
	slices.Reverse(list)
	return list
}

// correct moves the total towards the team's own record where that was proven to know better (model, section 8). Only the whole team is
// corrected, and no period that is seen from inside.
func (m *Model) correct(r *PeriodReport, lead int, in Scope) {
	r.Weight, r.WeightDeals = 1, 1
	if in != (Scope{}) || !r.HasForecast || r.Period.Contains(r.AsOf) {
		return
	}
	before := m.actualsBefore(r.Period, r.AsOf, lead)
	if len(before.money) == 0 {
		return
	}
	r.Record, r.RecordDeals = stats.RecentMean(before.money), stats.RecentMean(before.deals)
	var money, deals []stats.OwnRecord
	for i, c := range m.learnFrom(r.Period, r.AsOf, lead, lookbackPeriods) {
		if own := m.ownRecordOf(c, lead); own.ok {
			own.money.Actual, own.deals.Actual = before.money[i], before.deals[i]
			money, deals = append(money, own.money), append(deals, own.deals)
		}
	}
	r.RecordPeriods = len(money)
	if r.Forecast != 0 {
		r.Weight = stats.CorrectionWeight(money)
	}
	if r.ForecastDeals != 0 {
		r.WeightDeals = stats.CorrectionWeight(deals)
	}
	if r.Corrected() {
		r.Correction = (1 - r.Weight) * (r.Record - r.Forecast)
	}
	if r.WeightDeals < 1 {
		r.CorrectionDeals = (1 - r.WeightDeals) * (r.RecordDeals - r.ForecastDeals)
	}
	r.Forecast += r.Correction
	r.ForecastDeals += r.CorrectionDeals
}

// Corrected reports whether the total was corrected by the team's own record.
func (r *PeriodReport) Corrected() bool { return r.Weight < 1 }

// Uncorrected is T, what the model alone says: what is won, the open deals and those not yet opened.
func (r *PeriodReport) Uncorrected() float64 { return r.WonSoFar + r.Pipeline + r.NewMoney.Mean }

// shownRange is the range of a period as it was shown, with the forecast beside it.
type shownRange struct {
	forecast float64
	ends     stats.Range
	shown    bool
}

// learnRange gives a range the place of the corrected forecast and the width that its record asks for (model, section 8).
func (m *Model) learnRange(r *PeriodReport, lead int, in Scope) {
	r.RangeFactor = 1
	if r.RangeShown {
		r.RangeFactor = m.rangeFactor(r, lead, in)
	}
	if t := r.Uncorrected(); t != 0 {
		r.Range = r.Range.Scaled(r.Forecast / t)
	}
	r.Range = r.Range.Widened(r.RangeFactor)
	r.Range.P10 = max(r.Range.P10, r.WonSoFar)
}

// rangeFactor is f: how much wider or narrower ranges of this length, lead and scope have to be, by how often earlier ones held what
// came. It is worked out from the record each time and never kept, so it is the same from whatever day it is looked back on.
func (m *Model) rangeFactor(r *PeriodReport, lead int, in Scope) float64 {
	if r.Period.Contains(r.AsOf) {
		lead = 0
	}
	f := 1.0
	for _, c := range slices.Backward(m.learnFrom(r.Period, r.AsOf, lead, math.MaxInt)) {
		c.asOf = c.period.AsOf(lead)
		if c.asOf < m.deals.First() {
			continue
		}
		if was := m.shownRangeOf(c, lead, in); was.shown {
			f = stats.NextFactor(f, was.ends.Holds(m.actualOf(c, r.AsOf, in).money, was.forecast))
		}
	}
	return f
}

// shownRangeOf is made under the lock.
func (m *Model) shownRangeOf(c comparablePeriod, lead int, in Scope) shownRange {
	q := question{c.period, c.asOf, lead, in}
	if s, ok := m.shownRanges.get(c.asOf, q.key()); ok {
		return s
	}
	r := *m.foreseenIfShown(q)
	m.applySnapshot(&r, in)
	s := shownRange{forecast: r.Forecast, ends: r.Range, shown: r.RangeShown}
	m.shownRanges.put(c.asOf, q.key(), s)
	return s
}

// foreseenIfShown is foresee, but for the range of a period that shows none.
func (m *Model) foreseenIfShown(q question) *PeriodReport {
	o := m.contributionsOf(q.asOf, q.period.Start, q.period.End)
	if r, ok := o.foreseen[q]; ok {
		return r
	}
	r := m.newPeriod(q.period, q.asOf)
	m.addForecast(r, o, q.lead, q.scope)
	if !r.RangeShown {
		return r
	}
	if raw, ok := m.rawRanges.get(q.asOf, q.key()); ok {
		r.Range, r.sum = raw, stats.Portfolio{}
	} else {
		r.spread()
		m.rawRanges.put(q.asOf, q.key(), r.Range)
	}
	m.learnRange(r, q.lead, q.scope)
	o.keep(&o.foreseen, q, r)
	return r
}

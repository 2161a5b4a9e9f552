package forecast

import (
	"math"

	"milstolpe/process"
	"milstolpe/process/money"
	"milstolpe/process/sales"
	"milstolpe/process/stats"
)

// Bar is where a deal stands in the difference between forecast and actual (model, section 9).
type Bar string

// The bars, in the order in which a deal is put into the first that fits. The changes of value and currency belong to won deals.
const (
	BarWon        Bar = "won_beyond"
	BarValue      Bar = "value"
	BarCurrency   Bar = "currency"
	BarOutside    Bar = "outside"
	BarLost       Bar = "lost"
	BarSlipped    Bar = "slipped"
	BarNewcomers  Bar = "newcomers"
	BarCorrection Bar = "correction" // by the team's own record
	BarLate       Bar = "late"       // what became known of the as-of day after it was noted
)

// Bridge leads from the forecast to the actual: forecast + bars = actual.
type Bridge struct {
	WonBeyond, Value, Currency, Outside, Lost, Slipped, Newcomers, Correction, Late float64
}

// bars lists the amounts in the order of the constants.
func (b *Bridge) bars() []*float64 {
	return []*float64{&b.WonBeyond, &b.Value, &b.Currency, &b.Outside, &b.Lost, &b.Slipped, &b.Newcomers, &b.Correction, &b.Late}
}

// Check is what is left of forecast + bars − actual: nothing, but for the last bits of a float.
func (b Bridge) Check(forecast, actual float64) float64 {
	sum := forecast
	for _, bar := range b.bars() {
		sum += *bar
	}
	return sum - actual
}

// Whole rounds forecast, bars and actual to whole multiples of unit, so that they still add up. The rounding differences go to the
// bars that are nearest to the next whole number.
func (b Bridge) Whole(forecast, actual, unit float64) (f float64, w Bridge, a float64) {
	f, a = math.Round(forecast/unit)*unit, math.Round(actual/unit)*unit
	var exact []float64
	for _, bar := range b.bars() {
		exact = append(exact, *bar)
	}
	for i, amount := range money.LargestRemainder(exact, a-f, unit) {
		*w.bars()[i] = amount
	}
	return f, w, a
}

// resolveOutcomes says where each deal of an outlook ended up, with today's knowledge: the same for everybody who asks, whichever deals they ask
// about.
func (m *Model) resolveOutcomes(o *contributions) {
	if o.settled {
		return
	}
	o.settled = true
	for i := range o.parts {
		o.parts[i].Brought = 0
	}
	for i := range o.wins {
		w, ok := m.deals.WinOn(o.wins[i].Win, process.FarFuture)
		switch at := o.wins[i].part; {
		case !ok:
		case at >= 0:
			o.parts[at].Brought = w.Value
		default:
			o.wins[i].came = &DealContribution{
				Deal: w.Deal, Bar: BarNewcomers, Amount: w.Value, Brought: w.Value,
				Seller: w.Deal.SellerOn(w.Close.Known), Customer: w.Deal.CustomerOn(w.Close.Known),
			}
		}
	}
	for i := range o.parts {
		m.resolveOutcome(&o.parts[i], o)
	}
}

// resolveOutcome puts an open deal into its bar.
func (m *Model) resolveOutcome(part *DealContribution, o *contributions) {
	d := part.Deal
	c := d.CloseOn(process.FarFuture)
	part.LostIn = d.Now.Exists && c != nil && c.Outcome.IsLoss() && o.contains(c.On)
	part.Amount, part.ValueChange, part.CurrencyChange = -part.Expected(), 0, 0
	switch {
	case d.Now.Exists && c != nil && c.Outcome == process.Won && o.contains(c.On):
		part.Bar = BarWon
		part.Amount = part.Value * (1 - part.Phi)
		part.ValueChange = m.valueChange(d, c, o.asOf)
		part.CurrencyChange = part.Brought - part.Value - part.ValueChange
	case d.Now.Exists && c != nil && c.Outcome != process.Void && c.On < o.start:
		part.Bar = BarOutside
	case !d.Now.Exists || c != nil && (c.Outcome == process.Void || c.Outcome.IsLoss() && c.On <= o.end):
		part.Bar = BarLost
	default:
		part.Bar = BarSlipped
	}
}

// addActuals fills in what the period brought.
func (m *Model) addActuals(r *PeriodReport, o *contributions, in Scope) {
	m.resolveOutcomes(o)
	for w := range m.winsOf(o, process.FarFuture, in) {
		r.Actual += w.Value
		r.ActualDeals++
		if w.came != nil {
			r.Parts = append(r.Parts, w.came)
		}
	}
	for _, part := range r.Parts {
		if part.LostIn {
			r.LostActual += part.Value
			r.LostActualDeals++
		}
	}
}

// addBridge adds up the bars of a period.
func (m *Model) addBridge(r *PeriodReport) {
	var brier stats.Brier
	for _, part := range r.Parts {
		switch part.Bar {
		case BarWon:
			r.Bridge.WonBeyond += part.Amount
			r.Bridge.Value += part.ValueChange
			r.Bridge.Currency += part.CurrencyChange
		case BarOutside:
			r.Bridge.Outside += part.Amount
		case BarLost:
			r.Bridge.Lost += part.Amount
		case BarSlipped:
			r.Bridge.Slipped += part.Amount
		case BarNewcomers:
			r.Bridge.Newcomers += part.Amount
		case BarValue, BarCurrency, BarCorrection, BarLate: // of no deal by itself
		}
		if part.Open {
			brier.Add(part.Standing, part.Phi, part.Bar == BarWon)
		}
	}
	r.Bridge.Newcomers -= r.NewMoney.Mean + r.WonSoFar
	r.Bridge.Correction = -r.Correction
	if !r.HasForecast {
		r.Bridge.Newcomers = r.Actual
	}
	if s, ok := brier.Score(); ok {
		r.Brier = &s.Score
	}
}

// valueChange is how much more a won deal closed at than its value on the as-of day, in its own currency at that day's rate.
func (m *Model) valueChange(d *sales.Deal, c *sales.Close, asOf process.Date) float64 {
	end := c.Value
	if end == nil {
		end = d.ValueOn(c.Known)
	}
	if end == nil {
		return -m.team.ValueOn(d, asOf)
	}
	then, ok := m.team.Rates().Convert(*end, asOf)
	if !ok {
		return 0
	}
	return float64(then.Minor) - m.team.ValueOn(d, asOf)
}

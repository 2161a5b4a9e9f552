package process

import (
	"math"
	"slices"

	"milstolpe/process/counting"
)

// Bar is where a deal stands in the difference between forecast and actual (model, section 9).
type Bar string

// The bars, in the order in which a deal is put into the first that fits. The changes of value and currency belong to won deals.
const (
	BarWon       Bar = "won_beyond"
	BarValue     Bar = "value"
	BarCurrency  Bar = "currency"
	BarOutside   Bar = "outside"
	BarLost      Bar = "lost"
	BarSlipped   Bar = "slipped"
	BarNewcomers Bar = "newcomers"
	BarLate      Bar = "late" // what became known of the as-of day after it was noted
)

// Bridge leads from the forecast to the actual: forecast + bars = actual.
type Bridge struct {
	WonBeyond, Value, Currency, Outside, Lost, Slipped, Newcomers, Late float64
}

// bars lists the amounts in the order of the constants.
func (b *Bridge) bars() []*float64 {
	return []*float64{&b.WonBeyond, &b.Value, &b.Currency, &b.Outside, &b.Lost, &b.Slipped, &b.Newcomers, &b.Late}
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
	f, a = math.Round(forecast/unit), math.Round(actual/unit)
	exact, whole := b.bars(), w.bars()
	left := a - f
	order := make([]int, len(exact))
	for i := range exact {
		*whole[i] = math.Round(*exact[i] / unit)
		left -= *whole[i]
		order[i] = i
	}
	slices.SortStableFunc(order, func(i, j int) int {
		gain := func(k int) float64 { return math.Copysign(1, left) * (*exact[k]/unit - *whole[k]) }
		switch gi, gj := gain(i), gain(j); {
		case gi > gj:
			return -1
		case gi < gj:
			return 1
		}
		return 0
	})
	for _, i := range order {
		if math.Abs(left) < 0.5 {
			break
		}
		if *exact[i] != 0 {
			step := math.Copysign(1, left)
			*whole[i] += step
			left -= step
		}
	}
	for _, bar := range whole {
		*bar *= unit
	}
	return f * unit, w, a * unit
}

// came fills in what the period brought, with today's knowledge, and where each open deal ended up.
func (m *Model) came(r *PeriodReport, in Scope) {
	open := map[*Deal]int{}
	for i := range r.Parts {
		open[r.Parts[i].Deal] = i
	}
	all := m.outlook(r.AsOf, r.Period.Start, r.Period.End).open
	for w := range m.wonIn(r.Period.Start, r.Period.End, FarFuture) {
		d, c, brought := w.deal, w.close, w.brought
		if i, ok := open[d]; ok {
			r.Parts[i].Brought = brought
		} else {
			if _, elsewhere := all[d]; elsewhere || !in.holdsClose(m, d, c) {
				continue
			}
			r.Parts = append(r.Parts, DealPart{
				Deal: d, Bar: BarNewcomers, Amount: brought, Brought: brought, Seller: d.SellerOn(c.Known), Customer: d.CustomerOn(c.Known),
				process: d.Process(),
			})
		}
		r.Actual += brought
		r.ActualDeals++
	}
	for i := range r.Parts {
		part := &r.Parts[i]
		if c := part.Deal.CloseOn(FarFuture); part.Open && part.Deal.Now.Exists && c != nil && c.Outcome.IsLoss() && r.Period.Contains(c.On) {
			part.LostIn = true
			r.LostActual += part.Value
			r.LostActualDeals++
		}
	}
}

// account puts every deal of a period into its bar.
func (m *Model) account(r *PeriodReport) {
	var brier counting.Brier
	for i := range r.Parts {
		part := &r.Parts[i]
		if !part.Open {
			r.Bridge.Newcomers += part.Amount
			continue
		}
		c := part.Deal.CloseOn(FarFuture)
		won := c != nil && c.Outcome == Won && r.Period.Contains(c.On) && part.Deal.Now.Exists
		brier.Add(part.Standing, part.Phi, won)
		part.Amount = -part.Expected()
		switch {
		case won:
			part.Bar = BarWon
			part.Amount = part.Value * (1 - part.Phi)
			part.ValueChange = m.valueChange(part.Deal, c, r.AsOf)
			part.CurrencyChange = part.Brought - part.Value - part.ValueChange
			r.Bridge.WonBeyond += part.Amount
			r.Bridge.Value += part.ValueChange
			r.Bridge.Currency += part.CurrencyChange
		case part.Deal.Now.Exists && c != nil && c.Outcome != Void && c.On < r.Period.Start:
			part.Bar = BarOutside
			r.Bridge.Outside += part.Amount
		case !part.Deal.Now.Exists || c != nil && (c.Outcome == Void || c.Outcome.IsLoss() && c.On <= r.Period.End):
			part.Bar = BarLost
			r.Bridge.Lost += part.Amount
		default:
			part.Bar = BarSlipped
			r.Bridge.Slipped += part.Amount
		}
	}
	r.Bridge.Newcomers -= r.NewMoney.Mean + r.WonSoFar
	if !r.HasForecast {
		r.Bridge.Newcomers = r.Actual
	}
	if s, ok := brier.Score(); ok {
		r.Brier = &s.Score
	}
}

// valueChange is how much more a won deal closed at than its value on the as-of day, in its own currency at that day's rate.
func (m *Model) valueChange(d *Deal, c *Close, asOf Date) float64 {
	end := c.Value
	if end == nil {
		end = d.ValueOn(c.Known)
	}
	if end == nil {
		return -m.team.valueOn(d, asOf)
	}
	then, ok := m.team.Convert(*end, asOf)
	if !ok {
		return 0
	}
	return float64(then.Minor) - m.team.valueOn(d, asOf)
}

package process

import (
	"math"

	"milstolpe/process/money"
)

type targetKey struct {
	Period string
	Seller PersonID
}

type callKey struct {
	Period string
	Layer  Layer
	Seller PersonID
}

// Target is what the team (no seller) or a seller is to sell in a period.
type Target struct {
	Period string
	Seller PersonID
	Amount money.Amount
}

// Call is somebody's own number for a period.
type Call struct {
	Period string
	Layer  Layer
	Seller PersonID
	Amount money.Amount
	Reason string
}

// TargetFor is the target of a period, for a seller or (empty) the team, and the events behind it.
func (t *Team) TargetFor(period string, seller PersonID) (Target, []EventID, bool) {
	f, ok := t.targets[targetKey{period, seller}]
	if !ok {
		return Target{}, nil, false
	}
	v, ok := f.On(FarFuture, t.gone())
	return v, entryIDs(f.HeadsOn(FarFuture, t.gone())), ok
}

// CallOn is a person's own number as known on the day, and the events behind it.
func (t *Team) CallOn(period string, layer Layer, seller PersonID, day Date) (Call, []EventID, bool) {
	f, ok := t.calls[callKey{period, layer, seller}]
	if !ok {
		return Call{}, nil, false
	}
	v, ok := f.On(day, t.gone())
	return v, entryIDs(f.HeadsOn(day, t.gone())), ok
}

// NotedForecasts are the forecasts that were noted, in the order of their keys.
func (t *Team) NotedForecasts() []Entry[ForecastNoted] {
	var list []Entry[ForecastNoted]
	for _, e := range t.noted {
		if e.counts(FarFuture, t.gone()) {
			list = append(list, e)
		}
	}
	return list
}

// RateOn is what one unit of the currency is worth in the reporting currency with the rate known on the day; before the first rate
// became known, with the first (model, section 9). Without any rate it answers false.
func (t *Team) RateOn(currency string, day Date) (float64, bool) {
	if currency == t.Currency() {
		return 1, true
	}
	f, ok := t.rates[currency]
	if !ok {
		return 0, false
	}
	return f.FirstOrOn(day, t.gone())
}

// RateEntries are all rates of a currency, in the order of their keys.
func (t *Team) RateEntries(currency string) []Entry[float64] {
	if f, ok := t.rates[currency]; ok {
		return f.Entries()
	}
	return nil
}

// Currencies are the foreign currencies that have a rate.
func (t *Team) Currencies() []string { return sortedKeys(t.rates) }

// Convert gives an amount in the reporting currency with the rate known on the day, rounded to its minor unit. An amount whose
// currency has no rate is worth nothing yet, and the answer says so.
func (t *Team) Convert(a money.Amount, day Date) (money.Amount, bool) {
	to := t.Currency()
	if a.Currency == to {
		return a, true
	}
	rate, ok := t.RateOn(a.Currency, day)
	if !ok {
		return money.New(0, to), false
	}
	shift := math.Pow10(money.Digits(to) - money.Digits(a.Currency))
	return money.New(int64(math.Round(float64(a.Minor)*rate*shift)), to), true
}

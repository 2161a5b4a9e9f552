package sales

import (
	"math"

	"milstolpe/process"
	"milstolpe/process/money"
	"milstolpe/process/rates"
	"milstolpe/process/register"
)

// NotedForecasts are the forecasts that were noted, in the order of their keys.
func (t *Team) NotedForecasts() []register.Entry[process.ForecastNoted] {
	var list []register.Entry[process.ForecastNoted]
	for _, e := range t.noted {
		if e.EffectiveOn(process.FarFuture, t.Retractions()) {
			list = append(list, e)
		}
	}
	return list
}

// Meetings are the sales meetings that were held, in the order of their keys.
func (t *Team) Meetings() []register.Entry[process.MeetingHeld] {
	return t.meetings.HeadsOn(process.FarFuture, t.Retractions())
}

// RateOn is what one unit of the currency is worth in the reporting currency with the rate known on the day; before the first rate
// became known, with the first (model, section 9). Without any rate it answers false.
func (t *Team) RateOn(currency string, day process.Date) (float64, bool) {
	if currency == t.Currency() {
		return 1, true
	}
	return rates.On(t.rate(currency), day, t.Retractions())
}

// rate are the rates of a currency, which may be none.
func (t *Team) rate(currency string) *register.Register[float64] {
	if f, ok := t.rates[currency]; ok {
		return f
	}
	return &register.Register[float64]{}
}

// RateDays are the rates of a currency that hold, the latest first.
func (t *Team) RateDays(currency string) []rates.Day {
	return rates.Days(t.rate(currency), t.Retractions())
}

// RatesWith are the rates as they would be with one more, which is not recorded yet.
func (t *Team) RatesWith(f *process.RateSet) func(day process.Date) float64 {
	return rates.With(t.rate(f.Currency), f, t.Retractions())
}

// SetRate says what one unit of a currency is worth in the reporting currency from a day on; a zero day is today. Base are the events that the
// form was made from; nil means those that stand now.
func (t *Team) SetRate(currency string, rate float64, from process.Date, base []process.EventID, today process.Date) ([]process.Fact, error) {
	in := rates.Input{Currency: currency, Rate: rate, From: from, Base: base, Today: today, Reporting: t.Currency()}
	return in.Set(t.rate(currency), t.Retractions())
}

// RateEntries are all rates of a currency, in the order of their keys.
func (t *Team) RateEntries(currency string) []register.Entry[float64] {
	return t.rate(currency).Entries()
}

// RateHeads are the events behind the rate of a currency, for the base of the next one; more than one may be a clash.
func (t *Team) RateHeads(currency string) []process.EventID {
	return t.rate(currency).HeadIDs(process.FarFuture, t.Retractions())
}

// Currencies are the foreign currencies that have a rate.
func (t *Team) Currencies() []string { return SortedKeys(t.rates) }

// Convert gives an amount in the reporting currency with the rate known on the day, rounded to its minor unit. An amount whose
// currency has no rate is worth nothing yet, and the answer says so.
func (t *Team) Convert(a money.Amount, day process.Date) (money.Amount, bool) {
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

// ValueOn is the deal's value on the day in minor units of the reporting currency, with the rate known then; 0 without a value.
func (t *Team) ValueOn(d *Deal, day process.Date) float64 {
	v := d.ValueOn(day)
	if v == nil {
		return 0
	}
	a, _ := t.Convert(*v, day)
	return float64(a.Minor)
}

// ClosedValue is what a won deal brought, in minor units of the reporting currency with the rate known on its close date.
func (t *Team) ClosedValue(d *Deal, c *Close) float64 {
	v := c.Value
	if v == nil {
		v = d.ValueOn(c.Known)
	}
	if v == nil {
		return 0
	}
	a, _ := t.Convert(*v, c.On)
	return float64(a.Minor)
}

package sales

import (
	"milstolpe/process"
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

// Rates is what foreign currencies are worth.
func (t *Team) Rates() rates.Book { return rates.NewBook(t.rates, t.Currency(), t.Retractions()) }

// ValueOn is the deal's value on the day in minor units of the reporting currency, with the rate known then; 0 without a value.
func (t *Team) ValueOn(d *Deal, day process.Date) float64 {
	v := d.ValueOn(day)
	if v == nil {
		return 0
	}
	a, _ := t.Rates().Convert(*v, day)
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
	a, _ := t.Rates().Convert(*v, c.On)
	return float64(a.Minor)
}

package sales

import (
	"milstolpe/process"
)

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

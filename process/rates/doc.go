// Package rates says what a unit of a currency is worth on a day. A rate holds from its day until the day of the next one; before the first,
// the first holds (model, section 9).
//
// On finds the rate of a day, Days lists them, With is how they would be with one more, and Set decides whether one may be recorded. A rate of
// a currency is a register.Register[float64], which package sales keeps for each currency.
//
// Traps: a rate for an earlier day is history (Stamp.History) and names as its base only what held on that day, so it replaces none that came
// later, although it was recorded after them.
package rates

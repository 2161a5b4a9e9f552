// Package rates says what a unit of a currency is worth on a day. A rate holds from its day until the day of the next one; before the first,
// the first holds (model, section 9).
//
// A Book holds the rates of a team, with all that were ever given: On and Convert use the one of a day, Days lists those that hold, With is how
// they would be with one more, and Set decides whether one may be recorded. What one unit of a currency is worth is a
// register.Register[float64].
//
// Traps: a rate for an earlier day is history (Stamp.History) and names as its base only what held on that day, so it replaces none that came
// later, although it was recorded after them.
package rates

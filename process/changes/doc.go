// Package changes says why the forecast of a period is another than it was on an earlier day (model, section 8): which deals were won,
// closed, opened or went further, what became worth more, and what days going by and new counts did by themselves.
//
// Between compares two days and answers with a Comparison, whose Rows, one of each Kind, add up to the difference. Amounts are float64 in
// minor units of the team's reporting currency.
//
// # Traps
//
// Each day is looked at with what was known then, so forecasts that were noted are not in it. A deal may be in several rows: first its value
// is changed, then what happened is looked at with the counts of the first day, and last the counts are redone.
package changes

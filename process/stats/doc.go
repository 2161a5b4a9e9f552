// Package stats holds the arithmetic of the forecasting model: day counts go
// in, curves, chances and ranges come out. It knows neither deals nor calendars,
// so every formula can be read and checked on its own. Section numbers in the
// comments are those of the model's description, process/MODEL.md.
//
// The one idea behind it: of all the days that past deals have spent where this
// deal stands now, how many were followed by a win, and how soon?
//
// # What to reach for first
//
// [Learn] turns the histories of all deals of a process into a [Learned]: what
// was known before one calibration day. Ask that for a chance, for the chance
// within a period, or for the day by which half of the wins have come:
//
//	learned := stats.Learn(c, histories, stats.Terms{Required: 4, Answer: 3})
//	s := learned.StandingAfter(2, 17)   // two milestones passed, 17 days ago
//	learned.Chance(s)                   // 0.41
//	learned.Within(s, 0, 30)            // 0.12: won on one of the next 30 days
//
// An [Outlook] collects such shares for all open deals of a period and answers
// with the total and its P10, P50 and P90.
//
// # The nouns
//
//   - A day is a plain int, counted from any fixed day. Money is a float64 in
//     whatever unit the caller keeps throughout.
//   - A [Standing] is how many required milestones are passed, and whether the
//     deal has stalled. It is the only thing a chance depends on.
//   - A [Stay] is an unbroken run of days at one number of passed milestones:
//     From is its first day, To the day it was left, which is not part of it.
//   - A [Days] holds how many observed days ended in a win, in a loss, or are
//     cut off, by how long that took. A [Curve] is the estimate made of it.
//   - n, in figures and formulas, is a number of deals, never of days: the days
//     of one deal say the same thing many times over.
//
// # Traps
//
// A deal that is still open is not a lost one. Its days are cut off: they are at
// risk for as long as they were watched, and say nothing afterwards. Leaving them
// out would make every chance too high, and counting them as lost too low.
//
// A closing on the calibration day itself is not known yet. Everything here
// compares with "before", never with "on or before".
//
// Curves stop at [Horizon] days. Longer waits are asked for and answered as
// Horizon; only [Learned.Chance] looks all the way.
//
// All results are functions of their arguments alone. There is no simulation:
// ranges are computed by convolution, so the same deals give the same range.
package stats

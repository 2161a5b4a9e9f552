// Package forecasts has the pages under /forecast: a period's forecast, its deals, what changed between two days, and people's calls.
//
// forecastAsk (query.go) is what an address asks for, and a forecastView (forecast.go) is the period it asks about, with all amounts rounded.
// From it forecast.go writes the lead and the chart of the period, groups.go the table by seller, customer, process or milestone, over_time.go
// the chart of the other periods, changes.go the waterfall of what changed, deals.go the deals behind a number, export.go the reports to
// download. calls.go is by itself: it records people's own numbers and the targets; so is board.go, the sheet for the board. Begin at showForecast and forecastPage.fill.
//
// Traps: amounts are rounded by figures so that the parts add up to the sum that is shown; never round or add them again here. fill answers
// with another address for a period that has ended, which belongs to outcomes. Calls never enter the forecast. What a query asks for and
// nobody can read is as if it were not there.
package forecasts

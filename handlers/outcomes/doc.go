// Package outcomes has the pages under /outcome, and /people: what was forecast against what came, and how good forecasts are.
//
// There are three families. An outcomeView (period.go) is made from one report and writes outcomePage: bridge.go, tables.go, over_time.go and
// lost.go are its parts, deals.go the deals behind each number. A diagramView (calibration.go) writes how often deals with a chance were won;
// timing.go does the same for days. sellers.go, valueadded.go and the files beside them ask whether people's own numbers lean, and whether
// anybody's numbers beat plain ones. Queries are urls.OutcomeQuery, whose readers are in query.go. Begin at Routes, then outcomePage.fill.
//
// Traps: amounts are rounded by figures so that the bars add up; write them with the methods of the view. Each number leads to its deals, so
// a new bar needs an entry in barTexts and in barDealTexts. Sellers stand in alphabetical order and are never ranked. A period may have no
// forecast, and one that is running no final actual: look at HasForecast and Complete.
package outcomes

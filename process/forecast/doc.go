// Package forecast is the forecasting model that MODEL.md describes: chances of deals, forecasts of periods, and what came of them.
//
// A Model is a sales.Team looked at on a day: NewModel, then ask. It fits on calibration days and remembers what it has worked out, so
// one Model serves many questions and several goroutines. Fit (calibration.go) is what was learned on a day (sections 4 to 6). Report and
// PeriodReport hold forecast and actual of periods (section 7), Bridge the bars between them (section 8), Summary how close the
// forecasts were, ReliabilityDiagram whether chances of so many per cent came true so often. DealToday is an open deal with its chance.
//
// Amounts are float64 in minor units of the team's reporting currency; probabilities lie between 0 and 1; days are process.Date.
//
// To add a rule of the model: write it into MODEL.md first, then here with its section in the comment, and work an example by hand in
// the tests. The numerics are in package stats, which knows day counts and nothing of deals.
//
// # Traps
//
// The team must not change while a Model looks at it; Follow afterwards. What a model remembers is kept by the day up to which it looks
// (remembered.go), and a fact makes it forget from its day on: whatever is newly remembered has to be forgotten in forgetFrom, or renewed
// like contributions are, and the property tests of kept_test.go have to ask for it. A forecast as of a day uses only what was known then;
// the actual of a period is the exception and belongs to the period that contains the day of the close.
package forecast

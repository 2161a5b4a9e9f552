// Package handover decides what it takes for the open deals of one of us to become another's: somebody leaves, is ill, or takes over a
// district.
//
// Open are the deals that can be handed over, Decide answers with the facts that do it. A deal takes its next activity along. What was
// recorded stays as it was: who had the deal on which day, and with it all scores and forecasts of the past. Begin with Decide.
//
// Traps: Choice.Base are the events that said whose deal it was when somebody chose it. A deal that has gone to somebody else since, has
// ended or is gone refuses the whole: half of what was agreed is not what anybody wanted.
package handover

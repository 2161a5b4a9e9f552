// Package plans has the page at /plans/{deal}: the plan for the customer, one page in the buyer's voice of what remains to happen on
// their side, by when, who, and what we do meanwhile.
//
// planPage (plan.go) is the document, made by newDocument from the milestones that are not reached; the same document becomes the text for
// a mail (text.go) and a calendar of the days that the buyer has named (calendar.go). wordsForm (words.go) changes the wording and
// records the days that the buyer has answered with. Begin at showPlan.
//
// Traps: the customer reads this. No chance, no value, no day of ours goes into it that nobody has put there. Only what differs from the
// process is recorded, so that a new version of the process comes through.
package plans

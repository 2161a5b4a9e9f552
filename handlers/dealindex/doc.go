// Package dealindex keeps the open and the closed deals as lines that lists sort and group by, so that a page of fifty deals
// need not look up the names and values of all of them again. It also says what state each milestone of a deal is in: reached, waived, next or not yet reached.
//
// Begin with Get, which gives the Index of the file that a request is about, and its method Open. A Line is what the model
// knows about an open deal today, with names; a ClosedLine is the same for a closed deal. Sum adds
// lines up. NewMilestoneStates reads the milestones of a single deal, and draws them for a list or for the deal's own page.
//
// Traps: lines belong to one forecast.Model. The index builds them when they are first asked for and throws them away as soon as it is
// asked with another model, so pass the model of the request and keep no line after it. The slices are shared by all requests: copy one
// before sorting it. Values are floats in minor units of the reporting currency. Search (search.go) keeps an index of its own, of what was written.
package dealindex

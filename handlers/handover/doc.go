// Package handover has the page at /handover/{person}: the open deals of one of us go to another, all of them or some.
//
// handoverPage (handover.go) is the choice, and when a name and deals have been chosen the preview of what will happen; only the form of the
// preview records anything, with one way back for all of it. What may be handed over is for process/handover to say. Begin at showHandover.
//
// Traps: the choice is a query, so that the way back from the preview keeps it. The preview carries for every deal the events that said whose
// it was, so that nothing that a colleague has changed since is taken from them.
package handover

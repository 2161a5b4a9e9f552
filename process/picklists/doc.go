// Package picklists says which lists a team has made for itself, such as sources, regions or product areas, and which choice of each a deal has.
//
// A Book is the lists of a team: Apply adds facts, Lists are those that are offered, and Add, Rename, Retire, AddChoice, Order … decide what may
// be recorded. Chosen is what one deal has: Of and Set. Both find what people have changed without seeing each other's change. Begin with
// Book.Lists and Chosen.Of.
//
// Traps: a choice that is retired, or whose addition was undone, is still the choice of the deals that have it, and keeps its last name for them.
// What a deal has is asked for as of today also when a past period is split by a list: a list sorts deals, and says nothing of what happened.
package picklists

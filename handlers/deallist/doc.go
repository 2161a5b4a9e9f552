// Package deallist has the page under /deals: the open deals by the milestone that they wait for, the closed ones, and what can be asked of them.
//
// The list is dealsPage: list.go chooses, open.go and closed.go fill it, filters.go and row.go write its filters and rows. The deals
// themselves are in package deals, and what is kept of all of them in dealindex.
//
// Traps: the totals in the strip are those of the list without the filters that the strip itself sets. Won and lost deals are never added up
// together.
package deallist

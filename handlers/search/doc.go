// Package search has the page at /search, which finds what was written, and the suggestions under the field at the top of every page.
//
// searchPage (search.go) lists deals with the line that was found, customers, people at customers and people of ours. Where only one thing
// can be meant the page of that opens at once. suggestions are the first few of the same lines. What is found, and what stands in for a
// word that nothing has, is for process/search to say; package dealindex keeps its index with the file.
//
// Traps: suggestions are asked for with every few letters, so they must come from the index alone: no model, no chances.
package search

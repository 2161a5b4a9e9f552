// Package columns finds out what the columns of a list of deals mean.
//
// A List is a table of cells with headers; where it came from (CSV, a workbook) is not known here. A Mapping says what each column means and
// how its words, days and amounts are read. GuessMapping proposes one from headers (headers.go knows the exports of other systems) and cells,
// and leaves a ListDoubt wherever the list can be understood in two ways; sales.Team keeps the last mapping for the same headers (KeepMapping).
// WayToRead puts both together. StagesIn and Proposed make a process of the stages in a list.
//
// # Traps
//
// A guess that nobody looks at must not change what a deal is: what is doubtful is left for somebody to say, and a column that is not read
// is named (UnreadColumns).
package columns

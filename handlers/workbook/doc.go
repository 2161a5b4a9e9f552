// Package workbook makes the live workbook: an .xlsx of deals, forecast and outcome for others to link to, which is renewed whenever what was
// recorded has been published.
//
// Make makes it of a team; Keeper remembers where somebody wants one, writes it, and says how that went; Follow is what renews it while the
// program has the file open. sheets.go has the columns.
//
// # What others rely on
//
// The sheets keep their names and their order, the columns their places, and each column, table and figure has a name that is the same in
// every language. A new column comes last; none is moved, renamed or taken out, because a formula in somebody's budget reads it. Deals stand in
// the order in which they were recorded and stay when they end, the forecast's first four rows are always the same periods, and quarters follow
// each other, so a cell means the same tomorrow. TestTheColumnsStay holds all of this.
//
// # Traps
//
// Nobody who records waits: the workbook is made of a team of its own (db.File.Apart), one at a time. What lies at the place and is not a live
// workbook of this team, or was saved by another program since, is never written over unless somebody has said so. The language is that of who
// turned it on first.
package workbook

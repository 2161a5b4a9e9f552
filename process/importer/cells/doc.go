// Package cells reads the cells of a list: days, amounts, percentages and words, as people and programs write them.
//
// ParseDay, ParseAmount and ParsePercent read one cell. HeaderUnit reads a unit out of a header. IsNothing tells the marks that stand
// where nothing is known. Key is the one way in which headers and words are compared.
//
// Traps: a cell that can be read in two ways is refused with a *process.Error that says so, and never read in one of them. What a column
// means, and what a row comes to, is for package importer.
package cells

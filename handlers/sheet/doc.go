// Package sheet reads lists as people have them, CSV in its many dialects, XLSX and ODS, and writes lists that their programs can read. It
// knows nothing of HTTP, and nothing of what the columns mean: that is process.Mapping, and what becomes of the rows is
// process.Team.PlanIntake.
//
// # Reading
//
// Read takes a file by its content, never by its name, and answers with the sheets that are in it, each a process.List: headers, and
// rows with the numbers that a spreadsheet shows beside them. It finds encoding and delimiter, the row with the headers under titles and
// blank lines, and it says no, with a sentence, to what is no list or larger than Limits. Cells stay as they are; only where a workbook
// knows that a cell is a number or a day the cell says so (process.Cell.Exact).
//
// # Writing
//
// A Table is columns and typed cells. WriteCSV and WriteXLSX write it, WriteCSV in a Dialect: a Swedish Excel wants semicolons, decimal
// commas and a byte order mark. Deals makes the table of the deals of a process, in the columns that an import recognises, so that what
// is exported can be taken in again and gives the same deals. Events and Everything write all there is.
//
// # Traps
//
// A text that begins like a formula is written with an apostrophe before it into CSV, because Excel would run it; reading takes that one
// apostrophe away again. Never write cells of text in another way than through this package.
package sheet

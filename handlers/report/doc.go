// Package report makes the reports that leave the program: as a document for other programs, as tables for sheets, as lines for a
// terminal. The pages and the command line both get them here, so that they say the same figures.
//
// A report is made from what process has counted; nothing is counted here. Amounts are numbers of major units, rounded to the minor unit.
// What is not known is null in a document and an empty cell in a table. The shape of the documents is a promise to other programs: members
// are added, never renamed.
package report

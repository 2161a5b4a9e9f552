// Package exports has the page at /export and its downloads: deals as a list, all events, and everything at once.
//
// exportPage says what can be taken out and what each file contains. exportDeals writes one table in the columns that an import reads, as CSV
// or as a workbook; exportEvents writes every event, one JSON document a line; exportAll writes the deals and all reports in one file. The
// tables come from handlers/sheet and handlers/report, and this package only chooses. Begin at showExport. Reports that belong to one page
// (its CSV, XLSX and JSON) are not here: that page's screen registers them with Router.Report.
//
// Traps: a file is built in memory before it is sent, so that an error can still become a page. The language of the page decides the names
// of columns and the dialect of CSV; a form that is not known is a page that does not exist.
package exports

// Package urls has every address of the site, so that screens lead to each other without importing each other.
//
// Paths are constants, addresses with an identity functions (DealPath, CustomerPath), and what a list or a report is asked for a struct with a
// query tag for each field and a method Href: DealsAsk, OutcomeAsk, LogAsk.
//
// An address that somebody kept or sent keeps working: what a query asks for and is not there is as if it was not asked. Section says where in
// the navigation a page belongs. To add an address, put it into the file of its screen and use it in the screen's Routes.
package urls

// Package urls has every address that another package links to, so that screens lead to each other without importing each other.
//
// Fixed addresses are constants (FilePath), addresses with an identity are functions (DealPath, ProcessHref), and the query of a page is a
// struct with query tags and a method Href: DealsQuery, OutcomeQuery, LogQuery. Section is an entry of the main navigation; its
// value is the address of its first page. Address puts a query string together. Begin with deals.go.
//
// Traps: ProcessPath and PersonPath are prefixes that end with a slash, the other constants are whole addresses. Href encodes only what its
// list names: a new field of a query must be added there too, or links lose it. OutcomeQuery.Href leaves out Bar, Next and Reason, which
// belong to one list of deals, and DealsQuery.Href leaves out All. Old addresses must keep working: people bookmark and send them.
package urls

// Package rollback takes a whole import back.
//
// Brought counts the deals that an import has brought, and those on which somebody has worked since. Import answers with the facts that undo it:
// people, customers, contacts and choices that only the import has named keep their names where something else has come to speak of them.
// Begin with Import.
//
// Traps: what was recorded by hand about an imported deal stays in the file, and is out of sight without the deal's opening. An undo of history
// is history itself, so it counts from the first day of which the import spoke.
package rollback

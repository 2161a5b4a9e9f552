// Package importer turns a list of deals that somebody keeps elsewhere into facts.
//
// A List is a table of cells with headers; where it came from (CSV, a workbook) is not known here. A Mapping says what each column means;
// Guess proposes one from headers and cells, and sales.Team keeps the last one for the same headers. NewPlan reads a List with a Mapping
// and answers with a Plan: for each row what would happen (Verdict), what could not be understood (Fault), and the facts to record. The
// caller shows the plan first and records Plan.Facts if the person agrees.
//
// A list has one row for each deal (Wide) or one for each change of stage (long.go). Importing a list again updates what the list itself
// said earlier and leaves what people recorded since (update.go).
//
// # Traps
//
// A cell that is not understood is a Fault, never an empty value. Identities are derived from the list, so the same list gives the same
// deals on every computer. Plans obey the decisions of package sales; they do not write around them.
package importer

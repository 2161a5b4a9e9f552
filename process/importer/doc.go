// Package importer turns a list of deals that somebody keeps elsewhere into facts.
//
// What a list is and what its columns mean is known to package columns below: NewPlan reads a columns.List with a columns.Mapping and answers
// with a Plan: for each row what would happen (RowStatus), what could not be understood (CellError), and the facts to record. The caller
// shows the plan first and records Plan.Facts if the person agrees.
//
// Names of sellers and customers are set beside those that the team has (who.go); what they may mean is a question for somebody, and the answer
// is kept with the mapping. So are cells that somebody has corrected.
//
// A list has one row for each deal (columns.Wide) or one for each change of stage (long.go). Importing a list again updates what the list
// itself said earlier and leaves what people recorded since (update.go).
//
// # Traps
//
// A cell that is not understood is a CellError, never an empty value. Identities are derived from the list, so the same list gives the same
// deals on every computer. Plans obey the decisions of package sales; they do not write around them.
package importer

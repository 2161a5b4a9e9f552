// Package names tells whether two names may be those of one person, or of one company.
//
// Person and Company compare two names and answer with a Likeness: how one may stand for the other, and whether that is likely enough to be
// proposed. Index finds the names of a long list that a name is like, without comparing it with all of them.
//
// # Traps
//
// A likeness is a question for somebody, never an answer. Names that are equal but for case, blanks and composition are no question: they are
// compared by process.FoldName before anything here is asked.
package names

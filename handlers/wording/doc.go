// Package wording says the things of the domain in the user's language: the names of deals, milestones and periods, facts as sentences,
// conflicts and their values, and the differences between two definitions of a process. Texts themselves are in assets and are found by
// key with i18n.Text; this package chooses the key and fills it in.
//
// Begin with names.go and keys.go. DealName and MilestoneName are what nearly every screen uses. The maps in keys.go lead from values of
// the domain to keys, for passing to T. FactSentence makes the sentence for an event, ConflictText says what people disagree about, and ChangeLines
// and ChangeSummary tell how two definitions differ.
//
// Traps: a map gives the empty key for a value that it does not have, so extend the maps when a value is added to process, sales or
// forecast. Facts that this program does not know get a general sentence, since files may come from a newer one. Functions that take a
// Team may be called only while it may be read.
package wording

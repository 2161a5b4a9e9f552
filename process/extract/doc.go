// Package extract gathers what a team has recorded about a person at a buyer, for whoever asks for it, and finds people about whom nothing
// new has come in for years, whose data is to be erased.
//
// About gives the Extract of one person: each Detail with where it came from, earlier ones and those that were taken back too, because the
// file still holds them; each Tie to a deal; and each Mention of the name in what was written. Quiet are the people without anything new.
//
// Traps: an Extract belongs to the team and may be used only as long as that may be read. Erasing a person takes away the details, not what
// others have written about them in the journal: the mentions are there to be looked through.
package extract

// Package people knows who the people of a team are: what they are called, which of them are one person, and who recorded what.
//
// A Roster has all of them. A person is an identity and not a name: one of us may be renamed, and two entries that turn out to be one person
// are read as one, which can be undone. The names that somebody had once still lead to them. Rename, Merge, Add and Introduce decide: they
// answer with facts to record or with a refusal for the person. Apply folds recorded facts in, and Note finds out what follows from them.
//
// # Traps
//
// Apply alone changes nothing that anybody asks for: names and identities are those of the last Note. An older program has left no identity
// with what it recorded, so that its name alone says whose it is. Two copies may merge two people in opposite directions: Canonical ends in
// the same place on all copies.
package people

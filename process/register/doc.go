// Package register keeps things that have one value at a time: every value that each ever had, which of them counted on any day, what was
// taken back, and where two people changed the same thing without seeing each other's change. It is the multi-value register of the
// literature (Shapiro et al., A comprehensive study of convergent and commutative replicated data types, 2011), with days.
//
// A Register has Entries, each from one event. HeadsOn are those that count on a day and that no other names in its base; one head is the
// value, several are a conflict. Retractions know what was taken back: by an undoing, which can itself be undone, or with a whole import.
//
// # Traps
//
// The order of entries is that of their keys, never that in which they came. A day D sees only what has known ≤ D. An entry shares its
// stamp with others: Restamp gives it another one, nothing changes one in place.
package register

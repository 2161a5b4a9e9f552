// Package conflicts finds what people changed without seeing each other's change, in any register, and settles it.
//
// Of looks at one register, In at all registers of a kind, Among at values that somebody else has picked out. All answer with a Conflict: the
// values that stand beside each other, which of them counts for the time being, and what all of them replaced. Settle answers with the facts
// that choose one; every copy that has those facts agrees.
//
// Which registers a team and its deals have, and which fact sets each, is known to package sales, which lists their conflicts.
//
// Traps: two people who wrote the same agree, so what counts as the same is said by the caller. A fact that settles names the values that the
// person saw; one that came in meanwhile still waits.
package conflicts

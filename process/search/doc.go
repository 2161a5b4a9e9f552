// Package search finds what a team has written: names of customers, deals and people, the journal, evidence, reasons and plans.
//
// An Index keeps the texts of a team ready to be searched. Find answers with Found: the deals that have every word somewhere, each with the
// Line that has most of those that its names do not have, and the customers and people whose names or details have them all. Where nothing
// has a word, names that are spelled nearly like it stand in for it, and Found.Instead says so. Begin with Index.Find.
//
// Traps: a Found belongs to the team that it was asked of, and may be used only as long as that may be read. Letters are found with and without
// their marks (akero finds Åkerö), but a word that is written with marks finds only what has them. Positions in an excerpt are those of the
// text as it was written.
package search

// Package postgres speaks with a PostgreSQL server that holds the set of events of a team.
//
// Begin with ParseAddress: an Address says where the dataset lies and as whom one comes, and never holds a password; a Login brings what
// is secret. Dial gives a Conn, whose methods are the whole protocol:
//
//	Look      where the server stands, and whether it is still the one that we knew
//	Pull      the events in a range of positions, in their order
//	Push      events into it, all or none
//	Keys      the keys alone, to find out what it lacks
//	Sum       how many there are, and the hash of their keys
//
// The server gives out positions under the lock of the dataset's row and holds it until the commit, so they appear in order: whoever has
// seen all up to a position has missed nothing. schema.sql says what the server does by itself; it refuses everything else.
//
// A Conn is for one goroutine and for a short while. Listen keeps one open, where the server answers a notice of our own; where it does
// not (poolers, other engines) one has to look.
//
// Errors are sentences (process.Error); what the server itself said is their cause. This package knows records as bytes: package db
// verifies them.
package postgres

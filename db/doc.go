// Package db keeps a team's events in a file that can be handed around, and loses none of them.
//
// Reach first for Open (or New) and Act:
//
//	w, err := db.Open("Sales.milstolpe", options)
//	events, err := w.Act(ctx, func(t *process.Team) ([]process.Fact, error) { … decide … })
//	err = w.View(func(t *process.Team) error { … read … })
//	err = w.Close()
//
// The nouns:
//
//   - The shared file is what people see, mail and copy. It is only ever read whole and written whole: never mapped, never locked, never
//     left open, because others (people, sync programs) may replace or overwrite it at any moment.
//     It is packed: events in blocks, each of which can be read without the others. Version 1 of it was a database, and is read for ever.
//   - The working copy is a bbolt database, private to this computer and user. A change is acknowledged when its commit is on the disk.
//     There is one for each dataset and path.
//   - An event is one fact as one person recorded it. It is never changed or removed; a team is the sum of its events.
//   - A writer is one run of the program that recorded something. It numbers its events 1, 2, 3 … so that a lost one is noticed.
//   - A place is where the events lie that a team has in common: the shared file, or a dataset on a server (package postgres). What has
//     to go to a server waits in the outbox, a bucket of the working copy.
//   - Publishing writes the shared file, taking in reads it, and both compare sets of events, never bytes.
//
// The traps: bbolt makes a database out of an empty file and dies of a truncated one, so preflight looks before bbolt does; a packed file
// begins with a small database too, the notice, by which programs of version 1 see that they cannot read it, so whether a file is packed
// is asked first; a file that somebody else wrote is read in a child process; after a panic or fault out of bbolt its handle is not touched again; after a failed
// commit the disk is read anew, because nobody knows what reached it.
//
// The promise about old files: every format that was ever released is read. A newer one opens read-only and says so. FORMAT.md has the
// layout, byte by byte.
package db

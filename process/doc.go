// Package process holds the words of the program and what can be recorded: dates, periods, outcomes, definitions of milestones, and the
// facts with their JSON. It is the bottom of the program. It knows nothing of files, pages, clocks or chance: days, identities and events come in as
// arguments, so that the same facts give the same numbers on every computer.
//
// # The nouns
//
// A Fact is something that somebody recorded: a deal was opened, the buyer reached a milestone. Facts are small, in the past tense, and
// never changed; a correction is another fact. An Event is a fact with its key, an EventID, which orders all events in the same way on all
// copies of the file. A Definition is an ordered list of Milestones. Teams, deals and versions of processes, which are sums of
// events, lie in package sales.
//
// # The packages beside it
//
// Package register keeps things that have one value at a time. Packages calls, rates, settings, people and activities each read one kind of
// them; conflicts finds what people changed without seeing each other's change, and drafts merges the drafts of a process row by row; sales
// adds facts up (Team, Deal, Process) and decides what may be recorded; forecast is the model of MODEL.md; changes says why a forecast moved; winloss looks back at
// deals that have ended; importer takes lists in, with importer/columns, which finds out what their columns mean; stats is the numerics of the model, day counts in and curves and ranges out; namecheck asks
// about names of milestones; presets are what a new team starts from; example is the example company. Who may import whom is a table in
// handlers/house/imports_test.go.
//
// # Traps
//
// A day D sees only facts with known ≤ D. Known is not the day on which something happened, and not the wall clock inside an EventID.
// The one exception is an actual, which belongs to the period that contains the day of the close.
//
// A field (value, seller, expected close …) is not overwritten: an entry replaces those that it names in its base. Two entries that do not
// name each other are a conflict, and both are kept.
package process

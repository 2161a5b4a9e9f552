// Package sales adds recorded facts up to a team, its deals and its processes, says what was known on any day, and decides what may be
// recorded next. It computes from its arguments alone: days, identities and events come in from outside.
//
// A Team is the sum of a set of events: NewTeam, then Team.Apply in any order. A Deal is the sum of the facts about one deal; it keeps
// every entry, so methods that end in On answer for any day, and Deal.Now holds today's values. A Process has numbered Versions of a
// process.Definition. A register.Register is one thing that has a value at a time, with all its entries. A Conflict is a register
// that two people changed without seeing each other's change.
//
// Decisions are methods that answer with facts to record or with a refusal for the person: Team.OpenDeal, Deal.Reach, Deal.CloseDeal,
// Team.Publish, Team.MakeCall … They change nothing themselves; what they return is recorded by the caller and then applied.
//
// Who keeps what follows from a team asks Team.Since what has changed (changelog.go), and from which day it counts.
//
// To add a kind of fact: its type and JSON in process, its case in Team.Apply or Deal.Apply, the decision that makes it here, its sentence
// in the activity log; and, unless it bears on everything, its place in the change log.
//
// # Traps
//
// Deals change only in Team.Apply; read them under the lock of the file. Index is not an identity. A day D sees only facts with
// known ≤ D, which is neither the day on which something happened nor the clock inside an EventID.
package sales

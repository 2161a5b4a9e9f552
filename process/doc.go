// Package process holds what a sales team knows: its processes of buyer milestones, its deals, and the forecasting model that follows
// from them. It is the bottom of the program. It knows nothing of files, pages, clocks or chance: days, identities and events come in as
// arguments, so that the same facts give the same numbers on every computer.
//
// # The nouns
//
// A Fact is something that somebody recorded: a deal was opened, the buyer reached a milestone. Facts are small, in the past tense, and
// never changed; a correction is another fact. An Event is a fact with its key, an EventID, which orders all events in the same way on all
// copies of the file. A Team is the sum of all events: NewTeam, then Apply. A Deal is the sum of the facts about one deal and can be seen
// as it was known on any Date. A Process has numbered Versions of a Definition, which is an ordered list of Milestones.
//
// What may be recorded is decided here too, by pure methods that answer with facts or with a refusal: Deal.Reach, Deal.CloseDeal,
// Team.OpenDeal, Team.Publish and so on. Nobody else makes facts, except the readers of imported lists (intake.go), which obey the same
// rules.
//
// # The model
//
// MODEL.md says how chances and forecasts are counted. A Model is a Team looked at with those rules; it learns lazily and remembers what
// it learned. The numerics are in the leaf package counting, which knows day counts and nothing of deals.
//
// # Traps
//
// A day D sees only facts with known ≤ D. Known is not the day on which something happened, and not the wall clock inside an EventID.
// The one exception is an actual, which belongs to the period that contains the day of the close.
//
// A field (value, seller, expected close …) is not overwritten: an entry replaces those that it names in its base. Two entries that do not
// name each other are a clash, and both are kept.
package process

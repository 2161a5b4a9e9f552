// Package meeting knows what was agreed at a sales meeting, and what has become of it since. It is pure: facts and days come in, and what it
// says can be explained by the facts of the deals.
//
// A meeting ends with a process.MeetingHeld, which names the events that stood then: our next activity in each deal, and the day that the
// buyer has named for the milestone that comes next. Standing lists them, Hold closes a meeting with them, Last finds the latest one and
// Follow says what has happened to each.
//
// An activity has happened when the journal has it since then: that is where the pages put what was done. Changing its day does not make it
// another activity, changing its words does.
package meeting

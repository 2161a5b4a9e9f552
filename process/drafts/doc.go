// Package drafts brings the drafts of a process together that people have changed without seeing each other's changes: milestone by milestone,
// so that only those who changed the same one have to agree.
//
// Together is what all of them have made of it. With and Each change every one of several drafts, so that what is in conflict in them still
// waits, and Join makes one draft of decisions about several milestones.
//
// Traps: a draft without a name and milestones was thrown away, and stands apart from all others. What they all began with is the latest
// draft that each of them was made from, directly or not; where there is none, the version that was in force.
package drafts

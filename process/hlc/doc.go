// Package hlc is the hybrid logical clock that puts events of several computers in one order.
//
// A Stamp is 64 bits: 48 bits of milliseconds since 1970 and 16 bits of counter. Stamps sort as numbers. A Clock hands them out:
//
//	var c hlc.Clock
//	s := c.Next(now)        // greater than every stamp that this clock gave or followed
//	c.Follow(other, now)    // whatever comes next sorts after other
//
// The point of following is that a change made after somebody else's change came in sorts after it, even when the two computers do
// not agree about the time. The trap is a computer whose clock is years ahead: whoever followed it would carry the wrong year on to
// everybody. So a clock never follows a stamp that is more than a day ahead of the wall; such a stamp is accepted by the rest of
// the program, marked and told, and nothing that counts depends on it.
//
// The package never asks what time it is. The caller brings the time, so that tests can bring another.
package hlc

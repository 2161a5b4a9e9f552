package hlc

import "time"

// MaxAhead is how far before the wall clock a stamp may lie and still be followed.
const MaxAhead = 24 * time.Hour

const (
	counterBits = 16
	maxMillis   = 1<<48 - 1
)

// Stamp is a moment of the hybrid clock: milliseconds since 1970 in the upper 48 bits, a counter in the lower 16.
type Stamp uint64

// At is the stamp of a moment with the counter at zero. Moments before 1970 count as 1970, those beyond 48 bits (the year 10889)
// as the last one, so that any clock setting gives a stamp.
func At(t time.Time) Stamp {
	ms := min(max(t.UnixMilli(), 0), maxMillis)
	return Stamp(ms) << counterBits
}

// Time is the wall clock part, in UTC.
func (s Stamp) Time() time.Time {
	return time.UnixMilli(int64(s >> counterBits)).UTC()
}

// Counter tells apart the stamps of one millisecond.
func (s Stamp) Counter() uint16 { return uint16(s) }

// Ahead tells whether a stamp lies more than a day before the wall clock, so that it is not followed.
func (s Stamp) Ahead(now time.Time) bool { return s > At(now.Add(MaxAhead))|0xffff }

// Clock hands out stamps, each greater than every one before. The zero Clock is ready. It is not safe for concurrent use.
type Clock struct{ last Stamp }

// Next is the stamp for an event that is recorded now.
func (c *Clock) Next(now time.Time) Stamp {
	// Adding one to a full counter runs over into the milliseconds, which is what we want: 65,536 events in one millisecond take
	// the next millisecond, and order is kept.
	c.last = max(At(now), c.last+1)
	return c.last
}

// Follow makes everything that comes next sort after s, and tells whether it did: stamps more than a day ahead are not followed.
func (c *Clock) Follow(s Stamp, now time.Time) bool {
	if s.Ahead(now) {
		return false
	}
	c.last = max(c.last, s)
	return true
}

// Last is the greatest stamp given or followed so far.
func (c *Clock) Last() Stamp { return c.last }

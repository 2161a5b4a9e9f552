// Package ical makes calendars for other programs: an .ics file (RFC 5545) of what comes in a team's open deals.
//
// Calendar is one file, Entry one thing in it. Coming lists the entries of a model: our next activities, the days that buyers have named,
// the days on which deals stall, and expected closes. Bytes writes a Calendar; the library does folding and escaping.
//
// A UID is made of the deal and of what the entry is about, never of what it says, so that a calendar that takes a file in again moves the
// entries that it has instead of adding more. What was in a calendar and holds no longer goes out as cancelled until its day has passed.
//
// Keeper writes a person's calendar beside the shared file and renews it, for those who asked for that. It overwrites nothing but a
// calendar that this program has written.
//
// Traps: texts come from people and from lists, so control characters go out before the library sees them. A time of day is on the
// clock of the team's time zone and goes out in UTC.
package ical

// Package settings reads what a team has settled for itself: company, currency, time zone, fiscal year, how often the counts are redone, and how
// many of ten deals it believes that it wins.
//
// A Book reads the registers of a team: On gives any setting as it was known on a day, Set decides whether one may be changed, and the other
// methods give what a value means, such as the calendar of the periods.
//
// Traps: before a setting was first set its first value holds, so that no past figure changes when it is given late; and a file may say anything,
// so that a value which cannot be read is the usual one.
package settings

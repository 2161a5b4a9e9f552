// Package home has the page at / and the meeting page at /meeting.
//
// The home page (homePage in home.go) says where the quarter ends (quarter.go), what needs a hand (attention.go) and what others have done
// since the person was last here (news.go finds it, changes.go and changes_other.go word it). Each list is a homeSection of homeLines; what is too much for the page stands in More. The
// meeting page (meetingPage in meeting.go) goes through the open deals seller by seller. Begin at showHome, and at homePage.fill.
//
// Traps: showHome is registered with Get and not with GetCached, because seenBefore sets a cookie with when somebody looked last; a
// kept page would not. News counts from when this copy got it (db.File.Since), not from the day that it says. Deals come from dealindex, whose lines may be used only inside v.Model or v.Reports.
package home

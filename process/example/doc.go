// Package example makes up a company: Hedlunda Mätteknik, who sell measuring equipment in Sweden and Norway, with a little over three
// years of deals. It is for looking around in the program without having anything of one's own to put in, and for tests and pictures that
// need a whole team's history.
//
// Nothing in it is drawn up by hand. A generator with a seed first decides what happens at the buyers (course.go, life.go), which is the
// truth that nobody in the company sees. Then four sellers with habits of their own (sellers.go) record what they notice of it
// (diary.go), the way people do: one late, one with far too early a closing date, one out of turn, one with care. Everything they record
// goes through the commands that a user has, on the day that it is recorded, and the team says yes or no to it as it would to anybody.
//
// Events is what to reach for: all events, ready to be put into a new file. Play is the same for whoever wants to do the recording, such
// as a test that asks the team something every evening.
//
// The same language, seed and day always give the same events. Language changes words only: the two companies have the same deals.
// Nothing is recorded on the last day itself, so no event lies in the future of a clock that shows any hour of it.
//
// Unlike the other packages below process this one is no leaf: it knows all of process, and process does not know it.
package example

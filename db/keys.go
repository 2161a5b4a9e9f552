package db

import "milstolpe/process"

// The buckets and fixed keys of both kinds of file. Nothing outside this file spells them; FORMAT.md explains them.
var (
	eventsBucket   = []byte("events")   // event key, 20 bytes -> record
	manifestBucket = []byte("manifest") // shared file only: "manifest" -> sealed JSON
	outboxBucket   = []byte("outbox")   // working copy only: event key -> when it was put there, for what has to go to a server
	arrivedBucket  = []byte("arrived")  // working copy only: when, and an event key -> the keys of the events that came in then
	copyBucket     = []byte("copy")     // working copy only: what this copy knows about itself, JSON under the keys below

	manifestKey = []byte("manifest")
	aboutKey    = []byte("about")  // dataset and path; its presence says that the copy was filled to the end
	serverKey   = []byte("server") // the server as it was last looked at
	seenKey     = []byte("seen")   // the shared file as it was last looked at
	asideKey    = []byte("aside")  // events of merges that were undone in this copy
)

// FormatVersion is the version of the file format that this program writes. It reads every version up to this one.
const FormatVersion = 2

const keyLen = len(process.EventID{})

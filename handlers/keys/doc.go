// Package keys has the page at /keys, where keys are made with which other programs on this computer may read reports, and those reports.
//
// Ring keeps the keys in the program's private folder, one file each, as hashes: what is kept opens nothing. keys.go has the page, and
// registers what can be read with a key, below web.KeyedPath, in the shapes of report --format json; package web asks the Ring before a handler
// runs. Begin at Routes.
//
// Traps: a key is shown once, on the page after it was made, and waits in memory until then; it is in no address and no cookie. A key is for the
// team whose file was open when it was made, and lets nobody read another team's that is opened later. When it was last used stands in a file
// of its own, so that writing it down never brings back a key that was revoked meanwhile.
package keys

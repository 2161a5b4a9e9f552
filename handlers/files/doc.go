// Package files has the pages under /file and /welcome: make or open a file, share it, merge, back up, settle conflicts, and rescue.
//
// welcome.go makes a new team or opens the example, welcome_open.go opens a file. filePage (file.go) says where the open file is and what came
// in from others. merge.go looks at another file and merges it; mergeJobs remember which one while the program runs. backups.go lists, makes
// and restores backups. settlePage (conflicts.go) lets people choose between changes that were made without seeing each other. damagedPage
// (repair.go) offers what can be done about a file that cannot be read. Begin at Routes; the work itself is done in db.
//
// Traps: the welcome and rescue pages are registered with GetAlways and PostAlways, so Request.Open may be nil in them. switchTo closes the
// file before: use nothing of it after. "Conflicts" on filePage are second copies that a sync program has made, and not the conflicts of
// conflicts.go. A path from a form is never deleted or written over; only uploaded copies are ours to remove.
package files

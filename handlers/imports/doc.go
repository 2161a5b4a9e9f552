// Package imports has the pages under /import: a list of deals is read, its columns are matched, the result is looked at and then recorded.
//
// An importJob (jobs.go) is a list on its way in. It lies in a folder of its own below the state folder and survives a restart; importJobs
// are all of them, made once in Routes. The steps are import.go (take the list), columns.go, column_preview.go and mapping.go (what each column
// means), process_from_stages.go (a process made of the list's stages), review.go (what would be recorded), with review_who.go (who is who),
// review_edit.go (a row's cells) and settle.go (what was answered there), run.go (record it) and done.go (what became of it, the rows that were
// rejected, and taking it all back). What a list means is decided in process/importer.
//
// Traps: nothing is recorded before run.go; until then a plan is only kept, and made anew when the file, the mapping or the day has changed.
// A run goes on when its request has ended, so it must use nothing of the Request but what was copied. importJobs.mu guards what the jobs
// share; loadedList is used by several requests. A job of another file is answered as if it did not exist.
package imports

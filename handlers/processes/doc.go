// Package processes has the pages under /processes: the list, a process and its versions, the editor, and publishing.
//
// processPage (process.go) shows what deals go by; versionPage (version.go) compares two versions. A process begins as a draft (new.go).
// processEditPage (edit.go) edits the draft through a draftView; row.go has the form for one milestone and draft.go those for the name and
// for choosing or discarding a draft. publishPage (publish.go) shows what publishing does to the open deals before it is done. evidence.go
// and evidence_deals.go tell whether a milestone has gone with winning. Begin at Routes and showProcess.
//
// Traps: a draft is an event as a whole. Every form carries the events of the draft that it was made from; onDraft refuses a stale one, and
// the page comes back with what was typed. Nobody follows a draft until it is published, so Process.Current may be nil. "Evidence" here is
// statistics over closed deals; the proof that is recorded with a milestone is process.Evidence.
package processes

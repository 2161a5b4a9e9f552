// Package deals has the pages under /deals but the list: the form for a new deal, a deal, its forms, and why its chance is what it is.
//
// A deal's page is dealPage in deal.go. A dealView holds what all its parts are made from, and each part has a file of its own: head.go,
// milestones.go, next_step.go, contacts.go, course.go, history.go. The forms on that page are a dealForm each (milestone_forms.go and the files
// of the parts). What is sent is read, decided and recorded, and answered with dealDone or, where something is wrong with it, with
// rejectDeal, in that order. Closing (close.go), editing (edit.go) and opening (new.go) have pages of their own.
//
// Traps: one form stands open at a time; dealForms says which, and the query does where no form came back. A form must be a flat struct,
// because Request.Read sees no fields of embedded structs. A form that changes something carries in Base the events that it was made from.
// The parts that a save changes must stand in dealPage.parts, or htmx shows old ones.
package deals

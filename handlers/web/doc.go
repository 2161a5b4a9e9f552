// Package web is the server that screens are built on: who may enter, what a request is, forms, errors, undo, and the frame of every page.
//
// Server (server.go) listens and holds the open file. security.go checks each request before echo routes it; session.go gives and knows the
// cookies of browsers that were let in. A screen gets a Router and registers addresses, templates and reports with it. A handler gets a
// Request: the language, the time and today in the team's time zone, the open file. Begin with router.go and request.go.
//
// A handler reads a form with Read and a query with Query, records with Act, looks with View, Model and Reports, and answers with Render, with
// Reject (a form with its errors), or with DoneWith and DoneWithUndo, which redirect and say what was done. An error that it returns is
// answered in errors.go, the only place where a process.Kind becomes a status. Every page struct embeds Page, made by Request.Page.
//
// Traps: what View, Model or Reports shows must not be kept or changed, and none of them may be called inside another: their lock would wait
// for itself. A GET handler must not record anything; nothing enforces this. GetCached is only for pages that depend on the file, the address,
// the minute and the preferences, nothing else. Request.Open is nil in GetAlways, PostAlways and Upload when no file is open. Cookies must not
// hold anything about a customer. for_tests.go serves the tests in package handlers.
package web

// Package web serves pages: the server, who may enter, a request, forms, errors, undo, and the frame that every page has.
//
// Server (server.go) listens and holds the open file. security.go lets a request in, session.go knows the browser again. A Router registers the
// addresses and templates of a screen; a Request is one visit to one of them, with language, day and open file. Request.Read reads a form,
// Act records, View and Reports read, Show and Again answer with a page, Saved and Done with a redirect to it. errors.go is the only place that
// knows which kind of error has which status.
//
// A screen embeds Page in its page struct, made with Request.Page before View is called. State that outlives a request belongs to the screen's
// Routes, not to the Server. page_cache.go keeps pages until something is recorded; report_cache.go keeps the model.
//
// Traps: what View shows must not be kept. A GET handler must not record anything; nothing enforces this. Cookies hold no customer's name.
package web

package web

import (
	"time"

	"milstolpe/handlers/urls"
)

// stoppedPage is the last one: everything is saved, the tab can be closed.
type stoppedPage struct{ Page }

func quitRoutes(r *Router) {
	r.PostAlways("/quit", quit)
	r.Template("stopped", stoppedPage{})
}

// toFetch is how long the program stays after its last page, so that the browser gets what belongs to it.
const toFetch = 500 * time.Millisecond

func quit(v *Request) error {
	page := stoppedPage{v.Page(urls.NoSection, v.T("stopped.title"))}
	page.Final = true
	time.AfterFunc(toFetch, v.Server.Quit)
	return v.Show("stopped", page)
}

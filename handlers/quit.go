package handlers

import "time"

// stoppedPage is the last one: everything is saved, the tab can be closed.
type stoppedPage struct{ Page }

func quitRoutes(r *routes) {
	r.postAlways("/quit", quit)
	r.template("stopped", stoppedPage{})
}

// toFetch is how long the program stays after its last page, so that the browser gets what belongs to it.
const toFetch = 500 * time.Millisecond

func quit(v *visit) error {
	page := stoppedPage{v.page(NoSection, v.t("stopped.title"))}
	page.Final = true
	time.AfterFunc(toFetch, v.server.Quit)
	return v.show("stopped", page)
}

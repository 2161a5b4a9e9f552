package urls

import "net/url"

// HandOverPath begins the addresses at which the deals of one of us are handed over.
const HandOverPath = "/handover/"

// HandOverHref is where the deals of one of us are handed over to another.
func HandOverHref(id string) string { return HandOverPath + url.PathEscape(id) }

// PersonHref is the address of the page of one of us.
func PersonHref(id string) string { return PersonPath + url.PathEscape(id) }

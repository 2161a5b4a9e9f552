package urls

import (
	"net/url"

	"milstolpe/process"
)

// ListsPath is where a team makes lists of its own.
const ListsPath = "/settings/lists"

// ListPath is the address to which the forms about a list go.
func ListPath(id process.ListID) string { return ListsPath + "/" + url.PathEscape(string(id)) }

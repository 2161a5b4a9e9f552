package urls

import (
	"net/url"

	"milstolpe/process"
)

// ProcessEditPath is where the draft of a process is edited.
func ProcessEditPath(id process.ProcessID) string { return ProcessHref(id) + "/edit" }

// ProcessPath is what the addresses of processes begin with.
const ProcessPath = "/processes/"

// ProcessHref is the address of a process.
func ProcessHref(id process.ProcessID) string { return ProcessPath + url.PathEscape(string(id)) }

package handlers

import (
	"net/url"

	"milstolpe/process"
)

// customerPath is the address of a customer's page.
func customerPath(id process.CustomerID) string { return "/customers/" + url.PathEscape(string(id)) }

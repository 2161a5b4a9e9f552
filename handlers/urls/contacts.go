package urls

import (
	"net/url"

	"milstolpe/process"
)

// What is recorded about people at buyers, and those about whom nothing new has come in for years.
const (
	ContactsPath      = "/contacts/"
	QuietContactsPath = ContactsPath + "quiet"
)

// ContactHref is the page with all that is recorded about a person at a buyer.
func ContactHref(id process.ContactID) string { return ContactsPath + url.PathEscape(string(id)) }

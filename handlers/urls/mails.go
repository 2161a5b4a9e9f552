package urls

import (
	"net/url"

	"milstolpe/process"
)

// MailsPath begins the addresses at which a mail becomes evidence.
const MailsPath = "/mails"

// MailPath is where a mail is taken in as evidence on a deal.
func MailPath(id process.DealID) string { return MailsPath + "/" + url.PathEscape(string(id)) }

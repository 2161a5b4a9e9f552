// Package mail reads a mail that somebody has saved to a file: .eml (RFC 5322 and MIME) or Outlook's .msg.
//
// Message is what is shown of it: who sent it, when, its subject and its text. Read tells the two kinds of file apart by their bytes.
// eml.go goes through the parts of a mail, charset.go makes text of bytes, html.go of HTML, msg.go of Outlook's properties.
//
// Nothing here trusts the file: depth, number of parts and length are bounded, a charset that is declared wrongly gives way to what the
// bytes say, and what cannot be read ends as a process.Error with a sentence for the person.
//
// Traps: attachments are never read. A mail may say anything about its sender and its day; both are suggestions.
package mail

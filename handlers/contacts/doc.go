// Package contacts has the pages under /contacts: what is recorded about a person at a buyer, to print or take away, and the people about
// whom nothing new has come in for years, to be erased.
//
// extractPage (extract.go) is made from an extract.Extract, as is the report that can be taken away; quietPage (quiet.go) is a choice, and
// then the question whether to erase those that were chosen. Begin at showExtract and showQuiet. A person's details are changed on the page of
// their customer.
//
// Traps: erasing cannot be undone, so the question comes first and the toast has no way back. The page must not be kept: it is personal data.
package contacts

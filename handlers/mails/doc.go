// Package mails has the pages at /mails/{deal}, where a saved mail becomes evidence on a deal.
//
// mailPage (mail.go) has two steps: the form that takes a file, and the form with what package mail has read of it: the sender beside the
// contacts, the next milestone, the day, and a field for the excerpt. saveMail (save.go) records the excerpt and who it is from.
//
// Traps: nothing of the mail is kept but the excerpt. Its text travels in the form, so that the page can show it again when something is
// amiss, and is forgotten with the page. What a mail says of its sender and its day is a suggestion that a person looks at.
package mails

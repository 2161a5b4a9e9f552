package web

import (
	"net/http"
	"strings"

	"milstolpe/handlers/parts"
)

// A program that fills in our forms, as the commands for a shell do, asks for plain answers: what was done and where it is to be seen, or what
// is wrong, in the words of the pages. The rules are those of the pages, because it is the pages' handlers that answer.

// PlainAnswer is the answer to a form, for a program.
type PlainAnswer struct {
	Done    string       `json:"done,omitempty"`    // what was done, empty where there was nothing to do
	Address string       `json:"address,omitempty"` // the page that shows it
	Faults  []PlainFault `json:"faults,omitempty"`
}

// PlainFault is one thing that is wrong: in a field, or in all of it.
type PlainFault struct {
	Field string `json:"field,omitempty"`
	Text  string `json:"text"`
}

// wantsPlain tells a program from a browser.
func (v *Request) wantsPlain() bool {
	return strings.HasPrefix(v.Request().Header.Get("Accept"), "application/json")
}

// plainDone answers a program that something was done.
func (v *Request) plainDone(address, done string) error {
	return v.JSON(http.StatusOK, PlainAnswer{Done: done, Address: address})
}

// plainFaults answers a program that a form cannot be taken.
func (v *Request) plainFaults(faults parts.FieldErrors) error {
	var a PlainAnswer
	for _, f := range faults.List {
		text := f.Text
		if f.Label != "" {
			text = f.Label + ": " + text
		}
		a.Faults = append(a.Faults, PlainFault{f.Field, text})
	}
	return v.JSON(faults.Status, a)
}

// plainError answers a program with what went wrong.
func (v *Request) plainError(status int, notice ErrorNotice) error {
	var a PlainAnswer
	for _, text := range notice.Sentences {
		a.Faults = append(a.Faults, PlainFault{Text: text})
	}
	return v.JSON(status, a)
}

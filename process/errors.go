package process

import (
	"errors"
	"fmt"
	"strings"
)

// Kind says what sort of trouble an error is, for the program: which status a page has, which exit code a command.
type Kind uint8

// The zero kind is Internal, so that an error that nobody classified never looks like a user's mistake.
const (
	Internal Kind = iota
	Invalid       // what was typed or given is wrong
	NotFound      // there is no such thing (any more)
	Conflict      // somebody else changed it meanwhile
	Busy          // the file is in use
	Newer         // the file is from a newer version
	Damaged       // the file is damaged
)

func (k Kind) String() string {
	return [...]string{"internal", "invalid", "not found", "conflict", "busy", "newer", "damaged"}[k]
}

// Error has three readers: Kind is for the program, Msg and Args name the sentence in the catalogues for the person, and Err is the
// cause for the log. The cause never reaches a page.
type Error struct {
	Kind  Kind
	Msg   string // catalogue key, "deal.already_closed"
	Args  []any  // values for that sentence, in the order {{.A}}, {{.B}}, {{.C}}
	Field string // form field or JSON field at fault, if one is
	Err   error
}

func (e *Error) Error() string {
	var b strings.Builder
	b.WriteString(e.Kind.String() + ": " + e.Msg)
	if e.Field != "" {
		b.WriteString(" (" + e.Field + ")")
	}
	for _, a := range e.Args {
		fmt.Fprintf(&b, " %v", a)
	}
	if e.Err != nil {
		b.WriteString(": " + e.Err.Error())
	}
	return b.String()
}

func (e *Error) Unwrap() error { return e.Err }

// Problems are all the faults of one form or one document, in field order.
type Problems []*Error

func (p Problems) Error() string {
	parts := make([]string, len(p))
	for i, e := range p {
		parts[i] = e.Error()
	}
	return strings.Join(parts, "; ")
}

// Add notes a fault in a field.
func (p *Problems) Add(field, msg string, args ...any) {
	*p = append(*p, &Error{Kind: Invalid, Msg: msg, Args: args, Field: field})
}

// Join takes in what another check found.
func (p *Problems) Join(err error) {
	var one *Error
	var many Problems
	switch {
	case errors.As(err, &one):
		*p = append(*p, one)
	case errors.As(err, &many):
		*p = append(*p, many...)
	}
}

// OrNil is the problems as an error, or nil when there are none.
func (p Problems) OrNil() error {
	if len(p) == 0 {
		return nil
	}
	return p
}

// Wrong refuses an input with a sentence.
func Wrong(field, msg string, args ...any) error {
	return &Error{Kind: Invalid, Msg: msg, Args: args, Field: field}
}

// Missing says that there is no such thing.
func Missing(msg string, args ...any) error {
	return &Error{Kind: NotFound, Msg: msg, Args: args}
}

// KindOf tells the kind of any error; Problems are Invalid, everything unknown is Internal.
func KindOf(err error) Kind {
	var one *Error
	if errors.As(err, &one) {
		return one.Kind
	}
	var many Problems
	if errors.As(err, &many) {
		return Invalid
	}
	return Internal
}

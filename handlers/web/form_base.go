package web

import (
	"slices"
	"strings"

	"milstolpe/process"
)

// A form carries the events that it was made from, in a hidden field, so that what somebody else has recorded meanwhile is not written
// over: process makes a conflict of it, or the form comes back and says so.

// EncodeBase writes events for a hidden field.
func EncodeBase(ids []process.EventID) string {
	words := make([]string, len(ids))
	for i, id := range ids {
		words[i] = id.String()
	}
	return strings.Join(words, " ")
}

// DecodeBase reads what baseText wrote. It is never nil: a form that was made when nothing was recorded was made from nothing. What cannot
// be read names nothing.
func DecodeBase(text string) []process.EventID {
	ids := []process.EventID{}
	for _, word := range strings.Fields(text) {
		if id, err := process.ParseEventID(word); err == nil {
			ids = append(ids, id)
		}
	}
	return ids
}

// EncodeBaseOf writes the events behind one of several things that a form can change, for hidden fields of one name.
func EncodeBaseOf(thing string, ids []process.EventID) []string {
	words := make([]string, len(ids))
	for i, id := range ids {
		words[i] = thing + ":" + id.String()
	}
	return words
}

// DecodeBaseOf reads what EncodeBaseOf wrote of one thing. It is never nil, as in DecodeBase.
func DecodeBaseOf(thing string, fields []string) []process.EventID {
	ids := []process.EventID{}
	for _, field := range fields {
		text, ours := strings.CutPrefix(field, thing+":")
		if id, err := process.ParseEventID(text); ours && err == nil {
			ids = append(ids, id)
		}
	}
	return ids
}

// CheckUnchanged refuses a form about a thing that has been changed since the form was made.
func CheckUnchanged(base string, now []process.EventID) error {
	seen := DecodeBase(base)
	for _, id := range now {
		if !slices.Contains(seen, id) {
			return &process.Error{Kind: process.Conflict, Msg: "deal.changed_meanwhile"}
		}
	}
	if len(seen) != len(now) {
		return &process.Error{Kind: process.Conflict, Msg: "deal.changed_meanwhile"}
	}
	return nil
}

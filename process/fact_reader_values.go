package process

import (
	"bytes"
	"reflect"
	"strconv"
	"strings"
	"unicode/utf8"
)

// The values that a FactReader reads straight. Each answers false to whatever encoding/json should look at.

func leave(*FactReader, []byte, reflect.Value) ([]byte, bool) { return nil, false }

// text cuts a string without anything escaped off the beginning of a text.
func text(from []byte) (value, rest []byte, ok bool) {
	if len(from) == 0 || from[0] != '"' {
		return nil, nil, false
	}
	from = from[1:]
	end := bytes.IndexByte(from, '"')
	if end < 0 {
		return nil, nil, false
	}
	value = from[:end]
	for _, c := range value {
		if !simple[c] {
			return value, from[end+1:], bytes.IndexFunc(value, func(r rune) bool { return r < ' ' || r == '\\' }) < 0 && utf8.Valid(value)
		}
	}
	return value, from[end+1:], true
}

// simple are the bytes that stand for themselves whatever stands beside them.
var simple = func() (s [256]bool) {
	for c := byte(' '); c < utf8.RuneSelf; c++ {
		s[c] = c != '\\'
	}
	return s
}()

// readText reads a string; of names and identities that come again and again one copy is kept.
func readText(again bool) valueReader {
	return func(r *FactReader, from []byte, into reflect.Value) ([]byte, bool) {
		value, rest, ok := text(from)
		if !ok {
			return nil, false
		}
		if again {
			into.SetString(r.once(value))
		} else {
			into.SetString(string(value))
		}
		return rest, true
	}
}

func (r *FactReader) once(value []byte) string {
	if kept, ok := r.kept[string(value)]; ok {
		return kept
	}
	if r.kept == nil {
		r.kept = map[string]string{}
	}
	kept := string(value)
	r.kept[kept] = kept
	return kept
}

// readDate reads a day. It is often the same as the one before: what happened today is known today.
func readDate(r *FactReader, from []byte, into reflect.Value) ([]byte, bool) {
	value, rest, ok := text(from)
	if !ok || len(value) != len(r.dayText) {
		return nil, false
	}
	if [len(r.dayText)]byte(value) != r.dayText {
		year, month, day, ok := digits(value)
		d, real := dayOf(year, month, day)
		if !ok || !real {
			return nil, false
		}
		r.dayText, r.day = [len(r.dayText)]byte(value), d
	}
	into.SetInt(int64(r.day))
	return rest, true
}

// readTrue reads true: false is left out where a fact is written.
func readTrue(_ *FactReader, from []byte, into reflect.Value) ([]byte, bool) {
	rest, ok := bytes.CutPrefix(from, []byte("true"))
	into.SetBool(true)
	return rest, ok
}

func readWhole(_ *FactReader, from []byte, into reflect.Value) ([]byte, bool) {
	end := 0
	for end < len(from) && (from[end] >= '0' && from[end] <= '9' || end == 0 && from[end] == '-') {
		end++
	}
	n, err := strconv.ParseInt(string(from[:end]), 10, 64)
	if err != nil || into.OverflowInt(n) || strconv.FormatInt(n, 10) != string(from[:end]) || end < len(from) && strings.IndexByte(".eE", from[end]) >= 0 {
		return nil, false
	}
	into.SetInt(n)
	return from[end:], true
}

func readPointer(t reflect.Type) valueReader {
	read := readingOf(t)
	if read == nil {
		return nil
	}
	return func(r *FactReader, from []byte, into reflect.Value) ([]byte, bool) {
		into.Set(reflect.New(t))
		return read(r, from, into.Elem())
	}
}

// readStruct reads an object. Its brace stands where the comma before the first member would be.
func readStruct(t reflect.Type) valueReader {
	members, ok := membersOf(t, nil)
	if !ok {
		return nil
	}
	first := make([]member, len(members))
	for i, m := range members {
		first[i] = member{"{" + m.head[1:], m.place, m.read}
	}
	return func(r *FactReader, from []byte, into reflect.Value) ([]byte, bool) {
		for i := range first {
			if !bytes.HasPrefix(from, []byte(first[i].head)) {
				continue
			}
			rest, ok := r.members(from, first[i:i+1], into)
			if ok {
				rest, ok = r.members(rest, members[i+1:], into)
			}
			if !ok || len(rest) == 0 || rest[0] != '}' {
				return nil, false
			}
			return rest[1:], true
		}
		return nil, false
	}
}

func readKeys(_ *FactReader, from []byte, into reflect.Value) ([]byte, bool) {
	rest, ok := bytes.CutPrefix(from, []byte("["))
	var keys []EventID
	for ok {
		var value []byte
		if value, rest, ok = text(rest); !ok || len(rest) == 0 {
			return nil, false
		}
		var key EventID
		if key.UnmarshalText(value) != nil {
			return nil, false
		}
		keys = append(keys, key)
		next := rest[0]
		rest = rest[1:]
		if next == ']' {
			into.Set(reflect.ValueOf(keys))
			return rest, true
		}
		ok = next == ','
	}
	return nil, false
}

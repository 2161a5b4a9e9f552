package process

import (
	"bytes"
	"encoding"
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
	"time"
)

// FactReader reads payloads, one after the other. It keeps one copy of what they say again and again: whose, which milestone, which
// process. The zero value is ready; it is for one goroutine.
//
// A payload that MarshalFact wrote has its members in the order of the fields, nothing between them, and hardly ever anything escaped.
// That is read straight into the fact. At the first thing that looks otherwise encoding/json reads the whole payload, so that it alone
// says what a payload means; a test holds the two against each other. It takes a fraction of the time, and a start is mostly reading.
type FactReader struct {
	kept    map[string]string
	dayText [len(time.DateOnly)]byte // the last day that was read
	day     Date
}

// Read reads a payload, as UnmarshalFact does.
func (r *FactReader) Read(payload []byte) (Fact, error) {
	if f, ok := r.plain(payload); ok {
		return f, nil
	}
	name, err := payloadType(payload)
	if err != nil {
		return nil, err
	}
	f := NewFact(name)
	if f == nil {
		u := &Unknown{Type: name, Raw: bytes.Clone(payload)}
		_ = json.Unmarshal(payload, &u.Stamp) // a stamp of a shape we do not know is no stamp
		return u, nil
	}
	if err := json.Unmarshal(payload, f); err != nil {
		return nil, fmt.Errorf("read a fact of type %s: %w", name, err)
	}
	return f, nil
}

// plain reads a payload that looks as MarshalFact writes nearly all of them.
func (r *FactReader) plain(payload []byte) (Fact, bool) {
	rest, ok := bytes.CutPrefix(payload, []byte(typeHead))
	end := bytes.IndexByte(rest, '"')
	if !ok || end < 0 {
		return nil, false
	}
	form, ok := factForms[string(rest[:end])]
	if !ok {
		return nil, false
	}
	f := form.make()
	rest, ok = r.members(rest[end+1:], form.members, reflect.ValueOf(f).Elem())
	return f, ok && string(rest) == "}"
}

// member is a field of a fact as it stands in a payload.
type member struct {
	head  string // `,"known":`
	place []int
	read  valueReader
}

// valueReader reads a value at the beginning of a text into a field, and returns what comes after it. It answers false to whatever
// encoding/json should look at.
type valueReader func(r *FactReader, text []byte, into reflect.Value) (rest []byte, ok bool)

// members reads members into a struct, in the order of its fields, as long as there are any. The comma before each belongs to it.
func (r *FactReader) members(text []byte, members []member, into reflect.Value) ([]byte, bool) {
	for i := range members {
		m := &members[i]
		if len(text) < len(m.head) || string(text[:len(m.head)]) != m.head {
			continue
		}
		field := into
		for _, at := range m.place {
			field = field.Field(at)
		}
		var ok bool
		if text, ok = m.read(r, text[len(m.head):], field); !ok {
			return nil, false
		}
	}
	return text, true
}

type factForm struct {
	make    func() Fact
	members []member
}

// factForms are the facts whose fields can all be read straight. The rest are rare.
var factForms = func() map[string]factForm {
	forms := map[string]factForm{}
	for name, make := range factTypes {
		if members, ok := membersOf(reflect.TypeOf(make()).Elem(), nil); ok {
			forms[name] = factForm{make, members}
		}
	}
	return forms
}()

// membersOf lists the fields of a struct as encoding/json names them. It answers false where one of them is of a kind that is not read
// straight.
func membersOf(t reflect.Type, place []int) (members []member, ok bool) {
	for i := range t.NumField() {
		f := t.Field(i)
		at := append(place[:len(place):len(place)], i)
		if f.Anonymous {
			inner, ok := membersOf(f.Type, at)
			if !ok {
				return nil, false
			}
			members = append(members, inner...)
			continue
		}
		read := readingOf(f.Type)
		if read == nil {
			return nil, false
		}
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		members = append(members, member{`,"` + name + `":`, at, read})
	}
	return members, true
}

// readingOf is how a field of a type is read straight; nil for a type that is not.
func readingOf(t reflect.Type) valueReader {
	switch t {
	case reflect.TypeFor[Date]():
		return readDate
	case reflect.TypeFor[[]EventID]():
		return readKeys
	}
	if reflect.PointerTo(t).Implements(reflect.TypeFor[encoding.TextUnmarshaler]()) || reflect.PointerTo(t).Implements(reflect.TypeFor[json.Unmarshaler]()) {
		return nil
	}
	switch t.Kind() {
	case reflect.String:
		return readText(t != reflect.TypeFor[string]())
	case reflect.Bool:
		return readTrue
	case reflect.Int, reflect.Int64:
		return readWhole
	case reflect.Float64:
		return leave
	case reflect.Pointer:
		return readPointer(t.Elem())
	case reflect.Struct:
		return readStruct(t)
	}
	return nil
}

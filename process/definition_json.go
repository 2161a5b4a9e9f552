package process

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// definitionFields and milestoneFields are the fields of a process written as JSON, in the order in which they are written.
var (
	definitionFields = []string{"name", "purpose", "roles", "milestones"}
	milestoneFields  = []string{"key", "name", "criterion", "why", "required", "evidence", "patience_days", "our_part", "role"}
	roleFields       = []string{"key", "name"}
)

// ParseDefinition reads a process as people and other programs write it, one JSON object. A milestone without a key gets one from its
// name (KeyFor). The rest is taken strictly, because a definition that is half understood would count deals in a way that nobody wrote
// down: a field that we do not know, one that stands twice, a value of another kind than the field has, and a milestone that does not
// say whether it is required are all refused, each by its path (milestones.2.requird) and its line. Where the text is no JSON at all
// the one error tells line and column. What the definition says is not checked here: that is Definition.Check, when it is published.
func ParseDefinition(text []byte) (Definition, error) {
	r := DefinitionReader{Text: bytes.TrimPrefix(text, []byte("\ufeff"))}
	if err := r.Syntax(); err != nil {
		return Definition{}, err
	}
	var def Definition
	r.Object("", r.Text, 0, definitionFields, func(field string, raw json.RawMessage, at int) {
		switch field {
		case "name":
			r.Value(field, raw, at, &def.Name)
		case "purpose":
			r.Value(field, raw, at, &def.Purpose)
		case "roles":
			def.Roles = r.roles(raw, at)
		case "milestones":
			def.Milestones = r.milestones(raw, at)
		}
	})
	if err := r.Problems.OrNil(); err != nil {
		return Definition{}, err
	}
	def.giveKeys()
	return def, nil
}

// FormatDefinition writes a process as ParseDefinition reads it, for people: indented, and with every character as it is.
func FormatDefinition(def Definition) ([]byte, error) {
	if def.Milestones == nil {
		def.Milestones = []Milestone{}
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	err := e.Encode(def)
	return b.Bytes(), err
}

// giveKeys names the milestones that have no key. The keys that are written come first, so that none of them has to give way.
func (d *Definition) giveKeys() {
	roles := map[RoleID]bool{}
	for _, role := range d.Roles {
		roles[role.Key] = true
	}
	for i := range d.Roles {
		if role := &d.Roles[i]; role.Key == "" {
			role.Key = RoleID(KeyFor(role.Name, func(key MilestoneID) bool { return roles[RoleID(key)] }))
			roles[role.Key] = true
		}
	}
	taken := map[MilestoneID]bool{}
	for i := range d.Milestones {
		taken[d.Milestones[i].Key] = true
	}
	for i := range d.Milestones {
		if m := &d.Milestones[i]; m.Key == "" {
			m.Key = KeyFor(m.Name, func(key MilestoneID) bool { return taken[key] })
			taken[m.Key] = true
		}
	}
}

// DefinitionReader collects what is wrong with a document, so that a person can mend all of it at once.
type DefinitionReader struct {
	Text     []byte
	Problems Problems
}

// Syntax refuses what is not exactly one JSON value.
func (r *DefinitionReader) Syntax() error {
	if !utf8.Valid(r.Text) {
		return Wrong("", "process.json.not_utf8") // a Swedish name in another encoding would come out as something else
	}
	d := json.NewDecoder(bytes.NewReader(r.Text))
	var one json.RawMessage
	err := d.Decode(&one)
	if err == nil {
		end := int(d.InputOffset())
		if rest := bytes.TrimLeft(r.Text[end:], " \t\r\n"); len(rest) > 0 {
			line, column := r.position(len(r.Text) - len(rest))
			return Wrong("", "process.json.more_than_one", line, column)
		}
		return nil
	}
	at := len(r.Text)
	if wrong, ok := errors.AsType[*json.SyntaxError](err); ok && !errors.Is(err, io.ErrUnexpectedEOF) {
		at = max(int(wrong.Offset)-1, 0)
	}
	line, column := r.position(at)
	return &Error{Kind: Invalid, Msg: "process.json.syntax", Args: []any{line, column}, Err: err}
}

// position counts lines and characters from one.
func (r *DefinitionReader) position(at int) (line, column int) {
	before := r.Text[:min(at, len(r.Text))]
	line = bytes.Count(before, []byte("\n")) + 1
	return line, len([]rune(string(before[bytes.LastIndexByte(before, '\n')+1:]))) + 1
}

func (r *DefinitionReader) fault(path string, at int, msg string, args ...any) {
	line, _ := r.position(at)
	r.Problems.Add(path, msg, append([]any{path, line}, args...)...)
}

// Object goes through the members of an object in their order; at is where raw begins in the document. It tells which fields came.
func (r *DefinitionReader) Object(path string, raw []byte, at int, known []string, take func(field string, raw json.RawMessage, at int)) (seen []string) {
	d := json.NewDecoder(bytes.NewReader(raw))
	open, _ := d.Token() // the syntax is known to be good, so tokens cannot fail
	if open != json.Delim('{') {
		r.fault(path, at+blanks(raw), "process.json.wrong_kind")
		return nil
	}
	seen = []string{}
	for d.More() {
		token, _ := d.Token()
		name, _ := token.(string)
		here := at + int(d.InputOffset())
		var value json.RawMessage
		_ = d.Decode(&value)
		field := strings.TrimPrefix(path+"."+name, ".")
		switch {
		case !slices.Contains(known, name):
			r.fault(field, here, "process.json.unknown_field", strings.Join(known, ", "))
		case slices.Contains(seen, name):
			r.fault(field, here, "process.json.field_twice")
		default:
			take(name, value, at+int(d.InputOffset())-len(value))
		}
		seen = append(seen, name)
	}
	return seen
}

func (r *DefinitionReader) roles(raw json.RawMessage, at int) (list []Role) {
	d := json.NewDecoder(bytes.NewReader(raw))
	if open, _ := d.Token(); open != json.Delim('[') {
		r.fault("roles", at, "process.json.wrong_kind")
		return nil
	}
	for d.More() {
		var one json.RawMessage
		_ = d.Decode(&one)
		var role Role
		path, here := "roles."+strconv.Itoa(len(list)), at+int(d.InputOffset())-len(one)
		r.Object(path, one, here, roleFields, func(field string, raw json.RawMessage, at int) {
			if field == "key" {
				r.Value(path+".key", raw, at, &role.Key)
			} else {
				r.Value(path+".name", raw, at, &role.Name)
			}
		})
		list = append(list, role)
	}
	return list
}

func blanks(raw []byte) int { return len(raw) - len(bytes.TrimLeft(raw, " \t\r\n")) }

func (r *DefinitionReader) milestones(raw json.RawMessage, at int) []Milestone {
	d := json.NewDecoder(bytes.NewReader(raw))
	if open, _ := d.Token(); open != json.Delim('[') {
		r.fault("milestones", at, "process.json.wrong_kind")
		return nil
	}
	list := []Milestone{}
	for d.More() {
		var one json.RawMessage
		_ = d.Decode(&one)
		list = append(list, r.milestone("milestones."+strconv.Itoa(len(list)), one, at+int(d.InputOffset())-len(one)))
	}
	return list
}

func (r *DefinitionReader) milestone(path string, raw json.RawMessage, at int) (m Milestone) {
	targets := map[string]any{
		"key": &m.Key, "name": &m.Name, "criterion": &m.Criterion, "why": &m.Why, "required": &m.Required, "evidence": &m.Evidence,
		"patience_days": &m.Patience, "our_part": &m.OurPart, "role": &m.Role,
	}
	seen := r.Object(path, raw, at, milestoneFields, func(field string, raw json.RawMessage, at int) {
		r.Value(path+"."+field, raw, at, targets[field])
	})
	if seen != nil && !slices.Contains(seen, "required") {
		r.fault(path+".required", at, "process.json.required_missing")
	}
	return m
}

// Value reads one plain value. A null stands for nothing only where the field may be empty as a number: patience_days.
func (r *DefinitionReader) Value(path string, raw json.RawMessage, at int, into any) {
	_, number := into.(**int)
	if string(raw) == "null" && !number || json.Unmarshal(raw, into) != nil {
		r.fault(path, at, "process.json.wrong_kind")
	}
}

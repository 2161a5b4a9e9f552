package parts

import (
	"strings"
)

// Field is one control of a form with its label, hint and fault, as the template parts/field writes it. Templates make it with
// input and refine it: ((input "on" (t "close.on") .Form.On .Faults).As "date").
type Field struct {
	Name, Label, Value, Fault string

	Hint     string   // a line under the label
	Kind     string   // text, date, email, url, search, textarea, select, radio, check, hidden
	Class    string   // w1 or w2 for a narrow control
	Mode     string   // inputmode: decimal, numeric
	Auto     string   // autocomplete
	List     string   // id of a datalist with suggestions
	Options  []Option // of select and radio
	Required bool
	First    bool // takes the focus when the page is opened, unless a fault does
}

// Option is one choice of a select or a row of radio buttons.
type Option struct {
	Value, Text string
	Hint        string
}

// FieldID is the id that the control of a form has for a field.
func FieldID(name string) string { return "f-" + strings.ReplaceAll(name, ".", "-") }

// Input is a field of plain text.
func Input(name, label, value string, faults FieldErrors) Field {
	return Field{Name: name, Label: label, Value: value, Fault: faults.At(name), Kind: "text"}
}

// OptionOf is an option without a hint.
func OptionOf(value, text string) Option { return Option{Value: value, Text: text} }

// ID of the control; the label, the summary of faults and tests point at it.
func (f Field) ID() string { return FieldID(f.Name) }

// DescribedBy names the hint and the fault of the control.
func (f Field) DescribedBy() string {
	var ids []string
	if f.Fault != "" {
		ids = append(ids, f.ID()+"-fault")
	}
	if f.Hint != "" {
		ids = append(ids, f.ID()+"-hint")
	}
	return strings.Join(ids, " ")
}

// As makes the field another kind of control.
func (f Field) As(kind string) Field { f.Kind = kind; return f }

// Hinted adds a line under the label.
func (f Field) Hinted(text string) Field { f.Hint = text; return f }

// Sized makes the control narrow: w1 for a number, w2 for a date.
func (f Field) Sized(class string) Field { f.Class = class; return f }

// Typed names the keyboard that a telephone shows: decimal, numeric.
func (f Field) Typed(mode string) Field { f.Mode = mode; return f }

// Completed names what the browser may fill in: organization, name.
func (f Field) Completed(auto string) Field { f.Auto = auto; return f }

// Suggested names a datalist of the page: what is in it can be chosen, and anything else be typed.
func (f Field) Suggested(list string) Field { f.List = list; return f }

// Needed marks a field that must be filled in.
func (f Field) Needed() Field { f.Required = true; return f }

// Focused lets the page begin here: for pages that are nothing but a form.
func (f Field) Focused() Field { f.First = true; return f }

// Of gives the choices of a select or of radio buttons.
func (f Field) Of(options []Option) Field { f.Options = options; return f }

// Or adds one choice.
func (f Field) Or(value, text string) Field {
	f.Options = append(f.Options[:len(f.Options):len(f.Options)], Option{Value: value, Text: text})
	return f
}

// Suggestions are names that are known already.
type Suggestions struct{ Customers, Sellers, Sources []string }

// MaxSuggestions keeps the page of a team with thousands of customers small.
const MaxSuggestions = 500

package parts

import "net/http"

// FieldErrors are what is wrong with a form, as the person is told it. They are shown twice: as a list over the form, which takes focus and
// links to the fields, and at each field.
type FieldErrors struct {
	List   []FieldError
	Status int
}

// FieldError is one thing that is wrong. Field is empty when it is not about one field. Label names the field where the text does not.
type FieldError struct{ Field, Label, Text string }

// ID of the field's control on the page.
func (f FieldError) ID() string { return FieldID(f.Field) }

// At is what is wrong with a field; empty when nothing is.
func (f FieldErrors) At(field string) string {
	for _, fault := range f.List {
		if fault.Field == field {
			return fault.Text
		}
	}
	return ""
}

// Any tells whether something is wrong.
func (f FieldErrors) Any() bool { return len(f.List) > 0 }

// Stale tells that the form was refused because somebody has changed meanwhile what it is about: it comes back made from what stands now,
// so that sent once more it is taken.
func (f FieldErrors) Stale() bool { return f.Status == http.StatusConflict }

package web

import (
	"errors"
	"fmt"
	"mime"
	"net/http"
	"reflect"
	"strings"

	"github.com/go-playground/validator/v10"
	"github.com/labstack/echo/v4"

	"milstolpe/handlers/parts"
	"milstolpe/process"
)

// FormErrors turns a refusal into what the form shows. It answers false to every error that is not the person's to mend, which a handler
// then returns as it is.
func (v *Request) FormErrors(err error) (parts.FieldErrors, bool) {
	var many process.Problems
	var one *process.Error
	switch {
	case errors.As(err, &many):
	case errors.As(err, &one) && (one.Kind == process.Invalid || one.Kind == process.Conflict):
		many = process.Problems{one}
	default:
		return parts.FieldErrors{}, false
	}
	f := parts.FieldErrors{Status: http.StatusUnprocessableEntity}
	if one != nil {
		f.Status = statusOf[one.Kind]
	}
	for _, e := range many {
		fault := parts.FieldError{Field: e.Field, Text: v.Text.Error(e)}
		if key := v.labels[e.Field]; key != "" && strings.HasPrefix(e.Msg, "form.") {
			fault.Label = v.T(key)
		}
		f.List = append(f.List, fault)
	}
	return f, true
}

// Read fills the struct that form points to from what was posted, and checks its shape. Its fields are strings, bools and []string with
// the tags form:"name", validate:"…" and label:"deal.name", which is the key of the field's label, for the summary of faults; strings
// are trimmed. What a value means is for process to judge. The error is process.Problems.
func (v *Request) Read(form any) error {
	if kind, _, err := mime.ParseMediaType(v.Request().Header.Get("Content-Type")); v.Request().ContentLength != 0 &&
		(err != nil || kind != echo.MIMEApplicationForm && kind != echo.MIMEMultipartForm) {
		return BadBody(fmt.Errorf("a form is sent as %q", kind)) // what is no form comes from no page of ours
	}
	if err := (&echo.DefaultBinder{}).BindBody(v.Context, form); err != nil {
		return BadBody(err)
	}
	trim(reflect.ValueOf(form).Elem())
	v.labels = labelsOf(reflect.TypeOf(form).Elem())
	v.Set(labelsKey, v.labels) // for the page that says that it could not be saved
	return checkShape(form)
}

// labelsOf are the catalogue keys of the labels of a form's fields.
func labelsOf(form reflect.Type) map[string]string {
	labels := map[string]string{}
	for i := range form.NumField() {
		tag := form.Field(i).Tag
		labels[tag.Get("form")] = tag.Get("label")
	}
	return labels
}

// Query fills the struct from the query string, in the same way. A page that cannot read a filter ignores it, so there is no check.
func (v *Request) Query(filter any) error {
	if err := (&echo.DefaultBinder{}).BindQueryParams(v.Context, filter); err != nil {
		return &process.Error{Kind: process.Invalid, Msg: "error.bad_request", Err: err}
	}
	trim(reflect.ValueOf(filter).Elem())
	return nil
}

// BadBody is the refusal of a request whose body cannot be read: too large, or not what a form sends.
func BadBody(err error) error {
	var tooLarge *http.MaxBytesError
	if errors.As(err, &tooLarge) {
		return &process.Error{Kind: process.Invalid, Msg: "form.too_large", Args: []any{tooLarge.Limit / 1024}, Err: err}
	}
	return &process.Error{Kind: process.Invalid, Msg: "error.bad_request", Err: err}
}

func trim(form reflect.Value) {
	for i := range form.NumField() {
		if f := form.Field(i); f.Kind() == reflect.String && f.CanSet() {
			f.SetString(strings.TrimSpace(strings.ReplaceAll(f.String(), "\r\n", "\n")))
		}
	}
}

var shapes = newShapes()

func newShapes() *validator.Validate {
	v := validator.New(validator.WithRequiredStructEnabled())
	v.RegisterTagNameFunc(func(f reflect.StructField) string { return f.Tag.Get("form") })
	err := v.RegisterValidation("day", func(f validator.FieldLevel) bool {
		_, err := process.ParseDate(f.Field().String())
		return err == nil
	})
	if err != nil {
		panic(fmt.Sprintf("register a check on shapes: %v", err))
	}
	return v
}

// shapeTexts are the messages for the tags that our forms use. A tag that is not here gets "form.invalid"; a test holds the forms to the list.
var shapeTexts = map[string]string{
	"required": "form.required", "required_if": "form.required", "required_unless": "form.required", "required_with": "form.required",
	"required_without": "form.required",
	"day":              "form.day", "max": "form.too_long", "oneof": "form.choose", "number": "form.number", "numeric": "form.number",
	"email": "form.email", "url": "form.url", "http_url": "form.url",
}

func checkShape(form any) error {
	err := shapes.Struct(form)
	var faults validator.ValidationErrors
	if err == nil {
		return nil
	}
	if !errors.As(err, &faults) {
		return fmt.Errorf("check the shape of a form: %w", err)
	}
	var problems process.Problems
	for _, f := range faults {
		key, ok := shapeTexts[f.Tag()]
		if !ok {
			key = "form.invalid"
		}
		if f.Tag() == "max" {
			problems.Add(f.Field(), key, f.Param())
			continue
		}
		problems.Add(f.Field(), key)
	}
	return problems
}

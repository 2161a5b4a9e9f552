package web

import (
	"errors"
	"slices"
	"strings"

	"milstolpe/handlers/i18n"
	"milstolpe/process"
	"milstolpe/process/importer/cells"
	"milstolpe/process/money"
)

// ReadAmount reads an amount as people type it in this language, in the given currency unless it names one itself. Nothing typed is no
// amount. A refusal is about the field.
func ReadAmount(t *i18n.Text, field, text, currency string) (*money.Amount, error) {
	if text == "" {
		return nil, nil
	}
	reading, err := cells.ParseAmount(text, t.Pick(",", "."))
	if err != nil {
		return nil, about(field, err)
	}
	a, _, err := reading.In(currency)
	if err != nil {
		return nil, about(field, err)
	}
	return &a, nil
}

// ReadDay reads what a date field sends. Nothing is no day.
func ReadDay(field, text string) (process.Date, error) {
	if text == "" {
		return 0, nil
	}
	d, err := process.ParseDate(text)
	if err != nil {
		return 0, about(field, err)
	}
	return d, nil
}

// ReadTime reads a time of day as people type it. Nothing is no time.
func ReadTime(field, text string) (process.TimeOfDay, error) {
	at, err := process.ParseTimeOfDay(text)
	return at, about(field, err)
}

// about names the field that a refusal is about.
func about(field string, err error) error {
	var e *process.Error
	if !errors.As(err, &e) {
		return err
	}
	named := *e
	named.Field = field
	return &named
}

// Gather puts the refusals of several fields together, so that a form shows them all at once, of each field the first. An error that is
// no refusal goes alone.
func Gather(errs ...error) error {
	var all process.Problems
	add := func(e *process.Error) {
		if e.Field == "" || !slices.ContainsFunc(all, func(have *process.Error) bool { return have.Field == e.Field }) {
			all = append(all, e)
		}
	}
	for _, err := range errs {
		var many process.Problems
		var one *process.Error
		switch {
		case err == nil:
		case errors.As(err, &many):
			for _, e := range many {
				add(e)
			}
		case errors.As(err, &one) && one.Kind == process.Invalid:
			add(one)
		default:
			return err
		}
	}
	return all.OrNil()
}

// SameField says of a refusal about one field that it is about another, where a form asks for both in one.
func SameField(err error, field, asked string) error {
	var many process.Problems
	var one *process.Error
	switch {
	case errors.As(err, &many):
		renamed := make(process.Problems, len(many))
		for i, e := range many {
			renamed[i] = e
			if e.Field == field {
				named := *e
				named.Field = asked
				renamed[i] = &named
			}
		}
		return renamed
	case errors.As(err, &one) && one.Field == field:
		return about(asked, err)
	}
	return err
}

// CompareBool orders false before true, as cmp.Compare does numbers.
func CompareBool(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	}
	return 1
}

// DayOrNone is the day that a text says; zero when it says none. It is for queries, where an unreadable day is as if not asked.
func DayOrNone(text string) process.Date {
	d, err := process.ParseDate(text)
	if err != nil {
		return 0
	}
	return d
}

// Ellipsize shortens a text to 40 characters, on one line.
func Ellipsize(text string) string {
	text = strings.Join(strings.Fields(text), " ")
	if runes := []rune(text); len(runes) > 40 {
		return string(runes[:39]) + "…"
	}
	return text
}

// BySign chooses by the sign of x.
func BySign(x float64, more, less, same string) string {
	switch {
	case x > 0:
		return more
	case x < 0:
		return less
	}
	return same
}

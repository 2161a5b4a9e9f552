package handlers

import (
	"errors"
	"slices"

	"milstolpe/process"
	"milstolpe/process/importer"
	"milstolpe/process/money"
)

// readAmount reads an amount as people type it in this language, in the given currency unless it names one itself. Nothing typed is no
// amount. A refusal is about the field.
func readAmount(t *Text, field, text, currency string) (*money.Amount, error) {
	if text == "" {
		return nil, nil
	}
	reading, err := importer.ParseAmount(text, t.pick(",", "."))
	if err != nil {
		return nil, about(field, err)
	}
	a, _, err := reading.In(currency)
	if err != nil {
		return nil, about(field, err)
	}
	return &a, nil
}

// readDay reads what a date field sends. Nothing is no day.
func readDay(field, text string) (process.Date, error) {
	if text == "" {
		return 0, nil
	}
	d, err := process.ParseDate(text)
	if err != nil {
		return 0, about(field, err)
	}
	return d, nil
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

// gather puts the refusals of several fields together, so that a form shows them all at once, of each field the first. An error that is
// no refusal goes alone.
func gather(errs ...error) error {
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

// sameField says of a refusal about one field that it is about another, where a form asks for both in one.
func sameField(err error, field, asked string) error {
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

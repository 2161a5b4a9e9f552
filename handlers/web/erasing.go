package web

import "errors"

// WhenErased registers what throws away things that a screen keeps outside the file and that may name people: lists on their way in, files
// that were uploaded. All of it goes when a person is erased, because nobody can tell whom it names.
func (r *Router) WhenErased(forget func() error) {
	r.Server.forgets = append(r.Server.forgets, forget)
}

// ForgetKept throws away what screens keep outside the file, after a person was erased.
func (v *Request) ForgetKept() error {
	var errs []error
	for _, forget := range v.Server.forgets {
		errs = append(errs, forget())
	}
	return errors.Join(errs...)
}

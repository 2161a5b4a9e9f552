package parts

import (
	"slices"
)

// EmptyState is an empty state: one sentence why, one thing to do.
type EmptyState struct{ Why, Action, Href string }

// WithoutChosen leaves out the page that is shown, where its heading says which one it is.
func WithoutChosen(g FilterGroup) FilterGroup {
	g.Words = slices.DeleteFunc(g.Words, func(w FilterLink) bool { return w.Href == "" })
	return g
}

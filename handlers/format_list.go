package handlers

import "strings"

// List joins names as a sentence does: Anna, Erik och Sara.
func (t *Text) List(names []string) string {
	switch n := len(names); n {
	case 0:
		return ""
	case 1:
		return names[0]
	default:
		return strings.Join(names[:n-1], ", ") + " " + t.T("list.and") + " " + names[n-1]
	}
}

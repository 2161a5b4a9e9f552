package i18n

import (
	"strings"
)

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

// JoinNames puts commas between names: "a, b, c".
func JoinNames(names []string) string {
	text := ""
	for i, n := range names {
		if i > 0 {
			text += ", "
		}
		text += n
	}
	return text
}

// JoinWith puts commas between texts and a word before the last: "a, b or c".
func JoinWith(list []string, word string) string {
	if len(list) < 2 {
		return strings.Join(list, "")
	}
	last := len(list) - 1
	return strings.Join(list[:last], ", ") + " " + word + " " + list[last]
}

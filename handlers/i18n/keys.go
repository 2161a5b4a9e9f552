package i18n

import (
	"maps"
	"slices"
	"strings"
)

// Keys of a catalogue with the placeholders of each message. The singular may leave some out: "moved out once".
func (t *Text) Keys() map[string]string {
	keys := map[string]string{}
	for key, m := range t.messages {
		keys[key] = marks(m.other)
	}
	return keys
}

// marks are the values and links of a message, in the order of their letters.
func marks(form []segment) string {
	seen := map[string]bool{}
	for _, s := range form {
		if s.arg >= 0 && s.link != "*" {
			seen[s.link+string(rune('A'+s.arg))] = true
		}
	}
	return joinSorted(seen)
}

func joinSorted(set map[string]bool) string {
	return strings.Join(slices.Sorted(maps.Keys(set)), " ")
}

// ReadText reads the catalogue of one language.
var ReadText = readText

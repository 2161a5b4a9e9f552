package i18n

import "strings"

// lengthen makes the pseudo-language: English with accents, two fifths longer, in brackets. A text on a page without brackets has
// not come from a catalogue, and a layout that holds with it holds with German and Finnish too.
func lengthen(t *Text) *Text {
	p := &Text{Lang: Pseudo, Tag: t.Tag, messages: make(map[string]message, len(t.messages))}
	for key, m := range t.messages {
		p.messages[key] = message{one: stretch(m.one), other: stretch(m.other)}
	}
	return p
}

var accents = strings.NewReplacer("a", "à", "e", "é", "i", "î", "o", "ö", "u", "ü", "A", "Å", "E", "É", "O", "Ø")

func stretch(form []segment) []segment {
	if form == nil {
		return nil
	}
	letters := 0
	long := []segment{{text: "⟦", arg: -1}}
	for _, s := range form {
		if s.arg < 0 {
			letters += len(s.text)
			s.text = accents.Replace(s.text)
		}
		long = append(long, s)
	}
	return append(long, segment{text: padding(letters*2/5) + "⟧", arg: -1})
}

// padding is n letters in words of ordinary length.
func padding(n int) string {
	const words = " lorem ipsum dolor sit amet consectetur adipiscing elit"
	var b strings.Builder
	for b.Len() < n {
		b.WriteString(words[:min(len(words), n-b.Len())])
	}
	return b.String()
}

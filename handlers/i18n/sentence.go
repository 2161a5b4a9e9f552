package i18n

import (
	"fmt"
	"strings"
	"unicode"
)

// Piece is a stretch of a sentence that is written in one way. A sentence with links in it is a row of pieces, which the template
// parts/sentence writes out, so that no text is ever trusted as HTML.
type Piece struct {
	Text    string
	Href    string // a link, if not empty
	Strong  bool
	NoBreak bool
}

// segment is a piece of a message that is not filled in yet: a text (arg < 0), or the value number arg. With link set it opens ("[")
// or closes ("]") a link whose address is the value number arg; or opens and closes strong text ("*").
type segment struct {
	text string
	arg  int
	link string
}

// segments takes a message apart. Its marks are {{.A}}, {{.B}} … for values, *words* for strong, and [words]({{.C}}) for a link.
func segments(text string) ([]segment, error) {
	var list []segment
	plain := func(s string) {
		if s != "" {
			list = append(list, segment{text: s, arg: -1})
		}
	}
	open := -1 // index of the segment that opened a link
	for text != "" {
		i := strings.IndexAny(text, "{[]*")
		if i < 0 {
			break
		}
		plain(text[:i])
		rest := text[i:]
		switch {
		case rest[0] == '*':
			list, text = append(list, segment{arg: 0, link: "*"}), rest[1:]
		case rest[0] == '[':
			open = len(list)
			list, text = append(list, segment{link: "["}), rest[1:]
		case rest[0] == ']' && open >= 0 && strings.HasPrefix(rest, "]("):
			arg, after, err := placeholder(rest[2:])
			if err != nil || !strings.HasPrefix(after, ")") {
				return nil, fmt.Errorf("a link must end as ]({{.A}}) does: %q", rest)
			}
			list[open].arg, open = arg, -1
			list, text = append(list, segment{arg: arg, link: "]"}), after[1:]
		case strings.HasPrefix(rest, "{{"):
			arg, after, err := placeholder(rest)
			if err != nil {
				return nil, err
			}
			list, text = append(list, segment{arg: arg}), after
		default:
			return nil, fmt.Errorf("a mark out of place: %q", rest)
		}
	}
	if open >= 0 {
		return nil, fmt.Errorf("a link is opened and not closed: %q", text)
	}
	plain(text)
	return list, nil
}

// placeholder reads {{.A}} and tells which value it stands for.
func placeholder(text string) (arg int, rest string, err error) {
	if len(text) < 6 || text[:3] != "{{." || text[3] < 'A' || text[3] > 'J' || text[4:6] != "}}" {
		return 0, "", fmt.Errorf("a placeholder must be {{.A}} to {{.J}}: %q", text)
	}
	return int(text[3] - 'A'), text[6:], nil
}

// Sentence is a message as pieces, with links and strong words as the message or its values have them.
func (t *Text) Sentence(key string, args ...any) []Piece {
	form, ok := t.form(key, args)
	if !ok {
		return []Piece{{Text: key}}
	}
	var pieces []Piece
	var href string
	var strong bool
	for _, s := range form {
		switch s.link {
		case "[":
			href = t.value(args, s.arg)
		case "]":
			href = ""
		case "*":
			strong = !strong
		default:
			p := Piece{Text: s.text}
			if s.arg >= 0 {
				p = t.piece(args, s.arg)
			}
			if p.Href == "" {
				p.Href = href
			}
			p.Strong = p.Strong || strong
			pieces = append(pieces, p)
		}
	}
	return joinLinks(pieces)
}

func (t *Text) piece(args []any, i int) Piece {
	if i < len(args) {
		if p, ok := args[i].(Piece); ok {
			return p
		}
	}
	return Piece{Text: t.value(args, i)}
}

// joinLinks makes one link of neighbours that lead to the same place, so that "34 open deals" is not two.
func joinLinks(pieces []Piece) []Piece {
	var joined []Piece
	for _, p := range pieces {
		if n := len(joined); n > 0 && joined[n-1].Href == p.Href && joined[n-1].Strong == p.Strong && !joined[n-1].NoBreak && !p.NoBreak {
			joined[n-1].Text += p.Text
			continue
		}
		joined = append(joined, p)
	}
	return joined
}

// Link is a value in a sentence that leads somewhere.
func Link(text, href string) Piece { return Piece{Text: text, Href: href, NoBreak: true} }

// Strong is a value in a sentence that stands out.
func Strong(text string) Piece { return Piece{Text: text, Strong: true} }

// Unbroken is a value in a sentence that stays on one line.
func Unbroken(text string) Piece { return Piece{Text: text, NoBreak: true} }

// LowerFirst makes a milestone's name go on in a sentence: "Kunden har …" becomes "kunden har …". A word in capitals stays.
func LowerFirst(s string) string {
	runes := []rune(s)
	if len(runes) > 1 && unicode.IsUpper(runes[0]) && unicode.IsLower(runes[1]) {
		runes[0] = unicode.ToLower(runes[0])
	}
	return string(runes)
}

// EndWithStop ends a sentence with one stop, also where its last word is an abbreviation that has its own: 23 nov.
func EndWithStop(s string) string { return strings.TrimSuffix(s, ".") + "." }

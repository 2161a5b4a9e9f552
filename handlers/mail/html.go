package mail

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// blocks begin a line of their own.
var blocks = map[atom.Atom]bool{
	atom.P: true, atom.Div: true, atom.Br: true, atom.Tr: true, atom.Table: true, atom.Ul: true, atom.Ol: true, atom.Li: true, atom.H1: true,
	atom.H2: true, atom.H3: true, atom.H4: true, atom.H5: true, atom.H6: true, atom.Blockquote: true, atom.Pre: true, atom.Hr: true,
	atom.Section: true, atom.Article: true, atom.Header: true, atom.Footer: true,
}

// unseen are what no reader of a mail sees.
var unseen = map[atom.Atom]bool{atom.Script: true, atom.Style: true, atom.Head: true, atom.Title: true, atom.Noscript: true, atom.Template: true}

// textOfHTML is what somebody reads of a page. Tokens are taken one by one, so no depth of nesting matters.
func textOfHTML(page string) string {
	var b strings.Builder
	z := html.NewTokenizer(strings.NewReader(page))
	z.SetMaxBuf(maxPart)
	var hidden atom.Atom // the element that is not seen, while inside one
	for {
		kind := z.Next()
		if kind == html.ErrorToken {
			return b.String()
		}
		name, _ := z.TagName()
		tag := atom.Lookup(name)
		switch kind {
		case html.TextToken:
			if hidden == 0 {
				b.WriteString(strings.NewReplacer("\n", " ", "\r", " ", "\t", " ", "\u00a0", " ").Replace(html.UnescapeString(string(z.Raw()))))
			}
		case html.StartTagToken:
			if hidden == 0 && unseen[tag] {
				hidden = tag
			} else if tag == atom.Body {
				hidden = 0 // a head that was never closed
			}
			newLine(&b, tag)
		case html.EndTagToken:
			if tag == hidden {
				hidden = 0
			}
			newLine(&b, tag)
		case html.SelfClosingTagToken:
			newLine(&b, tag)
		case html.ErrorToken, html.CommentToken, html.DoctypeToken:
		}
	}
}

func newLine(b *strings.Builder, tag atom.Atom) {
	if blocks[tag] {
		b.WriteByte('\n')
	}
	if tag == atom.Td || tag == atom.Th {
		b.WriteByte(' ')
	}
}

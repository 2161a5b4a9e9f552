package mail

import (
	"io"
	"mime"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/htmlindex"
)

// decoded makes text of bytes in a declared charset. Mails are often wrong about it, so bytes that are UTF-8 with letters outside ASCII are
// taken as that whatever is declared, and bytes that are not what is declared as Windows-1252, which most programs meant.
func decoded(raw []byte, charset string) string {
	if wide := isWide(charset); !wide && utf8.Valid(raw) {
		if e := encodingOf(charset); e == nil || hasLetters(raw) || !isStateful(charset) {
			return string(raw)
		}
	}
	if e := encodingOf(charset); e != nil {
		if text, err := e.NewDecoder().Bytes(raw); err == nil {
			return string(text)
		}
	}
	text, _ := charmap.Windows1252.NewDecoder().Bytes(raw) // every byte has a meaning there
	return string(text)
}

// hasLetters tells bytes beyond ASCII.
func hasLetters(raw []byte) bool {
	for _, b := range raw {
		if b >= utf8.RuneSelf {
			return true
		}
	}
	return false
}

func isWide(charset string) bool {
	return strings.HasPrefix(strings.ToLower(charset), "utf-16") || strings.HasPrefix(strings.ToLower(charset), "ucs-2")
}

// isStateful tells charsets whose text looks like ASCII and is not.
func isStateful(charset string) bool {
	c := strings.ToLower(charset)
	return strings.HasPrefix(c, "iso-2022") || strings.HasPrefix(c, "hz")
}

// encodingOf is nil for UTF-8, and for what we do not know.
func encodingOf(charset string) encoding.Encoding {
	name := strings.ToLower(strings.Trim(strings.TrimSpace(charset), `"'`))
	if name == "" || name == "utf-8" || name == "us-ascii" {
		return nil
	}
	e, err := htmlindex.Get(name)
	if err != nil {
		return nil
	}
	return e
}

// words decodes =?charset?q?…?= in headers.
var words = &mime.WordDecoder{CharsetReader: func(charset string, input io.Reader) (io.Reader, error) {
	raw, err := io.ReadAll(input)
	return strings.NewReader(decoded(raw, charset)), err
}}

// header is the text of a header; one that cannot be decoded stays as it is.
func header(raw string) string {
	if text, err := words.DecodeHeader(raw); err == nil {
		raw = text
	}
	return decoded([]byte(raw), "")
}

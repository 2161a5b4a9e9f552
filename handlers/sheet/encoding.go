package sheet

import (
	"bufio"
	"bytes"
	"io"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// decoded gives the text of a file as UTF-8. Byte order marks say what it is; without one, text that is not UTF-8 is Windows-1252, which
// is what Excel writes.
func decoded(r io.Reader) (io.Reader, error) {
	src := bufio.NewReaderSize(r, 64<<10)
	head, err := src.Peek(4096)
	if err != nil && err != io.EOF {
		return nil, err
	}
	switch {
	case len(head) == 0:
		return nil, wrong("sheet.empty")
	case bytes.HasPrefix(head, []byte("\xef\xbb\xbf")):
		_, _ = src.Discard(3)
		return src, nil
	case bytes.HasPrefix(head, []byte("\xff\xfe")), bytes.HasPrefix(head, []byte("\xfe\xff")):
		return utf16(src, unicode.UseBOM, unicode.LittleEndian), nil
	}
	odd, even := zeros(head)
	switch {
	case odd == 0 && even == 0:
		return &undecided{src: src}, nil
	case even == 0 && odd > len(head)/4:
		return utf16(src, unicode.IgnoreBOM, unicode.LittleEndian), nil
	case odd == 0 && even > len(head)/4:
		return utf16(src, unicode.IgnoreBOM, unicode.BigEndian), nil
	}
	return nil, wrong("sheet.not_a_list")
}

func utf16(src io.Reader, bom unicode.BOMPolicy, end unicode.Endianness) io.Reader {
	return transform.NewReader(src, unicode.UTF16(end, bom).NewDecoder())
}

// zeros counts the zero bytes at odd and even places: plain text has none, UTF-16 has many on one side.
func zeros(head []byte) (odd, even int) {
	for i, c := range head {
		if c == 0 {
			if i%2 == 1 {
				odd++
			} else {
				even++
			}
		}
	}
	return odd, even
}

// undecided passes ASCII on until the first other byte tells whether the text is UTF-8 or Windows-1252.
type undecided struct {
	src  *bufio.Reader
	rest io.Reader
}

func (u *undecided) Read(p []byte) (int, error) {
	if u.rest != nil {
		return u.rest.Read(p)
	}
	head, err := u.src.Peek(min(len(p), 4096))
	if len(head) == 0 {
		return 0, err
	}
	n := bytes.IndexFunc(head, func(r rune) bool { return r >= utf8.RuneSelf }) // RuneError is one too
	if n < 0 {
		n = len(head)
	}
	if n > 0 {
		return u.src.Read(p[:n])
	}
	first, _ := u.src.Peek(utf8.UTFMax)
	if r, size := utf8.DecodeRune(first); r == utf8.RuneError && size <= 1 {
		u.rest = transform.NewReader(u.src, charmap.Windows1252.NewDecoder())
	} else {
		u.rest = u.src
	}
	return u.rest.Read(p)
}

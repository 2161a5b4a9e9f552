package sheet

import (
	"bufio"
	"bytes"
	"io"

	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// decoded gives the text of a file as UTF-8. Byte order marks say what it is; without one, text that is not UTF-8 is in the encoding in
// which it reads like words, mostly Windows-1252, which is what Excel writes.
func decoded(file io.ReadSeeker) (io.Reader, error) {
	r := io.LimitReader(file, MaxBytes+1)
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
		return oneByte(file, src)
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

// oneByte looks through a file for letters that are not UTF-8 before it is read.
func oneByte(file io.ReadSeeker, src *bufio.Reader) (io.Reader, error) {
	s, err := surveyed(src)
	if err != nil {
		return nil, err
	}
	if _, err := file.Seek(0, io.SeekStart); err != nil {
		return nil, err
	}
	again := bufio.NewReaderSize(io.LimitReader(file, MaxBytes+1), lineRead)
	if len(s.sample) == 0 {
		return again, nil
	}
	charset, readings := charsetOf(s.sample)
	if readings != nil {
		return nil, wrong("sheet.two_encodings", readings[0], readings[1])
	}
	return &lineReader{src: again, charset: charset, mixed: s.utf8}, nil
}

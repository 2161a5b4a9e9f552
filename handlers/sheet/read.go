package sheet

import (
	"bytes"
	"errors"
	"io"
	"os"
	"path/filepath"

	"milstolpe/process"
)

// Read finds the lists in a file by what is in it, whatever its name. Sheets without rows are left out. What is no list, or beyond the
// limits, is refused with a process.Error of the kind Invalid.
func Read(r io.ReaderAt, size int64) ([]Sheet, error) {
	if size > MaxBytes {
		return nil, wrong("sheet.too_large", MaxBytes>>20)
	}
	head := make([]byte, 512)
	n, err := r.ReadAt(head, 0)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, unreadable(err)
	}
	head = head[:n]
	switch {
	case n == 0:
		return nil, wrong("sheet.empty")
	case bytes.HasPrefix(head, []byte("PK\x03\x04")):
		return readWorkbook(r, size)
	case bytes.HasPrefix(head, []byte("\xd0\xcf\x11\xe0")):
		if isLocked(io.NewSectionReader(r, 0, size)) {
			return nil, wrong("sheet.locked")
		}
		return nil, wrong("sheet.old_excel")
	case isMarkup(head):
		return nil, wrong("sheet.markup")
	case isBinary(head):
		return nil, wrong("sheet.not_a_list")
	}
	s, err := readCSV(io.NewSectionReader(r, 0, size))
	if err != nil {
		return nil, err
	}
	return []Sheet{s}, nil
}

// ReadFile reads the lists in a file on this computer.
func ReadFile(path string) ([]Sheet, error) {
	if info, err := os.Stat(path); err == nil && !info.Mode().IsRegular() { // opening a pipe would wait for its writer
		return nil, wrong("sheet.not_a_list")
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, &process.Error{Kind: process.NotFound, Msg: "sheet.no_file", Args: []any{filepath.Base(path)}, Err: err}
	}
	defer f.Close() //nolint:errcheck // it was only read
	info, err := f.Stat()
	if err != nil {
		return nil, unreadable(err)
	}
	return Read(f, info.Size())
}

// IsWorkbook tells whether a file on this computer is a workbook, whose cells know numbers and days, and not text.
func IsWorkbook(path string) bool {
	if info, err := os.Stat(path); err != nil || !info.Mode().IsRegular() {
		return false
	}
	f, err := os.Open(path)
	if err != nil {
		return false
	}
	defer f.Close() //nolint:errcheck // it was only read
	head := make([]byte, 4)
	_, err = io.ReadFull(f, head)
	return err == nil && string(head) == "PK\x03\x04"
}

// isMarkup tells a web page, or XML, which many systems save as .xls for Excel to open.
func isMarkup(head []byte) bool {
	text := bytes.ToLower(bytes.TrimLeft(bytes.TrimPrefix(head, []byte("\ufeff")), " \t\r\n"))
	for _, start := range []string{"<html", "<!doctype", "<?xml", "<table", "<!--", "<meta", "<style", "<head", "<body"} {
		if bytes.HasPrefix(text, []byte(start)) {
			return true
		}
	}
	return false
}

// isBinary tells what no list begins with: a PDF, a picture, an archive, or many signs that no text has. A few of them come out of other
// programs with the text around them; zeros are left to the encoding, because UTF-16 has them.
func isBinary(head []byte) bool {
	for _, magic := range []string{"%PDF-", "\x89PNG", "GIF8", "\xff\xd8\xff", "\x1f\x8b", "7z\xbc\xaf", "Rar!", "BZh", "\x7fELF", "MZ", "SQLite format", "{\\rtf"} {
		if bytes.HasPrefix(head, []byte(magic)) && (magic != "MZ" || len(head) > 2 && head[2] < ' ') {
			return true
		}
	}
	if odd, even := zeros(head); odd+even > 0 {
		return false
	}
	strange := 0
	for _, c := range head {
		if c < ' ' && !bytes.ContainsRune([]byte("\t\n\v\f\r\x1a"), rune(c)) {
			strange++
		}
	}
	return strange > 2 && strange*25 > len(head)
}

// isLocked tells a workbook with a password: the name of its encrypted part stands in the container that is then written.
func isLocked(r io.Reader) bool {
	var name []byte
	for _, c := range []byte("EncryptedPackage") {
		name = append(name, c, 0)
	}
	buf, kept := make([]byte, 64<<10), 0
	for {
		n, err := io.ReadFull(r, buf[kept:])
		if bytes.Contains(buf[:kept+n], name) {
			return true
		}
		if err != nil {
			return false
		}
		kept = copy(buf, buf[len(buf)-len(name):])
	}
}

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
	head := make([]byte, 8)
	n, err := r.ReadAt(head, 0)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, unreadable(err)
	}
	head = head[:n]
	switch {
	case n == 0:
		return nil, wrong("sheet.empty")
	case bytes.HasPrefix(head, []byte("PK\x03\x04")):
		return readXLSX(r, size)
	case bytes.HasPrefix(head, []byte("\xd0\xcf\x11\xe0")):
		return nil, wrong("sheet.old_excel")
	}
	s, err := readCSV(io.NewSectionReader(r, 0, size))
	if err != nil {
		return nil, err
	}
	return []Sheet{s}, nil
}

// ReadFile reads the lists in a file on this computer.
func ReadFile(path string) ([]Sheet, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, &process.Error{Kind: process.NotFound, Msg: "sheet.no_file", Args: []any{filepath.Base(path)}, Err: err}
	}
	defer f.Close() //nolint:errcheck // it was only read
	info, err := f.Stat()
	if err != nil {
		return nil, unreadable(err)
	}
	if info.IsDir() {
		return nil, wrong("sheet.not_a_list")
	}
	return Read(f, info.Size())
}

// IsWorkbook tells whether a file on this computer is a workbook, whose cells know numbers and days, and not text.
func IsWorkbook(path string) bool {
	f, err := os.Open(path)
	if err != nil {
		return false
	}
	defer f.Close() //nolint:errcheck // it was only read
	head := make([]byte, 4)
	_, err = io.ReadFull(f, head)
	return err == nil && string(head) == "PK\x03\x04"
}

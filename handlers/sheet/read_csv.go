package sheet

import (
	"bytes"
	"errors"
	"io"

	"milstolpe/process/importer/columns"
)

var (
	errLongRow   = errors.New("a row is longer than a megabyte")
	errManyCells = errors.New("a row has more cells than any spreadsheet")
)

// readCSV reads the one sheet of a file of text.
func readCSV(r io.ReadSeeker) (Sheet, error) {
	text, err := decoded(r)
	if err != nil {
		return Sheet{}, err
	}
	d := newDelimited(text)
	if err := d.fill(); err != nil {
		return Sheet{}, unreadable(err)
	}
	var g grid
	d.comma = d.announced()
	if d.comma == 0 {
		d.comma = sniff(d.buf[d.start:d.end])
	} else if _, err := d.next(); err == nil {
		g.number++
	}
	for {
		cells, err := d.next()
		if errors.Is(err, io.EOF) {
			return g.sheet("")
		}
		if errors.Is(err, errLongRow) {
			return Sheet{}, wrong("sheet.row_too_long", g.number+1)
		}
		if errors.Is(err, errManyCells) {
			return Sheet{}, wrong("sheet.too_many_columns", MaxColumns, g.number+1)
		}
		if err != nil {
			return Sheet{}, unreadable(err)
		}
		row := make([]columns.Cell, len(cells))
		for i, c := range cells {
			row[i].Text = Undefuse(c)
		}
		if err := g.add(row); err != nil {
			return Sheet{}, err
		}
	}
}

// announced is the delimiter that Excel's first line "sep=;" names, or 0.
func (d *delimited) announced() byte {
	data := d.buf[d.start:d.end]
	line, _, _ := bytes.Cut(data[:min(len(data), 16)], []byte("\n"))
	if rest, ok := bytes.CutPrefix(bytes.ToLower(bytes.Trim(line, "\r\"")), []byte("sep=")); ok && len(rest) == 1 {
		return rest[0]
	}
	return 0
}

package sheet

import (
	"bytes"
	"io"
	"strings"
)

// delimited reads rows of text with a delimiter between the cells, as spreadsheets write them, and more patiently than the standard asks
// for: a quotation mark that is never closed, or stands in the middle of a cell, is taken as one, so that it cannot swallow the rows
// after it.
type delimited struct {
	src   io.Reader
	comma byte
	buf   []byte
	start int
	end   int
	eof   bool
}

func newDelimited(src io.Reader) *delimited { return &delimited{src: src, buf: make([]byte, 2*maxRow)} }

// fill makes sure that a whole row lies in the buffer, if there is one.
func (d *delimited) fill() error {
	if d.eof || d.end-d.start >= maxRow {
		return nil
	}
	copy(d.buf, d.buf[d.start:d.end])
	d.end -= d.start
	d.start = 0
	for d.end < len(d.buf) && !d.eof {
		n, err := d.src.Read(d.buf[d.end:])
		d.end += n
		if err == io.EOF {
			d.eof = true
		} else if err != nil {
			return err
		}
	}
	return nil
}

// next gives the cells of the next row, one empty cell for a blank line; io.EOF after the last.
func (d *delimited) next() ([]string, error) {
	if err := d.fill(); err != nil {
		return nil, err
	}
	data := d.buf[d.start:d.end]
	if len(data) == 0 {
		return nil, io.EOF
	}
	cells, n, whole := splitRow(data, d.comma)
	if len(cells) > maxCells {
		return nil, errManyCells
	}
	if !whole && !d.eof || n > maxRow {
		return nil, errLongRow
	}
	d.start += n
	return cells, nil
}

// mostWasted is how many bytes of a row are looked at in vain for the end of cells in quotation marks, so that a file made of such marks
// cannot keep the program busy.
const mostWasted = 4 * maxRow

// splitRow cuts the first row off data. Whole tells that its end was seen, and not only the end of data.
func splitRow(data []byte, comma byte) (cells []string, n int, whole bool) {
	for wasted := 0; ; {
		text, width, vain := cell(data[n:], comma, wasted < mostWasted)
		cells = append(cells, text)
		n += width
		wasted += vain
		if n == len(data) || len(cells) > maxCells {
			return cells, n, false
		}
		c := data[n]
		n++
		if c == comma {
			continue
		}
		if c == '\r' && n < len(data) && data[n] == '\n' {
			n++
		}
		return cells, n, true
	}
}

// cell reads one cell and tells how many bytes it takes, up to the delimiter or the end of the line, and how many were looked at in vain.
func cell(data []byte, comma byte, marks bool) (text string, n, vain int) {
	if marks && len(data) > 0 && data[0] == '"' {
		text, at, ok := quoted(data, comma)
		if ok {
			return text, at, 0
		}
		vain = at
	}
	for n < len(data) && data[n] != comma && data[n] != '\n' && data[n] != '\r' {
		n++
	}
	return strings.ToValidUTF8(string(data[:n]), "\ufffd"), n, vain
}

// quoted reads a cell in quotation marks. It is none when the mark is not closed, or when marks inside it are not doubled and the cell
// runs over the end of the line: then one mark is missing, and nobody can tell which. N is how far it had to look.
func quoted(data []byte, comma byte) (text string, n int, ok bool) {
	var b strings.Builder
	stray, lines := false, false
	for at := 1; ; {
		i := bytes.IndexByte(data[at:min(len(data), at+maxRow)], '"')
		if i < 0 {
			return "", len(data), false
		}
		part := data[at : at+i]
		b.Write(part)
		lines = lines || bytes.IndexByte(part, '\n') >= 0
		at += i + 1
		if at < len(data) && data[at] == '"' {
			b.WriteByte('"')
			at++
			continue
		}
		end := at
		for end < len(data) && data[end] == ' ' {
			end++
		}
		if end == len(data) || data[end] == comma || data[end] == '\n' || data[end] == '\r' {
			text = strings.ReplaceAll(b.String(), "\r\n", "\n")
			return strings.ToValidUTF8(text, "\ufffd"), end, !stray || !lines
		}
		stray = true
		b.WriteByte('"')
	}
}

var delimiters = []byte{',', ';', '\t', '|'}

// sniff finds the delimiter: the one that cuts the largest share of the first rows into the same number of cells, two at least; of
// several such the one that gives the most cells.
func sniff(data []byte) byte {
	best, bestShare, bestCells := delimiters[0], 0.0, 1
	for _, comma := range delimiters {
		counts, rows := map[int]int{}, 0
		for rest := data; len(rest) > 0 && rows < 40; {
			cells, n, _ := splitRow(rest, comma)
			rest = rest[n:]
			if len(cells) > 1 || cells[0] != "" {
				counts[len(cells)]++
				rows++
			}
		}
		for cells, n := range counts {
			share := float64(n) / float64(rows)
			if cells > 1 && (share > bestShare || share == bestShare && cells > bestCells) {
				best, bestShare, bestCells = comma, share, cells
			}
		}
	}
	return best
}

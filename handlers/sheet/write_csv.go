package sheet

import (
	"bufio"
	"encoding/csv"
	"io"
)

// Dialect is what a program expects of CSV.
type Dialect struct {
	Comma   rune
	Decimal string
	Mark    bool // begin with a byte order mark, without which Excel does not see that the text is UTF-8
}

// The dialects: for a Swedish Excel, for an English one, and for other programs.
var (
	SwedishExcel = Dialect{Comma: ';', Decimal: ",", Mark: true}
	EnglishExcel = Dialect{Comma: ',', Decimal: ".", Mark: true}
	Programs     = Dialect{Comma: ',', Decimal: "."}
)

// WriteCSV writes a table. Lines end with a line feed only, so that line breaks inside a cell stay what they are.
func WriteCSV(out io.Writer, t Table, d Dialect) error {
	b := bufio.NewWriter(out)
	if d.Mark {
		if _, err := b.WriteString("\ufeff"); err != nil {
			return err
		}
	}
	w := csv.NewWriter(b)
	w.Comma = d.Comma
	line := make([]string, len(t.Headers))
	for i, h := range t.Headers {
		line[i] = Defuse(h)
	}
	if err := w.Write(line); err != nil {
		return err
	}
	for _, row := range t.Rows {
		for i := range line {
			line[i] = ""
			if i < len(row) {
				line[i] = row[i].in(d)
			}
		}
		if err := w.Write(line); err != nil {
			return err
		}
	}
	w.Flush()
	if err := w.Error(); err != nil {
		return err
	}
	return b.Flush()
}

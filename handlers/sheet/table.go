package sheet

import (
	"math"
	"strconv"
	"strings"

	"milstolpe/process"
	"milstolpe/process/importer/columns"
	"milstolpe/process/money"
)

// Table is a list on its way out: headers, and rows of typed cells.
type Table struct {
	Name    string // of the sheet in a workbook
	Headers []string
	Rows    [][]Value
}

// Value is a cell on its way out.
type Value struct {
	kind   valueKind
	text   string
	number float64
	digits string // the number as it is written, with a decimal point
	places int    // decimals that a workbook shows
	day    process.Date
}

type valueKind uint8

const (
	nothing valueKind = iota
	words
	figure
	percent
	date
)

// Text is a cell of text; empty text is an empty cell.
func Text(s string) Value {
	if s == "" {
		return Value{}
	}
	return Value{kind: words, text: s}
}

// Day is a cell with a day; zero is an empty cell.
func Day(d process.Date) Value {
	if d.IsZero() {
		return Value{}
	}
	return Value{kind: date, day: d}
}

// Whole is a cell with a whole number.
func Whole(n int) Value {
	return Value{kind: figure, number: float64(n), digits: strconv.Itoa(n)}
}

// Number is a cell with a number, rounded to some decimals. What is no number is an empty cell.
func Number(v float64, places int) Value {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return Value{}
	}
	return Value{kind: figure, number: v, digits: strconv.FormatFloat(v, 'f', places, 64), places: places}
}

// Percent is a cell with a percentage: 46 is 46 %. It always carries its sign, so that 1 is never taken for a certainty.
func Percent(v float64, places int) Value {
	n := Number(v, places)
	if n.kind == figure {
		n.kind = percent
	}
	return n
}

// Amount is a cell with an amount in major units, exact to the minor unit; nil is an empty cell. The currency stands in a column of its
// own.
func Amount(a *money.Amount) Value {
	if a == nil {
		return Value{}
	}
	return Value{kind: figure, number: a.Major(), digits: a.Decimal(), places: money.Digits(a.Currency)}
}

// in writes the cell as text for CSV.
func (v Value) in(d Dialect) string {
	switch v.kind {
	case words:
		return Defuse(v.text)
	case date:
		return v.day.String()
	case figure:
		return strings.Replace(v.digits, ".", d.Decimal, 1)
	case percent:
		return strings.Replace(v.digits, ".", d.Decimal, 1) + "%"
	case nothing:
	}
	return ""
}

// Same is the table that writes a list as it came: texts as texts, and numbers and days as such where the cells knew that they were.
func Same(list columns.List) Table {
	t := Table{Headers: list.Headers}
	for _, r := range list.Rows {
		row := make([]Value, len(r.Cells))
		for i, c := range r.Cells {
			row[i] = same(c)
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

func same(c columns.Cell) Value {
	if !c.Exact {
		return Text(c.Text)
	}
	if day, err := process.ParseDate(c.Text); err == nil {
		return Day(day)
	}
	if share, ok := strings.CutSuffix(c.Text, "%"); ok {
		if v, err := strconv.ParseFloat(share, 64); err == nil {
			return Percent(v, -1)
		}
	}
	if v, err := strconv.ParseFloat(c.Text, 64); err == nil {
		return Number(v, -1)
	}
	return Text(c.Text)
}

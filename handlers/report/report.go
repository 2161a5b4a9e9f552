package report

import (
	"fmt"
	"io"

	"milstolpe/handlers/sheet"
	"milstolpe/process"
)

// Text is the language that a report is written in.
type Text interface {
	T(key string, values ...any) string
	Int(n int64) string
	Dec(x float64, digits int) string
	Percent(share float64) string
	ISO(d process.Date) string
}

// Names tell what customers and people are called, and who recorded an event; a team does.
type Names interface {
	Customer(id process.CustomerID) string
	Person(id process.PersonID) string
	RecordedBy(id process.EventID) string
}

// Reports makes reports in one language.
type Reports struct{ Text Text }

// Report is one report in the forms in which it can be had.
type Report struct {
	JSON   func() any
	Tables func() []sheet.Table      // every figure, for sheets; the first one is the report itself
	Show   func(out io.Writer) error // for a person, in a terminal
}

// heading writes a line over a table.
func heading(out io.Writer, line string) error {
	_, err := fmt.Fprintf(out, "%s\n\n", line)
	return err
}

// tables is a report that is one list.
func (p Reports) tables(name string, g grid) func() []sheet.Table {
	return func() []sheet.Table { return []sheet.Table{g.sheet(name)} }
}

package sheet

import (
	"archive/zip"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strconv"

	"github.com/xuri/excelize/v2"
)

// Book is a workbook that others refer to: each sheet is a table with a name, each column has a name too, and the whole carries a mark by
// which it is known again.
type Book struct {
	Sheets []BookSheet
	Mark   string
}

// BookSheet is one sheet. Names, where there are any, are those of the columns, one for each header; those of Cells are for single cells.
type BookSheet struct {
	Table
	Named string   // the table, for formulas: the same in every language
	Names []string // of what is below each header; empty for none
	Cells []NamedCell
}

// NamedCell is a cell with a name: row and column from 0, the row below the headers first.
type NamedCell struct {
	Name        string
	Row, Column int
}

// maker is what says in a workbook that nobody else has saved it.
const maker = "Milstolpe"

// WriteBook writes it. Formulas that name sheets, cells, columns and tables of it keep working when it is written anew.
func WriteBook(out io.Writer, b Book) error {
	f := excelize.NewFile()
	defer f.Close() //nolint:errcheck // it is in memory
	x := xlsxWriter{file: f, styles: map[string]int{}}
	used := map[string]bool{}
	for i, s := range b.Sheets {
		name := sheetName(s.Name, i, used)
		var err error
		if i == 0 {
			err = f.SetSheetName("Sheet1", name)
		} else {
			_, err = f.NewSheet(name)
		}
		if err != nil {
			return err
		}
		if err := errors.Join(x.write(name, s.Named, s.Table), nameCells(f, name, s)); err != nil {
			return err
		}
	}
	err := errors.Join(
		f.SetDocProps(&excelize.DocProperties{Creator: maker, Identifier: b.Mark}),
		f.SetAppProps(&excelize.AppProperties{Application: maker}),
	)
	if err != nil {
		return err
	}
	_, err = f.WriteTo(out)
	return err
}

// nameCells gives the columns and cells of a sheet their names.
func nameCells(f *excelize.File, sheet string, s BookSheet) error {
	quoted := "'" + sheet + "'!"
	for i, name := range s.Names {
		if name == "" {
			continue
		}
		column, err := excelize.ColumnNumberToName(i + 1)
		if err != nil {
			return err
		}
		last := strconv.Itoa(max(len(s.Rows), 1) + 1)
		if err := f.SetDefinedName(&excelize.DefinedName{Name: name, RefersTo: quoted + "$" + column + "$2:$" + column + "$" + last}); err != nil {
			return fmt.Errorf("name %s: %w", name, err)
		}
	}
	for _, c := range s.Cells {
		cell, err := excelize.CoordinatesToCellName(c.Column+1, c.Row+2, true)
		if err != nil {
			return err
		}
		if err := f.SetDefinedName(&excelize.DefinedName{Name: c.Name, RefersTo: quoted + cell}); err != nil {
			return fmt.Errorf("name %s: %w", c.Name, err)
		}
	}
	return nil
}

// mostProperties is more than a workbook says about itself.
const mostProperties = 1 << 20

// MarkOf reads the mark of a workbook that WriteBook has written and that no other program has saved since. One that is not there is
// fs.ErrNotExist; whatever else it is has no mark.
func MarkOf(path string) (mark string, err error) {
	if _, err := os.Stat(path); err != nil {
		return "", err
	}
	z, err := zip.OpenReader(path)
	if err != nil { // it is no workbook
		return "", nil
	}
	defer func() { _ = z.Close() }()
	var core struct {
		Identifier string `xml:"identifier"`
	}
	var app struct {
		Application string `xml:"Application"`
	}
	if readProperties(&z.Reader, "docProps/core.xml", &core) != nil || readProperties(&z.Reader, "docProps/app.xml", &app) != nil || app.Application != maker {
		return "", nil
	}
	return core.Identifier, nil
}

func readProperties(z *zip.Reader, name string, into any) error {
	f, err := z.Open(name)
	if err != nil {
		return err
	}
	defer func(f fs.File) { _ = f.Close() }(f)
	text, err := io.ReadAll(io.LimitReader(f, mostProperties))
	if err != nil {
		return err
	}
	return xml.Unmarshal(text, into)
}

package sheet

import (
	"archive/zip"
	"encoding/xml"
	"errors"
	"io"
	"path"
	"strings"

	"milstolpe/process"
)

// A workbook is a zip of XML parts. It is read part by part and cell by cell, because only the cell's own style tells whether a number is
// a day, and because nothing is unpacked before its size is known.
type workbook struct {
	parts  map[string]*zip.File
	texts  []string    // shared texts
	styles []cellStyle // by style number
	base   process.Date
	sheets []sheetPart

	left   int64 // bytes that may still be unpacked, each time that a part is read
	memory memory
}

type sheetPart struct{ name, path string }

// readWorkbook reads the visible sheets of a workbook, of Excel or of LibreOffice.
func readWorkbook(r io.ReaderAt, size int64) ([]Sheet, error) {
	w, err := unzip(r, size)
	if err != nil {
		return nil, err
	}
	switch {
	case w.parts["xl/workbook.xml"] != nil:
		return w.readXLSX()
	case w.parts[odsContent] != nil:
		return w.readODS()
	case w.parts["xl/workbook.bin"] != nil:
		return nil, wrong("sheet.binary_excel")
	case w.parts["index/document.iwa"] != nil:
		return nil, wrong("sheet.numbers")
	}
	return nil, wrong("sheet.not_a_list")
}

func (w *workbook) readXLSX() ([]Sheet, error) {
	for _, read := range []func() error{w.readIndex, w.readTexts, w.readStyles} {
		if err := read(); err != nil {
			return nil, err
		}
	}
	var sheets []Sheet
	var last error
	for _, part := range w.sheets {
		s, err := w.readSheet(part)
		if err != nil && (w.left < 0 || w.memory.taken > maxKept) {
			return nil, err
		}
		if err != nil {
			last = err
			continue
		}
		sheets = append(sheets, s)
	}
	switch {
	case len(sheets) > 0:
		return sheets, nil
	case last != nil:
		return nil, last
	}
	return nil, wrong("sheet.empty")
}

// unzip looks at what is in a workbook, before anything of it is unpacked.
func unzip(r io.ReaderAt, size int64) (*workbook, error) {
	z, err := zip.NewReader(r, size)
	if err != nil {
		return nil, unreadable(err)
	}
	if len(z.File) > maxParts {
		return nil, wrong("sheet.zip_bomb")
	}
	w := &workbook{parts: map[string]*zip.File{}, left: min(maxUnzipped, size*maxRatio+1<<20)}
	var total uint64
	for _, f := range z.File {
		w.parts[strings.ToLower(strings.TrimPrefix(path.Clean("/"+f.Name), "/"))] = f
		if total += f.UncompressedSize64; total > maxUnzipped || f.UncompressedSize64 > maxUnzipped || total > uint64(size)*maxRatio+1<<20 { //nolint:gosec // a size is not negative
			return nil, wrong("sheet.zip_bomb")
		}
	}
	return w, nil
}

// elements calls do for every start of an element and every piece of text in a part; a part that is not there has none.
func (w *workbook) elements(name string, do func(tok xml.Token) error) error {
	f := w.parts[strings.ToLower(name)]
	if f == nil {
		return nil
	}
	r, err := f.Open()
	if err != nil {
		return unreadable(err)
	}
	defer r.Close() //nolint:errcheck // it was only read
	piece := &pieceReader{from: r, all: &w.left}
	d := xml.NewDecoder(piece)
	for {
		piece.left = maxPiece
		tok, err := d.RawToken()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if errors.Is(err, errTooMuch) {
			return wrong("sheet.zip_bomb")
		}
		if errors.Is(err, errLongPiece) {
			return wrong("sheet.cell_too_long")
		}
		if err != nil {
			return unreadable(err)
		}
		if err := do(tok); err != nil {
			return err
		}
	}
}

var (
	errLongPiece = errors.New("a piece of XML is larger than any cell")
	errTooMuch   = errors.New("more is unpacked than is reasonable")
)

// pieceReader gives out so many bytes for one piece of XML and no more: its reader keeps a piece in memory whole, and a part of hundreds
// of megabytes may be one text without an end.
type pieceReader struct {
	from io.Reader
	left int
	all  *int64 // of everything that is unpacked
}

func (p *pieceReader) Read(to []byte) (int, error) {
	if p.left <= 0 {
		return 0, errLongPiece
	}
	n, err := p.from.Read(to)
	p.left -= n
	if *p.all -= int64(n); *p.all < 0 {
		return 0, errTooMuch
	}
	return n, err
}

func attr(e xml.StartElement, local string) string {
	for _, a := range e.Attr {
		if a.Name.Local == local {
			return a.Value
		}
	}
	return ""
}

// relID is the attribute r:id, which differs from a plain id in its prefix only.
func relID(e xml.StartElement) string {
	for _, a := range e.Attr {
		if a.Name.Local == "id" && a.Name.Space != "" {
			return a.Value
		}
	}
	return ""
}

// readIndex lists the sheets that are not hidden, and finds out where the days are counted from.
func (w *workbook) readIndex() error {
	targets := map[string]string{}
	err := w.elements("xl/_rels/workbook.xml.rels", func(tok xml.Token) error {
		if e, ok := tok.(xml.StartElement); ok && e.Name.Local == "Relationship" {
			target := attr(e, "Target")
			if !strings.HasPrefix(target, "/") {
				target = "/xl/" + target
			}
			targets[attr(e, "Id")] = strings.TrimPrefix(path.Clean(target), "/")
		}
		return nil
	})
	if err != nil {
		return err
	}
	w.base = process.NewDate(1899, 12, 30)
	return w.elements("xl/workbook.xml", func(tok xml.Token) error {
		e, ok := tok.(xml.StartElement)
		if !ok {
			return nil
		}
		switch e.Name.Local {
		case "workbookPr":
			if v := attr(e, "date1904"); v == "1" || v == "true" {
				w.base = process.NewDate(1904, 1, 1)
			}
		case "sheet":
			if target := targets[relID(e)]; target != "" && attr(e, "state") == "" || attr(e, "state") == "visible" {
				w.sheets = append(w.sheets, sheetPart{attr(e, "name"), target})
			}
		}
		return nil
	})
}

// readTexts reads the texts that cells share.
func (w *workbook) readTexts() error {
	var b strings.Builder
	inside, phonetic := false, false
	return w.elements("xl/sharedStrings.xml", func(tok xml.Token) error {
		switch e := tok.(type) {
		case xml.StartElement:
			inside = e.Name.Local == "t"
			phonetic = phonetic || e.Name.Local == "rPh"
		case xml.EndElement:
			inside = false
			switch e.Name.Local {
			case "rPh":
				phonetic = false
			case "si":
				w.texts = append(w.texts, b.String())
				b.Reset()
				if len(w.texts) > maxTexts {
					return wrong("sheet.too_many_rows", MaxRows)
				}
			}
		case xml.CharData:
			if inside && !phonetic {
				return grow(&b, e)
			}
		}
		return nil
	})
}

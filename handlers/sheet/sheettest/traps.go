package sheettest

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"strings"
	"unicode/utf16"
)

// Trap is a file with the key of the sentence that refuses it.
type Trap struct {
	File    string // its name, which says nothing true
	Data    []byte
	Refusal string
}

// failer is a test, or a script of commands that runs in one.
type failer interface {
	Fatalf(format string, args ...any)
}

// Traps are files that people drop by mistake, and files that somebody made to do harm.
func Traps(t failer) []Trap {
	return []Trap{
		{"empty.csv", nil, "sheet.empty"},
		{"blank.csv", []byte("\r\n;;;\r\n \r\n"), "sheet.empty"},
		{"picture.csv", []byte("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x01\x00"), "sheet.not_a_list"},
		{"report.csv", []byte("%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\n"), "sheet.not_a_list"},
		{"program.csv", []byte("\x7fELF\x02\x01\x01" + strings.Repeat("\x01\x02\x03 code", 100)), "sheet.not_a_list"},
		{"old.xls", container("Workbook"), "sheet.old_excel"},
		{"locked.xlsx", container("EncryptedPackage"), "sheet.locked"},
		{"page.xls", []byte("\r\n<html xmlns:x=\"urn:schemas-microsoft-com:office:excel\"><table><tr><td>Kund</td></tr></table></html>"), "sheet.markup"},
		{"2003.xls", []byte("\ufeff<?xml version=\"1.0\"?><?mso-application progid=\"Excel.Sheet\"?><Workbook/>"), "sheet.markup"},
		{"half.xlsx", workbook(t, plainSheet)[:400], "sheet.damaged"},
		{"letter.xlsx", zipped(t, part{name: "word/document.xml", data: []byte("<document/>")}), "sheet.not_a_list"},
		{"numbers.csv", []byte("1;2\n3;4\n"), "sheet.no_headers"},
		{"columns.csv", []byte("Id" + strings.Repeat(",", 1_000_000) + "\n1\n"), "sheet.too_many_columns"},
		{"wide.csv", []byte("Id" + strings.Repeat(",x", 100_000) + "\n1\n"), "sheet.too_many_columns"},
		{"columns.xlsx", workbook(t, "<row>"+millionCells()+"</row>"), "sheet.too_many_columns"},
		{"far.xlsx", workbook(t, `<row r="1"><c r="ZZZZZ1"><v>1</v></c></row>`), "sheet.too_many_columns"},
		{"bomb.xlsx", bomb(t, 1<<30, 1<<30), "sheet.zip_bomb"},
		{"liar.xlsx", bomb(t, 1<<30, 2000), "sheet.damaged"},
		{"cell.xlsx", hugeCell(t), "sheet.cell_too_long"},
		{"cell.csv", []byte("Id,Name\n1," + strings.Repeat("x", 3<<20) + "\n"), "sheet.row_too_long"},
		{"rows.csv", []byte("Id,Name\n" + strings.Repeat("1,x\n", 200_001)), "sheet.too_many_rows"},
	}
}

const (
	index      = `<workbook><sheets><sheet name="a" r:id="r1"/></sheets></workbook>`
	rels       = `<Relationships><Relationship Id="r1" Target="worksheets/sheet1.xml"/></Relationships>`
	plainSheet = `<row r="1"><c t="inlineStr"><is><t>Id</t></is></c></row>`
	cellStart  = `<sheetData><row r="1"><c t="inlineStr"><is><t>`
)

// millionCells are numbers that are all different, so that they are no bomb.
func millionCells() string {
	var b strings.Builder
	for i := range uint32(1_000_000) {
		fmt.Fprintf(&b, "<c><v>%d</v></c>", i*2654435761)
	}
	return b.String()
}

// part is a part of a zip. A raw one is compressed already, and says what it likes about its size.
type part struct {
	name string
	data []byte
	raw  uint64
}

func zipped(t failer, parts ...part) []byte {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, p := range parts {
		head := &zip.FileHeader{Name: p.name, Method: zip.Deflate}
		create := z.CreateHeader
		if p.raw > 0 {
			head.UncompressedSize64, head.CompressedSize64, head.CRC32 = p.raw, uint64(len(p.data)), crc32.ChecksumIEEE(p.data)
			create = z.CreateRaw
		}
		w, err := create(head)
		if err == nil {
			_, err = w.Write(p.data)
		}
		if err != nil {
			t.Fatalf("make a trap: %v", err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatalf("make a trap: %v", err)
	}
	return b.Bytes()
}

func workbook(t failer, rows string) []byte {
	return zipped(t,
		part{name: "xl/workbook.xml", data: []byte(index)}, part{name: "xl/_rels/workbook.xml.rels", data: []byte(rels)},
		part{name: "xl/worksheets/sheet1.xml", data: []byte("<sheetData>" + rows + "</sheetData>")})
}

// bomb is a workbook of one cell of so many bytes, which claims another size. Compressed letters can be repeated as they are, so it is
// made without ever being that large.
func bomb(t failer, size int, claimed uint64) []byte {
	const step = 16 << 20
	var b bytes.Buffer
	w, err := flate.NewWriter(&b, flate.BestCompression)
	if err != nil {
		t.Fatalf("make a trap: %v", err)
	}
	flushed := func(text string) []byte {
		b.Reset()
		if _, err := w.Write([]byte(text)); err != nil {
			t.Fatalf("make a trap: %v", err)
		}
		if err := w.Flush(); err != nil {
			t.Fatalf("make a trap: %v", err)
		}
		return bytes.Clone(b.Bytes())
	}
	data := flushed(cellStart)
	data = append(data, flushed(strings.Repeat("x", 1<<16))...)
	letters := flushed(strings.Repeat("x", step))
	for range size / step {
		data = append(data, letters...)
	}
	return zipped(t,
		part{name: "xl/workbook.xml", data: []byte(index)}, part{name: "xl/_rels/workbook.xml.rels", data: []byte(rels)},
		part{name: "xl/worksheets/sheet1.xml", data: data, raw: claimed})
}

// hugeCell is a workbook with one cell of ten megabytes, and something beside that is hard to compress, so that it is no bomb.
func hugeCell(t failer) []byte {
	noise := make([]byte, 1<<17)
	for i, n := 0, uint32(1); i < len(noise); i++ {
		n = n*1664525 + 1013904223
		noise[i] = byte(n >> 24)
	}
	return zipped(t,
		part{name: "xl/workbook.xml", data: []byte(index)}, part{name: "xl/_rels/workbook.xml.rels", data: []byte(rels)},
		part{name: "xl/media/image1.png", data: noise},
		part{name: "xl/worksheets/sheet1.xml", data: []byte(cellStart + strings.Repeat("x", 10<<20) + "</t></is></c></row></sheetData>")})
}

// container is what old Excel files and workbooks with a password are kept in, with the name of one stream in it.
func container(stream string) []byte {
	data := make([]byte, 4096)
	copy(data, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
	for i, c := range utf16.Encode([]rune(stream)) {
		binary.LittleEndian.PutUint16(data[1500+2*i:], c)
	}
	return data
}

// String names the trap in the message of a test.
func (t Trap) String() string { return fmt.Sprintf("%s (%d bytes)", t.File, len(t.Data)) }

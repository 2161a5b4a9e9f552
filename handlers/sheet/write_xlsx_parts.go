package sheet

import (
	"strconv"
	"strings"
)

// index writes the parts that say which others there are.
func (x *xlsxWriter) index(names []string) {
	x.begin("[Content_Types].xml")
	x.put(`<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">`,
		`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>`,
		`<Default Extension="xml" ContentType="application/xml"/>`,
		`<Override PartName="/xl/workbook.xml" ContentType="`, partType, `sheet.main+xml"/>`,
		`<Override PartName="/xl/styles.xml" ContentType="`, partType, `styles+xml"/>`)
	for i := range names {
		x.put(`<Override PartName="/`, sheetPath(i), `" ContentType="`, partType, `worksheet+xml"/>`)
	}
	x.put(`</Types>`)
	x.flush()

	x.begin("_rels/.rels")
	x.relations(1, func(int) (kind, target string) { return "officeDocument", "xl/workbook.xml" })

	x.begin("xl/workbook.xml")
	x.put(`<workbook xmlns="`, mainNS, `" xmlns:r="`, relNS, `"><bookViews><workbookView/></bookViews><sheets>`)
	for i, name := range names {
		x.put(`<sheet name="`)
		x.escaped(name)
		x.put(`" sheetId="`, strconv.Itoa(i+1), `" r:id="rId`, strconv.Itoa(i+1), `"/>`)
	}
	x.put(`</sheets></workbook>`)
	x.flush()

	x.begin("xl/_rels/workbook.xml.rels")
	x.relations(len(names)+1, func(i int) (kind, target string) {
		if i == len(names) {
			return "styles", "styles.xml"
		}
		return "worksheet", strings.TrimPrefix(sheetPath(i), "xl/")
	})
}

func sheetPath(i int) string { return "xl/worksheets/sheet" + strconv.Itoa(i+1) + ".xml" }

func (x *xlsxWriter) relations(n int, of func(i int) (kind, target string)) {
	x.put(`<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`)
	for i := range n {
		kind, target := of(i)
		x.put(`<Relationship Id="rId`, strconv.Itoa(i+1), `" Type="`, relNS, `/`, kind, `" Target="`, target, `"/>`)
	}
	x.put(`</Relationships>`)
	x.flush()
}

// firstFormat is the first number that is free for formats of one's own.
const firstFormat = 164

// styleSheet writes the styles that the cells have named.
func (x *xlsxWriter) styleSheet() {
	x.begin("xl/styles.xml")
	x.put(`<styleSheet xmlns="`, mainNS, `">`)
	if len(x.codes) > 0 {
		x.put(`<numFmts count="`, strconv.Itoa(len(x.codes)), `">`)
		for i, code := range x.codes {
			x.put(`<numFmt numFmtId="`, strconv.Itoa(firstFormat+i), `" formatCode="`)
			x.escaped(code)
			x.put(`"/>`)
		}
		x.put(`</numFmts>`)
	}
	x.put(`<fonts count="2"><font><sz val="11"/><name val="Calibri"/><family val="2"/></font>`,
		`<font><b/><sz val="11"/><name val="Calibri"/><family val="2"/></font></fonts>`,
		`<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>`,
		`<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>`,
		`<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>`,
		`<cellXfs count="`, strconv.Itoa(len(x.codes)+2), `"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>`,
		`<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/>`)
	for i := range x.codes {
		x.put(`<xf numFmtId="`, strconv.Itoa(firstFormat+i), `" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>`)
	}
	x.put(`</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`)
	x.flush()
}

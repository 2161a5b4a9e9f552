package handlers

import (
	"bytes"
	"strings"

	"milstolpe/handlers/report"
	"milstolpe/handlers/sheet"
	"milstolpe/process"
)

// sheetPath comes between the address of a page and what is asked of it: /outcome/sheet/csv?period=month.
const sheetPath = "/sheet/"

// report registers the report that a page shows, to take away as CSV, as a workbook and as JSON. It is asked what the page is asked, and
// the file is called what name, a key, says.
func (r *routes) report(page, name string, make func(*visit) (report.Report, error)) {
	r.get(page+sheetPath+":form", func(v *visit) error {
		made, err := make(v)
		if err != nil {
			return err
		}
		return v.takeAway(v.Param("form"), v.fileName(name), made)
	})
}

func (v *visit) takeAway(form, name string, r report.Report) (err error) {
	var out bytes.Buffer
	kind := ""
	switch form {
	case "csv":
		kind, err = typeCSV, sheet.WriteCSV(&out, r.Tables()[0], v.dialect())
	case "xlsx":
		kind, err = typeXLSX, sheet.WriteXLSX(&out, r.Tables()...)
	case "json":
		kind, err = typeJSON, report.WriteJSON(&out, r.JSON())
	default:
		return process.Missing("error.no_such_page")
	}
	if err != nil {
		return err
	}
	return v.download(name+"."+form, kind, out.Bytes())
}

// asReports makes reports in the language of the page.
func (v *visit) asReports() report.Reports { return report.Reports{Text: v.text} }

// takeAways are the words that take a page away: as a list, a workbook, a document for other programs, and on paper.
func takeAways(t *Text, page string) FilterGroup {
	path, query, asked := strings.Cut(page, "?")
	if asked {
		query = "?" + query
	}
	var g FilterGroup
	for _, w := range []struct{ key, form string }{{"outcome.csv", "csv"}, {"outcome.xlsx", "xlsx"}, {"outcome.json", "json"}} {
		g.Words = append(g.Words, FilterWord{Text: t.T(w.key), Href: path + sheetPath + w.form + query})
	}
	g.Words = append(g.Words, FilterWord{Text: t.T("outcome.print"), Href: page, Print: true})
	return g
}

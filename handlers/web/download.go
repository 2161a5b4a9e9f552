package web

import (
	"bytes"
	"net/http"
	"net/url"
	"strings"

	"milstolpe/handlers/i18n"
	"milstolpe/handlers/parts"
	"milstolpe/handlers/report"
	"milstolpe/handlers/sheet"
	"milstolpe/process"
)

// downloadPath comes between the address of a page and what is asked of it: /outcome/sheet/csv?period=month.
const downloadPath = "/sheet/"

// Report registers the report that a page shows, to take away as CSV, as a workbook and as JSON. It is asked what the page is asked, and
// the file is called what name, a key, says.
func (r *Router) Report(page, name string, make func(*Request) (report.Report, error)) {
	r.Get(page+downloadPath+":form", func(v *Request) error {
		made, err := make(v)
		if err != nil {
			return err
		}
		return v.sendReport(v.Param("form"), v.FileName(name), made)
	})
}

func (v *Request) sendReport(form, name string, r report.Report) (err error) {
	var out bytes.Buffer
	kind := ""
	switch form {
	case "csv":
		kind, err = TypeCSV, sheet.WriteCSV(&out, r.Tables()[0], v.Dialect())
	case "xlsx":
		kind, err = TypeXLSX, sheet.WriteXLSX(&out, r.Tables()...)
	case "json":
		kind, err = TypeJSON, report.WriteJSON(&out, r.JSON())
	default:
		return process.Missing("error.no_such_page")
	}
	if err != nil {
		return err
	}
	return v.Download(name+"."+form, kind, out.Bytes())
}

// AsReports makes reports in the language of the page.
func (v *Request) AsReports() report.Reports { return report.Reports{Text: v.Text} }

// DownloadLinks are the words that take a page away: as a list, a workbook, a document for other programs, and on paper.
func DownloadLinks(t *i18n.Text, page string) parts.FilterGroup {
	path, query, asked := strings.Cut(page, "?")
	if asked {
		query = "?" + query
	}
	var g parts.FilterGroup
	for _, w := range []struct{ key, form string }{{"outcome.csv", "csv"}, {"outcome.xlsx", "xlsx"}, {"outcome.json", "json"}} {
		g.Words = append(g.Words, parts.FilterLink{Text: t.T(w.key), Href: path + downloadPath + w.form + query})
	}
	g.Words = append(g.Words, parts.FilterLink{Text: t.T("outcome.print"), Href: page, Print: true})
	return g
}

// FileName is what a download is called: company, what it is, day.
func (v *Request) FileName(what string) string {
	name := v.T(what) + " " + v.Today.String()
	if v.FileInfo.company != "" {
		name = v.FileInfo.company + " " + name
	}
	return name
}

// Types of what is downloaded.
const (
	TypeCSV   = "text/csv; charset=utf-8"
	TypeXLSX  = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
	TypeZip   = "application/zip"
	TypeJSON  = "application/json"
	TypeLines = "application/x-ndjson"

	TypeCalendar = "text/calendar; charset=utf-8"
)

// Dialect is the CSV that the spreadsheet of somebody with this language reads.
func (v *Request) Dialect() sheet.Dialect {
	if v.Text.Lang == i18n.Swedish {
		return sheet.SwedishExcel
	}
	return sheet.EnglishExcel
}

// Download answers with a file for the person to keep.
func (v *Request) Download(name, kind string, data []byte) error {
	v.Response().Header().Set("Content-Disposition", "attachment; filename*=UTF-8''"+url.PathEscape(name))
	v.Response().Header().Set("X-Content-Type-Options", "nosniff")
	return v.Blob(http.StatusOK, kind, data)
}

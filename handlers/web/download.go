package web

import (
	"bytes"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

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

// KeyedPath is below what another program on this computer reads with a key. Whoever asks below it is answered in JSON, refusals too, and
// nothing that a browser carries by itself lets anybody in there.
const KeyedPath = "/api/"

// Keyring knows the keys with which other programs may read. Opens tells for which team's dataset a key is good at a moment.
type Keyring interface {
	Opens(key string, at time.Time) (dataset string, ok bool)
}

// TakeKeys makes the keys of a keyring good for what Keyed registers.
func (r *Router) TakeKeys(k Keyring) { r.Server.keyring = k }

// Keyed registers a report that another program may read with a key, at a name below KeyedPath. It can be asked only by the names that are
// given: a question that is not understood is refused, because nobody looks at what comes instead.
func (r *Router) Keyed(name string, asks []string, make func(*Request) (any, error)) {
	path := KeyedPath + name
	r.Server.keyed[path] = true
	r.Server.echo.GET(path, func(c echo.Context) error {
		v := r.Server.newRequest(c)
		if refused := v.admitKey(); refused != "" {
			return v.refuseKey(refused)
		}
		var document any
		err := v.askedOnly(asks)
		if err == nil {
			document, err = make(v)
		}
		if faults, mine := v.FormErrors(err); mine {
			return v.keyedError(faults.Status, namedFaults(faults))
		}
		if err != nil {
			return err
		}
		var out bytes.Buffer
		if err := report.WriteJSON(&out, document); err != nil {
			return err
		}
		v.Response().Header().Set("X-Content-Type-Options", "nosniff")
		return v.Blob(http.StatusOK, TypeJSON, out.Bytes())
	})
}

// askedOnly refuses a question by another name than those.
func (v *Request) askedOnly(names []string) error {
	for name := range v.QueryParams() {
		if !slices.Contains(names, name) {
			return process.Wrong("", "keys.no_such_question", name, strings.Join(names, ", "))
		}
	}
	return nil
}

// namedFaults says what is wrong, each with the name by which it was asked.
func namedFaults(faults parts.FieldErrors) (n ErrorNotice) {
	for _, f := range faults.List {
		if f.Field != "" {
			f.Text = f.Field + ": " + f.Text
		}
		n.Sentences = append(n.Sentences, f.Text)
	}
	return n
}

// refusedKey is why a program may not read; its texts are keys.refused_ and the word.
type refusedKey string

const (
	keyMissing refusedKey = "missing" // none, or not in the header
	keyUnknown refusedKey = "unknown" // never made, or revoked
	keyForeign refusedKey = "foreign" // for another team's file than the open one
	keyNoFile  refusedKey = "no_file"
)

var refusedKeys = map[refusedKey]int{
	keyMissing: http.StatusUnauthorized, keyUnknown: http.StatusUnauthorized, keyForeign: http.StatusForbidden, keyNoFile: http.StatusConflict,
}

// admitKey lets a program in whose key is good for the open file, and nobody else: who has the cookie of a browser is a stranger here.
func (v *Request) admitKey() refusedKey {
	v.stranger, v.Open, v.FileInfo = true, nil, fileInfo{}
	scheme, key, _ := strings.Cut(v.Request().Header.Get("Authorization"), " ")
	if !strings.EqualFold(scheme, "Bearer") || strings.TrimSpace(key) == "" {
		return keyMissing
	}
	dataset, ok := "", false
	if v.Server.keyring != nil {
		dataset, ok = v.Server.keyring.Opens(strings.TrimSpace(key), v.Server.Config.Now())
	}
	open := v.Server.current.Load()
	switch {
	case !ok:
		return keyUnknown
	case open == nil:
		return keyNoFile
	case open.file.Dataset() != dataset:
		return keyForeign
	}
	v.stranger, v.Open, v.FileInfo = false, open, open.info()
	v.Now = v.Server.Config.Now().In(v.FileInfo.Location)
	v.Today = process.DateOf(v.Now)
	return ""
}

func (v *Request) refuseKey(why refusedKey) error {
	if refusedKeys[why] == http.StatusUnauthorized {
		v.Response().Header().Set("WWW-Authenticate", "Bearer")
	}
	return v.keyedError(refusedKeys[why], ErrorNotice{Sentences: []string{v.T("keys.refused_" + string(why))}})
}

// keyedRefusal is what a program is answered with that asks below KeyedPath and does not get what it asks for.
type keyedRefusal struct {
	Error string `json:"error"`
}

func (v *Request) keyedError(status int, notice ErrorNotice) error {
	return v.JSON(status, keyedRefusal{strings.Join(notice.Sentences, " ")})
}

// isKeyed tells what a key is for, by its path as it was sent: nothing that only becomes such a path when it is tidied up.
func (s *Server) isKeyed(r *http.Request) bool {
	return r.Method == http.MethodGet && r.URL.RawPath == "" && s.keyed[r.URL.Path]
}

// refuseBelowKeyed answers for everything else below KeyedPath.
func (s *Server) refuseBelowKeyed(w http.ResponseWriter, r *http.Request) {
	v := s.newRequest(s.echo.NewContext(r, w))
	status, key := http.StatusNotFound, "keys.no_such_report"
	if s.keyed[r.URL.Path] && r.Method != http.MethodGet {
		status, key = http.StatusMethodNotAllowed, "keys.only_reading"
		w.Header().Set("Allow", http.MethodGet)
	}
	if err := v.keyedError(status, ErrorNotice{Sentences: []string{v.T(key)}}); err != nil {
		s.Config.Log.Warn("refuse a program", "error", err)
	}
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

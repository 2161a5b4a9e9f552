package exports_test

import (
	"archive/zip"
	"bytes"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"milstolpe/handlers/handlerstest"
	"milstolpe/handlers/sheet"
)

func TestEverythingCanBeDownloaded(t *testing.T) {
	t.Parallel()
	i := handlerstest.NewImporting(t)
	i.Post(i.GoOn(t, i.Upload(t, "deals.csv", handlerstest.SmallList), nil), url.Values{})
	page := i.Get("/export").Page(t)
	var hrefs []string
	page.Find("main a[download]").Each(func(_ int, a *goquery.Selection) { hrefs = append(hrefs, a.AttrOr("href", "")) })
	if len(hrefs) != 6 {
		t.Fatalf("the page leads to %v, want six files", hrefs)
	}
	for _, href := range hrefs {
		a := i.Get(href)
		if a.StatusCode != http.StatusOK || !strings.HasPrefix(a.Header.Get("Content-Disposition"), "attachment; filename*=UTF-8''Bj%C3%B6rk%20") {
			t.Errorf("%s answers %s and is called %q", href, a.Status, a.Header.Get("Content-Disposition"))
		}
		switch data := []byte(a.Text); {
		case strings.Contains(href, "xlsx"):
			if sheets, err := sheet.Read(bytes.NewReader(data), int64(len(data))); err != nil || len(sheets[0].List.Rows) != 2 {
				t.Errorf("%s: %v", href, err)
			}
		case strings.Contains(href, "zip"):
			z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
			if err != nil || len(z.File) < 4 {
				t.Errorf("%s: %v", href, err)
			}
		case strings.Contains(href, "csv"):
			if !strings.HasPrefix(a.Text, "\ufeffId,Name,Customer") {
				t.Errorf("%s begins with %q", href, a.Text[:20])
			}
		default:
			if !strings.HasPrefix(a.Text, "{") {
				t.Errorf("%s begins with %q", href, a.Text[:20])
			}
		}
	}
	for _, path := range []string{"/export/deals/pdf", "/export/all/doc", "/export/deals/csv?process=none"} {
		if a := i.Get(path); a.StatusCode != http.StatusNotFound {
			t.Errorf("%s answers %s, want not found", path, a.Status)
		}
	}
}

func TestAnExportFromThePageIsAListThatChangesNothing(t *testing.T) {
	t.Parallel()
	i := handlerstest.NewImporting(t)
	i.Post(i.GoOn(t, i.Upload(t, "deals.csv", handlerstest.SmallList), nil), url.Values{})
	for _, form := range []string{"csv", "xlsx"} {
		columns := i.Upload(t, "export."+form, i.Get("/export/deals/"+form).Text)
		if lead := handlerstest.LeadOf(t, i.Get(i.GoOn(t, columns, nil))); !strings.HasPrefix(lead, "0 new, 0 changed, 2 unchanged, 0 rows with errors") {
			t.Errorf("%s taken back in: %q", form, lead)
		}
	}
}

func TestAllThatIsRecordedComesWithEveryReport(t *testing.T) {
	t.Parallel()
	i := handlerstest.NewImporting(t)
	i.Post(i.GoOn(t, i.Upload(t, "deals.csv", string(handlerstest.WideList(200))), nil), url.Values{})
	data := []byte(i.Get("/export/all/xlsx").Text)
	sheets, err := sheet.Read(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	rows := map[string]int{}
	for _, s := range sheets {
		rows[s.Name] = len(s.List.Rows)
	}
	// 200 deals, of which each third is still open: 0, 3 … 198 are 67.
	if rows["New business"] != 200 || rows["Open deals"] != 67 {
		t.Errorf("%d deals and %d open ones in %v, want 200 and 67", rows["New business"], rows["Open deals"], rows)
	}
	for _, name := range []string{"Weeks", "Months", "Quarters", "Years", "Chances, New business", "What decides, New business"} {
		if rows[name] == 0 {
			t.Errorf("no rows of %q among %v", name, rows)
		}
	}
}

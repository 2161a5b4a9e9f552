package imports_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"golang.org/x/text/encoding/charmap"

	"milstolpe/handlers/handlerstest"
)

// uglyList is a list as somebody keeps it: titles above two rows of headers, a sum and a note below, amounts and days in many forms.
const uglyList = `Offertlista 2026;;;;;;
;Affär;;;Tider;;
;Kund;Vad;Summa;Inkom;Läge;Beslut
;Åkerlund & Son;Takbyte;1 250 tkr;5 jan 2026;Order;mars -26
;Björk;Altan;85 000:-;2026-01-12;Nej;17.2.2026
;Cederlöf;Garage;ca 1,2 Mkr;3.2.2026;Väntar;
;Summa;;1335000;;;
Belopp utan moms;;;;;;
`

func TestInABrowserAnUglyListIsImportedMendedAndUndone(t *testing.T) {
	t.Parallel()
	i := handlerstest.NewImporting(t)
	b := handlerstest.NewBrowser(t, i.Site)
	b.Wear("milstolpe-lang", "en")
	keep := func(name, text string) string {
		written, err := charmap.Windows1252.NewEncoder().String(text)
		if err != nil {
			t.Fatal(err)
		}
		path := filepath.Join(t.TempDir(), name)
		if err := os.WriteFile(path, []byte(written), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	importIt := func(path string) string {
		b.Open("/import")
		b.Do(chromedp.SetUploadFiles("#f-list", []string{path}), chromedp.Click("main form button"))
		b.Await(`location.pathname.endsWith("/columns") && document.readyState === "complete"`)
		b.Do(chromedp.Click("form[method=post] > .row button"))
		b.Await(`location.pathname.endsWith("/review") && document.readyState === "complete"`)
		return handlerstest.Plain(handlerstest.Ask[string](b, `document.querySelector(".lead").innerText`))
	}
	if lead := importIt(keep("ugly.csv", uglyList)); lead != "2 new, 0 changed, 0 unchanged, 1 row with errors. Nothing is imported yet." {
		t.Fatalf("the review says %q", lead)
	}
	if row := handlerstest.Plain(handlerstest.Ask[string](b, `document.querySelector("tbody tr").innerText + " " + document.querySelector("tbody tr input:not([type=hidden])").value`)); !strings.HasPrefix(row, "6 Summa") || !strings.HasSuffix(row, "ca 1,2 Mkr") {
		t.Errorf("the row with an error is %q", row)
	}
	rejected := handlerstest.Ask[string](b, `document.querySelector("main a[href$=rejected]").pathname`)
	b.Do(chromedp.Click("main form.page-form button"))
	b.Await(`location.pathname.endsWith("/done") && document.querySelector(".lead").innerText.startsWith("2 new")`)
	if lead := importIt(keep("again.csv", uglyList)); !strings.HasPrefix(lead, "0 new, 0 changed, 2 unchanged, 1 row with errors") {
		t.Errorf("imported again the list is %q", lead)
	}
	mended := strings.Replace(strings.TrimPrefix(i.Get(rejected).Text, "\ufeff"), `"ca 1,2 Mkr"`, `"1,2 Mkr"`, 1)
	if lead := importIt(keep("mended.csv", mended)); !strings.HasPrefix(lead, "1 new, 0 changed, 0 unchanged, 0 rows with errors") {
		t.Errorf("the mended row alone is %q:\n%s", lead, mended)
	}
	b.Open("/import")
	b.Do(chromedp.Click(".lines a"))
	b.Await(`location.pathname.startsWith("/import/undo/")`)
	b.Do(chromedp.Click("main form button"))
	b.Await(`location.pathname === "/import"`)
	if n := i.Deals(t); n != 0 {
		t.Errorf("%d deals are there after undoing the import", n)
	}
}

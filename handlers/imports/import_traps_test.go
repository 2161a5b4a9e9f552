package imports_test

import (
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"milstolpe/handlers/handlerstest"
	"milstolpe/handlers/i18n"
	"milstolpe/handlers/sheet/sheettest"
)

// beginnings are how the sentences that refuse a file begin, in Swedish and in English.
var beginnings = map[string][2]string{
	"sheet.empty":            {"Filen är tom.", "The file is empty."},
	"sheet.not_a_list":       {"Det här är ingen lista som kan läsas.", "This is no list that can be read."},
	"sheet.old_excel":        {"Det här är en äldre Excelfil", "This is an older Excel file"},
	"sheet.locked":           {"Arbetsboken är låst med lösenord.", "The workbook is locked with a password."},
	"sheet.markup":           {"Det här är en webbsida eller XML", "This is a web page or XML"},
	"sheet.damaged":          {"Listan är skadad", "The list is damaged"},
	"sheet.no_headers":       {"Ingen rad med rubriker hittades.", "No row with headers was found."},
	"sheet.row_too_long":     {"Rad 2 är längre än en megabyte.", "Row 2 is longer than a megabyte."},
	"sheet.cell_too_long":    {"En cell i arbetsboken är längre än en megabyte.", "A cell in the workbook is longer than a megabyte."},
	"sheet.too_many_columns": {"Rad 1 har fler än 1 000 kolumner.", "Row 1 has more than 1,000 columns."},
	"sheet.too_many_rows":    {"Listan har fler än 200 000 rader.", "The list has more than 200,000 rows."},
	"sheet.zip_bomb":         {"Arbetsboken packar upp till orimligt mycket", "The workbook unpacks to more than is reasonable"},
}

func TestTrapsAreRefusedOnThePageInBothLanguages(t *testing.T) {
	t.Parallel()
	i := handlerstest.NewImporting(t)
	for _, trap := range sheettest.Traps(t) {
		for n, lang := range []i18n.Lang{i18n.Swedish, i18n.English} {
			if len(trap.Data) == 0 {
				continue // browsers send an empty file as they send none
			}
			a := i.Send(t, trap.File, trap.Data, lang)
			said := handlerstest.Plain(a.Page(t).Find(".note").Text())
			if want := beginnings[trap.Refusal][n]; a.StatusCode != http.StatusUnprocessableEntity || want == "" || !strings.Contains(said, want) {
				t.Errorf("%v answers %s: %q, want %q", trap, a.Status, said, want)
			}
		}
	}
	left, err := os.ReadDir(filepath.Join(i.State, "imports"))
	if err != nil || len(left) != 0 {
		t.Errorf("what could not be read left %d folders behind (%v)", len(left), err)
	}
}

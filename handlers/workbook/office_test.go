package workbook_test

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"milstolpe/db/dbtest"
	"milstolpe/process"
	"milstolpe/process/money"
)

// budget is a spreadsheet of somebody's, whose formulas refer to cells of the live workbook beside it.
const budget = `<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:of="urn:oasis:names:tc:opendocument:xmlns:of:1.2" office:version="1.2"
 office:mimetype="application/vnd.oasis.opendocument.spreadsheet"><office:body><office:spreadsheet><table:table table:name="Budget"><table:table-row>
<table:table-cell table:formula="of:=['Live.xlsx'#$Deals.A2]"/>
<table:table-cell table:formula="of:=['Live.xlsx'#$Deals.G2]"/>
<table:table-cell table:formula="of:=SUM(['Live.xlsx'#$Deals.G2:.G100])"/>
<table:table-cell table:formula="of:=['Live.xlsx'#$Forecast.C3]"/>
</table:table-row></table:table></office:spreadsheet></office:body></office:document>
`

// asking writes down what the formulas of a budget give, and what formulas in the live workbook give that use its names.
const asking = `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Module1" script:language="StarBasic">
Function Opened(source As String) As Object
  Dim how(1) As New com.sun.star.beans.PropertyValue
  how(0).Name = "Hidden" : how(0).Value = True
  how(1).Name = "UpdateDocMode" : how(1).Value = 3
  Dim doc As Object
  doc = StarDesktop.loadComponentFromURL(source, "_blank", 0, how())
  doc.calculateAll()
  Opened = doc
End Function
Sub Main(folder As String)
  Dim doc As Object, cell As Object, i As Integer
  Open folder &amp; "/said.txt" For Output As #1
  doc = Opened(folder &amp; "/budget.fods")
  For i = 0 To 3
    Print #1, doc.Sheets.getByIndex(0).getCellByPosition(i, 0).String
  Next i
  doc.close(True)
  doc = Opened(folder &amp; "/Live.xlsx")
  cell = doc.Sheets.getByIndex(0).getCellRangeByName("AZ1")
  Dim formulas As Variant
  formulas = Array("=SUM(deals_value)", "=SUM(milstolpe_deals[Value])", "=quarter_period", "=COUNTA(deals_id)")
  For i = 0 To 3
    cell.Formula = formulas(i)
    Print #1, cell.String
  Next i
  doc.close(True)
  Close #1
End Sub
</script:module>
`

// trusting lets LibreOffice update links without asking.
const trusting = `<item oor:path="/org.openoffice.Office.Calc/Content/Update"><prop oor:name="Link" oor:op="fuse"><value>0</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="SecureURL" oor:op="fuse"><value><it>file://FOLDER</it></value></prop></item>
</oor:items>`

// office is LibreOffice with a profile of the test's own, and a folder with a live workbook and a budget.
type office struct{ program, dir, profile string }

func newOffice(t *testing.T) *office {
	t.Helper()
	program, err := exec.LookPath("soffice")
	if err != nil {
		t.Skip("LibreOffice is not installed here (Debian: apt install libreoffice-calc-nogui), so nobody links to the live workbook with it")
	}
	o := &office{program, t.TempDir(), filepath.Join(t.TempDir(), "profile")}
	o.run(t, "--convert-to", "csv", "--outdir", o.dir, "nothing.fods") // makes the profile
	write(t, filepath.Join(o.dir, "budget.fods"), budget)
	write(t, filepath.Join(o.profile, "user/basic/Standard/Module1.xba"), asking)
	settings := filepath.Join(o.profile, "user/registrymodifications.xcu")
	text, err := os.ReadFile(settings)
	if err != nil {
		t.Skipf("this LibreOffice keeps its settings elsewhere: %v", err)
	}
	write(t, settings, strings.Replace(string(text), "</oor:items>", strings.ReplaceAll(trusting, "FOLDER", o.dir), 1))
	return o
}

func (o *office) run(t *testing.T, args ...string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, o.program, append([]string{"-env:UserInstallation=file://" + o.profile, "--headless"}, args...)...) //nolint:gosec // a program on the path of who tests
	cmd.WaitDelay = time.Second
	cmd.Dir, cmd.Env = o.dir, append(os.Environ(), "HOME="+o.dir)
	if said, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, said)
	}
}

// ask is what the formulas give now.
func (o *office) ask(t *testing.T) string {
	t.Helper()
	o.run(t, `macro:///Standard.Module1.Main("file://`+o.dir+`")`)
	said, err := os.ReadFile(filepath.Join(o.dir, "said.txt"))
	if err != nil {
		t.Fatal(err)
	}
	return strings.Join(strings.Fields(strings.ReplaceAll(string(said), "\r", "")), " ")
}

// LibreOffice opens it while it is renewed, again and again. Formulas in another workbook that refer to its cells, and formulas that use its
// names, keep giving what it says.
func TestLibreOfficeReadsItWhileItIsRenewed(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	k := keep(t)
	k.path = filepath.Join(o.dir, "Live.xlsx")
	if err := k.keeper.Keep(t.Context(), k.File, k.path, false, k.text, dbtest.Now); err != nil {
		t.Fatal(err)
	}
	stop := make(chan struct{})
	var renewing sync.WaitGroup
	renewing.Go(func() {
		for {
			select {
			case <-stop:
				return
			default:
				if err := k.renew(t); err != nil {
					t.Error(err)
				}
			}
		}
	})
	if got := o.ask(t); got != "d1 450000 450000 2026-Q4 450000 450000 2026-Q4 2" {
		t.Errorf("at first the formulas give %q", got)
	}
	value := money.New(500_000_00, "SEK")
	dbtest.Record(t, k.File, &process.ValueSet{Stamp: process.Stamp{Known: process.MustDate("2026-11-12")}, Deal: "d1", Value: &value}, opened("d3", "Third"))
	if err := k.renew(t); err != nil {
		t.Fatal(err)
	}
	if got := o.ask(t); got != "d1 500000 500000 2026-Q4 500000 500000 2026-Q4 3" {
		t.Errorf("after a change the formulas give %q", got)
	}
	close(stop)
	renewing.Wait()
}

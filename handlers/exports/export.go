package exports

import (
	"bytes"
	"io"
	"net/url"

	"milstolpe/handlers/i18n"
	"milstolpe/handlers/sheet"
	"milstolpe/handlers/urls"
	"milstolpe/handlers/web"
	"milstolpe/handlers/wording"
	"milstolpe/process"
	"milstolpe/process/forecast"
	"milstolpe/process/sales"
)

// Routes registers the page about exports and the downloads that it offers.
func Routes(r *web.Router) {
	r.Get(urls.ExportPath, showExport)
	r.Get(urls.ExportPath+"/deals/:form", exportDeals)
	r.Get(urls.ExportPath+"/events", exportEvents)
	r.Get(urls.ExportPath+"/all/:form", exportAll)
	r.Template("export", exportPage{})
}

// exportPage says what can be taken out, and what each file contains.
type exportPage struct {
	web.Page
	Processes []exportProcess
	Deals     int
	Events    int
}

// exportProcess is a process whose deals can be taken out by themselves, in the columns that an import reads.
type exportProcess struct {
	Name      string
	Deals     int
	CSV, XLSX string
}

func showExport(v *web.Request) error {
	page := exportPage{Page: v.Page(urls.NoSection, v.T("export.title"))}
	err := v.View(func(team *sales.Team) error {
		counts := map[process.ProcessID]int{}
		for _, d := range team.Deals() {
			counts[d.Process()]++
		}
		for _, p := range wording.PublishedProcesses(team) {
			query := "?process=" + url.QueryEscape(string(p.ID))
			page.Processes = append(page.Processes, exportProcess{
				Name: p.Name(), Deals: counts[p.ID], CSV: urls.ExportPath + "/deals/csv" + query, XLSX: urls.ExportPath + "/deals/xlsx" + query,
			})
			page.Deals += counts[p.ID]
		}
		page.Events = team.Events()
		return nil
	})
	if err != nil {
		return err
	}
	return v.Render("export", page)
}

// vocabulary is what columns are called in an export in the language of the page.
func vocabulary(v *web.Request) sheet.Vocabulary {
	if v.Text.Lang == i18n.Swedish {
		return sheet.Swedish
	}
	return sheet.English
}

// exportDeals downloads the deals of one process, or of all.
func exportDeals(v *web.Request) error {
	var table sheet.Table
	err := v.View(func(team *sales.Team) error {
		var ids []process.ProcessID
		chosen := process.ProcessID(v.QueryParam("process"))
		for _, p := range wording.PublishedProcesses(team) {
			if chosen == "" || p.ID == chosen {
				ids = append(ids, p.ID)
			}
		}
		if len(ids) == 0 {
			return process.Missing("process.none_published")
		}
		table = sheet.NewExport(team, vocabulary(v)).Deals(ids...)
		table.Name = v.T("export.deals_file")
		return nil
	})
	if err != nil {
		return err
	}
	var out bytes.Buffer
	switch v.Param("form") {
	case "csv":
		if err := sheet.WriteCSV(&out, table, v.Dialect()); err != nil {
			return err
		}
		return v.Download(v.FileName("export.deals_file")+".csv", web.TypeCSV, out.Bytes())
	case "xlsx":
		if err := sheet.WriteXLSX(&out, table); err != nil {
			return err
		}
		return v.Download(v.FileName("export.deals_file")+".xlsx", web.TypeXLSX, out.Bytes())
	}
	return process.Missing("error.no_such_page")
}

// exportEvents downloads every event that was ever recorded, one line each.
func exportEvents(v *web.Request) error {
	var out bytes.Buffer
	if err := writeEvents(v, &out); err != nil {
		return err
	}
	return v.Download(v.FileName("export.events_file")+".jsonl", web.TypeLines, out.Bytes())
}

func writeEvents(v *web.Request, out io.Writer) error {
	names := map[process.Writer]string{}
	by := func(id process.EventID) string {
		name, ok := names[id.Writer()]
		if !ok {
			// Looking up a name cannot fail.
			_ = v.View(func(team *sales.Team) error { name = team.RecordedBy(id); return nil })
			names[id.Writer()] = name
		}
		return name
	}
	return sheet.WriteEvents(out, v.OpenedFile().Events, by)
}

// exportAll downloads everything that the team knows now, and every report: a workbook, a zip with CSV files and the events, or JSON.
func exportAll(v *web.Request) error {
	var tables []sheet.Table
	err := v.Model(func(m *forecast.Model) error {
		tables = sheet.NewExport(m.Team(), vocabulary(v)).Everything()
		if len(tables) == 0 {
			return process.Missing("process.none_published")
		}
		reports, err := v.AsReports().Everything(m)
		tables = append(tables, reports...)
		return err
	})
	if err != nil {
		return err
	}
	var out bytes.Buffer
	kind := ""
	switch v.Param("form") {
	case "xlsx":
		kind, err = web.TypeXLSX, sheet.WriteXLSX(&out, tables...)
	case "zip":
		kind, err = web.TypeZip, sheet.WriteTables(&out, tables, v.Dialect(), map[string]func(io.Writer) error{"events.jsonl": func(out io.Writer) error { return writeEvents(v, out) }})
	case "json":
		kind, err = web.TypeJSON, sheet.WriteJSON(&out, tables...)
	default:
		return process.Missing("error.no_such_page")
	}
	if err != nil {
		return err
	}
	return v.Download(v.FileName("export.all_file")+"."+v.Param("form"), kind, out.Bytes())
}

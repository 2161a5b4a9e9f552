package handlers

import (
	"bytes"
	"io"
	"net/url"

	"milstolpe/handlers/sheet"
	"milstolpe/process"
	"milstolpe/process/forecast"
	"milstolpe/process/sales"
)

const exportPath = "/export"

func exportRoutes(r *routes) {
	r.get(exportPath, showExport)
	r.get(exportPath+"/deals/:form", exportDeals)
	r.get(exportPath+"/events", exportEvents)
	r.get(exportPath+"/all/:form", exportAll)
	r.template("export", exportPage{})
}

// exportPage says what can be taken out, and what each file contains.
type exportPage struct {
	Page
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

func showExport(v *visit) error {
	page := exportPage{Page: v.page(NoSection, v.t("export.title"))}
	err := v.view(func(team *sales.Team) error {
		counts := map[process.ProcessID]int{}
		for _, d := range team.Deals() {
			counts[d.Process()]++
		}
		for _, p := range publishedProcesses(team) {
			query := "?process=" + url.QueryEscape(string(p.ID))
			page.Processes = append(page.Processes, exportProcess{
				Name: p.Name(), Deals: counts[p.ID], CSV: exportPath + "/deals/csv" + query, XLSX: exportPath + "/deals/xlsx" + query,
			})
			page.Deals += counts[p.ID]
		}
		page.Events = team.Events()
		return nil
	})
	if err != nil {
		return err
	}
	return v.show("export", page)
}

// vocabulary is what columns are called in an export in the language of the page.
func (v *visit) vocabulary() sheet.Vocabulary {
	if v.text.Lang == Swedish {
		return sheet.Swedish
	}
	return sheet.English
}

// exportDeals downloads the deals of one process, or of all.
func exportDeals(v *visit) error {
	var table sheet.Table
	err := v.view(func(team *sales.Team) error {
		var ids []process.ProcessID
		chosen := process.ProcessID(v.QueryParam("process"))
		for _, p := range publishedProcesses(team) {
			if chosen == "" || p.ID == chosen {
				ids = append(ids, p.ID)
			}
		}
		if len(ids) == 0 {
			return process.Missing("process.none_published")
		}
		table = sheet.Deals(team, ids, v.vocabulary())
		table.Name = v.t("export.deals_file")
		return nil
	})
	if err != nil {
		return err
	}
	var out bytes.Buffer
	switch v.Param("form") {
	case "csv":
		if err := sheet.WriteCSV(&out, table, v.dialect()); err != nil {
			return err
		}
		return v.download(v.fileName("export.deals_file")+".csv", typeCSV, out.Bytes())
	case "xlsx":
		if err := sheet.WriteXLSX(&out, table); err != nil {
			return err
		}
		return v.download(v.fileName("export.deals_file")+".xlsx", typeXLSX, out.Bytes())
	}
	return process.Missing("error.no_such_page")
}

// fileName is what a download is called: company, what it is, day.
func (v *visit) fileName(what string) string {
	name := v.t(what) + " " + v.today.String()
	if v.brief.company != "" {
		name = v.brief.company + " " + name
	}
	return name
}

// exportEvents downloads every event that was ever recorded, one line each.
func exportEvents(v *visit) error {
	var out bytes.Buffer
	if err := v.writeEvents(&out); err != nil {
		return err
	}
	return v.download(v.fileName("export.events_file")+".jsonl", typeLines, out.Bytes())
}

func (v *visit) writeEvents(out io.Writer) error {
	names := map[process.Writer]string{}
	by := func(id process.EventID) string {
		name, ok := names[id.Writer()]
		if !ok {
			// Looking up a name cannot fail.
			_ = v.view(func(team *sales.Team) error { name = team.By(id); return nil })
			names[id.Writer()] = name
		}
		return name
	}
	return sheet.WriteEvents(out, v.file().Events, by)
}

// exportAll downloads everything that the team knows now, and every report: a workbook, a zip with CSV files and the events, or JSON.
func exportAll(v *visit) error {
	var tables []sheet.Table
	err := v.model(func(m *forecast.Model) error {
		tables = sheet.Everything(m.Team(), v.vocabulary())
		if len(tables) == 0 {
			return process.Missing("process.none_published")
		}
		reports, err := v.asReports().Everything(m)
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
		kind, err = typeXLSX, sheet.WriteXLSX(&out, tables...)
	case "zip":
		kind, err = typeZip, sheet.WriteTables(&out, tables, v.dialect(), map[string]func(io.Writer) error{"events.jsonl": v.writeEvents})
	case "json":
		kind, err = typeJSON, sheet.WriteJSON(&out, tables...)
	default:
		return process.Missing("error.no_such_page")
	}
	if err != nil {
		return err
	}
	return v.download(v.fileName("export.all_file")+"."+v.Param("form"), kind, out.Bytes())
}

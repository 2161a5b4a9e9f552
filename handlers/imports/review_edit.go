package imports

import (
	"net/url"
	"slices"
	"strconv"

	"milstolpe/handlers/web"
	"milstolpe/process/importer"
	"milstolpe/process/importer/columns"
)

// cellRow is a cell of a row that can be written over.
type cellRow struct {
	Name, Column, Value string
	Row                 int
	ID                  string
}

// edit lets every row that can be read be opened, and shows the cells of the one that is.
func (page *reviewPage) edit(v *web.Request, job *importJob, plan *importer.Plan, list columns.List) {
	chosen, _ := strconv.Atoi(v.QueryParam("edit"))
	for i := range page.Rows {
		r := &page.Rows[i]
		r.Edit = page.Href + "?tab=" + url.QueryEscape(page.Tab) + "&from=" + strconv.Itoa(page.First-1) + "&edit=" + strconv.Itoa(r.Row) + "#edit"
		if r.Row != chosen {
			continue
		}
		page.Edit = chosen
		for n := range plan.Deals {
			if slices.Contains(plan.Deals[n].Rows, chosen) {
				page.Cells = cellsOf(job, list, plan.Deals[n].Rows)
			}
		}
	}
}

// cellsOf are the cells that are read of the rows of a deal.
func cellsOf(job *importJob, list columns.List, rows []int) (cells []cellRow) {
	for _, row := range list.Rows {
		if !slices.Contains(rows, row.Number) {
			continue
		}
		for at, header := range list.Headers {
			if job.Mapping.Columns[header] == columns.MeansNothing {
				continue
			}
			c := cellRow{Name: mendable(row.Number, header), Column: header, Row: row.Number, ID: "f-cell-" + strconv.Itoa(row.Number) + "-" + strconv.Itoa(at)}
			if at < len(row.Cells) {
				c.Value = row.Cells[at].Text
			}
			cells = append(cells, c)
		}
	}
	return cells
}

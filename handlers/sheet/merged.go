package sheet

import (
	"strconv"
	"strings"

	"milstolpe/process/importer/columns"
)

// mostMerged is how many merged areas of a sheet are looked at; one that people made has far fewer.
const mostMerged = 20_000

// merged is an area of cells that look like one, counted from the first row, 1, and the first column, 0.
type merged struct{ top, bottom, column int }

func withArea(areas []merged, ref string) []merged {
	if area, ok := mergedArea(ref); ok && len(areas) < mostMerged {
		areas = append(areas, area)
	}
	return areas
}

// mergedArea reads a reference like B2:B5. Only areas of several rows matter: what stands in the first of them holds for all.
func mergedArea(ref string) (m merged, ok bool) {
	from, to, ok := strings.Cut(ref, ":")
	if !ok {
		return m, false
	}
	m.column = columnOf(from)
	m.top, m.bottom = rowOf(from), rowOf(to)
	return m, m.column >= 0 && m.column < MaxColumns && m.top > 0 && m.bottom > m.top
}

// rowOf is the row in a reference like AB12; 0 for none.
func rowOf(ref string) int {
	n, err := strconv.Atoi(strings.TrimLeft(ref, "ABCDEFGHIJKLMNOPQRSTUVWXYZ$"))
	if err != nil {
		return 0
	}
	return n
}

// spread writes the first cell of each merged area into those of its rows that have something else in them.
func (g *grid) spread(areas []merged) {
	at := make(map[int]int, len(g.rows))
	for i, r := range g.rows {
		at[r.Number] = i
	}
	for _, m := range areas {
		first, ok := at[m.top]
		if !ok || m.column >= len(g.rows[first].Cells) {
			continue
		}
		cell := g.rows[first].Cells[m.column]
		for i := first + 1; i < len(g.rows) && g.rows[i].Number <= m.bottom; i++ {
			row := &g.rows[i]
			for len(row.Cells) <= m.column {
				row.Cells = append(row.Cells, columns.Cell{})
			}
			if row.Cells[m.column].Text == "" {
				row.Cells[m.column] = cell
			}
		}
	}
}

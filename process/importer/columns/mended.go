package columns

import (
	"slices"
	"strconv"
	"strings"

	"milstolpe/process"
)

// Mend is a cell that somebody has corrected while importing: what it said, and what it ought to say. It holds for the next import of the list,
// until the list itself says something else there.
type Mend struct {
	Row    string `json:"row"` // what the list calls the deal; see rowName
	Column string `json:"column"`
	From   string `json:"from"`
	To     string `json:"to"`
}

// rowName is what a list calls the deal of a row: its id, or else its name, customer and opening.
func (m Mapping) rowName(list List, r ListRow) string {
	text := func(meaning Meaning) string {
		at := slices.IndexFunc(list.Headers, func(h string) bool { return m.Columns[h] == meaning })
		if at < 0 || at >= len(r.Cells) {
			return ""
		}
		return strings.TrimSpace(r.Cells[at].Text)
	}
	if id := text(MeansID); id != "" && m.Shape == Wide {
		return id
	}
	parts := []string{text(MeansName), text(MeansCustomer), text(MeansOpened)}
	if m.Shape == Long {
		parts = []string{text(MeansID), text(MeansName), text(MeansCustomer), text(MeansStage), text(MeansStageOn)}
	}
	return strings.Join(parts, " · ")
}

// rowNames are what a list calls its rows. The second row of a name has another one.
func (m Mapping) rowNames(list List) []string {
	named := make([]string, 0, len(list.Rows))
	seen := map[string]int{}
	for _, r := range list.Rows {
		name := m.rowName(list, r)
		if seen[name]++; seen[name] > 1 {
			name += " (" + strconv.Itoa(seen[name]) + ")"
		}
		named = append(named, name)
	}
	return named
}

// WithMends remembers what somebody has written over the cells of a list, by the number of the row and the header.
func (m Mapping) WithMends(list List, written map[int]map[string]string) Mapping {
	m.Mends = slices.Clone(m.Mends)
	for i, name := range m.rowNames(list) {
		r := list.Rows[i]
		for at, header := range list.Headers {
			to, ok := written[r.Number][header]
			if !ok {
				continue
			}
			mend := Mend{Row: name, Column: header, To: strings.TrimSpace(to)}
			if at < len(r.Cells) {
				mend.From = r.Cells[at].Text
			}
			m.Mends = slices.DeleteFunc(m.Mends, func(have Mend) bool { return have.Row == mend.Row && have.Column == mend.Column })
			if mend.From != mend.To {
				m.Mends = append(m.Mends, mend)
			}
		}
	}
	return m
}

// Mended is a list with the cells that somebody has corrected, and which those are.
func (m Mapping) Mended(list List) (mended List, cells []MendedCell) {
	if len(m.Mends) == 0 {
		return list, nil
	}
	by := map[string][]Mend{}
	for _, mend := range m.Mends {
		by[mend.Row] = append(by[mend.Row], mend)
	}
	list.Rows = slices.Clone(list.Rows)
	for i, name := range m.rowNames(list) {
		r := &list.Rows[i]
		for _, mend := range by[name] {
			at := list.column(mend.Column)
			if at < 0 || at < len(r.Cells) && r.Cells[at].Text != mend.From || at >= len(r.Cells) && mend.From != "" {
				continue
			}
			whole := make([]Cell, len(list.Headers)) // a row may end before its last columns
			copy(whole, r.Cells)
			whole[at] = whole[at].Rewritten(mend.To)
			r.Cells = whole
			cells = append(cells, MendedCell{r.Number, mend.Column, mend.From, mend.To})
		}
	}
	return list, cells
}

// MendedCell is a cell of a list that is read as somebody has corrected it.
type MendedCell struct {
	Row              int
	Column, From, To string
}

// Rewritten is a cell with another text. One of a sheet that knows numbers and days stays so while the text is a number or a day as the sheet
// has it.
func (c Cell) Rewritten(text string) Cell {
	text = strings.TrimSpace(text)
	_, notADay := process.ParseDate(text)
	plain := text != "" && strings.Trim(text, "0123456789.-") == "" && strings.Count(text, ".") <= 1 && strings.LastIndex(text, "-") <= 0
	return Cell{Text: text, Exact: c.Exact && (plain || notADay == nil)}
}

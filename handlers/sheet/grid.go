package sheet

import (
	"strconv"
	"strings"

	"milstolpe/process"
	"milstolpe/process/importer/cells"
	"milstolpe/process/importer/columns"
)

// Sheet is one list in a file.
type Sheet struct {
	Name   string // of the sheet in a workbook
	Header int    // row in which the headers stand
	Above  []string
	List   columns.List
}

// grid collects the rows of a sheet until its headers are known.
type grid struct {
	memory *memory // that all sheets of the file share
	rows   []columns.ListRow
	number int // of the latest row
}

// add takes the next row; blank ones only count.
func (g *grid) add(cells []columns.Cell) error {
	g.number++
	for len(cells) > 0 && strings.TrimSpace(cells[len(cells)-1].Text) == "" {
		cells = cells[:len(cells)-1]
	}
	switch {
	case len(cells) > MaxColumns:
		return wrong("sheet.too_many_columns", MaxColumns, g.number)
	case len(cells) == 0:
		return nil
	case len(g.rows) > MaxRows:
		return wrong("sheet.too_many_rows", MaxRows)
	}
	if g.memory == nil {
		g.memory = &memory{}
	}
	text := 0
	for _, c := range cells {
		text += min(len(c.Text), 64) // longer ones are mostly shared, and bounded by what was read
	}
	if err := g.memory.take(len(cells)+2, text); err != nil {
		return err
	}
	g.rows = append(g.rows, columns.ListRow{Number: g.number, Cells: cells})
	return nil
}

// jump goes to a row further down, of which a workbook tells the number.
func (g *grid) jump(row string) {
	if n, err := strconv.Atoi(row); err == nil && n > g.number && n <= 1<<20 {
		g.number = n - 1
	}
}

// headerDepth is how far down the headers are looked for, under titles and explanations.
const headerDepth = 30

// sheet finds the headers and puts the list together.
func (g *grid) sheet(name string) (Sheet, error) {
	if len(g.rows) == 0 {
		return Sheet{}, wrong("sheet.empty")
	}
	at := headerRow(g.rows[:min(len(g.rows), headerDepth)])
	if at < 0 {
		return Sheet{}, wrong("sheet.no_headers")
	}
	s := Sheet{Name: name, Header: g.rows[at].Number}
	for _, r := range g.rows[:at] {
		var texts []string
		for _, c := range r.Cells {
			if t := strings.TrimSpace(c.Text); t != "" {
				texts = append(texts, t)
			}
		}
		s.Above = append(s.Above, strings.Join(texts, " "))
	}
	s.List.Rows = g.rows[at+1:]
	width := len(g.rows[at].Cells)
	for _, r := range s.List.Rows {
		width = max(width, len(r.Cells))
	}
	s.List.Headers = headerNames(g.rows[at].Cells, width)
	return s, nil
}

// headerRow finds the row with the headers: the one with the most different words and no numbers, and the first of several such. Words
// that are known as headers count more. It is -1 where every row has numbers, or there is one cell in each at most.
func headerRow(rows []columns.ListRow) int {
	best, bestScore := -1, 0
	widest := 0
	for _, r := range rows {
		widest = max(widest, filled(r))
	}
	for i, r := range rows {
		words := map[string]bool{}
		score, numbers := 0, 0
		for _, c := range r.Cells {
			text := process.FoldName(c.Text)
			switch {
			case text == "":
			case c.Exact || looksLikeData(text):
				numbers++
			case !words[text]:
				words[text] = true
				score++
				if columns.KnownHeader(text) {
					score += 2
				}
			}
		}
		if numbers == 0 && (len(words) > 1 || widest == 1) && score > bestScore {
			best, bestScore = i, score
		}
	}
	return best
}

func filled(r columns.ListRow) (n int) {
	for _, c := range r.Cells {
		if strings.TrimSpace(c.Text) != "" {
			n++
		}
	}
	return n
}

// looksLikeData tells a number or a day, which no header is.
func looksLikeData(text string) bool {
	if strings.IndexFunc(text, func(r rune) bool { return r >= '0' && r <= '9' }) < 0 {
		return false
	}
	if _, err := cells.ParseAmount(text, ","); err == nil {
		return true
	}
	if _, err := cells.ParseAmount(text, "."); err == nil {
		return true
	}
	_, err := cells.ParseDay(text, cells.DayMonthYear, nil)
	return err == nil
}

// headerNames gives every column a name of its own: its header, with a number if there was one of that name, or its letter.
func headerNames(cells []columns.Cell, width int) []string {
	names := make([]string, 0, width)
	taken, next := map[string]bool{}, map[string]int{}
	for i := range width {
		name := ""
		if i < len(cells) {
			name = strings.Join(strings.Fields(cells[i].Text), " ")
		}
		if name == "" {
			name = "(" + columnLetter(i) + ")"
		}
		folded := process.FoldName(name)
		unique := name
		for n := max(next[folded], 2); taken[process.FoldName(unique)]; n++ {
			unique, next[folded] = name+" ("+strconv.Itoa(n)+")", n+1
		}
		taken[process.FoldName(unique)] = true
		names = append(names, unique)
	}
	return names
}

// columnLetter is what spreadsheets call the column: A, B … Z, AA.
func columnLetter(i int) string {
	letter := ""
	for i++; i > 0; i = (i - 1) / 26 {
		letter = string(rune('A'+(i-1)%26)) + letter
	}
	return letter
}

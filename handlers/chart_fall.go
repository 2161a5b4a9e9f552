package handlers

import (
	"math"
	"strconv"
)

// Fall is a table whose middle column is the picture: it begins with a total, goes up and down, and ends with a total. The figures are
// a column that adds up.
type Fall struct {
	Head string // over the names
	Unit string // over the figures
	Rows []FallRow
}

// FallRow is one step of a fall, or one of its two totals.
type FallRow struct {
	Name  string
	Notes []string // small, under the name
	Text  string   // the figure
	Href  string   // to the deals behind it
	Total bool
	Bars  []FallBar
	From  string // where the row above ended; empty in the first
}

// FallBar is a bar in the picture, in per cent of its width.
type FallBar struct{ Class, X, Width string }

// FallStep is what a fall is made of: an amount, and what is written beside it.
type FallStep struct {
	Name   string
	Notes  []string
	Amount float64
	Text   string
	Href   string
}

// fall lays out the bars between two totals. Amounts may be in any unit; after the steps the end must have been reached.
func fall(head, unit string, start FallStep, steps []FallStep, end FallStep) Fall {
	f := Fall{Head: head, Unit: unit}
	low, high := math.Min(0, start.Amount), math.Max(0, start.Amount)
	at := start.Amount
	for _, s := range steps {
		at += s.Amount
		low, high = math.Min(low, at), math.Max(high, at)
	}
	low, high = math.Min(low, end.Amount), math.Max(high, end.Amount)
	x := scale{low, high, 0, 100}
	if low == high {
		x.high = low + 1
	}
	f.Rows = append(f.Rows, fallTotal(start, x, ""))
	at = start.Amount
	for _, s := range steps {
		row := FallRow{Name: s.Name, Notes: s.Notes, Text: s.Text, Href: s.Href, From: share(x.at(at))}
		class := "up"
		if s.Amount < 0 {
			class = "dn"
		}
		if s.Amount != 0 {
			row.Bars = []FallBar{barBetween(class, x.at(at), x.at(at+s.Amount))}
		}
		at += s.Amount
		f.Rows = append(f.Rows, row)
	}
	f.Rows = append(f.Rows, fallTotal(end, x, share(x.at(at))))
	return f
}

func fallTotal(s FallStep, x scale, from string) FallRow {
	row := FallRow{Name: s.Name, Notes: s.Notes, Text: s.Text, Href: s.Href, Total: true, From: from}
	if s.Amount != 0 {
		row.Bars = []FallBar{barBetween("tot", x.at(0), x.at(s.Amount))}
	}
	return row
}

func barBetween(class string, a, b float64) FallBar {
	return FallBar{class, share(math.Min(a, b)), share(math.Abs(b - a))}
}

// share writes a place in per cent of the picture's width, with two decimals, since a per cent may be ten pixels.
func share(percent float64) string {
	return strconv.FormatFloat(math.Round(percent*100)/100, 'f', -1, 64) + "%"
}

// stacked puts bars one after the other, scaled so that top fills the width.
func stacked(top float64, amounts []float64, classes []string) []FallBar {
	if top <= 0 {
		return nil
	}
	var bars []FallBar
	at := 0.0
	for i, a := range amounts {
		if a > 0 {
			bars = append(bars, FallBar{classes[i], share(at / top * 100), share(a / top * 100)})
			at += a
		}
	}
	return bars
}

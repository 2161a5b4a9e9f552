package chart

import (
	"math"
	"strconv"
)

// Waterfall is a waterfall chart: a table whose middle column is the picture. It begins with a total, goes up and down,
// and ends with a total. The figures are a column that adds up.
type Waterfall struct {
	Head string // over the names
	Unit string // over the figures
	Rows []WaterfallRow
}

// WaterfallRow is one step of a waterfall, or one of its two totals.
type WaterfallRow struct {
	Name  string
	Notes []string // small, under the name
	Text  string   // the figure
	Href  string   // to the deals behind it
	Total bool
	Bars  []WaterfallBar
	From  string // where the row above ended; empty in the first
}

// WaterfallBar is a bar in the picture. X and Width are in per cent of the width of the picture, with the sign.
type WaterfallBar struct{ Class, X, Width string }

// WaterfallStep is what a waterfall is made of: an amount in any unit, and what is written beside it.
type WaterfallStep struct {
	Name   string
	Notes  []string
	Amount float64
	Text   string
	Href   string
}

// NewWaterfall lays out the bars between two totals. Amounts may be in any unit; after the steps the end must have been reached.
func NewWaterfall(head, unit string, start WaterfallStep, steps []WaterfallStep, end WaterfallStep) Waterfall {
	f := Waterfall{Head: head, Unit: unit}
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
	f.Rows = append(f.Rows, waterfallTotal(start, x, ""))
	at = start.Amount
	for _, s := range steps {
		row := WaterfallRow{Name: s.Name, Notes: s.Notes, Text: s.Text, Href: s.Href, From: percentAttr(x.at(at))}
		class := "up"
		if s.Amount < 0 {
			class = "dn"
		}
		if s.Amount != 0 {
			row.Bars = []WaterfallBar{barBetween(class, x.at(at), x.at(at+s.Amount))}
		}
		at += s.Amount
		f.Rows = append(f.Rows, row)
	}
	f.Rows = append(f.Rows, waterfallTotal(end, x, percentAttr(x.at(at))))
	return f
}

func waterfallTotal(s WaterfallStep, x scale, from string) WaterfallRow {
	row := WaterfallRow{Name: s.Name, Notes: s.Notes, Text: s.Text, Href: s.Href, Total: true, From: from}
	if s.Amount != 0 {
		row.Bars = []WaterfallBar{barBetween("tot", x.at(0), x.at(s.Amount))}
	}
	return row
}

func barBetween(class string, a, b float64) WaterfallBar {
	return WaterfallBar{class, percentAttr(math.Min(a, b)), percentAttr(math.Abs(b - a))}
}

// percentAttr writes a coordinate in per cent of the picture's width, with two decimals, since a per cent may be ten pixels.
func percentAttr(percent float64) string {
	return strconv.FormatFloat(math.Round(percent*100)/100, 'f', -1, 64) + "%"
}

// Stacked puts bars one after the other, scaled so that top fills the width. It leaves out amounts of nothing, and is nil if top is not
// positive.
func Stacked(top float64, amounts []float64, classes []string) []WaterfallBar {
	if top <= 0 {
		return nil
	}
	var bars []WaterfallBar
	at := 0.0
	for i, a := range amounts {
		if a > 0 {
			bars = append(bars, WaterfallBar{classes[i], percentAttr(at / top * 100), percentAttr(a / top * 100)})
			at += a
		}
	}
	return bars
}

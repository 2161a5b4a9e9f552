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
	Cut  bool // the bars of the totals are cut short, so that the changes can be seen; it has to be said
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

// Where a picture is drawn, in per cent of its width. At both sides there is room for a bar that would be too small to be seen.
const (
	barsFrom, barsTo = 1.0, 99.0
	smallestBar      = 0.8
	stubTo, cutTo    = 9.0, 11.0 // a total that is cut short goes to the one, and on from the other
	cutBarsFrom      = 20.0      // the lowest point of a picture whose totals are cut short
)

// cutAbove is the part of the highest point that the lowest has to be above for the totals to be cut short: less than half of the picture
// would be left for what happens.
const cutAbove = 0.5

// NewWaterfall lays out the bars between two totals. Amounts may be in any unit; after the steps the end must have been reached. Where
// everything happens far above nothing the totals are cut short, and the changes get the room.
func NewWaterfall(head, unit string, start WaterfallStep, steps []WaterfallStep, end WaterfallStep) Waterfall {
	f := Waterfall{Head: head, Unit: unit}
	low, high := math.Min(start.Amount, end.Amount), math.Max(start.Amount, end.Amount)
	at := start.Amount
	for _, s := range steps {
		at += s.Amount
		low, high = math.Min(low, at), math.Max(high, at)
	}
	x := scale{math.Min(0, low), math.Max(0, high), barsFrom, barsTo}
	if f.Cut = low > cutAbove*high && high > low; f.Cut {
		x = scale{low, high, cutBarsFrom, barsTo}
	}
	if x.low == x.high {
		x.high = x.low + 1
	}
	f.Rows = append(f.Rows, f.total(start, x, ""))
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
	f.Rows = append(f.Rows, f.total(end, x, percentAttr(x.at(at))))
	return f
}

func (f *Waterfall) total(s WaterfallStep, x scale, from string) WaterfallRow {
	row := WaterfallRow{Name: s.Name, Notes: s.Notes, Text: s.Text, Href: s.Href, Total: true, From: from}
	switch {
	case s.Amount == 0:
	case f.Cut:
		row.Bars = []WaterfallBar{barBetween("tot", barsFrom, stubTo), barBetween("tot", cutTo, x.at(s.Amount))}
	default:
		row.Bars = []WaterfallBar{barBetween("tot", x.at(0), x.at(s.Amount))}
	}
	return row
}

// barBetween is a bar from a to b, and a little further where it would be too small to be seen.
func barBetween(class string, a, b float64) WaterfallBar {
	if math.Abs(b-a) < smallestBar {
		b = a + math.Copysign(smallestBar, b-a)
	}
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

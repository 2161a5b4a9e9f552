package chart

import (
	"math"
	"strconv"
	"strings"
)

// Chart is a figure on a page: one picture for each width that it may be shown at, a legend of words with small copies of the shapes, and
// the same numbers as a table, unless a table near by on the page has them.
type Chart struct {
	Pictures []Picture
	Key      []LegendEntry
	Twin     *DataTable
	TwinHref string // where on the page the same numbers are, if not in Twin
}

// Picture is a chart drawn at one width, in units that are about as large as a pixel. Class says where it is shown: wide, mid, narrow.
type Picture struct {
	ID            string // begins the ids of title and description, so it is unique on the page
	Class         string
	Width, Height int
	Title, Desc   string
	Linked        bool
	Marks         []Shape
}

// Shape is one thing that is drawn: a path (D is set), a dot (R is set), a text, or a link around other shapes. Colour and size come from its class.
type Shape struct {
	Class string
	D     string // of a path
	X, Y  string // of a dot or a text
	R     string // of a dot
	Text  string
	Href  string
	Name  string  // of a link, for who cannot see it
	Marks []Shape // in a link

	box box // where a text or a shape lies; the placing of labels and tests use it
}

// Label is what a link is called: its name, and the words that can be seen in it, so that people who control the computer by voice can
// say those.
func (m Shape) Label() string {
	seen := make([]string, 0, len(m.Marks))
	for i := range m.Marks {
		if m.Marks[i].Text != "" {
			seen = append(seen, m.Marks[i].Text)
		}
	}
	if len(seen) == 0 {
		return m.Name
	}
	return m.Name + ": " + strings.Join(seen, " ")
}

// LegendEntry explains shapes in words beside a copy of them, 22 by 16 units.
type LegendEntry struct {
	Marks []Shape
	Text  string
}

// DataTable has the numbers of a chart, for those who read numbers better or cannot see the picture.
type DataTable struct {
	Head []string // the first is over the names of the rows
	Rows []DataRow
}

// DataRow is one row of such a table.
type DataRow struct {
	Name  string
	Cells []string
}

// coord writes a coordinate with a tenth of a unit, which is finer than a screen.
func coord(x float64) string { return strconv.FormatFloat(math.Round(x*10)/10, 'f', -1, 64) }

// pathBuilder builds the data of a path.
type pathBuilder struct{ strings.Builder }

func (p *pathBuilder) to(command string, numbers ...float64) *pathBuilder {
	p.WriteString(command)
	for i, n := range numbers {
		text := coord(n)
		if i > 0 && !strings.HasPrefix(text, "-") {
			p.WriteByte(' ')
		}
		p.WriteString(text)
	}
	return p
}

// Rect is a rectangle with its upper left corner at x, y.
func Rect(class string, x, y, w, h float64) Shape {
	var p pathBuilder
	p.to("M", x, y).to("h", w).to("v", h).to("h", -w).WriteString("z")
	return Shape{Class: class, D: p.String(), box: box{x, y, x + w, y + h}}
}

func line(class string, x1, y1, x2, y2 float64) Shape {
	var p pathBuilder
	p.to("M", x1, y1)
	switch {
	case x1 == x2:
		p.to("V", y2)
	case y1 == y2:
		p.to("H", x2)
	default:
		p.to("L", x2, y2)
	}
	return Shape{Class: class, D: p.String(), box: box{min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)}}
}

func path(class string, p *pathBuilder) Shape { return Shape{Class: class, D: p.String()} }

func dot(class string, x, y, r float64) Shape {
	return Shape{Class: class, X: coord(x), Y: coord(y), R: coord(r), box: box{x - r, y - r, x + r, y + r}}
}

// marker is a milestone marker around x, on the baseline at y, with the radius r and the height h.
func marker(class string, x, y, r, h float64) Shape {
	var p pathBuilder
	p.to("M", x-r, y).to("v", r-h).to("a", r, r, 0, 0, 1, 2*r, 0).to("v", h-r).WriteString("z")
	return Shape{Class: class, D: p.String(), box: box{x - r, y - h, x + r, y}}
}

// drawText is a text with its baseline at y. Class m centres it at x, e ends it there, s makes it small.
func drawText(class string, x, y float64, text string) Shape {
	m := Shape{Class: class, X: coord(x), Y: coord(y), Text: text}
	m.box = textBox(class, x, y, text)
	return m
}

func linked(href, name string, marks ...Shape) Shape {
	return Shape{Href: href, Name: name, Marks: marks}
}

// Role is the ARIA role: group where there are links to be reached in the picture, so that screen readers find them; it is img otherwise.
func (p Picture) Role() string {
	if p.Linked {
		return "group"
	}
	return "img"
}

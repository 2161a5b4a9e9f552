package handlers

import (
	"math"
	"strconv"
	"strings"
)

// Chart is a figure on a page: one picture for each width that it may be shown at, a line of words with small copies of the marks, and
// the same numbers as a table, unless a table near by is its twin.
type Chart struct {
	Pictures []Picture
	Key      []KeyEntry
	Twin     *ChartTable
	TwinHref string // where on the page the same numbers stand, if not in Twin
}

// Picture is a chart drawn at one width, in units that are about as large as a pixel. Class says where it is shown: wide, mid, narrow.
type Picture struct {
	ID            string // begins the ids of title and description, so it is unique on the page
	Class         string
	Width, Height int
	Title, Desc   string
	Linked        bool
	Marks         []Mark
}

// Mark is one thing that is drawn: a path, a dot (R is set), a text, or a link around other marks. Colour and size come from its class.
type Mark struct {
	Class string
	D     string // of a path
	X, Y  string // of a dot or a text
	R     string // of a dot
	Text  string
	Href  string
	Name  string // of a link, for who cannot see it
	Marks []Mark // in a link

	box box // where a text or a shape lies; the placing of labels and tests look at it
}

// Label is what a link is called: its name, and the words that can be seen in it, so that who speaks to the computer can say those.
func (m Mark) Label() string {
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

// KeyEntry explains a mark in words beside a copy of it, 22 by 16 units.
type KeyEntry struct {
	Marks []Mark
	Text  string
}

// ChartTable is the twin of a chart for who reads numbers better, or cannot see.
type ChartTable struct {
	Head []string // the first is over the names of the rows
	Rows []ChartRow
}

// ChartRow is one row of a twin.
type ChartRow struct {
	Name  string
	Cells []string
}

// coord writes a coordinate with a tenth of a unit, which is finer than a screen.
func coord(x float64) string { return strconv.FormatFloat(math.Round(x*10)/10, 'f', -1, 64) }

// pen writes the data of a path.
type pen struct{ strings.Builder }

func (p *pen) to(command string, numbers ...float64) *pen {
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

func rect(class string, x, y, w, h float64) Mark {
	var p pen
	p.to("M", x, y).to("h", w).to("v", h).to("h", -w).WriteString("z")
	return Mark{Class: class, D: p.String(), box: box{x, y, x + w, y + h}}
}

func line(class string, x1, y1, x2, y2 float64) Mark {
	var p pen
	p.to("M", x1, y1)
	switch {
	case x1 == x2:
		p.to("V", y2)
	case y1 == y2:
		p.to("H", x2)
	default:
		p.to("L", x2, y2)
	}
	return Mark{Class: class, D: p.String(), box: box{min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)}}
}

func path(class string, p *pen) Mark { return Mark{Class: class, D: p.String()} }

func dot(class string, x, y, r float64) Mark {
	return Mark{Class: class, X: coord(x), Y: coord(y), R: coord(r), box: box{x - r, y - r, x + r, y + r}}
}

// post is a milestone plate that stands on the ground at y.
func post(class string, x, y, r, h float64) Mark {
	var p pen
	p.to("M", x-r, y).to("v", r-h).to("a", r, r, 0, 0, 1, 2*r, 0).to("v", h-r).WriteString("z")
	return Mark{Class: class, D: p.String(), box: box{x - r, y - h, x + r, y}}
}

// words is a text with its foot at y. Class m centres it at x, e ends it there, s makes it small.
func words(class string, x, y float64, text string) Mark {
	m := Mark{Class: class, X: coord(x), Y: coord(y), Text: text}
	m.box = textBox(class, x, y, text)
	return m
}

func linked(href, name string, marks ...Mark) Mark { return Mark{Href: href, Name: name, Marks: marks} }

// Role is group where there are links to be reached in the picture, so that they are not hidden from who listens.
func (p Picture) Role() string {
	if p.Linked {
		return "group"
	}
	return "img"
}

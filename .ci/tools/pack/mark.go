package main

import (
	"encoding/xml"
	"errors"
	"fmt"
	"image"
	"image/color"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// mark is the program's picture: coloured shapes in a square. It is read from the same SVG that the pages show, of which it understands
// what is in it: a rectangle, and paths of straight lines and circular arcs that are filled by the even-odd rule.
type mark struct {
	x, y, size float64
	shapes     []shape
}

type shape struct {
	colour   color.RGBA
	outlines [][]point
}

type point struct{ x, y float64 }

func readMark(svg []byte) (*mark, error) {
	var doc struct {
		ViewBox string `xml:"viewBox,attr"`
		Shapes  []struct {
			XMLName xml.Name
			Fill    string  `xml:"fill,attr"`
			X       float64 `xml:"x,attr"`
			Y       float64 `xml:"y,attr"`
			Width   float64 `xml:"width,attr"`
			Height  float64 `xml:"height,attr"`
			D       string  `xml:"d,attr"`
		} `xml:",any"`
	}
	if err := xml.Unmarshal(svg, &doc); err != nil {
		return nil, fmt.Errorf("read the mark: %w", err)
	}
	m := &mark{}
	var height float64
	if _, err := fmt.Sscan(doc.ViewBox, &m.x, &m.y, &m.size, &height); err != nil || m.size != height {
		return nil, fmt.Errorf("the mark's view box is %q, not a square", doc.ViewBox)
	}
	for _, s := range doc.Shapes {
		var r, g, b uint8
		if _, err := fmt.Sscanf(s.Fill, "#%02x%02x%02x", &r, &g, &b); err != nil {
			return nil, fmt.Errorf("the mark has the fill %q, not #rrggbb", s.Fill)
		}
		drawn := shape{colour: color.RGBA{r, g, b, 255}}
		switch s.XMLName.Local {
		case "rect":
			drawn.outlines = [][]point{{{s.X, s.Y}, {s.X + s.Width, s.Y}, {s.X + s.Width, s.Y + s.Height}, {s.X, s.Y + s.Height}}}
		case "path":
			var err error
			if drawn.outlines, err = outlines(s.D); err != nil {
				return nil, err
			}
		default:
			return nil, fmt.Errorf("the mark has a %s, which cannot be drawn", s.XMLName.Local)
		}
		m.shapes = append(m.shapes, drawn)
	}
	return m, nil
}

var (
	pathToken = regexp.MustCompile(`[A-Za-z]|-?(?:\d+\.\d*|\.\d+|\d+)`)
	arguments = map[string]int{"m": 2, "l": 2, "h": 1, "v": 1, "a": 7, "z": 0}
)

// outlines follows a path.
func outlines(d string) (all [][]point, err error) {
	var at point
	command := ""
	tokens := pathToken.FindAllString(d, -1)
	for len(tokens) > 0 {
		if first := tokens[0]; strings.ToLower(first) != strings.ToUpper(first) {
			command, tokens = first, tokens[1:]
		} else if command == "M" || command == "m" { // more points after a move are lines
			command = map[string]string{"M": "L", "m": "l"}[command]
		}
		n, known := arguments[strings.ToLower(command)]
		if !known || len(tokens) < n {
			return nil, fmt.Errorf("the mark's path cannot be followed at %q %v", command, tokens)
		}
		v := make([]float64, n)
		for i := range v {
			if v[i], err = strconv.ParseFloat(tokens[i], 64); err != nil {
				return nil, fmt.Errorf("the mark's path has %q for a number", tokens[i])
			}
		}
		tokens = tokens[n:]
		if strings.ToLower(command) == "z" {
			at = all[len(all)-1][0]
			continue
		}
		to, err := target(command, v, at)
		if err != nil {
			return nil, err
		}
		if strings.ToLower(command) == "m" {
			all = append(all, nil)
		}
		if len(all) == 0 {
			return nil, errors.New("the mark's path does not begin with a move")
		}
		line := &all[len(all)-1]
		if strings.ToLower(command) == "a" {
			*line = append(*line, arc(at, to, v[0], v[3] != 0, v[4] != 0)...)
		}
		*line = append(*line, to)
		at = to
	}
	return all, nil
}

// target is where a command leads.
func target(command string, v []float64, at point) (point, error) {
	from := at
	if command == strings.ToUpper(command) {
		from = point{}
	}
	switch strings.ToLower(command) {
	case "h":
		return point{from.x + v[0], at.y}, nil
	case "v":
		return point{at.x, from.y + v[0]}, nil
	case "a":
		if v[0] != v[1] {
			return at, errors.New("the mark's path has an arc that is not of a circle")
		}
		v = v[5:]
	}
	return point{from.x + v[0], from.y + v[1]}, nil
}

// arc gives points between two points on a circle.
func arc(from, to point, radius float64, large, clockwise bool) (between []point) {
	dx, dy := to.x-from.x, to.y-from.y
	half := math.Hypot(dx, dy) / 2
	radius = max(radius, half)
	off := math.Sqrt(radius*radius - half*half)
	if large == clockwise {
		off = -off
	}
	centre := point{from.x + dx/2 - dy/(2*half)*off, from.y + dy/2 + dx/(2*half)*off}
	begin := math.Atan2(from.y-centre.y, from.x-centre.x)
	sweep := math.Atan2(to.y-centre.y, to.x-centre.x) - begin
	switch {
	case clockwise && sweep < 0:
		sweep += 2 * math.Pi
	case !clockwise && sweep > 0:
		sweep -= 2 * math.Pi
	}
	const steps = 256
	for i := 1; i < steps; i++ {
		angle := begin + sweep*float64(i)/steps
		between = append(between, point{centre.x + radius*math.Cos(angle), centre.y + radius*math.Sin(angle)})
	}
	return between
}

// draw makes a picture of so many pixels a side.
func (m *mark) draw(side int) *image.NRGBA {
	scale := float64(side) / m.size
	picture := image.NewNRGBA(image.Rect(0, 0, side, side))
	for _, s := range m.shapes {
		covered := coverage(s.outlines, side, func(p point) point { return point{(p.x - m.x) * scale, (p.y - m.y) * scale} })
		for i, c := range covered {
			over(picture.Pix[4*i:4*i+4], s.colour, min(max(c, 0), 1))
		}
	}
	return picture
}

// over lays a colour over a pixel.
func over(pixel []uint8, c color.RGBA, share float64) {
	under := float64(pixel[3]) / 255
	alpha := share + under*(1-share)
	if alpha == 0 {
		return
	}
	for i, v := range []uint8{c.R, c.G, c.B} {
		pixel[i] = uint8(math.Round((float64(v)*share + float64(pixel[i])*under*(1-share)) / alpha))
	}
	pixel[3] = uint8(math.Round(alpha * 255))
}

// coverage is the share of each pixel that lies inside by the even-odd rule: exact from left to right, in 16 lines from top to bottom.
func coverage(outlines [][]point, side int, place func(point) point) []float64 {
	const lines = 16
	covered := make([]float64, side*side)
	for row := range side * lines {
		y := (float64(row) + 0.5) / lines
		var crossings []float64
		for _, outline := range outlines {
			for i := range outline {
				a, b := place(outline[i]), place(outline[(i+1)%len(outline)])
				if (a.y <= y) != (b.y <= y) {
					crossings = append(crossings, a.x+(y-a.y)/(b.y-a.y)*(b.x-a.x))
				}
			}
		}
		slices.Sort(crossings)
		for i := 0; i+1 < len(crossings); i += 2 {
			from, to := max(crossings[i], 0), min(crossings[i+1], float64(side))
			for x := int(from); x < side && float64(x) < to; x++ {
				covered[row/lines*side+x] += (min(to, float64(x+1)) - max(from, float64(x))) / lines
			}
		}
	}
	return covered
}

// tile makes the mark look as icons do on a Mac: with round corners and room around it.
func (m *mark) tile(side int) *image.NRGBA {
	inner := int(math.Round(float64(side)*0.8046875/2)) * 2 // 824 of 1024
	picture, room := m.draw(inner), (side-inner)/2
	radius := float64(inner) * 0.225
	edge := float64(inner)
	corners := append([]point{{radius, 0}, {edge - radius, 0}}, arc(point{edge - radius, 0}, point{edge, radius}, radius, false, true)...)
	corners = append(corners, point{edge, radius}, point{edge, edge - radius})
	corners = append(corners, arc(point{edge, edge - radius}, point{edge - radius, edge}, radius, false, true)...)
	corners = append(corners, point{edge - radius, edge}, point{radius, edge})
	corners = append(corners, arc(point{radius, edge}, point{0, edge - radius}, radius, false, true)...)
	corners = append(corners, point{0, edge - radius}, point{0, radius})
	corners = append(corners, arc(point{0, radius}, point{radius, 0}, radius, false, true)...)
	covered := coverage([][]point{corners}, inner, func(p point) point { return p })
	out := image.NewNRGBA(image.Rect(0, 0, side, side))
	for y := range inner {
		for x := range inner {
			c := picture.NRGBAAt(x, y)
			c.A = uint8(math.Round(float64(c.A) * min(covered[y*inner+x], 1)))
			out.SetNRGBA(x+room, y+room, c)
		}
	}
	return out
}

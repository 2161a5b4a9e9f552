package chart

import "strings"

// box is where something lies in a picture.
type box struct{ left, top, right, bottom float64 }

func (b box) overlaps(c box) bool {
	return b.left < c.right && c.left < b.right && b.top < c.bottom && c.top < b.bottom
}

func (b box) within(c box) bool {
	return b.left >= c.left && b.right <= c.right && b.top >= c.top && b.bottom <= c.bottom
}

func (b box) grow(by float64) box {
	return box{b.left - by, b.top - by, b.right + by, b.bottom + by}
}

// Sizes of text in pictures, as the stylesheet has them.
const (
	textSize  = 13.0
	smallSize = 12.0
)

func hasClass(classes, class string) bool {
	for c := range strings.FieldsSeq(classes) {
		if c == class {
			return true
		}
	}
	return false
}

func sizeOf(class string) float64 {
	if hasClass(class, "s") {
		return smallSize
	}
	return textSize
}

// Widths of characters in ems, for the widest of the fonts that a system may bring along: a label that is thought too wide is left out
// or moved, one that is thought too narrow lies on its neighbour.
const (
	thinEm  = 0.34
	plainEm = 0.64
	capEm   = 0.76
	wideEm  = 0.98
)

// boldWider is how much wider a text is in bold.
const boldWider = 1.1

// textWidth is about how wide a text is at a font size.
func textWidth(text string, size float64) float64 {
	ems := 0.0
	for _, r := range text {
		switch {
		case strings.ContainsRune("iljtfI.,:;'|!·() \u00a0", r):
			ems += thinEm
		case strings.ContainsRune("mwMW%", r):
			ems += wideEm
		case r >= 'A' && r <= 'Z' || strings.ContainsRune("ÅÄÖ−+–", r):
			ems += capEm
		default:
			ems += plainEm
		}
	}
	return ems * size
}

func textBox(class string, x, y float64, text string) box {
	size := sizeOf(class)
	w := textWidth(text, size)
	if hasClass(class, "tb") {
		w *= boldWider
	}
	switch {
	case hasClass(class, "m"):
		x -= w / 2
	case hasClass(class, "e"):
		x -= w
	}
	return box{x, y - 0.78*size, x + w, y + 0.24*size}
}

// labelPlacer finds room for labels beside shapes: over, under, right, left, and nowhere if there is none. What has no room is left to the
// table beside the picture.
type labelPlacer struct {
	within box
	taken  []box
}

func (p *labelPlacer) take(marks ...Shape) {
	for _, m := range marks {
		p.taken = append(p.taken, m.box)
		p.take(m.Marks...)
	}
}

func (p *labelPlacer) free(b box) bool {
	if !b.within(p.within) {
		return false
	}
	for _, t := range p.taken {
		if b.overlaps(t) {
			return false
		}
	}
	return true
}

// label places a text near a mark, or answers false.
func (p *labelPlacer) label(class, text string, near box) (Shape, bool) {
	size := sizeOf(class)
	middle := (near.left + near.right) / 2
	level := (near.top+near.bottom)/2 + 0.35*size
	for _, try := range []Shape{
		drawText(class+" m", middle, near.top-0.45*size, text),
		drawText(class+" m", middle, near.bottom+1.05*size, text),
		drawText(class, near.right+0.4*size, level, text),
		drawText(class+" e", near.left-0.4*size, level, text),
	} {
		if p.free(try.box) {
			p.take(try)
			return try, true
		}
	}
	return Shape{}, false
}

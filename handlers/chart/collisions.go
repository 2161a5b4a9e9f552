package chart

import (
	"fmt"
)

// Collisions describes the texts of a picture that overlap another text or lie outside the picture. It is for tests.
func Collisions(p Picture) []string {
	var texts []Shape
	var collect func([]Shape)
	collect = func(marks []Shape) {
		for _, m := range marks {
			if m.Text != "" {
				texts = append(texts, m)
			}
			collect(m.Marks)
		}
	}
	collect(p.Marks)
	whole := box{-8, -2, float64(p.Width) + 8, float64(p.Height) + 4}
	var found []string
	for i, a := range texts {
		if !a.box.within(whole) {
			found = append(found, fmt.Sprintf("%q lies outside %s", a.Text, p.Class))
		}
		for _, b := range texts[:i] {
			if a.box.overlaps(b.box) {
				found = append(found, fmt.Sprintf("%q lies on %q in %s", a.Text, b.Text, p.Class))
			}
		}
	}
	return found
}

// Ticks are the round numbers on an axis that goes to top. It is for tests.
func Ticks(top float64) []float64 { return ticks(top) }

package handlers

import "fmt"

// DrawOutcome draws the chart of forecast against actual.
func DrawOutcome(t *Text, marks []PeriodMark) Chart {
	return t.outcomeChart("c", "title", "desc", "SEK", marks)
}

// DrawOutlook draws the chart of what came and what is forecast.
func DrawOutlook(t *Text, marks []PeriodMark) Chart {
	return t.outlookChart("c", "title", "desc", "SEK", marks)
}

// DrawStairs draws the staircase of value added.
func DrawStairs(t *Text, steps []Stair) Chart {
	return t.stairsChart("s", "title", "desc", "steps", steps)
}

// DrawFall lays out a fall that begins with a total and goes through steps.
func DrawFall(start float64, steps []float64) Fall {
	var list []FallStep
	end := start
	for _, s := range steps {
		list = append(list, FallStep{Amount: s})
		end += s
	}
	return fall("head", "unit", FallStep{Amount: start}, list, FallStep{Amount: end})
}

// Ticks are the round numbers on an axis that goes to top.
func Ticks(top float64) []float64 { return ticks(top) }

// AddUp rounds kronor in öre to whole kronor that add up to a total.
func AddUp(t *Text, exact []float64, total float64) []float64 {
	return t.ledger("SEK").addUp(exact, total)
}

// Collisions are the texts of a picture that lie on another text, or outside the picture.
func Collisions(p Picture) []string {
	var texts []Mark
	var collect func([]Mark)
	collect = func(marks []Mark) {
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
			if a.box.meets(b.box) {
				found = append(found, fmt.Sprintf("%q lies on %q in %s", a.Text, b.Text, p.Class))
			}
		}
	}
	return found
}

package chart_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"milstolpe/handlers/chart"
	"milstolpe/handlers/handlerstest"
	"milstolpe/handlers/i18n"
	"milstolpe/process/stats"
)

var stairNames = []string{"naive", "milestones", "crm", "seller", "manager", "director"}

// anyStairs draws a staircase as a report may have it: up to six steps with their real names.
func anyStairs(t *rapid.T, text *i18n.Text) []chart.Step {
	steps := make([]chart.Step, rapid.IntRange(1, len(stairNames)).Draw(t, "steps"))
	for i := range steps {
		s := &steps[i]
		s.Name, s.First = text.T("value.step."+stairNames[i]), i == 0
		if s.Known = rapid.IntRange(0, 5).Draw(t, "known") > 0; s.Known {
			s.Miss = rapid.Float64Range(0, 12).Draw(t, "miss")
		}
		s.Effect = rapid.SampledFrom([]stats.Value{stats.Adds, stats.TakesAway, stats.CannotTellValue}).Draw(t, "verdict")
		if i > 0 {
			s.Gain = fmt.Sprintf("%+d", rapid.IntRange(-1200, 1200).Draw(t, "gain"))
		}
	}
	return steps
}

func TestLabelsOfTheStaircaseNeverCollide(t *testing.T) {
	texts := map[i18n.Lang]*i18n.Text{i18n.Swedish: inLanguage(t, i18n.Swedish), i18n.English: inLanguage(t, i18n.English)}
	rapid.Check(t, func(t *rapid.T) {
		text := texts[rapid.SampledFrom(i18n.Langs).Draw(t, "language")]
		for _, p := range DrawStairs(text, anyStairs(t, text)).Pictures {
			for _, c := range handlerstest.Collisions(p) {
				t.Error(c)
			}
		}
	})
}

// Whether a step comes closer can be seen without colours: a cap, a dashed edge, a hollow bar. The key explains those that are there.
func TestVerdictsOnTheStaircaseDifferInShape(t *testing.T) {
	text := inLanguage(t, i18n.English)
	shapes := map[stats.Value]string{}
	for _, verdict := range []stats.Value{stats.Adds, stats.TakesAway, stats.CannotTellValue} {
		c := DrawStairs(text, []chart.Step{{Name: "a", Known: true, Miss: .4, First: true}, {Name: "b", Known: true, Miss: .3, Effect: verdict, Gain: "+10"}})
		if len(c.Key) != 1 || c.Key[0].Text == "" {
			t.Fatalf("%v has %d entries in its key", verdict, len(c.Key))
		}
		var classes []string
		for _, m := range c.Key[0].Marks {
			classes = append(classes, m.Class)
		}
		shapes[verdict] = strings.Join(classes, "+")
		for _, p := range c.Pictures {
			for _, class := range classes {
				if !slices.ContainsFunc(p.Marks, func(m chart.Shape) bool { return m.Class == class }) {
					t.Errorf("%v: no %s in the picture %s", verdict, class, p.Class)
				}
			}
		}
	}
	if shapes[stats.Adds] == shapes[stats.TakesAway] || shapes[stats.Adds] == shapes[stats.CannotTellValue] || shapes[stats.TakesAway] == shapes[stats.CannotTellValue] {
		t.Errorf("two verdicts look the same: %v", shapes)
	}
}

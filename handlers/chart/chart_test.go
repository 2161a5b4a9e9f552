package chart_test

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"milstolpe/handlers/chart"
	"milstolpe/handlers/handlerstest"
	"milstolpe/handlers/i18n"
	"milstolpe/process/forecast"
)

func inLanguage(t testing.TB, l i18n.Lang) *i18n.Text {
	t.Helper()
	text, err := i18n.TextIn(l)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// anyPeriods draws a row of quarters or weeks as a report may have them.
func anyPeriods(t *rapid.T, forecasts bool) []chart.Period {
	n := rapid.IntRange(1, 16).Draw(t, "periods")
	weeks := rapid.Bool().Draw(t, "weeks")
	size := math.Pow10(rapid.IntRange(0, 10).Draw(t, "size"))
	amount := rapid.Float64Range(0, size)
	chosen := rapid.IntRange(0, n-1).Draw(t, "chosen")
	marks := make([]chart.Period, n)
	for i := range marks {
		m := &marks[i]
		m.Label, m.Name, m.Href = fmt.Sprintf("Q%d", i%4+1), fmt.Sprintf("Q%d %d", i%4+1, 2024+i/4), "/x"
		if i%4 == 0 {
			m.Year = strconv.Itoa(2024 + i/4)
		}
		if weeks {
			m.Label, m.Name = fmt.Sprintf("v. %d", 37+i), fmt.Sprintf("v. %d 2026", 37+i)
		}
		m.Chosen = i == chosen
		m.Actual, m.Running = amount.Draw(t, "came"), i == n-1
		if m.HasForecast = rapid.Bool().Draw(t, "said?"); m.HasForecast {
			m.Forecast, m.Source = amount.Draw(t, "said"), rapid.SampledFrom([]forecast.Source{forecast.Noted, forecast.Rebuilt, forecast.Imported}).Draw(t, "source")
			m.HasRange, m.Low, m.High = true, m.Forecast/2, m.Forecast*3/2
		}
		if forecasts && i >= n-3 {
			m.InParts, m.Won, m.Open, m.New = true, amount.Draw(t, "won"), amount.Draw(t, "open"), amount.Draw(t, "new")
		}
	}
	return marks
}

func TestLabelsOfChartsOverTimeNeverCollide(t *testing.T) {
	texts := map[i18n.Lang]*i18n.Text{i18n.Swedish: inLanguage(t, i18n.Swedish), i18n.English: inLanguage(t, i18n.English)}
	rapid.Check(t, func(t *rapid.T) {
		text := texts[rapid.SampledFrom(i18n.Langs).Draw(t, "language")]
		marks := anyPeriods(t, false)
		pictures := DrawOutcome(text, marks).Pictures
		pictures = append(pictures, DrawOutlook(text, anyPeriods(t, true)).Pictures...)
		for _, p := range pictures {
			for _, c := range handlerstest.Collisions(p) {
				t.Error(c)
			}
		}
	})
}

func TestAChartIsDrawnAtEachWidth(t *testing.T) {
	widths := map[string]int{"wide": 944, "mid": 700, "narrow": 328}
	c := DrawOutcome(inLanguage(t, i18n.Swedish), []chart.Period{{Label: "Q1", Name: "Q1 2026", Href: "/x", Actual: 1e6}})
	for _, p := range c.Pictures {
		if widths[p.Class] != p.Width {
			t.Errorf("%s is drawn %d wide, want %d", p.Class, p.Width, widths[p.Class])
		}
		delete(widths, p.Class)
		if p.Title == "" || p.Desc == "" {
			t.Errorf("%s has no title or no description", p.Class)
		}
	}
	if len(widths) > 0 {
		t.Errorf("not drawn: %v", widths)
	}
}

func TestAxesHaveAFewRoundLines(t *testing.T) {
	for top, want := range map[float64][]float64{
		4.2: {1, 2, 3, 4}, 0.6: {0.2, 0.4, 0.6}, 1: {0.25, 0.5, 0.75, 1}, 9000: {2000, 4000, 6000, 8000}, 5.5: {1, 2, 3, 4, 5}, 18: {5, 10, 15},
	} {
		got := handlerstest.Ticks(top)
		if len(got) != len(want) {
			t.Errorf("to %v the lines are %v, want %v", top, got, want)
			continue
		}
		for i := range want {
			if math.Abs(got[i]-want[i]) > 1e-9*top {
				t.Errorf("to %v the lines are %v, want %v", top, got, want)
				break
			}
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		top := rapid.Float64Range(1e-3, 1e12).Draw(t, "top")
		if n := len(handlerstest.Ticks(top)); n < 2 || n > 5 {
			t.Errorf("to %v there are %d lines", top, n)
		}
	})
}

// A bar is drawn from where the last one ended, and all of them lie inside the picture.
func TestAFallHasNoGaps(t *testing.T) {
	percent := func(t *rapid.T, text string) float64 {
		x, err := strconv.ParseFloat(strings.TrimSuffix(text, "%"), 64)
		if err != nil {
			t.Fatal(err)
		}
		return x
	}
	rapid.Check(t, func(t *rapid.T) {
		steps := rapid.SliceOf(rapid.Float64Range(-1e6, 1e6)).Draw(t, "steps")
		f := DrawFall(rapid.Float64Range(-1e6, 1e6).Draw(t, "start"), steps)
		for i, row := range f.Rows {
			for _, b := range row.Bars {
				x, w := percent(t, b.X), percent(t, b.Width)
				if x < -0.02 || x+w > 100.02 {
					t.Errorf("row %d goes from %v for %v %%", i, x, w)
				}
				if from := row.From; !row.Total && from != "" {
					if at := percent(t, from); math.Abs(at-x) > 0.02 && math.Abs(at-x-w) > 0.02 {
						t.Errorf("row %d begins at neither end of its bar: %v, bar %v + %v", i, at, x, w)
					}
				}
			}
		}
	})
}

// Where everything happens far above nothing the totals are cut short and the changes have the room: from 20 to 99 per cent. Elsewhere the
// picture begins at nothing, and the smallest bar is wide enough to be seen.
func TestSmallBarsOfAFallCanBeSeen(t *testing.T) {
	cut := DrawFall(1000, []float64{10, -5}) // 1000, 1010, 1005: ten is 79 per cent of the picture
	if !cut.Cut || len(cut.Rows[0].Bars) != 2 || cut.Rows[1].Bars[0].Width != "79%" || cut.Rows[2].Bars[0].Width != "39.5%" {
		t.Errorf("a change of one in a hundred is drawn as %+v", cut)
	}
	whole := DrawFall(1000, []float64{-1000, 1}) // one in a thousand, of 98 per cent
	if whole.Cut || len(whole.Rows[0].Bars) != 1 || whole.Rows[0].Bars[0].Width != "98%" || whole.Rows[2].Bars[0].Width != "0.8%" {
		t.Errorf("a fall to nothing is drawn as %+v", whole)
	}
	if same := DrawFall(1000, nil); same.Cut {
		t.Error("the totals are cut short although nothing changes")
	}
	rapid.Check(t, func(t *rapid.T) {
		f := DrawFall(rapid.Float64Range(0, 1e6).Draw(t, "start"), rapid.SliceOf(rapid.Float64Range(-1e5, 1e5)).Draw(t, "steps"))
		for i, row := range f.Rows {
			for _, b := range row.Bars {
				if w, err := strconv.ParseFloat(strings.TrimSuffix(b.Width, "%"), 64); err != nil || w < 0.79 {
					t.Errorf("the bar of row %d is %s wide", i, b.Width)
				}
			}
		}
	})
}

func TestRoundedAmountsAddUp(t *testing.T) {
	text := inLanguage(t, i18n.Swedish)
	// 0.40 + 0.40 + 0.20 kronor are 1 krona; it goes to one of those that are nearest to the next whole one.
	if got := AddUp(text, []float64{40, 40, 20}, 100); got[0] != 100 || got[1] != 0 || got[2] != 0 {
		t.Errorf("got %v öre, want 100 0 0", got)
	}
	rapid.Check(t, func(t *rapid.T) {
		exact := rapid.SliceOfN(rapid.Float64Range(-1e9, 1e9), 1, 50).Draw(t, "amounts")
		sum := 0.0
		for _, x := range exact {
			sum += x
		}
		total := math.Round(sum/100) * 100
		got := 0.0
		for i, x := range AddUp(text, exact, total) {
			got += x
			if math.Mod(x, 100) != 0 || math.Abs(x-exact[i]) > 100+1e-3 {
				t.Errorf("%v became %v", exact[i], x)
			}
		}
		if got != total {
			t.Errorf("the parts add up to %v, want %v", got, total)
		}
	})
}

package stats_test

import (
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"milstolpe/process/stats"
)

// near fails the test unless got is want to nine digits.
func near(t interface {
	Helper()
	Errorf(string, ...any)
}, what string, got, want float64,
) {
	t.Helper()
	if math.IsNaN(got) || math.Abs(got-want) > 1e-9*max(1, math.Abs(want)) {
		t.Errorf("%s = %.12g, want %.12g", what, got, want)
	}
}

// Three deals: open from day 0 and won on day 3 (remaining 3, 2, 1), open from
// day 0 and lost on day 2 (2, 1), open from day 0 and last looked at on day 4
// (4, 3, 2, 1).
//
//	r         1    2    3    4
//	won       1    1    1
//	lost      1    1
//	cut       1    1    1    1
//	at risk   9    6    3    1
func threeDeals() *stats.RiskSet {
	var d stats.RiskSet
	d.Count(0, 3, 3, stats.Won)
	d.Count(0, 2, 2, stats.Lost)
	d.Count(0, 4, 4, stats.Open)
	return &d
}

func TestCurveOfThreeDealsIsAsWorkedByHand(t *testing.T) {
	d := threeDeals()
	if diff := cmp.Diff(stats.Tally{Won: 3, Lost: 2, Censored: 4}, d.Tally()); diff != "" {
		t.Error(diff)
	}
	c := d.Curve(0.5)
	// r=1: won 1/9, lost 1/9, S = 7/9
	// r=2: won 1/9 + 7/9·1/6 = 13/54, lost the same, S = 7/9·4/6 = 14/27
	// r=3: won 13/54 + 14/27·1/3 = 67/162, lost 13/54 = 39/162, S = 14/27·2/3 = 28/81
	// r=4: nothing ends, so r* = 4
	near(t, "Won(1)", c.Won(1), 1./9)
	near(t, "Won(2)", c.Won(2), 13./54)
	near(t, "Won(3)", c.Won(3), 67./162)
	near(t, "Won(4)", c.Won(4), 67./162)
	near(t, "Lost(4)", c.Lost(4), 39./162)
	near(t, "Unresolved", c.Unresolved(), 28./81)
	if c.LastSeen() != 4 {
		t.Errorf("LastSeen = %d, want 4", c.LastSeen())
	}
	// p = 67/(67+39) is above the starting value of ½, so for the unresolved share S = 28/81 of the unresolved days ½ counts:
	// q = 67/162 + S·((1−S)·p + S·½)·(1 − 4/365)
	p, open := 67./106, 28./81
	q := 67./162 + open*((1-open)*p+open*0.5)*(361./365)
	near(t, "P", c.P(), p)
	near(t, "Q", c.Q(), q)
	// half = max(30, 4) = 30: after another 30 days half of the rest has come.
	near(t, "Won(34)", c.Won(34), 67./162+(q-67./162)/2)
	near(t, "Lost(64)", c.Lost(64), 39./162+(1-q-39./162)*3/4)
	near(t, "Won beyond the horizon", c.Won(9999), c.Won(stats.Horizon))
	near(t, "Won(0)", c.Won(0), 0)
	near(t, "Won(-5)", c.Won(-5), 0)
	// A starting value above p holds nothing back, and the pooled curve has none: q = 67/162 + S·p·(1 − 4/365).
	plain := 67./162 + open*p*(361./365)
	above, pooled := d.Curve(0.9), d.PooledCurve()
	near(t, "Q with a higher starting value", above.Q(), plain)
	near(t, "pooled Q", pooled.Q(), plain)
}

func TestUnresolvedDaysAreNotWonAfterAYearOfSilence(t *testing.T) {
	var d stats.RiskSet
	d.Count(0, 1, 1, stats.Won)
	d.Count(0, 400, 400, stats.Open)
	// at risk 401 on r = 1: won 1/401, S = 400/401. r* = 400 > 365, so q = Fwon.
	c := d.Curve(0.5)
	near(t, "Q", c.Q(), 1./401)
	// half = 400: 400 days later half of what is unresolved has been lost.
	near(t, "Lost(800)", c.Lost(800), (1-1./401)/2)
}

// Ten days of an open deal, with 10 … 1 days to the day on which it was last looked at: r* = 10, S = 1, p is the starting value, and
// q = 0.3·(1 − 10/365), of which half has come 30 days after r*.
func TestWhereNothingHasEndedTheStartingValueCounts(t *testing.T) {
	var d stats.RiskSet
	d.Count(10, 20, 20, stats.Open)
	c := d.Curve(0.3)
	q := 0.3 * 355. / 365
	near(t, "Q", c.Q(), q)
	near(t, "Won(10)", c.Won(10), 0)
	near(t, "Won(40)", c.Won(40), q/2)
	near(t, "Lost(40)", c.Lost(40), (1-q)/2)
}

func TestACurveWithoutAnyDayOrPooledEndIsUndefined(t *testing.T) {
	var d stats.RiskSet
	empty := d.Curve(0.3)
	d.Count(10, 20, 20, stats.Open)
	open := d.PooledCurve()
	var zero stats.Curve
	for _, c := range []stats.Curve{zero, empty, open} {
		if c.Defined() || c.Won(100) != 0 || c.Lost(100) != 0 || c.Q() != 0 {
			t.Errorf("%+v is not undefined", c)
		}
	}
}

func TestDaysBeyondTheHorizonCountAsTheHorizon(t *testing.T) {
	var d stats.RiskSet
	d.Count(0, 2000, 2000, stats.Lost) // 2000 … 1096 are 905 days, and 1095 itself
	d.Count(0, 10, 5000, stats.Won)    // all ten
	if got := d.By(stats.Lost)[stats.Horizon]; got != 906 {
		t.Errorf("lost at the horizon: %d, want 906", got)
	}
	if got := d.By(stats.Won)[stats.Horizon]; got != 10 {
		t.Errorf("won at the horizon: %d, want 10", got)
	}
}

// run is a stay for the properties below.
type run struct{ from, length, after, how int }

func drawRuns(t *rapid.T) []run {
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) run {
		return run{
			from:   rapid.IntRange(0, 400).Draw(t, "from"),
			length: rapid.IntRange(0, 1500).Draw(t, "length"),
			after:  rapid.IntRange(-3, 800).Draw(t, "after"),
			how:    rapid.IntRange(0, 2).Draw(t, "how"),
		}
	}), 0, 12).Draw(t, "runs")
}

func TestDifferencesGiveTheSameAsALoopOverDays(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		runs := drawRuns(t)
		var all, first, second stats.RiskSet
		var want [3][]int
		for how := range want {
			want[how] = make([]int, stats.Horizon+1)
		}
		for i, r := range runs {
			to := r.from + r.length
			end := to + r.after
			all.Count(r.from, to, end, stats.Event(r.how))
			[]*stats.RiskSet{&first, &second}[i%2].Count(r.from, to, end, stats.Event(r.how))
			for u := r.from; u < to && u < end; u++ {
				want[r.how][min(end-u, stats.Horizon)]++
			}
		}
		first.Add(&second)
		for how := range want {
			if diff := cmp.Diff(want[how], all.By(stats.Event(how))); diff != "" {
				t.Fatalf("ending %d: %s", how, diff)
			}
		}
		if first != all {
			t.Fatal("the sum of two counts is not the count of both")
		}
		tally := all.Tally()
		if got, want := tally.Won+tally.Lost+tally.Censored, sum(want[0])+sum(want[1])+sum(want[2]); got != want {
			t.Fatalf("tally of %d days, want %d", got, want)
		}
	})
}

func sum(counts []int) (n int) {
	for _, k := range counts {
		n += k
	}
	return n
}

// The estimate straight from its definition, with at_risk summed anew for each r.
func TestCurveFollowsItsDefinition(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var d stats.RiskSet
		for _, r := range drawRuns(t) {
			d.Count(r.from, r.from+r.length, r.from+r.length+r.after, stats.Event(r.how))
		}
		c := d.Curve(0.3)
		won, lost, cut := d.By(stats.Won), d.By(stats.Lost), d.By(stats.Open)
		fWon, fLost, s, last := 0., 0., 1., 0
		for r := 1; r <= stats.Horizon; r++ {
			atRisk := float64(sum(won[r:]) + sum(lost[r:]) + sum(cut[r:]))
			if atRisk == 0 {
				break
			}
			last = r
			fWon += s * float64(won[r]) / atRisk
			fLost += s * float64(lost[r]) / atRisk
			s *= 1 - float64(won[r]+lost[r])/atRisk
			if c.Defined() {
				near(t, "Won", c.Won(r), fWon)
				near(t, "Lost", c.Lost(r), fLost)
			}
		}
		if c.LastSeen() != last || c.Defined() != (last > 0) {
			t.Fatalf("LastSeen %d, want %d; Defined %v", c.LastSeen(), last, c.Defined())
		}
	})
}

func TestCurvesRiseAndNeverPassOneTogether(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var d stats.RiskSet
		for _, r := range drawRuns(t) {
			d.Count(r.from, r.from+r.length, r.from+r.length+r.after, stats.Event(r.how))
		}
		c := d.Curve(rapid.Float64Range(0.01, 0.99).Draw(t, "prior"))
		for h := 1; h <= stats.Horizon; h++ {
			if c.Won(h) < c.Won(h-1)-1e-12 || c.Lost(h) < c.Lost(h-1)-1e-12 {
				t.Fatalf("a curve falls at %d", h)
			}
			if sum := c.Won(h) + c.Lost(h); sum > 1+1e-9 {
				t.Fatalf("won and lost within %d days are %g together", h, sum)
			}
		}
		if c.Q() < 0 || c.Q() > 1+1e-12 || c.Q() < c.Won(stats.Horizon)-1e-9 {
			t.Fatalf("q = %g, Won(horizon) = %g", c.Q(), c.Won(stats.Horizon))
		}
	})
}

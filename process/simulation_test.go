package process_test

import (
	"flag"
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"milstolpe/process"
	"milstolpe/process/money"
)

// truth is how a simulated team's buyers behave: at each number of passed milestones a deal takes the next step with a fixed chance a day,
// and is lost with another. It has no memory, so whether a deal has stalled tells nothing, and the chance to win is a product.
type truth struct{ step, loss []float64 }

// chance is the true chance to win of a deal with so many milestones passed: the product of step/(step + loss) over what is left.
func (w truth) chance(passed int) float64 {
	p := 1.0
	for g := passed; g < len(w.step); g++ {
		p *= w.step[g] / (w.step[g] + w.loss[g])
	}
	return p
}

var usualBuyers = truth{step: []float64{1. / 20, 1. / 25, 1. / 25, 1. / 15}, loss: []float64{1. / 35, 1. / 50, 1. / 80, 1. / 120}}

// simulate lets a team sell for the given number of days: one deal opens a day with chance perDay.
func simulate(seed uint64, w truth, days int, perDay float64, seller func(*rand.Rand) (process.PersonID, float64)) *process.Model {
	r := rand.New(rand.NewPCG(seed, 1)) //nolint:gosec // a seeded simulation
	team, start, n := process.NewTeam(), process.MustDate("2021-01-04"), uint64(0)
	var events []process.Event
	add := func(f process.Fact) {
		n++
		events = append(events, process.Event{ID: process.NewEventID(n<<16, process.Writer{1}, nil), Fact: f})
	}
	add(&process.TeamFounded{Stamp: process.Stamp{Known: start}, Dataset: "simulated"})
	def := process.Definition{Name: "Simulated"}
	for g := range len(w.step) - 1 {
		def.Milestones = append(def.Milestones, process.Milestone{Key: process.MilestoneID(fmt.Sprintf("m%d", g)), Name: "m", Required: true})
	}
	add(&process.VersionPublished{Stamp: process.Stamp{Known: start}, Process: "p", Version: "v", Definition: def})
	for d := range days {
		if r.Float64() >= perDay {
			continue
		}
		who, skill := seller(r)
		value := money.New(int64(math.Exp(r.NormFloat64()*0.6+11.5))*100, "SEK")
		id, at := process.DealID(fmt.Sprintf("d%05d", d)), start.AddDays(d)
		add(&process.DealOpened{Stamp: process.Stamp{Known: at}, Deal: id, On: at, Process: "p", Version: "v", Seller: who, Value: &value})
		for g := 0; ; {
			at++
			if at >= start.AddDays(days) {
				break
			}
			step, loss := w.step[g]*skill, w.loss[g]
			u := r.Float64()
			if u < loss {
				add(&process.DealClosed{Stamp: process.Stamp{Known: at}, Deal: id, Outcome: process.Lost, On: at, Reason: "price"})
				break
			}
			if u >= loss+step {
				continue
			}
			if g++; g == len(w.step) {
				add(&process.DealClosed{Stamp: process.Stamp{Known: at}, Deal: id, Outcome: process.Won, On: at})
				break
			}
			add(&process.MilestoneReached{Stamp: process.Stamp{Known: at}, Deal: id, Milestone: process.MilestoneID(fmt.Sprintf("m%d", g-1)), On: at})
		}
	}
	team.Apply(events...)
	return process.NewModel(team, start.AddDays(days))
}

func anybody(*rand.Rand) (process.PersonID, float64) { return "anna", 1 }

// teams is how many teams each test simulates; raise it for a closer look: go test ./process -run Simulated -teams 400 -v.
var teams = flag.Uint64("teams", 25, "simulated teams for each test")

func TestChancesOfSimulatedTeamsAreRightOnAverage(t *testing.T) {
	said, truly, n := map[int]float64{}, map[int]float64{}, map[int]float64{}
	inside, all := 0.0, 0.0
	for seed := range *teams {
		m := simulate(seed, usualBuyers, 3*365, 0.4, anybody)
		for _, f := range m.Calibration("p", m.Today()).All() {
			g, want := f.Standing.Passed, usualBuyers.chance(f.Standing.Passed)
			if low, high := f.Interval(); low <= want && want <= high {
				inside++
			}
			all++
			if !f.Standing.Stalled {
				said[g] += f.Chance
				truly[g] += want
				n[g]++
			}
		}
	}
	for g := range usualBuyers.step {
		near(t, fmt.Sprintf("mean chance with %d passed", g), said[g]/n[g], truly[g]/n[g], 0.03)
	}
	// The interval of section 6 counts deals, and deals that linger weigh more in the chance than others: it holds the truth less often
	// than four times in five. Printed, so that a change shows.
	t.Logf("the 80 %% interval held the truth in %.0f %% of %.0f standings", 100*inside/all, all)
}

func TestRangesOfSimulatedTeamsHoldFourInFive(t *testing.T) {
	for _, k := range []process.PeriodKind{process.Month, process.Quarter} {
		held, n := 0.0, 0.0
		for seed := range *teams {
			r, err := simulate(seed, usualBuyers, 4*365, 0.4, anybody).Report(process.Query{Kind: k})
			if err != nil {
				t.Fatal(err)
			}
			for _, p := range r.Periods {
				if p.Complete && p.RangeShown {
					n++
					if p.Range.Holds(p.Actual, p.Forecast) {
						held++
					}
				}
			}
		}
		t.Logf("%s: %.1f %% of %.0f inside", k, 100*held/n, n)
		near(t, "share of "+k.String()+"s inside the range", held/n, 0.80, 0.05)
	}
}

func TestASellerWhoseMilestonesAreWorthLessIsNamedMoreOftenThanAFairOne(t *testing.T) {
	odd, fair, n := 0.0, 0.0, 0.0
	for seed := range *teams {
		m := simulate(seed, usualBuyers, 4*365, 0.4, func(r *rand.Rand) (process.PersonID, float64) {
			if r.IntN(4) == 0 {
				return "odd", 0.5
			}
			return process.PersonID([]string{"a", "b", "c"}[r.IntN(3)]), 1
		})
		sellers, err := m.Sellers(process.Query{Kind: process.Quarter})
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range sellers {
			switch {
			case s.Seller == "odd" && s.Evidence == process.LeansHigh:
				odd++
			case s.Seller != "odd" && s.Evidence == process.LeansHigh:
				fair++
			}
		}
		n++
	}
	t.Logf("named as leaning high: %.0f %% of the odd ones, %.0f %% of the fair ones", 100*odd/n, 100*fair/n/3)
	if odd/n < 0.3 || fair/n/3 > 0.10 {
		t.Errorf("odd %v, fair %v of %v teams", odd, fair, n)
	}
}

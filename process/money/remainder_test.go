package money_test

import (
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"milstolpe/process/money"
)

// In kronor, amounts in öre. 1.40 + 1.40 + 1.20 is 4; rounded one by one it is 3. The krona that is left over goes to 1.40, the first of
// those nearest to the next. A sum that is far off goes round more than once, and what is nothing stays nothing.
func TestLargestRemainder(t *testing.T) {
	for _, c := range []struct {
		exact []float64
		total float64
		want  []float64
	}{
		{[]float64{140, 140, 120}, 400, []float64{200, 100, 100}},
		{[]float64{160, 160, -120}, 200, []float64{100, 200, -100}},
		{[]float64{150, 0, 150}, 700, []float64{400, 0, 300}},
		{[]float64{0, 0}, 300, []float64{0, 0}},
	} {
		if diff := cmp.Diff(c.want, money.LargestRemainder(c.exact, c.total, 100)); diff != "" {
			t.Errorf("%v to %v (-want +got):\n%s", c.exact, c.total, diff)
		}
	}
}

func TestLargestRemaindersAddUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		exact := rapid.SliceOfN(rapid.Float64Range(-1e9, 1e9), 0, 11).Draw(t, "exact")
		exact = append(exact, rapid.Float64Range(1, 1e9).Draw(t, "more than nothing, so that there is something to divide"))
		total := 0.0
		for _, x := range exact {
			total += x
		}
		sum := 0.0
		for i, x := range money.LargestRemainder(exact, total, 100) {
			sum += x
			if math.Abs(x-exact[i]) > 101 {
				t.Errorf("%v became %v", exact[i], x)
			}
		}
		if sum != math.Round(total/100)*100 {
			t.Errorf("they add up to %v and not to %v", sum, total)
		}
	})
}

package money

import (
	"math"
	"slices"
)

// nothing is the largest amount, in the smallest unit of a currency, that is taken for zero.
const nothing = 0.005

// LargestRemainder rounds amounts to whole multiples of unit by the method of largest remainders, so that they add up to total, which is
// rounded too. What rounding leaves over goes to those that it is nearest to; an amount of nothing stays nothing. Amounts, total and unit
// are in the smallest unit of a currency, before and after.
func LargestRemainder(exact []float64, total, unit float64) []float64 {
	whole := make([]float64, len(exact))
	left := math.Round(total / unit)
	var order []int
	for i, x := range exact {
		whole[i] = math.Round(x / unit)
		left -= whole[i]
		if math.Abs(x) > nothing {
			order = append(order, i)
		}
	}
	step := math.Copysign(1, left)
	gain := func(i int) float64 { return step * (exact[i]/unit - math.Round(exact[i]/unit)) }
	slices.SortStableFunc(order, func(a, b int) int {
		if d := gain(b) - gain(a); d != 0 {
			return int(math.Copysign(1, d))
		}
		return 0
	})
	for len(order) > 0 && left*step >= 0.5 {
		for _, i := range order {
			if left*step < 0.5 {
				break
			}
			whole[i] += step
			left -= step
		}
	}
	for i := range whole {
		whole[i] *= unit
	}
	return whole
}

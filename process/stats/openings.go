package stats

import (
	"math"
	"slices"
)

// Openings is how deals of one process have gone since they were opened (section 14): one observation of each, the time until it was won,
// lost or last looked at. For a deal that is about to be opened this is the whole truth: none has lingered yet. The zero value is ready to use.
type Openings struct {
	Weight int // how much the process counts beside others

	set    RiskSet
	closed int
}

// Add counts a deal that was opened on one day and ended, or was last looked at, on another. An end on the day of the opening came after a day.
func (o *Openings) Add(opened, end int, how Event) {
	o.set.Count(opened, opened+1, max(end, opened+1), how)
	if how != Open {
		o.closed++
	}
}

// WonInTime is which share of deals that are opened evenly over the days from first to last are won in the days from start to end, and how
// much it is in doubt: one part in so many as k of section 6. Several processes are mixed by their weights.
func WonInTime(processes []*Openings, first, last, start, end int) (share, doubt float64) {
	var all float64
	for _, o := range processes {
		all += float64(o.Weight)
	}
	for _, o := range processes {
		weight := float64(o.Weight) / all
		curve := o.set.PooledCurve()
		var sum float64
		for day := first; day <= last; day++ {
			sum += curve.Won(end-day) - curve.Won(start-1-day)
		}
		share += float64(weight * sum / float64(last-first+1))
		doubt += float64(weight * weight / float64(o.closed+priorWorth))
	}
	return share, doubt
}

// MedianInterval is the median of values, of two middle ones the lower, and its 80 % interval: the values so many places from either end
// as a normal distribution says of the number of values below the median.
func MedianInterval(values []float64) (median, low, high float64) {
	if len(values) == 0 {
		return 0, 0, 0
	}
	sorted := slices.Sorted(slices.Values(values))
	n := float64(len(sorted))
	from := max(0, int(n/2-z80*math.Sqrt(n)/2)-1)
	return sorted[(len(sorted)-1)/2], sorted[from], sorted[len(sorted)-1-from]
}

// Needed is how many deals have to be opened for a sum, and the 80 % interval of that: each is worth the median of values if it is won, and so
// large a share of them is. The doubts about the two are ratios, independent of each other. A share of one is told from almost one by no
// number of deals, so it is as uncertain as if half a deal more had not been won.
func Needed(sum float64, values []float64, share, doubt float64) (need, low, high float64) {
	size, sizeLow, sizeHigh := MedianInterval(values)
	shareLow, shareHigh := ShareInterval(min(share, 1-doubt/2), doubt)
	need = sum / (size * share)
	fewer := math.Hypot(math.Log(sizeHigh/size), math.Log(max(1, shareHigh/share)))
	more := math.Hypot(math.Log(size/sizeLow), math.Log(max(1, share/shareLow)))
	return need, need * math.Exp(-fewer), need * math.Exp(more)
}

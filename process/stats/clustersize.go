package stats

// clusterSize is how the days at one standing are spread over the closed deals that
// spent them there.
type clusterSize struct{ days, squares, deal float64 }

// add counts days of another deal, or of the last one again.
func (l *clusterSize) add(days int, again bool) {
	if !again {
		l.deal = 0
	}
	d := float64(days)
	l.days += d
	l.squares += d * (d + 2*l.deal)
	l.deal += d
}

// worth is how many deals of equal length would tell as much: (Σ days)² divided
// by Σ days². A deal that lingers counts with all its days, yet it ends only
// once, so the more unequal the deals are, the less their number tells.
func (l *clusterSize) worth() float64 {
	if l.squares == 0 {
		return 0
	}
	return l.days * l.days / l.squares
}

// join counts the days of other deals as well.
func (l *clusterSize) join(o clusterSize) {
	l.days += o.days
	l.squares += o.squares
}

package chart

import (
	"strconv"
	"strings"
)

// MilestoneState is how a milestone is drawn.
type MilestoneState uint8

// The states of a milestone. A waived one is drawn as the baseline alone.
const (
	NotYet MilestoneState = iota
	Reached
	Next
	Ahead // reached before its turn
	Waived
)

// MilestoneMarker is a milestone, drawn as an arch on the baseline. Numeral 0 is an optional milestone: half the size, no numeral.
type MilestoneMarker struct {
	State   MilestoneState
	Numeral int
}

// Class is the stylesheet's class of the outline; empty for a waived milestone, which has none.
func (p MilestoneMarker) Class() string {
	return [...]string{NotYet: "p0", Reached: "p1", Next: "p2", Ahead: "p3", Waived: ""}[p.State]
}

// Big reports whether it is a required milestone, which is drawn at full size.
func (p MilestoneMarker) Big() bool { return p.Numeral > 0 }

// ProgressTrack is the row of small milestone markers in a list of deals, 76 units wide. Label says the same in words.
type ProgressTrack struct {
	Label string
	Marks []TrackMarker
}

// TrackMarker is one marker of a track: the class of its outline, and the data of its path.
type TrackMarker struct{ Class, Path string }

// Sizes of a track, in units of its picture. The marker of a required milestone is 8 wide and takes 16, an optional one 5 and 12; they
// shrink together when there are many.
const (
	trackWidth, trackBaseline           = 76.0, 16.0
	bigMarker, bigSlot, bigHeight       = 8.0, 16.0, 14.0
	smallMarker, smallSlot, smallHeight = 5.0, 12.0, 8.0
	trackStart                          = 2.0
)

// NewProgressTrack lays the markers out from left to right, smaller where there are too many for the width. Label says the same in words.
func NewProgressTrack(label string, plates []MilestoneMarker) ProgressTrack {
	total := 0.0
	for _, p := range plates {
		total += p.slot()
	}
	shrink := 1.0
	if room := trackWidth - trackStart + (bigSlot - bigMarker); total > room {
		shrink = room / total
	}
	t := ProgressTrack{Label: label}
	x := trackStart
	for _, p := range plates {
		width, height := smallMarker*shrink, smallHeight
		if p.Big() {
			width, height = bigMarker*shrink, bigHeight
		}
		if p.State != Waived {
			t.Marks = append(t.Marks, TrackMarker{p.Class(), markerPath(x, trackBaseline, width, height)})
		}
		x += p.slot() * shrink
	}
	return t
}

func (p MilestoneMarker) slot() float64 {
	if p.Big() {
		return bigSlot
	}
	return smallSlot
}

// markerPath is the outline of a marker with its left foot at x on the baseline.
func markerPath(x, ground, width, height float64) string {
	r := width / 2
	return "M" + trackCoord(x) + " " + trackCoord(ground) + "v" + trackCoord(r-height) + "a" + trackCoord(r) + " " + trackCoord(r) + " 0 0 1 " + trackCoord(width) + " 0v" + trackCoord(height-r) + "z"
}

// trackCoord writes a coordinate with at most one decimal.
func trackCoord(x float64) string {
	return strings.TrimSuffix(strconv.FormatFloat(x, 'f', 1, 64), ".0")
}

// CountPictogram shows how much of what is needed is there: one marker for each that is needed, filled for those that are there. Sentence says it
// in words.
type CountPictogram struct {
	Sentence   string
	Have, Need int
}

const pictogramSlot = 16.0

// Width is that of the picture in units, as the template writes it.
func (p CountPictogram) Width() string { return trackCoord(float64(p.Need) * pictogramSlot) }

// Marks are the markers from left to right.
func (p CountPictogram) Marks() []TrackMarker {
	list := make([]TrackMarker, p.Need)
	for i := range list {
		list[i] = TrackMarker{MilestoneMarker{}.Class(), markerPath(float64(i)*pictogramSlot+trackStart, trackBaseline, bigMarker, bigHeight)}
		if i < p.Have {
			list[i].Class = MilestoneMarker{State: Reached}.Class()
		}
	}
	return list
}

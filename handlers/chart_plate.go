package handlers

import (
	"strconv"
	"strings"
)

// PlateState says how a milestone is drawn.
type PlateState uint8

// The states. A waived milestone is the ground line alone.
const (
	NotYet PlateState = iota
	Reached
	Next
	Ahead // reached before its turn
	Waived
)

// Plate is a milestone as its arched plate on the ground line. Numeral 0 is an optional milestone: half the size, no numeral.
type Plate struct {
	State   PlateState
	Numeral int
}

// Class of the plate's outline; empty for a waived one, which has none.
func (p Plate) Class() string {
	return [...]string{NotYet: "p0", Reached: "p1", Next: "p2", Ahead: "p3", Waived: ""}[p.State]
}

// Big tells that it is a required milestone.
func (p Plate) Big() bool { return p.Numeral > 0 }

// Track is the row of small plates in a list of deals, 76 units wide. Label says the same in words.
type Track struct {
	Label string
	Marks []TrackMark
}

// TrackMark is one plate of a track.
type TrackMark struct{ Class, Path string }

// Sizes of a track, in units of its picture. A plate of a required milestone is 8 wide and takes 16, an optional one 5 and 12; they
// shrink together when there are many.
const (
	trackWidth, trackGround             = 76.0, 16.0
	bigPlate, bigPlace, bigHeight       = 8.0, 16.0, 14.0
	smallPlate, smallPlace, smallHeight = 5.0, 12.0, 8.0
	trackStart                          = 2.0
)

// NewTrack lays the plates out from left to right.
func NewTrack(label string, plates []Plate) Track {
	total := 0.0
	for _, p := range plates {
		total += p.place()
	}
	shrink := 1.0
	if room := trackWidth - trackStart + (bigPlace - bigPlate); total > room {
		shrink = room / total
	}
	t := Track{Label: label}
	x := trackStart
	for _, p := range plates {
		width, height := smallPlate*shrink, smallHeight
		if p.Big() {
			width, height = bigPlate*shrink, bigHeight
		}
		if p.State != Waived {
			t.Marks = append(t.Marks, TrackMark{p.Class(), archPath(x, trackGround, width, height)})
		}
		x += p.place() * shrink
	}
	return t
}

func (p Plate) place() float64 {
	if p.Big() {
		return bigPlace
	}
	return smallPlace
}

// archPath is the outline of a plate with its left foot at x on the ground.
func archPath(x, ground, width, height float64) string {
	r := width / 2
	return "M" + unit(x) + " " + unit(ground) + "v" + unit(r-height) + "a" + unit(r) + " " + unit(r) + " 0 0 1 " + unit(width) + " 0v" + unit(height-r) + "z"
}

// unit writes a coordinate with at most one decimal.
func unit(x float64) string {
	return strings.TrimSuffix(strconv.FormatFloat(x, 'f', 1, 64), ".0")
}

// Posts says in a picture how much of what is needed is there: thirty posts, seventeen painted. Sentence says it in words.
type Posts struct {
	Sentence   string
	Have, Need int
}

const postPlace = 16.0

// Width of the picture in units.
func (p Posts) Width() string { return unit(float64(p.Need) * postPlace) }

// Marks are the posts from left to right.
func (p Posts) Marks() []TrackMark {
	list := make([]TrackMark, p.Need)
	for i := range list {
		list[i] = TrackMark{Plate{}.Class(), archPath(float64(i)*postPlace+trackStart, trackGround, bigPlate, bigHeight)}
		if i < p.Have {
			list[i].Class = Plate{State: Reached}.Class()
		}
	}
	return list
}

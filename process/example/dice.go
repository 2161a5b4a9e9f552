package example

import (
	"encoding/binary"
	"math"
)

// rng are numbers that look random and follow from the seed alone (SplitMix64).
type rng struct{ state uint64 }

// fork gives dice of their own to a part of the story, so that a change in one part leaves the others as they were.
func (d rng) fork(part string, number int) *rng {
	f := &rng{d.state ^ uint64(number)*0xd1342543de82ef95} //nolint:gosec // any number will do
	for _, r := range part {
		f.state = f.state*31 + uint64(r) //nolint:gosec // as above
	}
	f.next()
	return f
}

func (d *rng) next() uint64 {
	d.state += 0x9e3779b97f4a7c15
	z := d.state
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}

// share is evenly spread over 0 ≤ x < 1.
func (d *rng) share() float64 { return float64(d.next()>>11) / (1 << 53) }

func (d *rng) chance(p float64) bool { return d.share() < p }

// between gives a whole number, both ends included.
func (d *rng) between(low, high int) int { return low + int(d.share()*float64(high-low+1)) }

// around gives a positive number with that median, log-normally spread.
func (d *rng) around(median, spread float64) float64 {
	sum := -6.0
	for range 12 {
		sum += d.share() // twelve of them are near enough to a normal deviate, with tails that cannot surprise
	}
	return median * math.Exp(spread*sum)
}

// days is around in whole days, at least one.
func (d *rng) days(median, spread float64) int {
	return max(1, int(math.Round(d.around(median, spread))))
}

// Read implements io.Reader, for identities.
func (d *rng) Read(p []byte) (int, error) {
	var word [8]byte
	for i := range p {
		if i%8 == 0 {
			binary.LittleEndian.PutUint64(word[:], d.next())
		}
		p[i] = word[i%8]
	}
	return len(p), nil
}

func pick[T any](d *rng, list []T) T { return list[d.between(0, len(list)-1)] }

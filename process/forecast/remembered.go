package forecast

import (
	"maps"

	"milstolpe/process"
)

// maxParts is how many parts of deals a model keeps: those of a year's pages for a hundred thousand deals. Numbers that follow from them
// are remembered apart and need them no more.
const maxParts = 400_000

// contributionStore keeps what open deals promise, those looked at last.
type contributionStore struct {
	kept  map[contributionsKey]*contributions
	parts int
	clock uint64
}

// get finds what was kept, or makes room for it.
func (s *contributionStore) get(key contributionsKey) (o *contributions, there bool) {
	s.clock++
	if o, there = s.kept[key]; there {
		o.used = s.clock
		return o, true
	}
	return &contributions{contributionsKey: key, used: s.clock}, false
}

// put keeps one more, and lets go of those that were not looked at for longest.
func (s *contributionStore) put(o *contributions) {
	if s.kept == nil {
		s.kept = map[contributionsKey]*contributions{}
	}
	s.kept[o.contributionsKey] = o
	s.parts += 1 + len(o.parts)
	if s.parts <= maxParts {
		return
	}
	s.parts = 0
	for _, o := range s.kept {
		s.parts += 1 + len(o.parts)
	}
	for s.parts > maxParts*3/4 && len(s.kept) > 1 {
		oldest := o
		for other := range maps.Values(s.kept) {
			if other.used < oldest.used {
				oldest = other
			}
		}
		s.parts -= 1 + len(oldest.parts)
		delete(s.kept, oldest.contributionsKey)
	}
}

// maxRemembered bounds each kind of answer that a model remembers: a team with thousands of customers may ask for a forecast of each.
const maxRemembered = 1 << 16

// remembered are answers by the day up to which they look. What becomes known on a day or later leaves those of earlier days as they are,
// so a fact makes the model forget the answers from its day on and no others.
type remembered[K comparable, V any] struct {
	days map[process.Date]map[K]V
	size int
}

func (r *remembered[K, V]) get(day process.Date, key K) (v V, ok bool) {
	v, ok = r.days[day][key]
	return v, ok
}

func (r *remembered[K, V]) put(day process.Date, key K, v V) {
	if r.days == nil || r.size >= maxRemembered {
		r.days, r.size = map[process.Date]map[K]V{}, 0
	}
	if r.days[day] == nil {
		r.days[day] = map[K]V{}
	}
	r.days[day][key] = v
	r.size++
}

// forgetIf forgets the answers of a day and of later ones to some of the questions.
func (r *remembered[K, V]) forgetIf(day process.Date, concerned func(K) bool) {
	for d, answers := range r.days {
		if d < day {
			continue
		}
		for key := range answers {
			if concerned(key) {
				delete(answers, key)
				r.size--
			}
		}
	}
}

func (r *remembered[K, V]) forgetFrom(day process.Date) {
	for d, answers := range r.days {
		if d >= day {
			r.size -= len(answers)
			delete(r.days, d)
		}
	}
}

package names

import "slices"

// Index finds names of companies that a name is like, among many.
type Index struct {
	names []string
	taken []company
	by    map[string][]int // by key, and by the key without any one letter
}

// NewIndex is an empty one.
func NewIndex() *Index { return &Index{by: map[string][]int{}} }

// Add lets a name be found.
func (x *Index) Add(name string) {
	c := asCompany(name)
	at := len(x.names)
	x.names, x.taken = append(x.names, name), append(x.taken, c)
	for _, key := range around(c.key()) {
		x.by[key] = append(x.by[key], at)
	}
}

// Match is a name, and how it is like another.
type Match struct {
	Name     string
	Likeness Likeness
}

// Like are the names that a name is like, in the order in which they were added.
func (x *Index) Like(name string) (matches []Match) {
	c := asCompany(name)
	var at []int
	for _, key := range around(c.key()) {
		at = append(at, x.by[key]...)
	}
	slices.Sort(at)
	for _, i := range slices.Compact(at) {
		if l := c.like(x.taken[i]); l != Different {
			matches = append(matches, Match{x.names[i], l})
		}
	}
	return matches
}

// around are a key and what is left of it without any one letter: two keys that one slip sets apart have one of these in common.
func around(key string) []string {
	keys := []string{key}
	letters := []rune(key)
	if len(letters) < shortestWord {
		return keys
	}
	for i := range letters {
		if i > 0 && letters[i] == letters[i-1] {
			continue
		}
		keys = append(keys, string(letters[:i])+string(letters[i+1:]))
	}
	return keys
}

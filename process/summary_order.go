package process

import "slices"

// inProcessOrder sorts groups by next milestone in the order of the processes, with those that have passed them all last.
func (m *Model) inProcessOrder(groups []groupOf) {
	place := map[string]int{"": 1 << 20}
	for _, p := range m.team.Processes() {
		if v := p.Current(); v != nil {
			for _, key := range v.Required {
				if _, ok := place[string(key)]; !ok {
					place[string(key)] = len(place)
				}
			}
		}
	}
	at := func(g groupOf) int {
		if i, ok := place[g.key]; ok {
			return i
		}
		return 1 << 19
	}
	slices.SortStableFunc(groups, func(a, b groupOf) int { return at(a) - at(b) })
}

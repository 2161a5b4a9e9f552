package process

import (
	"cmp"
	"slices"
)

// Targets are all targets that stand, by period and then seller; the team's own first.
func (t *Team) Targets() []Target {
	var list []Target
	for _, f := range t.targets {
		if v, ok := f.On(FarFuture, t.gone()); ok {
			list = append(list, v)
		}
	}
	slices.SortFunc(list, func(a, b Target) int { return cmp.Or(cmp.Compare(a.Period, b.Period), cmp.Compare(a.Seller, b.Seller)) })
	return list
}

// Calls are all calls that stand, each with the day from which it is known, by period, layer and seller.
func (t *Team) Calls() []Entry[Call] {
	var list []Entry[Call]
	for _, f := range t.calls {
		if e, ok := f.entryOn(FarFuture, t.gone()); ok {
			list = append(list, e)
		}
	}
	slices.SortFunc(list, func(a, b Entry[Call]) int {
		return cmp.Or(
			cmp.Compare(a.Value.Period, b.Value.Period), cmp.Compare(slices.Index(Layers, a.Value.Layer), slices.Index(Layers, b.Value.Layer)),
			cmp.Compare(a.Value.Seller, b.Value.Seller),
		)
	})
	return list
}

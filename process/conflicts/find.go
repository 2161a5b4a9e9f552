package conflicts

import (
	"cmp"
	"fmt"
	"slices"

	"milstolpe/process"
	"milstolpe/process/register"
)

// Same compares values that are the same only if they are equal.
func Same[T comparable](a, b T) bool { return a == b }

// Of looks whether a register has heads that differ; record is the fact that sets it.
func Of[T any](
	f *register.Register[T], gone register.Retractions, same func(a, b T) bool, record func(T, process.Stamp) process.Fact,
) (c Conflict, found bool) {
	heads := f.HeadsOn(process.FarFuture, gone)
	c, found = Among(heads, same, func(v T, s process.Stamp, _ func() string) []process.Fact { return []process.Fact{record(v, s)} })
	if !found {
		return c, false
	}
	before, known := replacedBy(f, heads, gone)
	if known && !slices.ContainsFunc(heads, func(h register.Entry[T]) bool { return same(h.Value, before.Value) }) {
		c.Offer(before.ID, before.Stamp.Known, before.Value, func(s process.Stamp) process.Fact { return record(before.Value, s) })
	}
	return c, true
}

// replacedBy is the last value that any of the heads replaced.
func replacedBy[T any](f *register.Register[T], heads []register.Entry[T], gone register.Retractions) (before register.Entry[T], known bool) {
	for _, e := range f.Entries() {
		named := func(h register.Entry[T]) bool { return slices.Contains(h.Stamp.Base, e.ID) }
		if e.EffectiveOn(process.FarFuture, gone) && slices.ContainsFunc(heads, named) {
			before, known = e, true
		}
	}
	return before, known
}

// Among looks whether heads differ; record are the facts that choose one of them, and may need new identities.
func Among[T any](
	heads []register.Entry[T], same func(a, b T) bool, record func(v T, s process.Stamp, newID func() string) []process.Fact,
) (c Conflict, found bool) {
	if len(heads) < 2 {
		return c, false
	}
	for _, h := range heads {
		c.Heads = append(c.Heads, Head{Event: h.ID, Known: h.Stamp.Known, Value: h.Value})
		found = found || !same(h.Value, heads[0].Value)
		c.Stands = h.ID
	}
	c.settle = func(chosen process.EventID, s process.Stamp, newID func() string) []process.Fact {
		i := slices.IndexFunc(heads, func(h register.Entry[T]) bool { return h.ID == chosen })
		return record(heads[i].Value, s, newID)
	}
	return c, found
}

// Between is a conflict between values that the caller has picked out, the latest last, and decides itself.
func Between(heads []Head, before *Head, settle func(chosen process.EventID, s process.Stamp, newID func() string) []process.Fact) Conflict {
	return Conflict{Heads: heads, Stands: heads[len(heads)-1].Event, Before: before, settle: settle}
}

// In are the conflicts in registers of one kind, in the order of their subjects; record is the fact that sets the register of a key.
func In[K comparable, T any](
	field Field, registers map[K]*register.Register[T], gone register.Retractions, same func(a, b T) bool,
	record func(K, T, process.Stamp) process.Fact,
) []Conflict {
	var list []Conflict
	for key, f := range registers {
		if len(f.Entries()) < 2 {
			continue
		}
		c, found := Of(f, gone, same, func(v T, s process.Stamp) process.Fact { return record(key, v, s) })
		if found {
			c.Field, c.Subject = field, fmt.Sprint(key)
			list = append(list, c)
		}
	}
	slices.SortFunc(list, func(a, b Conflict) int { return cmp.Compare(a.Subject, b.Subject) })
	return list
}

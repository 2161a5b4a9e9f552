package rates

import (
	"cmp"
	"maps"
	"slices"

	"milstolpe/process"
	"milstolpe/process/conflicts"
	"milstolpe/process/register"
)

// Conflicts are rates of one currency that contradict each other: those for the same day, whenever they were given, and those of today that
// were given on different days. Settling the first kind says what holds from their day.
func (b Book) Conflicts() (list []conflicts.Conflict) {
	for _, currency := range b.Currencies() {
		list = append(list, b.conflictsOfDays(currency)...)
		current := b.current(currency)
		heads := current.HeadsOn(process.FarFuture, b.gone)
		if !slices.ContainsFunc(heads, func(h register.Entry[float64]) bool { return h.Stamp.Known != heads[0].Stamp.Known }) {
			continue // of one day, which is told above
		}
		c, found := conflicts.Of(current, b.gone, conflicts.Same, func(v float64, s process.Stamp) process.Fact {
			return &process.RateSet{Stamp: s, Currency: currency, Rate: v}
		})
		if found {
			c.Field, c.Subject = conflicts.Rate, currency
			list = append(list, c)
		}
	}
	return list
}

// conflictsOfDays are rates of a currency that were given for the same day by people who had not seen each other's, by day. A rate of another
// day replaces none of these: it says nothing of their day.
func (b Book) conflictsOfDays(currency string) (list []conflicts.Conflict) {
	days := map[process.Date][]register.Entry[float64]{}
	for _, e := range b.effective(currency) {
		days[e.Stamp.Known] = append(days[e.Stamp.Known], e)
	}
	for _, from := range slices.SortedFunc(maps.Keys(days), cmp.Compare) {
		given := days[from]
		heads := slices.DeleteFunc(slices.Clone(given), func(e register.Entry[float64]) bool {
			return slices.ContainsFunc(given, func(by register.Entry[float64]) bool { return slices.Contains(by.Stamp.Base, e.ID) })
		})
		c, found := conflicts.Among(heads, conflicts.Same, func(v float64, s process.Stamp, _ func() string) []process.Fact {
			s.History, s.Known = from < s.Known, from
			return []process.Fact{&process.RateSet{Stamp: s, Currency: currency, Rate: v}}
		})
		if found {
			c.Field, c.Subject = conflicts.Rate, currency+"\x1f"+from.String()
			list = append(list, c)
		}
	}
	return list
}

// effective are the rates of a currency that were not taken back.
func (b Book) effective(currency string) []register.Entry[float64] {
	return slices.DeleteFunc(slices.Clone(b.of(currency).Entries()), func(e register.Entry[float64]) bool {
		return !e.EffectiveOn(process.FarFuture, b.gone)
	})
}

// current are the rates that were given on the day from which they hold, without those that another of their day has replaced since. Rates for
// earlier days contradict no later one.
func (b Book) current(currency string) *register.Register[float64] {
	all := b.effective(currency)
	current := &register.Register[float64]{}
	for _, e := range all {
		sameDay := func(by register.Entry[float64]) bool {
			return by.Stamp.History && by.Stamp.Known == e.Stamp.Known && slices.Contains(by.Stamp.Base, e.ID)
		}
		if !e.Stamp.History && !slices.ContainsFunc(all, sameDay) {
			current.Put(e.ID, e.Value, e.Stamp)
		}
	}
	return current
}

package rates

import (
	"maps"
	"math"
	"slices"

	"milstolpe/process"
	"milstolpe/process/money"
	"milstolpe/process/register"
)

// Registers are the rates of each foreign currency, with all that were ever given.
type Registers = map[string]*register.Register[float64]

// Book is what the foreign currencies of a team are worth, on any day, in its reporting currency.
type Book struct {
	rates     Registers
	reporting string
	gone      register.Retractions
}

// NewBook reads rates in a reporting currency; what is taken back is in gone.
func NewBook(rates Registers, reporting string, gone register.Retractions) Book {
	return Book{rates: rates, reporting: reporting, gone: gone}
}

// of are the rates of a currency, which may be none.
func (b Book) of(currency string) *register.Register[float64] {
	if f, ok := b.rates[currency]; ok {
		return f
	}
	return &register.Register[float64]{}
}

// On is what one unit of the currency is worth in the reporting currency with the rate known on the day; before the first rate became known,
// with the first (model, section 9). Without any rate it answers false.
func (b Book) On(currency string, day process.Date) (float64, bool) {
	if currency == b.reporting {
		return 1, true
	}
	return on(b.of(currency), day, b.gone)
}

// Convert gives an amount in the reporting currency with the rate known on the day, rounded to its minor unit. An amount whose currency has no
// rate is worth nothing yet, and the answer says so.
func (b Book) Convert(a money.Amount, day process.Date) (money.Amount, bool) {
	to := b.reporting
	if a.Currency == to {
		return a, true
	}
	rate, ok := b.On(a.Currency, day)
	if !ok {
		return money.New(0, to), false
	}
	shift := math.Pow10(money.Digits(to) - money.Digits(a.Currency))
	return money.New(int64(math.Round(float64(a.Minor)*rate*shift)), to), true
}

// Days are the rates of a currency that hold, the latest first.
func (b Book) Days(currency string) []Day { return days(b.of(currency), b.gone) }

// With are the rates of its currency as they would be with one more, which is not recorded yet.
func (b Book) With(more *process.RateSet) func(day process.Date) float64 {
	with := &register.Register[float64]{}
	for _, e := range b.of(more.Currency).Entries() {
		with.Put(e.ID, e.Value, e.Stamp)
	}
	last := process.EventID{}
	for i := range last {
		last[i] = 0xff
	}
	with.Put(last, more.Rate, &more.Stamp)
	return func(day process.Date) float64 {
		rate, _ := on(with, day, b.gone)
		return rate
	}
}

// Set says what one unit of a currency is worth in the reporting currency from a day on; a zero day is today. Base are the events that the form
// was made from; nil means those that stand now. Saying it twice gives no facts and no error.
func (b Book) Set(currency string, rate float64, from process.Date, base []process.EventID, today process.Date) ([]process.Fact, error) {
	in := input{Currency: currency, Rate: rate, From: from, Base: base, Today: today, Reporting: b.reporting}
	return in.set(b.of(currency), b.gone)
}

// Entries are all rates of a currency, in the order of their keys.
func (b Book) Entries(currency string) []register.Entry[float64] { return b.of(currency).Entries() }

// Heads are the events behind the rate of a currency, for the base of the next one; more than one may be a conflict.
func (b Book) Heads(currency string) []process.EventID {
	return b.of(currency).HeadIDs(process.FarFuture, b.gone)
}

// Currencies are the foreign currencies that have a rate, in order.
func (b Book) Currencies() []string { return slices.Sorted(maps.Keys(b.rates)) }

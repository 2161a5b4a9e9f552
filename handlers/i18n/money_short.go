package i18n

import (
	"math"

	"milstolpe/process/money"
)

// Million is where short amounts begin to be counted in millions; a tenth of it is the smallest that is.
const Million = 1e6

// Short writes an amount as it is spoken: 1,83 Mkr in Swedish, 1.83m in English. Below a tenth of a million it is written in full, and
// English then names the currency.
func (l Lang) Short(a money.Amount) string {
	if !inMillions(a.Major()) {
		return l.Whole(a)
	}
	return l.millions(l.Dec(a.Major()/Million, ShortDecimals(a.Major())), a.Currency)
}

// ShortCode is Short with the currency named in every language: SEK 1.83m.
func (l Lang) ShortCode(a money.Amount) string {
	if l.swedish() || !inMillions(a.Major()) {
		return l.Short(a)
	}
	return l.place(l.Short(a), a.Currency)
}

// Millions is the figure of Short alone, for axes and rows whose unit stands elsewhere: 1,83.
func (l Lang) Millions(major float64) string { return l.Dec(major/Million, ShortDecimals(major)) }

// ShortRange writes two amounts as one range: 1,3–2,9 Mkr, SEK 1.3–2.9m. Both ends have the same decimals. Ends that are both below a
// tenth of a million are written in full.
func (l Lang) ShortRange(low, high money.Amount) string {
	top := max(math.Abs(low.Major()), math.Abs(high.Major()))
	if !inMillions(top) {
		return l.place(l.Amount(low)+Dash+l.Amount(high), high.Currency)
	}
	decimals := max(0, ShortDecimals(top)-1)
	if top < Million {
		decimals = 2
	}
	from := l.Dec(low.Major()/Million, decimals)
	if low.Minor == 0 {
		from = l.Dec(0, 0)
	}
	text := l.millions(from+Dash+l.Dec(high.Major()/Million, decimals), high.Currency)
	if l.swedish() {
		return text
	}
	return l.place(text, high.Currency)
}

// Range writes two amounts in whole units: 453 267–1 018 577, without the currency.
func (l Lang) Range(low, high money.Amount) string { return l.Amount(low) + Dash + l.Amount(high) }

func (l Lang) millions(digits, currency string) string {
	if l.swedish() {
		return digits + Nbsp + l.UnitShort(currency)
	}
	return digits + "m"
}

func inMillions(major float64) bool { return math.Abs(major) >= Million/10 }

// ShortDecimals keeps about three figures: 0,32 · 1,83 · 18,3 · 183.
func ShortDecimals(major float64) int {
	switch m := math.Abs(major) / Million; {
	case m < 9.995:
		return 2
	case m < 99.95:
		return 1
	}
	return 0
}

package i18n

import (
	"math"
	"strings"

	"milstolpe/process/money"
)

// Million is where short amounts begin to be counted in millions; a tenth of it is the smallest that is in Swedish.
const Million = 1e6

const thousand = 1e3

// Short writes an amount as it is spoken: 1,83 Mkr in Swedish, £1.83m or £140k in English. Where English has no sign for the currency the
// amount goes without it, since the sentence has named it. Small amounts are written in full, with their currency.
func (l Lang) Short(a money.Amount) string {
	switch text, short := l.shortDigits(a.Major()); {
	case !short:
		return l.Whole(a)
	case l.swedish():
		return text + Nbsp + l.UnitShort(a.Currency)
	case hasSign(a.Currency):
		return l.place(text, a.Currency)
	default:
		return text
	}
}

// ShortCode is Short with the currency named in every language: SEK 1.83m.
func (l Lang) ShortCode(a money.Amount) string {
	if text, short := l.shortDigits(a.Major()); short && !l.swedish() {
		return l.place(text, a.Currency)
	}
	return l.Short(a)
}

// Millions is the figure of Short alone, for axes and rows whose unit stands elsewhere: 1,83.
func (l Lang) Millions(major float64) string { return l.Dec(major/Million, ShortDecimals(major)) }

// shortDigits are the digits of a short amount; English has its unit, m or k, among them. It reports false where the amount is too small
// to be shortened.
func (l Lang) shortDigits(major float64) (text string, short bool) {
	switch size := math.Abs(major); {
	case l.swedish() && size >= Million/10, size >= Million-thousand/2:
		return l.Dec(major/Million, ShortDecimals(major)) + l.Pick("", "m"), true
	case !l.swedish() && size >= 10*thousand:
		return l.thousands(major) + "k", true
	}
	return "", false
}

// thousands keeps three figures, and no nought after the point: 15.8, 62, 140.
func (l Lang) thousands(major float64) string {
	if math.Abs(major) >= 99.95*thousand {
		return l.Dec(major/thousand, 0)
	}
	return strings.TrimSuffix(l.Dec(major/thousand, 1), ".0")
}

// ShortRange writes two amounts as one range: 1,3–2,9 Mkr, SEK 1.3–2.9m, £140k–£230k. Both ends have the same decimals. Ends that are both
// small are written in full. Where both read the same it says about how much.
func (l Lang) ShortRange(low, high money.Amount) string {
	from, to, unit := l.rangeEnds(low, high)
	if from == to {
		one := l.place(to+l.Pick("", unit), high.Currency)
		if l.swedish() && unit != "" {
			one = to + Nbsp + l.UnitShort(high.Currency)
		}
		if low.Minor == high.Minor {
			return one
		}
		return l.Pick("omkring ", "about ") + one
	}
	switch {
	case l.swedish() && unit != "":
		return from + Dash + to + Nbsp + l.UnitShort(high.Currency)
	case hasSign(high.Currency) && !l.swedish():
		if low.Minor != 0 {
			from = l.place(from+unit, high.Currency)
		}
		return from + Dash + l.place(to+unit, high.Currency)
	}
	return l.place(from+Dash+to+unit, high.Currency)
}

// RangeAround is ShortRange beside an amount that it should hold. Where rounding would put the amount outside it the ends are written in full.
func (l Lang) RangeAround(low, high, inside money.Amount) string {
	size, decimals, _ := l.rangeUnit(low, high)
	round := func(a money.Amount, decimals int) float64 {
		ten := math.Pow10(decimals)
		return math.Round(a.Major()/size*ten) / ten
	}
	if said := round(inside, decimals+1); said < round(low, decimals) || said > round(high, decimals) {
		return l.place(l.Range(low, high), high.Currency)
	}
	return l.ShortRange(low, high)
}

// rangeEnds are the figures of both ends, and the unit that they are counted in: m, k, or none for ends in full.
func (l Lang) rangeEnds(low, high money.Amount) (from, to, unit string) {
	size, decimals, unit := l.rangeUnit(low, high)
	if from = l.Dec(low.Major()/size, decimals); low.Minor == 0 {
		from = l.Dec(0, 0)
	}
	return from, l.Dec(high.Major()/size, decimals), unit
}

// rangeUnit is in what the ends of a range are counted.
func (l Lang) rangeUnit(low, high money.Amount) (size float64, decimals int, unit string) {
	top := max(math.Abs(low.Major()), math.Abs(high.Major()))
	switch {
	case !l.swedish() && top >= Million-thousand/2 || top >= Million:
		return Million, max(0, ShortDecimals(top)-1), "m"
	case l.swedish() && top >= Million/10:
		return Million, 2, "m"
	case !l.swedish() && top >= 10*thousand:
		return thousand, 0, "k"
	}
	return 1, 0, ""
}

// Range writes two amounts in whole units: 453 267–1 018 577, without the currency.
func (l Lang) Range(low, high money.Amount) string { return l.Amount(low) + Dash + l.Amount(high) }

// hasSign tells whether English writes a sign before amounts of a currency: £.
func hasSign(currency string) bool { return !strings.HasSuffix(sign(currency), Nbsp) }

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

package i18n

import (
	"math"
	"strconv"
	"strings"

	"milstolpe/process/money"
)

// Characters that are easily mistaken for others.
const (
	Nbsp  = "\u00a0" // a blank at which no line is broken
	Minus = "\u2212"
	Dash  = "\u2013" // between the ends of a range
)

// Int writes a whole number in groups of three: 1 234 567 in Swedish, 1,234,567 in English.
func (l Lang) Int(n int64) string {
	digits := strconv.FormatInt(n, 10)
	digits = strings.TrimPrefix(digits, "-")
	if len(digits) > 3 {
		digits = l.group(digits)
	}
	if n < 0 {
		return Minus + digits
	}
	return digits
}

func (l Lang) group(digits string) string {
	sep := l.Pick(Nbsp, ",")
	var b strings.Builder
	b.Grow(len(digits) + len(digits)/3*len(sep))
	for i, r := range digits {
		if i > 0 && (len(digits)-i)%3 == 0 {
			b.WriteString(sep)
		}
		b.WriteRune(r)
	}
	return b.String()
}

// Dec writes a number with that many decimals, rounded half away from zero. What rounds to zero has no sign.
func (l Lang) Dec(x float64, decimals int) string {
	scale := math.Pow10(decimals)
	whole, frac, _ := strings.Cut(strconv.FormatFloat(math.Abs(math.Round(x*scale)/scale), 'f', decimals, 64), ".")
	text := whole
	if len(whole) > 3 {
		text = l.group(whole)
	}
	if frac != "" {
		text += l.Pick(",", ".") + frac
	}
	if math.Round(x*scale) < 0 {
		return Minus + text
	}
	return text
}

var countWords = map[bool][]string{
	true:  {"noll", "en", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio", "elva", "tolv"},
	false: {"zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"},
}

// Word writes a small count as a word, up to twelve, for running text: senarelagd två gånger.
func (l Lang) Word(n int) string {
	list := countWords[l.swedish()]
	if n < 0 || n >= len(list) {
		return l.Int(int64(n))
	}
	return list[n]
}

// Percent writes a share: 0.46 is 46 % in Swedish, 46% in English.
func (l Lang) Percent(share float64) string { return l.Dec(share*100, 0) + l.Pick(Nbsp+"%", "%") }

// Chance writes a chance. It never says 0 or 100 per cent, because a chance is never certain.
func (l Lang) Chance(p float64) string {
	switch {
	case p < 0.005:
		return l.Pick("under"+Nbsp, "below"+Nbsp) + l.Percent(0.01)
	case p >= 0.995:
		return l.Pick("över"+Nbsp, "above"+Nbsp) + l.Percent(0.99)
	}
	return l.Percent(p)
}

// ChanceRange writes two chances as one range: 7–15 %.
func (l Lang) ChanceRange(low, high float64) string {
	return l.Dec(low*100, 0) + Dash + l.Percent(high)
}

// Money writes an amount in full, with its decimals if it has any: 1 234 567 kr in Swedish, SEK 1,234,567 or £1,234,567 in English.
func (l Lang) Money(a money.Amount) string { return l.place(l.exact(a), a.Currency) }

// Whole is Money rounded to whole major units.
func (l Lang) Whole(a money.Amount) string { return l.place(l.Amount(a), a.Currency) }

// Amount is a rounded amount without its currency, for columns whose head names the currency.
func (l Lang) Amount(a money.Amount) string { return l.Dec(a.Major(), 0) }

// Exact is an amount without its currency, with its decimals if it has any, as it is shown in a form.
func (l Lang) Exact(a money.Amount) string { return l.exact(a) }

// Signed is Whole with a plus or a minus; nothing is ±0.
func (l Lang) Signed(a money.Amount) string { return l.place(l.Delta(a), a.Currency) }

// Delta is Amount with a plus or a minus.
func (l Lang) Delta(a money.Amount) string { return Plus(l.Amount(a), a.Major()) }

// DecDelta is Dec with a plus or a minus.
func (l Lang) DecDelta(x float64, decimals int) string { return Plus(l.Dec(x, decimals), x) }

// Plus puts a plus before a positive number that does not read as zero.
func Plus(text string, x float64) string {
	if x > 0 && strings.ContainsAny(text, "123456789") {
		return "+" + text
	}
	return text
}

func (l Lang) exact(a money.Amount) string {
	unit := int64(math.Pow10(money.Digits(a.Currency)))
	if a.Minor%unit == 0 {
		return l.Int(a.Minor / unit)
	}
	return l.Dec(a.Major(), money.Digits(a.Currency))
}

// place puts the currency where the language wants it.
func (l Lang) place(digits, currency string) string {
	if l.swedish() {
		return digits + Nbsp + l.Unit(currency)
	}
	sign := sign(currency)
	if rest, ok := strings.CutPrefix(digits, Minus); ok {
		return Minus + sign + rest
	}
	if rest, ok := strings.CutPrefix(digits, "+"); ok {
		return "+" + sign + rest
	}
	return sign + digits
}

// sign is what English writes before an amount: £, or the code of a currency whose sign is not known everywhere.
func sign(currency string) string {
	switch currency {
	case "GBP":
		return "£"
	case "EUR":
		return "€"
	case "USD":
		return "$"
	}
	return currency + Nbsp
}

// Unit is the currency as it stands in the head of a column: kr in Swedish, else its code.
func (l Lang) Unit(currency string) string {
	if l.swedish() && currency == "SEK" {
		return "kr"
	}
	return currency
}

// UnitShort is the unit over an axis of millions: Mkr, MNOK, in English SEK m.
func (l Lang) UnitShort(currency string) string {
	if l.swedish() {
		return "M" + l.Unit(currency)
	}
	return currency + Nbsp + "m"
}

// Number is Int for what templates have, which is mostly int.
func (t *Text) Number(n any) string { return t.value([]any{n}, 0) }

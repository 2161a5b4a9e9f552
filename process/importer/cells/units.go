package cells

import (
	"slices"
	"strings"

	"milstolpe/process/money"
)

// unit is what may stand before or after a number: a currency, a power of ten, or both ("Mkr").
type unit struct {
	currency string
	zeros    int
}

var currencySigns = map[string]string{
	"kr": "kr", "kronor": "kr", "krona": "kr", ":-": "kr", "€": "EUR", "eur": "EUR", "euro": "EUR", "£": "GBP", "$": "$", "us$": "USD",
	"usd": "USD", "sek": "SEK", "nok": "NOK", "dkk": "DKK", "isk": "ISK", "gbp": "GBP", "chf": "CHF", "pln": "PLN", "zł": "PLN",
	"¥": "JPY", "jpy": "JPY", "cad": "CAD", "aud": "AUD", "inr": "INR", "₹": "INR", "cny": "CNY", "czk": "CZK", "huf": "HUF",
}

var powers = map[string]int{
	"": 0, "t": 3, "k": 3, "tusen": 3, "thousand": 3, "thousands": 3, "tsd": 3, "th": 3, "m": 6, "mn": 6, "mio": 6, "milj": 6, "miljon": 6, "miljoner": 6, "million": 6, "millions": 6, "mill": 6, "mil": 6,
	"millioner": 6, "md": 9, "mdr": 9, "mrd": 9, "miljarder": 9, "bn": 9,
}

// unitOf reads what stands before or after a number.
func unitOf(word string) (unit, bool) {
	word = strings.TrimSpace(word)
	text := strings.ToLower(strings.TrimSuffix(strings.TrimPrefix(word, ","), "."))
	if text == "-" || text == ".-" || text == "" {
		return unit{}, true
	}
	if zeros, ok := powers[text]; ok {
		return unit{zeros: zeros}, true
	}
	for sign, currency := range currencySigns {
		if rest, ok := strings.CutSuffix(text, sign); ok {
			if zeros, ok := powers[strings.TrimRight(rest, " .")]; ok {
				return unit{currency, zeros}, true
			}
		}
		if rest, ok := strings.CutPrefix(text, sign); ok && rest != "t" { // USDT is no thousand dollars
			if zeros, ok := powers[strings.TrimSpace(rest)]; ok {
				return unit{currency, zeros}, true
			}
		}
	}
	return unit{currency: word}, money.ValidCurrency(word) // last, because "MKR" is no currency
}

// HeaderUnit is the unit that a header names for the numbers below it, as in "Belopp (tkr)", "Value kSEK" and "Värde i MSEK": a currency,
// or "kr" or "$", and how many zeros are left out. Rest is the header without it.
func HeaderUnit(header string) (rest, word, currency string, zeros int) {
	fields := strings.Fields(strings.NewReplacer("(", " ", ")", " ", "[", " ", "]", " ", "/", " ", "_", " ", ",", " ").Replace(header))
	if u, ok := unitOf(header); ok && len(fields) == 1 && u.currency != "" && isSign(fields[0]) {
		return "", header, u.currency, u.zeros
	}
	for n := min(2, len(fields)-1); n > 0; n-- {
		word = strings.Join(fields[len(fields)-n:], " ")
		u, ok := unitOf(word)
		if slices.Contains(thousands, strings.ToLower(word)) {
			u = unit{zeros: 3}
		} else if !ok || u.currency == "" && !slices.Contains(headerPowers, strings.ToLower(word)) {
			continue
		}
		left := fields[:len(fields)-n]
		if last := strings.ToLower(left[len(left)-1]); len(left) > 1 && (last == "i" || last == "in" || last == "en") {
			left = left[:len(left)-1]
		}
		return strings.Join(left, " "), word, u.currency, u.zeros
	}
	return header, "", "", 0
}

// isSign tells a unit that ends with a currency that we know, as "tkr" does. "ORT" is none.
func isSign(word string) bool {
	for sign := range currencySigns {
		if rest, ok := strings.CutSuffix(strings.ToLower(word), sign); ok {
			if _, ok := powers[rest]; ok {
				return true
			}
		}
	}
	return false
}

var thousands = []string{"000", "000s", "000's", "'000", "1000", "1000-tal", "tusental", "in thousands"}

// headerPowers are the units without a currency that are one in a header: "m" and "t" alone are too short to tell.
var headerPowers = []string{"k", "tusen", "thousand", "thousands", "mn", "mio", "milj", "miljoner", "million", "millions", "mdr", "mrd", "bn"}

// CurrencyNamed is the code for what a currency column says: a code, a sign, or "kr", which is the list's own krona. Nothing is the
// list's own currency.
func CurrencyNamed(text, own string) (code string, ok bool) {
	if text == "" {
		return own, true
	}
	code = strings.ToUpper(text)
	if sign, known := currencySigns[strings.ToLower(text)]; known {
		code = sign
	}
	switch {
	case code == "kr" && strings.HasSuffix(own, "K"), code == "$" && strings.HasSuffix(own, "D"):
		code = own
	case code == "$":
		code = "USD"
	}
	return code, money.ValidCurrency(code)
}

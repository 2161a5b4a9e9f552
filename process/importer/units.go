package importer

import (
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
	"": 0, "t": 3, "k": 3, "tusen": 3, "thousand": 3, "m": 6, "mn": 6, "mio": 6, "milj": 6, "miljon": 6, "miljoner": 6, "million": 6,
	"millioner": 6, "md": 9, "mdr": 9, "mrd": 9, "miljarder": 9, "bn": 9,
}

// unitOf reads what stands before or after a number.
func unitOf(word string) (unit, bool) {
	word = strings.TrimSpace(word)
	text := strings.ToLower(strings.TrimSuffix(strings.TrimPrefix(word, ","), "."))
	if text == "-" || text == "" {
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
		if rest, ok := strings.CutPrefix(text, sign); ok {
			if zeros, ok := powers[strings.TrimSpace(rest)]; ok {
				return unit{currency, zeros}, true
			}
		}
	}
	return unit{currency: word}, money.ValidCurrency(word) // last, because "MKR" is no currency
}

// currencyNamed is the code for what a currency column says: a code, a sign, or "kr", which is the list's own krona. Nothing is the
// list's own currency.
func currencyNamed(text, own string) (code string, ok bool) {
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

package cells

import (
	"cmp"
	"regexp"
	"strconv"
	"strings"
	"unicode"

	"milstolpe/process"
	"milstolpe/process/money"
)

// AmountReading is what a cell says about an amount: a plain decimal number of major units, and the currency if it names one.
type AmountReading struct {
	Decimal  string // "-1250000.50"
	Currency string // "EUR"; "kr" for any krona; empty where the cell names none
}

// ParseAmount reads an amount as people write it: "1 250 000 kr", "1 250 tkr", "SEK 1,250,000.50", "5,4 Mkr", "1.250,50 €". Decimal is
// the sign between whole and fraction, "." or ","; without it a number that can be read in two ways, like "1.250", is refused.
func ParseAmount(text, decimal string) (AmountReading, error) {
	refuse := process.Wrong("", "amount.not_a_number", Shortened(text))
	before, number, after, ok := splitAmount(text)
	if !ok {
		return AmountReading{}, refuse
	}
	r := AmountReading{}
	zeros := 0
	for _, word := range []string{before, after} {
		unit, ok := unitOf(word)
		if !ok || unit.currency != "" && r.Currency != "" || unit.zeros != 0 && zeros != 0 {
			return AmountReading{}, refuse
		}
		r.Currency += unit.currency
		zeros += unit.zeros
	}
	if _, twofold := guessDecimal(strings.TrimPrefix(number, "-")); twofold {
		decimal = cmp.Or(signBehind(after), decimal)
	}
	plain, two := plainNumber(number, decimal)
	if plain == "" {
		if two {
			return AmountReading{}, process.Wrong("", "amount.two_readings", Shortened(text))
		}
		return AmountReading{}, refuse
	}
	r.Decimal = timesTen(plain, zeros)
	return r, nil
}

// In gives the reading as money in a currency of the list, or its own. Rounded tells that it had more decimals than the currency has.
func (r AmountReading) In(currency string) (a money.Amount, rounded bool, err error) {
	switch r.Currency {
	case "", currency:
	case "kr":
		if !strings.HasSuffix(currency, "K") || currency == "" {
			return a, false, process.Wrong("", "amount.other_currency", r.Currency, currency)
		}
	case "$":
		if !strings.HasSuffix(currency, "D") {
			currency = "USD"
		}
	default:
		currency = r.Currency
	}
	text := r.Decimal
	if whole, frac, ok := strings.Cut(text, "."); ok {
		if n := money.Digits(currency); len(frac) > n && strings.Trim(frac[n:], "0") != "" {
			rounded = true
			if frac[n] < '5' {
				text = whole + "." + frac[:n]
			} else {
				text = roundedUp(whole, frac[:n])
			}
			text = strings.TrimSuffix(text, ".")
		}
	}
	if a, err = money.Parse(text, currency); err != nil {
		return a, rounded, &process.Error{Kind: process.Invalid, Msg: "amount.not_a_number", Args: []any{r.Decimal}, Err: err}
	}
	return a, rounded, nil
}

// roundedUp adds one to the last digit, away from zero.
func roundedUp(whole, frac string) string {
	digits := []byte(whole + frac)
	i := len(digits) - 1
	for ; i >= 0 && digits[i] == '9'; i-- {
		digits[i] = '0'
	}
	lead := len(whole)
	switch {
	case i < 0 || digits[i] == '-':
		digits = append(digits[:i+1], append([]byte{'1'}, digits[i+1:]...)...)
		lead++
	default:
		digits[i]++
	}
	return string(digits[:lead]) + "." + string(digits[lead:])
}

// Times gives the reading with as many zeros more as a header says, in the currency that it names, unless the cell says one itself.
func (r AmountReading) Times(zeros int, currency string) AmountReading {
	if r.Currency == "" {
		r.Currency = currency
	}
	r.Decimal = timesTen(r.Decimal, zeros)
	return r
}

// IsTwofold tells the refusal of a cell that can be read in two ways.
func IsTwofold(err error) bool {
	e, ok := err.(*process.Error) //nolint:errorlint // ParseDay and ParseAmount make no other
	return ok && (e.Msg == "date.two_readings" || e.Msg == "amount.two_readings")
}

// signBehind is the decimal sign in what stands behind a number that has no decimals and says so: "125.000,-", "1'250.-", "85.000:-".
func signBehind(after string) string {
	switch {
	case strings.HasPrefix(after, ",-"), strings.HasPrefix(after, ",–"), strings.HasPrefix(after, ":-"):
		return ","
	case strings.HasPrefix(after, ".-"), strings.HasPrefix(after, ".–"):
		return "."
	}
	return ""
}

// DecimalIn finds the decimal sign in an amount, "" where it has none. Readings are what it can be without knowing the sign, where that
// is two things.
func DecimalIn(text string) (sign string, readings []string) {
	_, number, after, ok := splitAmount(text)
	if !ok {
		return "", nil
	}
	sign, two := guessDecimal(strings.TrimPrefix(number, "-"))
	switch {
	case two && signBehind(after) != "":
		return signBehind(after), nil
	case two:
		return "", []string{strings.NewReplacer(".", "", ",", "").Replace(number), strings.ReplaceAll(number, ",", ".")}
	case strings.ContainsAny(number, ".,"):
		return sign, nil
	}
	return "", nil
}

// ParsePercent reads "46 %", "46%" or "46" as 46. A number above 100 or below 0 is refused.
func ParsePercent(text, decimal string) (float64, error) {
	refuse := process.Wrong("", "percent.not_one", Shortened(text))
	number := strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(text), "%"))
	plain, two := plainNumber(number, decimal)
	if two && decimal == "" {
		plain = strings.ReplaceAll(number, ",", ".") // no percentage has thousands
	}
	v, err := strconv.ParseFloat(plain, 64)
	if err != nil || !(v >= 0 && v <= 100) {
		return 0, refuse
	}
	return v, nil
}

// splitAmount cuts "SEK 1 250,50 kr" into what stands before, the number, and what stands after. Brackets and signs belong to the number.
func splitAmount(text string) (before, number, after string, ok bool) {
	text = strings.TrimSpace(strings.Map(ordinary, text))
	first := strings.IndexAny(text, "0123456789")
	last := strings.LastIndexAny(text, "0123456789")
	if first < 0 || len(text) > 60 {
		return "", "", "", false
	}
	before, number, after = text[:first], text[first:last+1], text[last+1:]
	if first > 0 && (text[first-1] == '.' || text[first-1] == ',') {
		return "", "", "", false // ".5": too unclear for money
	}
	if strings.Contains(before, "-") || strings.Contains(before, "(") && strings.Contains(after, ")") {
		number = "-" + number
		before, after = strings.NewReplacer("-", "", "(", "").Replace(before), strings.Replace(after, ")", "", 1)
	}
	return strings.TrimSpace(before), number, strings.TrimSpace(after), true
}

// ordinary turns the many blanks, minus signs and apostrophes into one of each.
func ordinary(r rune) rune {
	switch {
	case unicode.IsSpace(r) || r == '\u2007' || r == '\u202f':
		return ' '
	case r == '\u2212' || r == '\u2013':
		return '-'
	case r == '’':
		return '\''
	}
	return r
}

var (
	digitsOnly = regexp.MustCompile(`^\d{1,18}$`)
	inThrees   = map[byte]*regexp.Regexp{}
)

func init() {
	for _, sep := range []byte{' ', '\'', '.', ','} {
		inThrees[sep] = regexp.MustCompile(`^\d{1,3}(` + regexp.QuoteMeta(string(sep)) + `\d{3})+$`)
	}
}

// plainNumber turns digits with separators into a plain decimal number, "" if they are none. Two tells that, not knowing the decimal
// sign, the number can be read in two ways.
func plainNumber(text, decimal string) (plain string, two bool) {
	sign := ""
	if rest, ok := strings.CutPrefix(text, "-"); ok {
		sign, text = "-", rest
	}
	if decimal == "" {
		if decimal, two = guessDecimal(text); two {
			return "", true
		}
	}
	whole, frac, cut := strings.Cut(text, decimal)
	if cut && !digitsOnly.MatchString(frac) {
		return "", false
	}
	if whole = ungrouped(whole); whole == "" {
		return "", false
	}
	if cut {
		whole += "." + frac
	}
	return sign + whole, false
}

// ungrouped takes thousands separators out: one kind of them, every three digits.
func ungrouped(text string) string {
	if digitsOnly.MatchString(text) {
		return text
	}
	for sep, shape := range inThrees {
		if shape.MatchString(text) {
			return strings.ReplaceAll(text, string(sep), "")
		}
	}
	return ""
}

// guessDecimal finds the decimal sign of one number: the later of two different signs, a sign that cannot separate thousands.
func guessDecimal(text string) (decimal string, two bool) {
	point, comma := strings.LastIndexByte(text, '.'), strings.LastIndexByte(text, ',')
	at, sign := point, "."
	if comma > point {
		at, sign = comma, ","
	}
	switch {
	case at < 0:
		return ".", false
	case point >= 0 && comma >= 0:
		return sign, false
	case strings.Count(text, sign) > 1 || strings.ContainsAny(text, " '"):
		if strings.Count(text, sign) > 1 {
			return map[string]string{".": ",", ",": "."}[sign], false
		}
		return sign, false
	case len(text)-at-1 == 3 && at <= 3 && text[0] != '0':
		return "", true
	}
	return sign, false
}

// timesTen moves the decimal point.
func timesTen(plain string, zeros int) string {
	if zeros == 0 {
		return plain
	}
	whole, frac, _ := strings.Cut(plain, ".")
	frac += strings.Repeat("0", max(0, zeros-len(frac)))
	whole, frac = whole+frac[:zeros], frac[zeros:]
	sign := ""
	if rest, ok := strings.CutPrefix(whole, "-"); ok {
		sign, whole = "-", rest
	}
	if whole = strings.TrimLeft(whole, "0"); whole == "" {
		whole = "0"
	}
	if frac == "" {
		return sign + whole
	}
	return sign + whole + "." + frac
}

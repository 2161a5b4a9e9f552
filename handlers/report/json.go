package report

import (
	"encoding/json"
	"io"
	"math"
	"strconv"

	"milstolpe/process"
	"milstolpe/process/money"
)

// WriteJSON writes one document, indented so that a person can read it too.
func WriteJSON(out io.Writer, document any) error {
	e := json.NewEncoder(out)
	e.SetEscapeHTML(false)
	e.SetIndent("", " ")
	return e.Encode(document)
}

// amount is an amount in JSON and in sheets: a number of major units, rounded to the minor unit.
type amount struct {
	minor  float64
	digits int
}

// MarshalJSON writes 46625.00, with all decimals of the currency. Nothing has no sign.
func (a amount) MarshalJSON() ([]byte, error) { return []byte(a.String()), nil }

func (a amount) String() string {
	return strconv.FormatFloat(a.major(), 'f', a.digits, 64)
}

func (a amount) major() float64 {
	whole := math.Round(a.minor)
	if whole == 0 {
		return 0 // and not minus zero
	}
	return whole / math.Pow10(a.digits)
}

// amounts makes amounts of one currency.
type amounts struct{ digits int }

func amountsOf(currency string) amounts { return amounts{money.Digits(currency)} }

func (c amounts) of(minor float64) amount { return amount{minor, c.digits} }

// known is the amount, or null where it is not known.
func (c amounts) known(minor float64, known bool) *amount {
	if !known {
		return nil
	}
	a := c.of(minor)
	return &a
}

func (c amounts) ptr(minor *float64) *amount {
	if minor == nil {
		return nil
	}
	return c.known(*minor, true)
}

// chance is a chance or an expected number of deals, rounded to six decimals: more would look like knowledge.
type chance float64

// MarshalJSON writes 0.217082.
func (c chance) MarshalJSON() ([]byte, error) { return rounded(float64(c), 6), nil }

func knownChance(c float64, known bool) *chance {
	if !known {
		return nil
	}
	v := chance(c)
	return &v
}

// tenths is a number of deals with one decimal.
type tenths float64

// MarshalJSON writes 12.3.
func (n tenths) MarshalJSON() ([]byte, error) {
	return []byte(strconv.FormatFloat(float64(n), 'f', 1, 64)), nil
}

// figure is any other number with a fraction, rounded to twelve decimals: what lies beyond depends on the order of adding up.
type figure float64

// MarshalJSON writes 0.1025.
func (f figure) MarshalJSON() ([]byte, error) { return rounded(float64(f), 12), nil }

func knownFigure(f *float64) *figure {
	if f == nil {
		return nil
	}
	v := figure(*f)
	return &v
}

func rounded(x float64, decimals int) []byte {
	scale := math.Pow10(decimals)
	if x = math.Round(x*scale) / scale; x == 0 {
		x = 0 // and not minus zero
	}
	return strconv.AppendFloat(nil, x, 'f', -1, 64)
}

// knownDay is the day, or null where there is none.
func knownDay(d process.Date) *process.Date {
	if d.IsZero() {
		return nil
	}
	return &d
}

// knownText is the text, or null where there is none.
func knownText[T ~string](text T) *string {
	if text == "" {
		return nil
	}
	s := string(text)
	return &s
}

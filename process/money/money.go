package money

import (
	"errors"
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"
)

// Amount is a sum of money in whole minor units (öre, cents) of a currency (ISO 4217, three capital letters).
type Amount struct {
	Minor    int64  `json:"minor"`
	Currency string `json:"currency"`
}

// ErrNotAnAmount is what Parse answers to anything but a plain decimal number.
var ErrNotAnAmount = errors.New("not an amount")

// Limit is the largest amount that can be recorded, in minor units: ten thousand milliards with two decimals. Sums of a hundred
// thousand of them still fit.
const Limit = 1_000_000_000_000_00

// digits lists the currencies of ISO 4217 whose minor unit is not a hundredth.
var digits = map[string]int{
	"BIF": 0, "CLP": 0, "DJF": 0, "GNF": 0, "ISK": 0, "JPY": 0, "KMF": 0, "KRW": 0, "PYG": 0, "RWF": 0, "UGX": 0, "VND": 0, "VUV": 0,
	"XAF": 0, "XOF": 0, "XPF": 0, "BHD": 3, "IQD": 3, "JOD": 3, "KWD": 3, "LYD": 3, "OMR": 3, "TND": 3,
}

// Digits is the number of decimals of a currency.
func Digits(currency string) int {
	if d, ok := digits[currency]; ok {
		return d
	}
	return 2
}

var code = regexp.MustCompile(`^[A-Z]{3}$`)

// ValidCurrency tells whether the text can be a currency code.
func ValidCurrency(currency string) bool { return code.MatchString(currency) }

// New is an amount in minor units.
func New(minor int64, currency string) Amount { return Amount{Minor: minor, Currency: currency} }

// FromMajor rounds a number of major units (kronor) to the nearest minor unit, half away from zero.
func FromMajor(major float64, currency string) Amount {
	return New(int64(math.Round(major*scale(currency))), currency)
}

// Major is the amount in major units.
func (a Amount) Major() float64 { return float64(a.Minor) / scale(a.Currency) }

// IsZero tells an amount of nothing.
func (a Amount) IsZero() bool { return a.Minor == 0 }

// Neg is the amount with the other sign.
func (a Amount) Neg() Amount { return New(-a.Minor, a.Currency) }

func scale(currency string) float64 { return math.Pow10(Digits(currency)) }

var plain = regexp.MustCompile(`^-?\d{1,15}(\.\d+)?$`)

// Parse reads a plain number of major units with a decimal point, "125000.50". More decimals than the currency has are refused unless
// they are zeros: nothing that was typed is rounded silently.
func Parse(text, currency string) (Amount, error) {
	if !ValidCurrency(currency) {
		return Amount{}, fmt.Errorf("%w: currency %q", ErrNotAnAmount, currency)
	}
	if !plain.MatchString(text) {
		return Amount{}, fmt.Errorf("%w: %q", ErrNotAnAmount, text)
	}
	whole, frac, _ := strings.Cut(text, ".")
	n := Digits(currency)
	if len(frac) > n {
		if strings.Trim(frac[n:], "0") != "" {
			return Amount{}, fmt.Errorf("%w: %q has more decimals than %s", ErrNotAnAmount, text, currency)
		}
		frac = frac[:n]
	}
	frac += strings.Repeat("0", n-len(frac))
	minor, err := strconv.ParseInt(whole+frac, 10, 64)
	if err != nil || minor > Limit || minor < -Limit {
		return Amount{}, fmt.Errorf("%w: %q is too large", ErrNotAnAmount, text)
	}
	return New(minor, currency), nil
}

// Decimal is the amount as Parse reads it, with all decimals of the currency: "125000.50".
func (a Amount) Decimal() string {
	n := Digits(a.Currency)
	if n == 0 {
		return strconv.FormatInt(a.Minor, 10)
	}
	sign, m := "", uint64(a.Minor) //nolint:gosec // the sign is taken off first
	if a.Minor < 0 {
		sign, m = "-", uint64(-a.Minor) //nolint:gosec // as above
	}
	unit := uint64(scale(a.Currency))
	return fmt.Sprintf("%s%d.%0*d", sign, m/unit, n, m%unit)
}

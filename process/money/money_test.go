package money_test

import (
	"errors"
	"testing"

	"pgregory.net/rapid"

	"milstolpe/process/money"
)

func TestAmountsAreReadToTheMinorUnit(t *testing.T) {
	for _, c := range []struct {
		text, currency string
		minor          int64
	}{
		{"125000.50", "SEK", 12_500_050},
		{"125000", "SEK", 12_500_000},
		{"0.05", "SEK", 5},
		{"-0.05", "SEK", -5},
		{"-12", "EUR", -1200},
		{"7.5", "SEK", 750},
		{"7.5000", "SEK", 750}, // zeros say nothing
		{"1500", "JPY", 1500},
		{"1500.00", "JPY", 1500},
		{"1.234", "KWD", 1234},
		{"007", "SEK", 700},
		{"1000000000000", "SEK", money.Limit},
	} {
		if got, err := money.Parse(c.text, c.currency); err != nil || got != money.New(c.minor, c.currency) {
			t.Errorf("%s %s is %+v, %v; want %d", c.text, c.currency, got, err, c.minor)
		}
	}
}

// Nothing that was typed is rounded silently, and nothing is guessed.
func TestWhatIsNoPlainAmountIsRefused(t *testing.T) {
	for _, c := range [][2]string{
		{"", "SEK"},
		{".", "SEK"},
		{".5", "SEK"},
		{"5.", "SEK"},
		{"1,5", "SEK"},
		{"1 000", "SEK"},
		{"+5", "SEK"},
		{"--5", "SEK"},
		{"1e3", "SEK"},
		{"0x10", "SEK"},
		{"١٢", "SEK"},
		{"NaN", "SEK"},
		{"5 kr", "SEK"},
		{"0.001", "SEK"},
		{"1500.5", "JPY"},
		{"1.2345", "KWD"},
		{"1000000000000.01", "SEK"},
		{"-1000000000000.01", "SEK"},
		{"999999999999999999999", "SEK"},
		{"5", "kr"},
		{"5", "sek"},
		{"5", ""},
	} {
		if got, err := money.Parse(c[0], c[1]); !errors.Is(err, money.ErrNotAnAmount) {
			t.Errorf("%q %q is %+v, %v", c[0], c[1], got, err)
		}
	}
}

func anyAmount(rt *rapid.T) money.Amount {
	currency := rapid.SampledFrom([]string{"SEK", "NOK", "JPY", "KWD", "EUR"}).Draw(rt, "currency")
	return money.New(rapid.Int64Range(-money.Limit, money.Limit).Draw(rt, "minor"), currency)
}

func TestAmountsComeBackFromTheirDecimals(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		a := anyAmount(rt)
		if back, err := money.Parse(a.Decimal(), a.Currency); err != nil || back != a {
			rt.Errorf("%+v is written as %s and read as %+v, %v", a, a.Decimal(), back, err)
		}
		if a.Neg().Neg() != a || a.IsZero() != (a.Minor == 0) {
			rt.Errorf("%+v the other way round is %+v", a, a.Neg())
		}
	})
	if text := money.New(-5, "SEK").Decimal(); text != "-0.05" {
		t.Errorf("minus five öre is %s", text)
	}
}

// A float64 holds every amount up to the limit to the minor unit: 10^14 öre has 47 bits.
func TestAmountsComeBackFromMajorUnits(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		a := anyAmount(rt)
		if back := money.FromMajor(a.Major(), a.Currency); back != a {
			rt.Errorf("%+v is %v, which is %+v", a, a.Major(), back)
		}
	})
	for major, minor := range map[float64]int64{0.005: 1, -0.005: -1, 0.0049: 0, 1e10: 1e12} {
		if got := money.FromMajor(major, "SEK"); got.Minor != minor {
			t.Errorf("%v kronor are %d öre, want %d", major, got.Minor, minor)
		}
	}
}

func FuzzParseAmount(f *testing.F) {
	for _, text := range []string{"125000.50", "-0.05", "7.5000", "1e3", "", "-", "000000000000001", "99999999999999999"} {
		f.Add(text, "SEK")
		f.Add(text, "JPY")
	}
	f.Fuzz(func(t *testing.T, text, currency string) {
		a, err := money.Parse(text, currency)
		if err != nil {
			return
		}
		if a.Minor > money.Limit || a.Minor < -money.Limit {
			t.Errorf("%q is beyond what can be recorded: %+v", text, a)
		}
		if again, err := money.Parse(a.Decimal(), currency); err != nil || again != a {
			t.Errorf("%q is %+v, written as %s and read as %+v, %v", text, a, a.Decimal(), again, err)
		}
	})
}

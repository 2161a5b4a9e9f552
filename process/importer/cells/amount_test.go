package cells_test

import (
	"errors"
	"testing"

	"milstolpe/process"
	"milstolpe/process/importer/cells"
	"milstolpe/process/money"
)

func TestAmountsAreReadAsPeopleWriteThem(t *testing.T) {
	for _, c := range []struct{ text, decimal, want, currency string }{
		{"125000", "", "125000", ""},
		{"1 250 000 kr", "", "1250000", "kr"},
		{"1\u00a0250\u202f000 kr", ",", "1250000", "kr"},
		{"1 250 tkr", ",", "1250000", "kr"},
		{"1 250,5 tkr", ",", "1250500", "kr"},
		{"5,4 Mkr", ",", "5400000", "kr"},
		{"5,4 MKR", ",", "5400000", "kr"},
		{"1.2m", ".", "1200000", ""},
		{"250k", ".", "250000", ""},
		{"2 mdr", ".", "2000000000", ""},
		{"1250:-", ",", "1250", "kr"},
		{"1 250,-", ",", "1250", ""},
		{"SEK 1,250,000.50", ".", "1250000.50", "SEK"},
		{"1.250.000,50 €", ",", "1250000.50", "EUR"},
		{"$1,250", ".", "1250", "$"},
		{"1'250'000", ".", "1250000", ""},
		{"1 250,50", "", "1250.50", ""},
		{"1,250,000", "", "1250000", ""},
		{"1.250,5", "", "1250.5", ""},
		{"0,500", "", "0.500", ""},
		{"1250.50", "", "1250.50", ""},
		{"-500", "", "-500", ""},
		{"(1 500)", "", "-1500", ""},
		{"−500", "", "-500", ""},
		{"0", "", "0", ""},
		{"tSEK 12", ".", "12000", "SEK"},
		{"0,05 Mkr", ",", "50000", "kr"},
		{"125.000,-", "", "125000", ""},
		{"125.000,-", ".", "125000", ""}, // what it says of itself holds
		{"1,250.-", "", "1250", ""},
		{"85.000:-", "", "85000", "kr"},
		{"1,250.50:-", ".", "1250.50", "kr"},
	} {
		got, err := cells.ParseAmount(c.text, c.decimal)
		if err != nil {
			t.Errorf("%q (decimal %q): %v", c.text, c.decimal, err)
			continue
		}
		if got.Decimal != c.want || got.Currency != c.currency {
			t.Errorf("%q (decimal %q) is read as %q %q, want %q %q", c.text, c.decimal, got.Decimal, got.Currency, c.want, c.currency)
		}
	}
}

func TestWhatIsNoAmountOrTwoAmountsIsRefused(t *testing.T) {
	for _, c := range []struct{ text, decimal, want string }{
		{"", "", "amount.not_a_number"},
		{"about 5", "", "amount.not_a_number"},
		{"1.250", "", "amount.two_readings"},
		{"1,250", "", "amount.two_readings"},
		{"1250.50", ",", "amount.not_a_number"}, // no thousands stand in twos
		{"1,250.50", ",", "amount.not_a_number"},
		{"1 25 000", ",", "amount.not_a_number"},
		{"1 250.000,50", ",", "amount.not_a_number"},
		{"12-13", "", "amount.not_a_number"},
		{"5 kr/mån", "", "amount.not_a_number"},
		{"5 kr EUR", "", "amount.not_a_number"},
		{"2026-11-23", "", "amount.not_a_number"},
		{".5", ".", "amount.not_a_number"},
		{"1e9", ".", "amount.not_a_number"},
	} {
		got, err := cells.ParseAmount(c.text, c.decimal)
		if err == nil {
			t.Errorf("%q (decimal %q) is read as %+v, want a refusal", c.text, c.decimal, got)
			continue
		}
		var e *process.Error
		if !errors.As(err, &e) || e.Msg != c.want {
			t.Errorf("%q (decimal %q): %v, want %s", c.text, c.decimal, err, c.want)
		}
	}
}

func TestAnAmountTakesTheCurrencyOfTheListUnlessItNamesAnother(t *testing.T) {
	for _, c := range []struct {
		text, list string
		want       money.Amount
		rounded    bool
	}{
		{"1 250 kr", "NOK", money.New(125000, "NOK"), false},
		{"1 250", "EUR", money.New(125000, "EUR"), false},
		{"1 250 EUR", "SEK", money.New(125000, "EUR"), false},
		{"$5", "CAD", money.New(500, "CAD"), false},
		{"$5", "SEK", money.New(500, "USD"), false},
		{"1250", "JPY", money.New(1250, "JPY"), false},
		{"8333.333333", "SEK", money.New(833333, "SEK"), true},
		{"9999.999", "SEK", money.New(1000000, "SEK"), true},
		{"1250.500", "SEK", money.New(125050, "SEK"), false},
		{"12.5", "JPY", money.New(13, "JPY"), true},
		{"99.5", "JPY", money.New(100, "JPY"), true},
	} {
		r, err := cells.ParseAmount(c.text, ".")
		if err != nil {
			t.Errorf("%q: %v", c.text, err)
			continue
		}
		got, rounded, err := r.In(c.list)
		if err != nil || got != c.want || rounded != c.rounded {
			t.Errorf("%q in a list in %s is %v (rounded %v, %v), want %v", c.text, c.list, got, rounded, err, c.want)
		}
	}
	for _, text := range []string{"100 USDT", "USDT 100", "100 USDC", "5 BTCX", "1.5 XRP2"} { // a coin is no currency
		if r, err := cells.ParseAmount(text, "."); err == nil {
			t.Errorf("%q is read as %v, want a refusal", text, r)
		}
	}
	r, err := cells.ParseAmount("500 kr", ",")
	if err != nil {
		t.Fatal(err)
	}
	if got, _, err := r.In("EUR"); err == nil {
		t.Errorf("500 kr in a list in EUR is %v, want a refusal", got)
	}
}

func TestPercentagesAreBetweenZeroAndAHundred(t *testing.T) {
	for text, want := range map[string]float64{"46 %": 46, "46%": 46, "0": 0, "100": 100, "12,5": 12.5, "12.5 %": 12.5} {
		if got, err := cells.ParsePercent(text, ""); err != nil || got != want {
			t.Errorf("%q is %v (%v), want %v", text, got, err, want)
		}
	}
	for _, text := range []string{"", "101", "-1", "half", "NaN", "5 % or so"} {
		if got, err := cells.ParsePercent(text, ""); err == nil {
			t.Errorf("%q is read as %v, want a refusal", text, got)
		}
	}
}

func FuzzParseAmount(f *testing.F) {
	for _, seed := range []string{"1 250 000 kr", "1.250,50 €", "(12)", "5,4 Mkr", "-0.005", "1'2'3", "999999999999999.999"} {
		f.Add(seed, ",")
		f.Add(seed, "")
	}
	f.Fuzz(func(t *testing.T, text, decimal string) {
		if decimal != "" && decimal != "." && decimal != "," {
			return
		}
		r, err := cells.ParseAmount(text, decimal)
		if err != nil {
			if process.KindOf(err) != process.Invalid {
				t.Errorf("%q: %v is not something that a person can mend", text, err)
			}
			return
		}
		a, _, err := r.In("SEK")
		if err == nil && (a.Minor > money.Limit || a.Minor < -money.Limit) {
			t.Errorf("%q is read as %d, beyond every limit", text, a.Minor)
		}
	})
}

func TestAWordWithMoreBehindItIsAnOutcome(t *testing.T) {
	for text, want := range map[string]process.Outcome{
		"Lost - price": process.Lost, "Förlorad (budget)": process.Lost, "verloren an Mitbewerber": process.Lost, "Tapt til Konkurrent AS": process.Lost,
		"Won: phase 1": process.Won, "Nei": process.Lost, "nein": process.Lost, "Ja": process.Won,
	} {
		if got, certain := cells.OutcomeIn(text); got != want || !certain {
			t.Errorf("%q is %s, %v; want %s", text, got, certain, want)
		}
	}
	for _, text := range []string{"Order - waiting", "won/lost", "Waiting for lost order", "Lost to?"} {
		if got, certain := cells.OutcomeIn(text); certain {
			t.Errorf("%q is %s for certain", text, got)
		}
	}
}

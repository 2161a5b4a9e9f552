package rates_test

import (
	"slices"
	"testing"

	"milstolpe/process"
	"milstolpe/process/money"
	"milstolpe/process/rates"
	"milstolpe/process/register"
)

func day(text string) process.Date { return process.MustDate(text) }

// given are the rates of a book, each with the day from which it holds.
type given struct {
	registers rates.Registers
	n         byte
}

func (g *given) book() rates.Book { return rates.NewBook(g.registers, "SEK", register.Retractions{}) }

func (g *given) apply(facts ...process.Fact) {
	for _, f := range facts {
		g.n++
		set, ok := f.(*process.RateSet)
		if !ok {
			panic("a rate is set by a fact of another kind")
		}
		register.Of(&g.registers, set.Currency).Put(process.EventID{15: g.n}, set.Rate, &set.Stamp)
	}
}

func (g *given) set(t *testing.T, currency string, rate float64, from, today string) {
	t.Helper()
	facts, err := g.book().Set(currency, rate, day(from), nil, day(today))
	if err != nil || len(facts) != 1 {
		t.Fatalf("%v, %v", facts, err)
	}
	g.apply(facts...)
}

func TestAnAmountIsConvertedWithTheRateOfItsDay(t *testing.T) {
	var g given
	g.set(t, "EUR", 11, "2026-03-01", "2026-03-01")
	g.set(t, "EUR", 11.5, "2026-06-01", "2026-06-01")
	g.set(t, "JPY", 0.07, "2026-03-01", "2026-06-01")
	for _, c := range []struct {
		amount money.Amount
		on     string
		minor  int64
		rated  bool
	}{
		{money.New(100_00, "SEK"), "2026-04-01", 100_00, true},
		{money.New(100_00, "EUR"), "2026-04-01", 1_100_00, true}, // 100 × 11
		{money.New(100_00, "EUR"), "2026-06-01", 1_150_00, true}, // 100 × 11.5
		{money.New(100_00, "EUR"), "2020-01-01", 1_100_00, true}, // before the first rate, the first
		{money.New(1_000, "JPY"), "2026-06-01", 70_00, true},     // yen have no hundredths: 1,000 × 0.07 = 70 kronor
		{money.New(100_00, "NOK"), "2026-06-01", 0, false},
	} {
		if got, rated := g.book().Convert(c.amount, day(c.on)); got != money.New(c.minor, "SEK") || rated != c.rated {
			t.Errorf("%v on %s is %v, %v; want %d", c.amount, c.on, got, rated, c.minor)
		}
	}
}

func TestARateForAnEarlierDayHoldsUntilTheNext(t *testing.T) {
	var g given
	g.set(t, "NOK", 0.98, "2026-06-01", "2026-06-01")
	more := &process.RateSet{Stamp: process.Stamp{Known: day("2026-01-01"), History: true}, Currency: "NOK", Rate: 1.02}
	with := g.book().With(more)
	if with(day("2026-05-31")) != 1.02 || with(day("2026-06-01")) != 0.98 {
		t.Errorf("it would be %v in May and %v in June", with(day("2026-05-31")), with(day("2026-06-01")))
	}
	if rate, _ := g.book().On("NOK", day("2026-05-31")); rate != 0.98 {
		t.Errorf("asking what would be has changed May to %v", rate)
	}
	g.set(t, "NOK", 1.02, "2026-01-01", "2026-06-02")
	want := []rates.Day{{From: day("2026-06-01"), Rate: 0.98}, {From: day("2026-01-01"), Rate: 1.02}}
	if got := g.book().Days("NOK"); !slices.Equal(got, want) {
		t.Errorf("the rates are %v, want %v", got, want)
	}
	if got := g.book().Currencies(); !slices.Equal(got, []string{"NOK"}) {
		t.Errorf("currencies %v", got)
	}
}

func TestARateThatIsNoneIsRefused(t *testing.T) {
	var g given
	for name, c := range map[string]struct {
		currency string
		rate     float64
		from     process.Date
	}{
		"the team's own currency": {"SEK", 1, 0},
		"no currency":             {"XYZW", 1, 0},
		"nothing":                 {"EUR", 0, 0},
		"less than nothing":       {"EUR", -1, 0},
		"a day to come":           {"EUR", 11, day("2026-06-02")},
	} {
		if facts, err := g.book().Set(c.currency, c.rate, c.from, nil, day("2026-06-01")); process.KindOf(err) != process.Invalid || len(facts) > 0 {
			t.Errorf("%s: %v, %v", name, facts, err)
		}
	}
}

func TestAFormThatSomebodyWasQuickerThanIsToldOfTheOther(t *testing.T) {
	var g given
	g.set(t, "EUR", 11, "2026-05-01", "2026-05-01")
	stale := g.book().Heads("EUR")
	g.set(t, "EUR", 11.5, "2026-06-01", "2026-06-01")
	if _, err := g.book().Set("EUR", 10, day("2026-04-01"), stale, day("2026-06-01")); process.KindOf(err) != process.Conflict {
		t.Errorf("it answers %v", err)
	}
}

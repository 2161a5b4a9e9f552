package i18n_test

import (
	"math"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"milstolpe/handlers/i18n"
	"milstolpe/process"
	"milstolpe/process/money"
)

// visible shows no-break blanks as underscores, so that a wrong blank is seen.
func visible(s string) string { return strings.ReplaceAll(s, "\u00a0", "_") }

func sek(major float64) money.Amount { return money.FromMajor(major, "SEK") }

func TestNumbersAreWrittenAsTheLanguageDoes(t *testing.T) {
	sv, en := i18n.Swedish, i18n.English
	nok := money.New(1_234_567_00, "NOK")
	for _, c := range []struct{ what, got, want string }{
		{"amount, sv", sv.Money(sek(1_234_567)), "1_234_567_kr"},
		{"amount, en", en.Money(sek(1_234_567)), "SEK_1,234,567"},
		{"kroner, sv", sv.Money(nok), "1_234_567_NOK"},
		{"kroner, en", en.Money(nok), "NOK_1,234,567"},
		{"yen have no decimals", en.Money(money.New(1500, "JPY")), "JPY_1,500"},
		{"öre, sv", sv.Money(sek(1234.5)), "1_234,50_kr"},
		{"öre, en", en.Money(sek(1234.5)), "SEK_1,234.50"},
		{"rounded away from zero", sv.Whole(sek(1234.5)), "1_235_kr"},
		{"below zero, sv", sv.Money(sek(-223_410)), "−223_410_kr"},
		{"below zero, en", en.Money(sek(-223_410)), "−SEK_223,410"},
		{"more, sv", sv.Signed(sek(175_716)), "+175_716_kr"},
		{"more, en", en.Signed(sek(175_716)), "+SEK_175,716"},
		{"nothing has no sign", sv.Signed(sek(0)), "0_kr"},
		{"next to nothing has no sign", sv.Delta(sek(-0.4)), "0"},
		{"a column", sv.Delta(sek(-5_512)), "−5_512"},
		{"a range", sv.Range(sek(453_267), sek(1_018_577)), "453_267–1_018_577"},
		{"share, sv", sv.Percent(0.456), "46_%"},
		{"share, en", en.Percent(0.456), "46%"},
		{"chance", sv.Chance(0.11), "11_%"},
		{"a chance is never nothing", sv.Chance(0.0001), "under_1_%"},
		{"a chance is never certain", en.Chance(0.9999), "above_99%"},
		{"chances", sv.ChanceRange(0.07, 0.15), "7–15_%"},
		{"count", sv.Int(5_296_000), "5_296_000"},
		{"count below zero", en.Int(-1234), "−1,234"},
		{"decimals", sv.Dec(-0.25, 1), "−0,3"},
		{"word, sv", sv.Word(3), "tre"},
		{"word, en", en.Word(12), "twelve"},
		{"too many for a word", sv.Word(13), "13"},
	} {
		if got := visible(c.got); got != c.want {
			t.Errorf("%s: %s, want %s", c.what, got, c.want)
		}
	}
}

func TestShortAmounts(t *testing.T) {
	sv, en := i18n.Swedish, i18n.English
	for _, c := range []struct{ what, got, want string }{
		{"two decimals, sv", sv.Short(sek(1_834_000)), "1,83_Mkr"},
		{"two decimals, en", en.Short(sek(1_834_000)), "1.83m"},
		{"a third", sv.Short(sek(323_000)), "0,32_Mkr"},
		{"ten millions", sv.Short(sek(18_340_000)), "18,3_Mkr"},
		{"rounds up to ten", sv.Short(sek(9_996_000)), "10,0_Mkr"},
		{"hundreds of millions", sv.Short(sek(1_834_000_000)), "1_834_Mkr"},
		{"too little for millions, sv", sv.Short(sek(62_000)), "62_000_kr"},
		{"too little for millions, en", en.ShortCode(sek(62_000)), "SEK_62k"},
		{"thousands, en", en.ShortCode(money.FromMajor(15_753, "GBP")), "£15.8k"},
		{"thousands without a sign, en", en.Short(sek(140_400)), "140k"},
		{"a sign is always there, en", en.Short(money.FromMajor(140_400, "GBP")), "£140k"},
		{"nearly a million, en", en.Short(money.FromMajor(999_600, "GBP")), "£1.00m"},
		{"small, en", en.Short(money.FromMajor(9_400, "GBP")), "£9,400"},
		{"below zero with a sign, en", en.Whole(money.FromMajor(-9_400, "GBP")), "−£9,400"},
		{"range with a sign, en", en.ShortRange(money.FromMajor(140_000, "GBP"), money.FromMajor(230_000, "GBP")), "£140k–£230k"},
		{"range from nothing, en", en.ShortRange(money.FromMajor(0, "GBP"), money.FromMajor(230_000, "GBP")), "0–£230k"},
		{"range in thousands, en", en.ShortRange(sek(140_000), sek(230_000)), "SEK_140–230k"},
		{"range that reads as one, sv", sv.ShortRange(sek(1_080_000), sek(1_120_000)), "omkring 1,1_Mkr"},
		{"range that is one, sv", sv.ShortRange(sek(1_080_000), sek(1_080_000)), "1,1_Mkr"},
		{"range around, sv", sv.RangeAround(sek(1_251_000), sek(2_949_000), sek(2_000_000)), "1,3–2,9_Mkr"},
		{"rounded out of the range, sv", sv.RangeAround(sek(1_200_000), sek(2_940_000), sek(2_930_000)), "1_200_000–2_940_000_kr"},
		{"above the range, en", en.RangeAround(sek(140_000), sek(230_000), sek(240_000)), "SEK_140,000–230,000"},
		{"range that reads as one, en", en.ShortRange(money.FromMajor(1_080_000, "GBP"), money.FromMajor(1_120_000, "GBP")), "about £1.1m"},
		{"with its currency, en", en.ShortCode(sek(1_834_000)), "SEK_1.83m"},
		{"with its currency, sv", sv.ShortCode(money.New(1_834_000_00, "NOK")), "1,83_MNOK"},
		{"range, sv", sv.ShortRange(sek(1_251_000), sek(2_949_000)), "1,3–2,9_Mkr"},
		{"range, en", en.ShortRange(sek(1_251_000), sek(2_949_000)), "SEK_1.3–2.9m"},
		{"range below a million", sv.ShortRange(sek(0), sek(546_019)), "0–0,55_Mkr"},
		{"range of little", sv.ShortRange(sek(10_000), sek(62_000)), "10_000–62_000_kr"},
		{"axis", sv.UnitShort("SEK"), "Mkr"},
		{"axis, en", en.UnitShort("SEK"), "SEK_m"},
	} {
		if got := visible(c.got); got != c.want {
			t.Errorf("%s: %s, want %s", c.what, got, c.want)
		}
	}
}

func TestDaysAndPeriods(t *testing.T) {
	sv, en := i18n.Swedish, i18n.English
	day, year := process.MustDate("2026-11-23"), process.Calendar{}
	broken := process.Calendar{FiscalYearStart: time.May}
	at := time.Date(2026, 6, 30, 14, 2, 0, 0, time.UTC)
	for _, c := range []struct{ what, got, want string }{
		{"text, sv", sv.Day(day), "23_nov._2026"},
		{"text, en", en.Day(day), "23_Nov_2026"},
		{"no day", sv.Day(0), ""},
		{"this year", sv.DayNear(day, process.MustDate("2026-01-01")), "23_nov."},
		{"another year", sv.DayNear(day, process.MustDate("2027-01-01")), "23_nov._2026"},
		{"with weekday, sv", sv.DayLong(process.MustDate("2026-06-30")), "Tisdag 30_juni_2026"},
		{"with weekday, en", en.DayLong(process.MustDate("2026-06-30")), "Tuesday 30_June 2026"},
		{"table", sv.ISO(day), "2026-11-23"},
		{"clock, sv", sv.Clock(at), "14.02"},
		{"clock, en", en.Clock(at), "14:02"},
		{"print, sv", sv.Stamp(at), "30_juni_2026 kl._14.02"},
		{"week, sv", sv.Period(year.Period(process.Week, day)), "v._48"},
		{"week, en", en.Period(year.Period(process.Week, day)), "W48"},
		{"week 53 belongs to the year before", sv.PeriodName(year.Period(process.Week, process.MustDate("2027-01-01"))), "Vecka_53_2026"},
		{"month, sv", sv.Period(year.Period(process.Month, day)), "nov._2026"},
		{"month, en", en.Period(year.Period(process.Month, day)), "Nov_2026"},
		{"month's name", sv.PeriodName(year.Period(process.Month, day)), "November_2026"},
		{"quarter", sv.Period(year.Period(process.Quarter, day)), "Q4_2026"},
		{"quarter's name, sv", sv.PeriodName(year.Period(process.Quarter, process.MustDate("2026-02-01"))), "Första kvartalet_2026"},
		{"quarter's name, en", en.PeriodName(year.Period(process.Quarter, process.MustDate("2026-02-01"))), "First quarter_2026"},
		{"year", sv.PeriodName(year.Period(process.Year, day)), "2026"},
		{"fiscal quarter", sv.Period(broken.Period(process.Quarter, day)), "Q3_2026/27"},
		{"fiscal year, sv", sv.PeriodName(broken.Period(process.Year, day)), "Räkenskapsåret_2026/27"},
		{"fiscal year, en", en.PeriodName(broken.Period(process.Year, day)), "Fiscal year_2026/27"},
	} {
		if got := visible(c.got); got != c.want {
			t.Errorf("%s: %s, want %s", c.what, got, c.want)
		}
	}
}

func TestAmountsNeverBreakAndKeepTheirDigits(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := money.New(rapid.Int64Range(-money.Limit, money.Limit).Draw(t, "minor"), rapid.SampledFrom([]string{"SEK", "NOK", "JPY", "TND"}).Draw(t, "currency"))
		l := rapid.SampledFrom([]i18n.Lang{i18n.Swedish, i18n.English}).Draw(t, "lang")
		text := l.Money(a)
		if strings.ContainsAny(text, " -") {
			t.Fatalf("%q breaks, or has a hyphen for a minus", text)
		}
		digits := strings.Map(func(r rune) rune {
			if r >= '0' && r <= '9' {
				return r
			}
			return -1
		}, text)
		unit := int64(math.Pow10(money.Digits(a.Currency)))
		want := strings.NewReplacer("-", "", ".", "").Replace(a.Decimal())
		if a.Minor%unit == 0 {
			want = strings.TrimSuffix(want, strings.Repeat("0", money.Digits(a.Currency)))
		}
		if strings.TrimLeft(digits, "0") != strings.TrimLeft(want, "0") {
			t.Fatalf("%s is written %q", a.Decimal(), text)
		}
		if strings.Contains(text, "−") != (a.Minor < 0) {
			t.Fatalf("%s is written %q", a.Decimal(), text)
		}
	})
}

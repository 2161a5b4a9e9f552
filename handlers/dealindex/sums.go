package dealindex

import (
	"math"

	"milstolpe/handlers/figures"
	"milstolpe/process/money"
)

// Sum adds up deals, in minor units of the reporting currency.
type Sum struct {
	Deals                int
	Currency             string
	ValueMinor, expected float64
}

// NewSum is an empty sum in the reporting currency.
func NewSum(currency string) Sum { return Sum{Currency: currency} }

// Add counts one more deal.
func (s *Sum) Add(l *Line) {
	s.Deals++
	s.ValueMinor += l.Value
	s.expected += l.Expected()
}

// Value is the total value of the deals.
func (s Sum) Value() money.Amount { return figures.Minor(s.ValueMinor, s.Currency) }

// Expected is the expected value of the deals: each value times its chance.
func (s Sum) Expected() money.Amount { return figures.Minor(s.expected, s.Currency) }

// AddUp makes the amounts of groups whole, so that they add up to those of all together.
func AddUp(groups []*Sum, all Sum) {
	unit := math.Pow10(money.Digits(all.Currency))
	for _, amount := range []func(*Sum) *float64{func(s *Sum) *float64 { return &s.ValueMinor }, func(s *Sum) *float64 { return &s.expected }} {
		exact := make([]float64, len(groups))
		for i, g := range groups {
			exact[i] = *amount(g)
		}
		for i, whole := range money.LargestRemainder(exact, *amount(&all), unit) {
			*amount(groups[i]) = whole
		}
	}
}

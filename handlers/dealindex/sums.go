package dealindex

import (
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

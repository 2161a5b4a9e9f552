package stats

import (
	"math"
	"slices"
)

// ErrorStats collects forecasts and what came of them (section 9). The zero value is
// ready to use. In order of periods, it also tells whether they lean.
type ErrorStats struct {
	Forecast, Actual     float64 // ΣF and ΣA
	Absolute             float64 // Σ|F−A|
	Within10, Within25   int     // periods off by at most so much of the actual
	errors, absoluteErrs []float64
}

// Add counts one period.
func (m *ErrorStats) Add(forecast, actual float64) {
	miss := forecast - actual
	m.Forecast += forecast
	m.Actual += actual
	m.Absolute += math.Abs(miss)
	if math.Abs(miss) <= 0.10*math.Abs(actual) {
		m.Within10++
	}
	if math.Abs(miss) <= 0.25*math.Abs(actual) {
		m.Within25++
	}
	m.errors = append(m.errors, miss)
	m.absoluteErrs = append(m.absoluteErrs, math.Abs(miss))
}

// Periods is how many have been added.
func (m *ErrorStats) Periods() int { return len(m.errors) }

// Error is Σ(F−A), in money.
func (m *ErrorStats) Error() float64 { return m.Forecast - m.Actual }

// Bias is Σ(F−A)/ΣA; ok is false where nothing came, and only money can be told.
func (m *ErrorStats) Bias() (share float64, ok bool) {
	if m.Actual == 0 {
		return 0, false
	}
	return m.Error() / m.Actual, true
}

// WAPE is the usual miss, Σ|F−A|/ΣA; ok is false where nothing came.
func (m *ErrorStats) WAPE() (share float64, ok bool) {
	if m.Actual == 0 {
		return 0, false
	}
	return m.Absolute / m.Actual, true
}

// AbsoluteErrors are |F−A| in the order of Add, for [AddsValue].
func (m *ErrorStats) AbsoluteErrors() []float64 { return slices.Clone(m.absoluteErrs) }

// Lean says whether the forecasts were too high or too low, see [LeanOf].
func (m *ErrorStats) Lean() Bias { return BiasOf(m.errors) }

package forecast

import (
	"milstolpe/process"
	"milstolpe/process/sales"
	"milstolpe/process/stats"
)

// PeriodReport is what was forecast for one period as of one day, and what came. Amounts are in minor units of the reporting currency;
// they are whole only where they were recorded.
type PeriodReport struct {
	Period       process.Period
	AsOf         process.Date
	CalibratedOn process.Date // zero where several processes were calibrated on different days, or none
	Complete     bool
	Source       Source
	HasForecast  bool

	OpenDeals          int
	Pipeline           float64 // Σ v·φ
	NewMoney, NewDeals stats.Unopened
	WonSoFar           float64 // already won, where the period is seen from inside
	WonSoFarDeals      int
	Forecast           float64
	ForecastDeals      float64
	Range              stats.Range
	RangeShown         bool    // enough closed deals and complete periods to show it
	RangeFactor        float64 // by which the range is wider than by chance alone; 1 until it has learned

	// Correction by the team's own record: forecast − T, nothing unless the record was proven to know better. Record is R, Weight how much
	// the model counts beside it, RecordPeriods the periods that this rests on; the same for the number of deals.
	Correction, CorrectionDeals float64
	Record, RecordDeals         float64
	Weight, WeightDeals         float64
	RecordPeriods               int

	Tau float64

	Actual      float64
	ActualDeals int
	Naive       *float64 // actual of the last complete period
	Bridge      Bridge
	Brier       *float64

	LostForecast, LostForecastDeals float64
	LostActual                      float64
	LostActualDeals                 int

	Parts []*DealContribution  // the deals behind every number, shared with other reports: not to be changed
	Noted *process.NotedFigure // what was noted, if it was

	sum stats.Portfolio // of which the range is made
}

// DealContribution is what one deal has to do with a period.
type DealContribution struct {
	Deal      *sales.Deal
	Open      bool // open on the as-of day; otherwise a newcomer, or already won in the running period
	Standing  Standing
	Next      process.MilestoneID // next required milestone on the as-of day; empty when all were passed
	Value     float64             // on the as-of day
	Phi, Lose float64             // chance to be won, and lost, in the period
	Seller    process.PersonID
	Customer  process.CustomerID

	Bar            Bar
	Amount         float64 // in its bar; of a won deal without the change of value
	ValueChange    float64
	CurrencyChange float64
	Brought        float64 // closing value if won in the period
	LostIn         bool

	calibrated process.Date
}

// Expected is v·φ, the deal's part of the forecast.
func (p *DealContribution) Expected() float64 { return p.Value * p.Phi }

package forecast_test

import (
	"testing"

	"milstolpe/process"
	"milstolpe/process/forecast"
	"milstolpe/process/processtest"
)

// The second golden team has unknown places, a record that corrects its total, and a range that learns. What was known on a day gives the
// same correction and the same factor of the range as is found today for that day.
func TestCorrectionAndRangeFactorAreTheSameFromWhateverDay(t *testing.T) {
	t.Parallel()
	facts := processtest.GoldenFacts(t, "../testdata/golden2", "month")
	today := forecast.NewModel(processtest.TeamOfFacts(facts), processtest.Day("2026-11-23"))
	corrected, learned := 0, 0
	for _, kind := range []process.PeriodKind{process.Month, process.Quarter} {
		first := today.Team().Calendar().Period(kind, processtest.Day("2025-01-01"))
		for p := first; p.End < processtest.Day("2026-10-01"); p = p.Next() {
			asOf := p.AsOf(0)
			then := forecast.NewModel(processtest.TeamOfFacts(knownBy(asOf, facts)), asOf).ForecastOn(p, asOf, forecast.Scope{})
			now := today.ForecastOn(p, asOf, forecast.Scope{})
			if then.Weight != now.Weight || then.Correction != now.Correction || then.RangeFactor != now.RangeFactor || then.Range != now.Range {
				t.Errorf("%s: then w %v, f %v, range %+v; now w %v, f %v, range %+v", p.Label(), then.Weight, then.RangeFactor, then.Range, now.Weight, now.RangeFactor, now.Range)
			}
			if now.Corrected() {
				corrected++
			}
			if now.RangeFactor != 1 {
				learned++
			}
		}
	}
	if corrected == 0 || learned == 0 {
		t.Errorf("%d periods were corrected, %d ranges have learned: this team tests nothing", corrected, learned)
	}
}

// knownBy are the facts known on a day, with the founding and the process, which history is read with whenever they came.
func knownBy(day process.Date, facts []process.Fact) (list []process.Fact) {
	for _, f := range facts {
		_, version := f.(*process.VersionPublished)
		_, founded := f.(*process.TeamFounded)
		_, setting := f.(*process.SettingSet)
		if version || founded || setting || f.Recorded().Known <= day {
			list = append(list, f)
		}
	}
	return list
}

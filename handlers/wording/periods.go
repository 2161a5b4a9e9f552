package wording

import (
	"strconv"

	"milstolpe/handlers/i18n"
	"milstolpe/process"
)

// AxisLabel names a period under the axis of a chart, without its year where AxisYear has it.
func AxisLabel(t *i18n.Text, p process.Period) string {
	switch p.Kind {
	case process.Quarter:
		return "Q" + strconv.Itoa(p.Number)
	case process.Month:
		return t.MonthShort(p.Start.Month())
	case process.Week, process.Year:
	}
	return t.Period(p)
}

// AxisYear is the year that is written under the axis where it changes; empty for years, whose labels are their names.
func AxisYear(t *i18n.Text, p process.Period) string {
	if p.Kind == process.Year {
		return ""
	}
	return i18n.Fiscal(p)
}

// PeriodName names a period in a row or a title, with its year.
func PeriodName(t *i18n.Text, p process.Period) string {
	if p.Kind == process.Week {
		return t.Period(p) + i18n.Nbsp + strconv.Itoa(p.Year)
	}
	return t.Period(p)
}

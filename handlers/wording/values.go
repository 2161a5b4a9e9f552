package wording

import (
	"strconv"
	"strings"
	"time"

	"milstolpe/handlers/i18n"
	"milstolpe/process"
	"milstolpe/process/activities"
	"milstolpe/process/money"
	"milstolpe/process/sales"
)

// fieldValue writes one recorded value of a field for a reader.
func (w ConflictText) fieldValue(value any) string {
	t, none := w.Text, w.T("deal.empty")
	var text string
	switch v := value.(type) {
	case string:
		text = v
	case process.CustomerID:
		text = w.Team.Customer(v)
	case process.PersonID:
		text = w.Team.Person(v)
	case *money.Amount:
		if v != nil {
			text = t.Money(*v)
		}
	case process.Date:
		text = t.Day(v)
	case sales.RoleHolder:
		text = w.roleHolder(v)
	case activities.Activity:
		text = strings.TrimSpace(v.Text + " " + DayAndTime(t, v.Due, v.Time, 0))
	}
	if text == "" {
		return none
	}
	return text
}

// setting writes a setting as its page does.
func setting(t *i18n.Text, s process.Setting, value string) string {
	switch s {
	case process.CalibrationSetting:
		if kind, err := process.ParsePeriodKind(value); err == nil {
			return t.T("settings." + kind.String())
		}
	case process.FiscalYearSetting:
		if month, err := strconv.Atoi(value); err == nil && month >= 1 && month <= 12 {
			return t.Month(time.Month(month))
		}
	case process.WinsOfTenSetting:
		if value == "" {
			return t.T("welcome.dont_know")
		}
		return strings.ReplaceAll(value, ".", t.Lang.Pick(",", "."))
	}
	return value
}

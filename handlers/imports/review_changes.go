package imports

import (
	"strconv"
	"strings"

	"milstolpe/handlers/web"
	"milstolpe/handlers/wording"
	"milstolpe/process"
	"milstolpe/process/importer/columns"
	"milstolpe/process/money"
	"milstolpe/process/sales"
)

// changed is what a change is about.
func changed(v *web.Request, team *sales.Team, id process.DealID, what columns.Meaning) string {
	key, ok := what.Milestone()
	if id, list := what.List(); list {
		return wording.ListName(team.Lists(), id)
	}
	if !ok {
		return meaning(v.Text, what)
	}
	if d, there := team.Deal(id); there && d.Version() != nil {
		if m, known := d.Version().Definition.Milestone(key); known {
			return m.Name
		}
	}
	return string(key)
}

// changedTo writes a value of a change in the language of the page; plans hold values as exports write them.
func changedTo(v *web.Request, what columns.Meaning, value string) string {
	if _, list := what.List(); list {
		return value
	}
	switch what {
	case columns.MeansValue:
		return amountOf(v, value)
	case columns.MeansProbability:
		if p, err := strconv.ParseFloat(value, 64); err == nil {
			return v.Text.Percent(p / 100)
		}
	case columns.MeansOutcome:
		outcome, day, _ := strings.Cut(value, " ")
		if outcome == "" {
			return v.T("import.outcome.open")
		}
		return strings.TrimSpace(v.T("import.outcome."+outcome) + " " + dayOf(v, day))
	default:
		return dayOf(v, value)
	}
	return value
}

func dayOf(v *web.Request, text string) string {
	if d, err := process.ParseDate(text); err == nil {
		return v.Text.Day(d)
	}
	return text
}

// amountOf writes "125000.50 SEK" as the language does.
func amountOf(v *web.Request, text string) string {
	number, currency, _ := strings.Cut(text, " ")
	if a, err := money.Parse(number, currency); err == nil {
		return v.Text.Money(a)
	}
	return text
}

package imports

import (
	"strconv"
	"strings"

	"milstolpe/handlers/i18n"
	"milstolpe/handlers/wording"
	"milstolpe/process"
	"milstolpe/process/importer/columns"
	"milstolpe/process/money"
	"milstolpe/process/picklists"
	"milstolpe/process/sales"
)

// deals are those of a team, with the lists that it chooses from for each.
type deals interface {
	Lists() *picklists.Book
	Deal(id process.DealID) (*sales.Deal, bool)
}

// changed is what a change is about.
func changed(t *i18n.Text, team deals, id process.DealID, what columns.Meaning) string {
	key, ok := what.Milestone()
	if id, list := what.List(); list {
		return wording.ListName(team.Lists(), id)
	}
	if !ok {
		return meaning(t, what)
	}
	if d, there := team.Deal(id); there && d.Version() != nil {
		if m, known := d.Version().Definition.Milestone(key); known {
			return m.Name
		}
	}
	return string(key)
}

// changedTo writes a value of a change in the language of the page; plans hold values as exports write them.
func changedTo(t *i18n.Text, what columns.Meaning, value string) string {
	if _, list := what.List(); list {
		return value
	}
	switch what {
	case columns.MeansValue:
		return amountOf(t, value)
	case columns.MeansProbability:
		if p, err := strconv.ParseFloat(value, 64); err == nil {
			return t.Percent(p / 100)
		}
	case columns.MeansOutcome:
		outcome, day, _ := strings.Cut(value, " ")
		if outcome == "" {
			return t.T("import.outcome.open")
		}
		return strings.TrimSpace(t.T("import.outcome."+outcome) + " " + dayOf(t, day))
	default:
		return dayOf(t, value)
	}
	return value
}

func dayOf(t *i18n.Text, text string) string {
	if d, err := process.ParseDate(text); err == nil {
		return t.Day(d)
	}
	return text
}

// amountOf writes "125000.50 SEK" as the language does.
func amountOf(t *i18n.Text, text string) string {
	number, currency, _ := strings.Cut(text, " ")
	if a, err := money.Parse(number, currency); err == nil {
		return t.Money(a)
	}
	return text
}

package handlers

import (
	"strings"
	"unicode"

	"milstolpe/process"
	"milstolpe/process/money"
	"milstolpe/process/sales"
)

// fieldValue writes one recorded value of a field for a reader.
func fieldValue(t *Text, team *sales.Team, value any) string {
	none := t.T("deal.empty")
	var text string
	switch v := value.(type) {
	case string:
		text = v
	case process.CustomerID:
		text = team.Customer(v)
	case process.PersonID:
		text = team.Person(v)
	case *money.Amount:
		if v != nil {
			text = t.Money(*v)
		}
	case process.Date:
		text = t.Day(v)
	case sales.NextStep:
		text = strings.TrimSpace(v.Text + " " + t.Day(v.Due))
	}
	if text == "" {
		return none
	}
	return text
}

// lowerFirst makes a milestone's name go on in a sentence: "Kunden har …" becomes "kunden har …". A word in capitals stays.
func lowerFirst(s string) string {
	runes := []rune(s)
	if len(runes) > 1 && unicode.IsUpper(runes[0]) && unicode.IsLower(runes[1]) {
		runes[0] = unicode.ToLower(runes[0])
	}
	return string(runes)
}

// full ends a sentence with one stop, also where its last word is an abbreviation that has its own: 23 nov.
func full(s string) string { return strings.TrimSuffix(s, ".") + "." }

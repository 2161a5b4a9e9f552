package web

import (
	"html/template"

	"milstolpe/assets"
	"milstolpe/handlers/i18n"
	"milstolpe/handlers/parts"
)

// funcs are what templates can call. They write values in the language of the set; none of them computes anything about sales. The list,
// with examples, is in the package comment.
func funcs(t *i18n.Text, files *assets.Set) template.FuncMap {
	return template.FuncMap{
		"t": t.T, "sentence": t.Sentence, "link": i18n.Link, "strong": i18n.Strong, "unbroken": i18n.Unbroken,
		"asset": files.URL,

		"num": t.Number, "word": t.Word, "dec": t.Dec, "plus": t.DecDelta,
		"percent": t.Percent, "chance": t.Chance, "chances": t.ChanceRange,
		"money": t.Money, "whole": t.Whole, "signed": t.Signed,
		"amount": t.Amount, "exact": t.Exact, "delta": t.Delta, "range2": t.Range,
		"short": t.Short, "shortCode": t.ShortCode, "shortRange": t.ShortRange,
		"unit": t.Unit, "unitShort": t.UnitShort,

		"day": t.Day, "dayNear": t.DayNear, "dayLong": t.DayLong, "iso": t.ISO,
		"clock": t.Clock, "stamp": t.Stamp, "period": t.Period, "periodName": t.PeriodName,

		"input": parts.Input, "option": parts.OptionOf,
	}
}

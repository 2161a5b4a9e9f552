package handlers

import (
	"html/template"

	"milstolpe/assets"
)

// funcs are what templates can call. They write values in the language of the set; none of them computes anything about sales. The list,
// with examples, is in the package comment.
func funcs(t *Text, files *assets.Set) template.FuncMap {
	return template.FuncMap{
		"t": t.T, "sentence": t.Sentence, "link": link, "strong": strong, "unbroken": unbroken,
		"asset": files.URL,

		"num": t.number, "word": t.Word, "dec": t.Dec, "plus": t.DecDelta,
		"percent": t.Percent, "chance": t.Chance, "chances": t.ChanceRange,
		"money": t.Money, "whole": t.Whole, "signed": t.Signed,
		"amount": t.Amount, "exact": t.Exact, "delta": t.Delta, "range2": t.Range,
		"short": t.Short, "shortCode": t.ShortCode, "shortRange": t.ShortRange,
		"unit": t.Unit, "unitShort": t.UnitShort,

		"day": t.Day, "dayNear": t.DayNear, "dayLong": t.DayLong, "iso": t.ISO,
		"clock": t.Clock, "stamp": t.Stamp, "period": t.Period, "periodName": t.PeriodName,

		"input": input, "option": option,
	}
}

// number is Int for what templates have, which is mostly int.
func (t *Text) number(n any) string { return t.value([]any{n}, 0) }

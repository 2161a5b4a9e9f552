package handlers

import (
	"milstolpe/process"
	"milstolpe/process/money"
)

// stylePage shows every part of the visual language, with made-up contents.
type stylePage struct {
	Page
	Form     styleForm
	Faults   Faults
	Whole    money.Amount
	Part     money.Amount
	Low      money.Amount
	High     money.Amount
	Day      process.Date
	Quarter  process.Period
	Choices  []Option
	Plates   []string
	OpenDeal int
}

type styleForm struct{ Name, Day, Note, Count string }

func styleRoutes(r *routes) {
	r.getAlways("/help/style", showStyle)
	r.template("style", stylePage{})
}

func showStyle(v *visit) error {
	kronor := func(n int64) money.Amount { return money.New(n*100, "SEK") }
	day := process.MustDate("2026-06-30")
	return v.show("style", stylePage{
		Page:   v.page(NoSection, v.t("style.title")),
		Form:   styleForm{Name: v.t("style.name_value"), Day: day.String(), Count: v.t("style.count_value")},
		Faults: Faults{List: []Fault{{Field: "count", Text: v.t("form.number")}}},
		Whole:  kronor(1_513_971), Part: kronor(771_000), Low: kronor(1_125_883), High: kronor(1_933_659),
		Day: day, Quarter: process.Calendar{}.Period(process.Quarter, day),
		Choices:  []Option{option("1", v.t("style.choice_1")), option("2", v.t("style.choice_2")), option("3", v.t("style.choice_3"))},
		OpenDeal: 34,
	})
}

package handlers

import (
	"milstolpe/process"
	"milstolpe/process/money"
)

// stylePage shows every part of the visual language with made-up contents, and a form that answers as every form does. It is where a
// change of the stylesheet is looked at.
type stylePage struct {
	Page
	Form      styleForm
	Faults    Faults
	Choices   []Option
	Plates    []stylePlate
	Deals     []styleDeal
	Posts     Posts
	Figures   styleFigures
	OpenDeals int
	Sellers   []string
}

type styleForm struct {
	Name  string `form:"name" validate:"required,max=60" label:"style.field_name"`
	Day   string `form:"day" validate:"required,day" label:"style.field_day"`
	Count string `form:"count" validate:"omitempty,numeric" label:"style.field_count"`
	Note  string `form:"note" label:"style.field_note"`
	Pick  string `form:"pick" validate:"omitempty,oneof=1 2 3" label:"style.field_pick"`
	Sure  string `form:"sure" label:"style.field_sure"`
}

type stylePlate struct {
	Plate
	Class, Name, Text string
}

type styleDeal struct {
	Customer, Name, Last string
	Red                  bool
	Value                money.Amount
	Track                Track
	Chance               float64
	Similar              int
	Close                process.Date
	Moved                int
	Seller               string
}

type styleFigures struct {
	Whole, Part, Low, High, Rise, Fall money.Amount
	Day                                process.Date
	Quarter                            process.Period
}

const stylePath = "/help/style"

func styleRoutes(r *routes) {
	r.getAlways(stylePath, showStyle)
	r.postAlways(stylePath, tryStyle)
	r.template("style", stylePage{})
	r.template("style/form", stylePage{})
}

func showStyle(v *visit) error {
	page := newStylePage(v)
	return v.show("style", page, Part{"style-form", "style/form", page})
}

// tryStyle checks the form as every form is checked. There is nothing to record.
func tryStyle(v *visit) error {
	page := newStylePage(v)
	err := v.read(&page.Form)
	var mine bool
	if page.Faults, mine = v.faults(err); mine {
		return v.again(page.Faults, "style", page, Part{"style-form", "style/form", page})
	}
	if err != nil {
		return err
	}
	return v.saved(stylePath, Toast{Text: v.t("style.tried", page.Form.Name)})
}

func newStylePage(v *visit) stylePage {
	day := process.MustDate("2026-06-30")
	page := stylePage{
		Page: v.page(NoSection, v.t("style.title")),
		Form: styleForm{Day: day.String()},
		Choices: []Option{
			option("1", v.t("style.choice_1")), option("2", v.t("style.choice_2")), option("3", v.t("style.choice_3")),
		},
		Figures: styleFigures{
			Whole: kronor(1_513_971), Part: kronor(771_000), Low: kronor(1_125_883), High: kronor(1_933_659),
			Rise: kronor(141_475), Fall: kronor(-86_068), Day: day, Quarter: process.Calendar{}.Period(process.Quarter, day),
		},
		Posts:     Posts{Sentence: v.t("style.posts", 17, 30), Have: 17, Need: 30},
		OpenDeals: 34,
		Sellers:   []string{"Anna Berg", "Erik Dahl"},
	}
	page.Plates = stylePlates(v)
	page.Deals = styleDeals(v, day)
	return page
}

func kronor(n int64) money.Amount { return money.New(n*100, "SEK") }

func stylePlates(v *visit) []stylePlate {
	plates := []stylePlate{
		{Plate: Plate{Reached, 1}},
		{Plate: Plate{Reached, 0}},
		{Plate: Plate{Next, 2}, Class: "next"},
		{Plate: Plate{Ahead, 3}},
		{Plate: Plate{Waived, 4}},
		{Plate: Plate{NotYet, 5}, Class: "later"},
	}
	for i, key := range []string{"reached", "optional", "next", "ahead", "waived", "not_yet"} {
		plates[i].Name, plates[i].Text = v.t("style.plate_"+key), v.t("style.plate_text_"+key)
	}
	return plates
}

func styleDeals(v *visit, day process.Date) []styleDeal {
	track := func(reached int) Track {
		plates := []Plate{{NotYet, 1}, {NotYet, 0}, {NotYet, 2}, {NotYet, 3}, {NotYet, 4}}
		for i := range reached {
			plates[i].State = Reached
		}
		plates[reached].State = Next
		return NewTrack(v.t("style.track", reached-1, 4), plates)
	}
	return []styleDeal{
		{
			Customer: "Ekeby Mejeri", Name: v.t("style.deal_1"), Value: kronor(363_000), Track: track(4), Last: v.t("style.days_here", 6),
			Chance: .74, Similar: 140, Close: day.AddDays(15), Seller: "Anna Berg",
		},
		{
			Customer: "Kolbotten Sågverk", Name: v.t("style.deal_2"), Value: kronor(133_000), Track: track(3), Red: true,
			Last: v.t("style.stalls_in", 1), Chance: .58, Similar: 169, Close: day.AddDays(46), Moved: 2, Seller: "Erik Dahl",
		},
		{
			Customer: "Råshults Möbler", Name: v.t("style.deal_3"), Value: kronor(75_000), Track: track(3),
			Last: v.t("style.stalled", 50), Chance: .41, Similar: 31, Close: day, Moved: 3, Seller: "Sara Holm",
		},
	}
}

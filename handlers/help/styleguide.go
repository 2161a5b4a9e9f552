package help

import (
	"milstolpe/handlers/chart"
	"milstolpe/handlers/parts"
	"milstolpe/handlers/urls"
	"milstolpe/handlers/web"
	"milstolpe/process"
	"milstolpe/process/money"
)

// stylePage shows every part of the visual language with made-up contents, and a form that answers as every form does. It is where a
// change of the stylesheet is looked at.
type stylePage struct {
	web.Page
	Form      styleForm
	Faults    parts.FieldErrors
	Choices   []parts.Option
	Plates    []stylePlate
	Deals     []styleDeal
	Posts     chart.CountPictogram
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
	chart.MilestoneMarker
	Class, Name, Text string
}

type styleDeal struct {
	Customer, Name, Last string
	Red                  bool
	Value                money.Amount
	Track                chart.ProgressTrack
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

func styleRoutes(r *web.Router) {
	r.GetAlways(stylePath, showStyle)
	r.PostAlways(stylePath, tryStyle)
	r.Template("style", stylePage{})
	r.Template("style/form", stylePage{})
}

func showStyle(v *web.Request) error {
	page := newStylePage(v)
	return v.Render("style", page, web.Fragment{ID: "style-form", Template: "style/form", Data: page})
}

// tryStyle checks the form as every form is checked. There is nothing to record.
func tryStyle(v *web.Request) error {
	page := newStylePage(v)
	err := v.Read(&page.Form)
	var mine bool
	if page.Faults, mine = v.FormErrors(err); mine {
		return v.Reject(page.Faults, "style", page, web.Fragment{ID: "style-form", Template: "style/form", Data: page})
	}
	if err != nil {
		return err
	}
	return v.DoneWith(stylePath, web.Flash{Text: v.T("style.tried", page.Form.Name)})
}

func newStylePage(v *web.Request) stylePage {
	day := process.MustDate("2026-06-30")
	page := stylePage{
		Page: v.Page(urls.NoSection, v.T("style.title")),
		Form: styleForm{Day: day.String()},
		Choices: []parts.Option{
			parts.OptionOf("1", v.T("style.choice_1")), parts.OptionOf("2", v.T("style.choice_2")), parts.OptionOf("3", v.T("style.choice_3")),
		},
		Figures: styleFigures{
			Whole: kronor(1_513_971), Part: kronor(771_000), Low: kronor(1_125_883), High: kronor(1_933_659),
			Rise: kronor(141_475), Fall: kronor(-86_068), Day: day, Quarter: process.Calendar{}.Period(process.Quarter, day),
		},
		Posts:     chart.CountPictogram{Sentence: v.T("style.posts", 17, 30), Have: 17, Need: 30},
		OpenDeals: 34,
		Sellers:   []string{"Anna Berg", "Erik Dahl"},
	}
	page.Plates = stylePlates(v)
	page.Deals = styleDeals(v, day)
	return page
}

func kronor(n int64) money.Amount { return money.New(n*100, "SEK") }

func stylePlates(v *web.Request) []stylePlate {
	plates := []stylePlate{
		{MilestoneMarker: chart.MilestoneMarker{State: chart.Reached, Numeral: 1}},
		{MilestoneMarker: chart.MilestoneMarker{State: chart.Reached, Numeral: 0}},
		{MilestoneMarker: chart.MilestoneMarker{State: chart.Next, Numeral: 2}, Class: "next"},
		{MilestoneMarker: chart.MilestoneMarker{State: chart.Ahead, Numeral: 3}},
		{MilestoneMarker: chart.MilestoneMarker{State: chart.Waived, Numeral: 4}},
		{MilestoneMarker: chart.MilestoneMarker{State: chart.NotYet, Numeral: 5}, Class: "later"},
	}
	for i, key := range []string{"reached", "optional", "next", "ahead", "waived", "not_yet"} {
		plates[i].Name, plates[i].Text = v.T("style.plate_"+key), v.T("style.plate_text_"+key)
	}
	return plates
}

func styleDeals(v *web.Request, day process.Date) []styleDeal {
	track := func(reached int) chart.ProgressTrack {
		plates := []chart.MilestoneMarker{{State: chart.NotYet, Numeral: 1}, {State: chart.NotYet, Numeral: 0}, {State: chart.NotYet, Numeral: 2}, {State: chart.NotYet, Numeral: 3}, {State: chart.NotYet, Numeral: 4}}
		for i := range reached {
			plates[i].State = chart.Reached
		}
		plates[reached].State = chart.Next
		return chart.NewProgressTrack(v.T("style.track", reached-1, 4), plates)
	}
	return []styleDeal{
		{
			Customer: "Ekeby Mejeri", Name: v.T("style.deal_1"), Value: kronor(363_000), Track: track(4), Last: v.T("style.days_here", 6),
			Chance: .74, Similar: 140, Close: day.AddDays(15), Seller: "Anna Berg",
		},
		{
			Customer: "Kolbotten Sågverk", Name: v.T("style.deal_2"), Value: kronor(133_000), Track: track(3), Red: true,
			Last: v.T("style.stalls_in", 1), Chance: .58, Similar: 169, Close: day.AddDays(46), Moved: 2, Seller: "Erik Dahl",
		},
		{
			Customer: "Råshults Möbler", Name: v.T("style.deal_3"), Value: kronor(75_000), Track: track(3),
			Last: v.T("style.stalled", 50), Chance: .41, Similar: 31, Close: day, Moved: 3, Seller: "Sara Holm",
		},
	}
}

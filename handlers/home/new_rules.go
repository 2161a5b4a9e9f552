package home

import (
	"net/http"

	"milstolpe/handlers/i18n"
	"milstolpe/handlers/web"
	"milstolpe/process"
	"milstolpe/process/register"
)

// rulesNow is the version of the model (process/MODEL.md) by which figures are counted.
const rulesNow = "2"

// newsFor is how many days after the first forecast that was noted by the new rules they are still news.
const newsFor = 30

// newRules says, once in a browser, what is counted otherwise than in the program that noted this team's earlier forecasts; nothing for a
// team that never saw other rules, or has lived with these for a month.
func newRules(v *web.Request, noted []register.Entry[process.ForecastNoted]) []i18n.Piece {
	if !rulesAreNew(noted, v.Today) {
		return nil
	}
	if c, err := v.Cookie(v.Server.CookieName("rules")); err == nil && c.Value == rulesNow {
		return nil
	}
	http.SetCookie(v.Response(), v.Server.Cookie("rules", rulesNow, oneYear))
	return v.Text.Sentence("home.new_rules")
}

func rulesAreNew(noted []register.Entry[process.ForecastNoted], today process.Date) bool {
	earlier := false
	for _, e := range noted {
		for i := range e.Value.Figures {
			switch {
			case e.Value.Figures[i].RangeFactor == 0:
				earlier = true
			case e.Stamp.Known.AddDays(newsFor) < today:
				return false
			}
		}
	}
	return earlier
}

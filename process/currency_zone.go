package process

// homeZones are the time zones of currencies that one country uses, all of it in one zone.
var homeZones = map[string]string{
	"SEK": "Europe/Stockholm", "NOK": "Europe/Oslo", "DKK": "Europe/Copenhagen", "GBP": "Europe/London", "CHF": "Europe/Zurich",
	"PLN": "Europe/Warsaw", "ISK": "Atlantic/Reykjavik", "CZK": "Europe/Prague", "HUF": "Europe/Budapest", "RON": "Europe/Bucharest",
	"JPY": "Asia/Tokyo", "INR": "Asia/Kolkata", "SGD": "Asia/Singapore", "NZD": "Pacific/Auckland", "ZAR": "Africa/Johannesburg",
}

// ZoneOf is the time zone of those who count in a currency. Euros, dollars and the like are used in many zones, and have none.
func ZoneOf(currency string) (zone string, known bool) {
	zone, known = homeZones[currency]
	return zone, known
}

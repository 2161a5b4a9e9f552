package urls

import (
	"net/url"
)

// CallsPath is where people call their own numbers.
const CallsPath = "/forecast/calls"

// BoardPath is the sheet for the board and the bank.
const BoardPath = "/forecast/board"

// The pages of the forecast.
const (
	ForecastPath        = "/forecast"
	ForecastDealsPath   = "/forecast/deals"
	ForecastChangesPath = "/forecast/changes"
)

// Address puts a query string together: the values with some of them changed, name, value, name, value. An empty value leaves it out.
func Address(path string, values url.Values, changes []string) string {
	for i := 0; i+1 < len(changes); i += 2 {
		values.Del(changes[i])
		if changes[i+1] != "" {
			values.Set(changes[i], changes[i+1])
		}
	}
	if query := values.Encode(); query != "" {
		return path + "?" + query
	}
	return path
}

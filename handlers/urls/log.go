package urls

import (
	"net/url"

	"milstolpe/process"
)

// LogQuery is what the query asks for.
type LogQuery struct {
	Who    string `query:"who"`    // name of a person
	What   string `query:"what"`   // a kind
	From   string `query:"from"`   // a day
	Deal   string `query:"deal"`   // identity
	Before string `query:"before"` // an event: only earlier ones
}

// LogPath is the log of what was recorded.
const LogPath = "/log"

// Older is the address of the page with what was recorded before an event.
func (a LogQuery) Older(before process.EventID) string {
	a.Before = before.String()
	return a.Href()
}

// Href is the address of the log with what is asked for.
func (a LogQuery) Href() string {
	q := url.Values{}
	for name, value := range map[string]string{"who": a.Who, "what": a.What, "from": a.From, "deal": a.Deal, "before": a.Before} {
		if value != "" {
			q.Set(name, value)
		}
	}
	return LogPath + "?" + q.Encode()
}

package sheet

import (
	"bufio"
	"encoding/json"
	"io"
	"time"

	"milstolpe/process"
)

// eventLine is one event as a line of JSON.
type eventLine struct {
	Key  string          `json:"key"` // as in db/FORMAT.md, base64url
	At   time.Time       `json:"at"`  // wall clock of the computer, about
	By   string          `json:"by,omitempty"`
	Fact json.RawMessage `json:"fact"`
}

// WriteEvents writes every event as one line of JSON, in the order in which they are replayed. Events calls its argument for each of
// them; by tells who recorded one.
func WriteEvents(out io.Writer, events func(each func(process.Event) error) error, by func(process.EventID) string) error {
	b := bufio.NewWriter(out)
	e := json.NewEncoder(b)
	e.SetEscapeHTML(false)
	err := events(func(event process.Event) error {
		payload, err := process.MarshalFact(event.Fact)
		if err != nil {
			return err
		}
		return e.Encode(eventLine{event.ID.String(), event.ID.At(), by(event.ID), payload})
	})
	if err != nil {
		return err
	}
	return b.Flush()
}

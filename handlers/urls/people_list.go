package urls

import (
	"net/url"

	"milstolpe/process"
)

// ListPeoplePath is where a program is told who the people of the team are.
const ListPeoplePath = PeoplePath + "/list"

// TeamPeople is what ListPeoplePath answers with, in JSON.
type TeamPeople struct {
	People []TeamPerson `json:"people"`
	Merged []SamePerson `json:"merged"`
	Nobody string       `json:"nobody,omitempty"` // says that nobody of them is known to use this computer
}

// TeamPerson is one of us, with what the page says beside the name.
type TeamPerson struct {
	ID    process.PersonID `json:"id"`
	Name  string           `json:"name"`
	Deals string           `json:"deals"`
	You   string           `json:"you,omitempty"` // uses this computer
	Names []string         `json:"names"`         // that they had before
}

// SamePerson is somebody who is read as one of us.
type SamePerson struct {
	ID   process.PersonID `json:"id"`
	Name string           `json:"name"`
	Text string           `json:"text"` // names both
}

// PersonActionPath is where a form about one of us goes: rename, merge or apart.
func PersonActionPath(id process.PersonID, action string) string {
	return PeoplePath + "/" + url.PathEscape(string(id)) + "/" + action
}

package process

import "milstolpe/process/money"

// Fact is the closed set of things that can be recorded. A fact says what was observed, in the past tense; what follows from it is
// computed. A fact is never changed or removed: a correction is a new fact.
type Fact interface {
	// Recorded is what all facts have in common.
	Recorded() *Stamp
}

// Stamp is what all facts have in common.
type Stamp struct {
	// Known is the day from which the fact counts (model, section 1): the day of recording, or for history the day it happened.
	Known Date `json:"known"`
	// History marks imported facts, and older facts typed in during the file's first 30 days, for good.
	History bool `json:"history,omitempty"`
	// Import is the import that brought the fact, if one did.
	Import ImportID `json:"import,omitempty"`
	// Base are the events that this one replaces: what the person saw when the form was made.
	Base []EventID `json:"base,omitempty"`
}

// Recorded implements Fact.
func (s *Stamp) Recorded() *Stamp { return s }

// Event is a fact as it was recorded: ID says when, in an order that all copies agree on, and by which run of the program.
type Event struct {
	ID   EventID
	Fact Fact
}

// Facts about the team.
type (
	// WriterIntroduced is the first event of every writer: who records, where, with which version.
	WriterIntroduced struct {
		Stamp
		Person   string `json:"person"`
		Computer string `json:"computer,omitempty"`
		Version  string `json:"version,omitempty"`
		// PersonID is who that is, where it is known: the name may change.
		PersonID PersonID `json:"person_id,omitempty"`
	}
	// TeamFounded is the first fact of a file.
	TeamFounded struct {
		Stamp
		Dataset string `json:"dataset"`
	}
	// SettingSet changes one of the team's settings; Value is in the form that Setting.Check asks for.
	SettingSet struct {
		Stamp
		Setting Setting `json:"setting"`
		Value   string  `json:"value"`
	}
	// PersonNamed adds one of us, or changes the name.
	PersonNamed struct {
		Stamp
		Person PersonID `json:"person"`
		Name   string   `json:"name"`
	}
	// PeopleMerged says that two of us are one person: From is read as Into.
	PeopleMerged struct {
		Stamp
		From PersonID `json:"from"`
		Into PersonID `json:"into"`
	}
	// CustomerNamed adds a customer, or changes the name.
	CustomerNamed struct {
		Stamp
		Customer CustomerID `json:"customer"`
		Name     string     `json:"name"`
	}
	// CustomersMerged says that two customers are one: From is read as Into.
	CustomersMerged struct {
		Stamp
		From CustomerID `json:"from"`
		Into CustomerID `json:"into"`
	}
	// ContactNamed adds a person at the buyer, or changes what we know of them. It is the only fact that holds their data, so that
	// they can be erased.
	ContactNamed struct {
		Stamp
		Contact  ContactID  `json:"contact"`
		Customer CustomerID `json:"customer"`
		Name     string     `json:"name"`
		Role     string     `json:"role,omitempty"`
		Email    string     `json:"email,omitempty"`
		Phone    string     `json:"phone,omitempty"`
	}
	// RateSet says what one unit of a currency is worth in the reporting currency, from the day it is known.
	RateSet struct {
		Stamp
		Currency string  `json:"currency"`
		Rate     float64 `json:"rate"`
	}
	// TargetSet is what the team (no seller) or a seller is to sell in a period; the label names the period.
	TargetSet struct {
		Stamp
		Period string       `json:"period"`
		Seller PersonID     `json:"seller,omitempty"`
		Amount money.Amount `json:"amount"`
	}
	// CallMade is somebody's own number for a period (model, section 11). It never enters the forecast.
	CallMade struct {
		Stamp
		Period string       `json:"period"`
		Layer  Layer        `json:"layer"`
		Seller PersonID     `json:"seller,omitempty"`
		Amount money.Amount `json:"amount"`
		Reason string       `json:"reason,omitempty"`
	}
	// ForecastNoted keeps what was forecast on a day, with all figures (model, section 9).
	ForecastNoted struct {
		Stamp
		Events  int           `json:"events"` // how many events it was made from
		Figures []NotedFigure `json:"figures"`
	}
	// MeetingHeld closes a sales meeting, with what had been agreed when it ended.
	MeetingHeld struct {
		Stamp
		Seller PersonID    `json:"seller,omitempty"` // whose deals it went through; empty: everybody's
		Agreed []Agreement `json:"agreed,omitempty"`
	}
	// ImportTaken opens an import: its facts name it in their stamps.
	ImportTaken struct {
		Stamp
		ID     ImportID `json:"id"`
		Source string   `json:"source"` // name of the file
		Deals  int      `json:"deals"`
	}
	// ImportUndone takes a whole import back.
	ImportUndone struct {
		Stamp
		ID ImportID `json:"id"`
	}
	// MappingKept remembers how the columns of a list were read; Headers is the list of column names that it fits.
	MappingKept struct {
		Stamp
		Headers []string `json:"headers"`
		Mapping string   `json:"mapping"` // JSON, see Mapping
	}
	// Undone takes events back, by counting against them.
	Undone struct {
		Stamp
		Deal   DealID    `json:"deal,omitempty"` // whose events they are; none for the team's
		Events []EventID `json:"events"`
	}
)

// Facts about a process.
type (
	// DraftSaved keeps changes to a process that are not published yet. An empty definition throws the draft away.
	DraftSaved struct {
		Stamp
		Process    ProcessID  `json:"process"`
		Definition Definition `json:"definition"`
	}
	// VersionPublished makes a definition binding, as a new version of its process.
	VersionPublished struct {
		Stamp
		Process    ProcessID  `json:"process"`
		Version    VersionID  `json:"version"`
		Definition Definition `json:"definition"`
		Note       string     `json:"note,omitempty"`
	}
)

// Unknown is a fact of a type that this version does not know. Its bytes are kept as they came and carried along in merges.
type Unknown struct {
	Stamp
	Type string
	Raw  []byte
}

// Evidence is what shows that the buyer did it.
type Evidence struct {
	Text string `json:"text,omitempty"`
	Link string `json:"link,omitempty"`
}

// IsZero tells that there is none.
func (e Evidence) IsZero() bool { return e == Evidence{} }

// Agreement names the event that says what we do next in a deal, or which day its buyer has named: what the people at a meeting saw. What
// has become of it is found in the deal.
type Agreement struct {
	Deal  DealID  `json:"deal"`
	Event EventID `json:"event"`
}

// NotedFigure is one period of a noted forecast; amounts in minor units of the reporting currency of that day.
type NotedFigure struct {
	Period    string  `json:"period"`
	AsOf      Date    `json:"as_of"`
	Lead      int     `json:"lead"`
	Currency  string  `json:"currency"`
	OpenDeals int     `json:"open_deals"`
	Pipeline  int64   `json:"pipeline"`
	FromOpen  int64   `json:"from_open"`
	NewDeals  *int64  `json:"new_deals,omitempty"` // none: not estimated
	Won       int64   `json:"won,omitempty"`       // already won, in the running period
	Total     int64   `json:"total"`
	Deals     float64 `json:"deals"`
	P10       *int64  `json:"p10,omitempty"`
	P50       *int64  `json:"p50,omitempty"`
	P90       *int64  `json:"p90,omitempty"`
	Tau       float64 `json:"tau"`

	// Correction by the team's own record, which is in Total, and the factor of the range; none in notes of version 1 of the model.
	Correction  *int64  `json:"correction,omitempty"`
	RangeFactor float64 `json:"range_factor,omitempty"`
}

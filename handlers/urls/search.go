package urls

import (
	"net/url"

	"milstolpe/process"
)

// Where what was written is found.
const (
	SearchPath      = "/search"
	SuggestionsPath = SearchPath + "/suggestions"
	FindDealsPath   = SearchPath + "/deals" // for programs
)

// SearchHref is the address of what is found for a question.
func SearchHref(question string) string {
	return Address(SearchPath, url.Values{}, []string{"q", question})
}

// FoundDeal is one of what FindDealsPath answers with, in JSON.
type FoundDeal struct {
	ID         process.DealID   `json:"id"`
	Title      string           `json:"title"`
	Open       bool             `json:"open"`
	Milestones []FoundMilestone `json:"milestones"`
}

// FoundMilestone is a milestone of its process.
type FoundMilestone struct {
	Key  process.MilestoneID `json:"key"`
	Name string              `json:"name"`
}

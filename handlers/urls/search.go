package urls

import "net/url"

// Where what was written is found.
const (
	SearchPath      = "/search"
	SuggestionsPath = SearchPath + "/suggestions"
)

// SearchHref is the address of what is found for a question.
func SearchHref(question string) string {
	return Address(SearchPath, url.Values{}, []string{"q", question})
}

package urls

// Section is one of the five entries of the main navigation.
type Section string

// The sections, by their addresses. A page outside them has none.
const (
	Home         Section = "/"
	Deals        Section = "/deals"
	ProcessPages Section = "/process"
	Forecasts    Section = "/forecast"
	Outcome      Section = "/outcome"
	NoSection    Section = ""
)

package urls

import (
	"net/url"

	"milstolpe/process"
)

// PlansPath begins the addresses of plans for customers.
const PlansPath = "/plans"

// PlanPath is the plan for the customer of a deal.
func PlanPath(id process.DealID) string { return PlansPath + "/" + url.PathEscape(string(id)) }

package handlers

import (
	"cmp"
	"net/url"

	"milstolpe/process"
	"milstolpe/process/sales"
)

// dealName is how a deal is called where its customer is not named beside it: customer and name, or the one of them that there is, or
// the other system's id.
func dealName(team *sales.Team, d *sales.Deal) string {
	customer, name := team.Customer(d.Now.Customer), d.Now.Name
	if customer != "" && name != "" && customer != name {
		return customer + ", " + name
	}
	return cmp.Or(name, customer, d.Now.Ref, string(d.ID))
}

// dealPath is the address of a deal's page.
func dealPath(id process.DealID) string { return "/deals/" + url.PathEscape(string(id)) }

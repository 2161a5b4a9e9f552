package urls

import "net/url"

// HowFarPath is the page that asks of all open deals that came without milestones how far their customers have come.
const HowFarPath = "/deals/how-far"

// HowFarHref is that page for one seller, from one of them on; for all, from the first, where those are empty.
func HowFarHref(seller, from string) string {
	return Address(HowFarPath, url.Values{}, []string{"seller", seller, "from", from})
}

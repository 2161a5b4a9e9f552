package wording

import (
	"milstolpe/handlers/i18n"
	"milstolpe/handlers/parts"
	"milstolpe/handlers/urls"
)

// OutcomeTabs links the pages about the outcome. Current is the path of the page that is shown, which is no link.
func OutcomeTabs(t *i18n.Text, current string) parts.FilterGroup {
	var g parts.FilterGroup
	for _, tab := range []struct{ path, key string }{
		{urls.OutcomePath, "outcome.title"},
		{urls.CalibrationPath, "calibration.tab"},
		{urls.TimingPath, "timing.tab"},
		{urls.SellersPath, "outcome.tab.sellers"},
		{urls.ValueAddedPath, "outcome.tab.value_added"},
	} {
		g.Words = append(g.Words, parts.Choice(tab.path == current, t.T(tab.key), tab.path))
	}
	return g
}

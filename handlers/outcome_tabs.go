package handlers

// outcomeTabs are the pages about the outcome. The one that is shown is no link.
func outcomeTabs(t *Text, current string) FilterGroup {
	var g FilterGroup
	for _, tab := range []struct{ path, key string }{
		{outcomePath, "outcome.title"},
		{calibrationPath, "calibration.tab"},
		{timingPath, "timing.tab"},
		{sellersPath, "outcome.tab.sellers"},
		{valueAddedPath, "outcome.tab.value_added"},
	} {
		g.Words = append(g.Words, choice(tab.path == current, t.T(tab.key), tab.path))
	}
	return g
}

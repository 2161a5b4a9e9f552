package outcomes

import (
	"strconv"

	"milstolpe/handlers/parts"
	"milstolpe/handlers/urls"
	"milstolpe/process/forecast"
)

// passedLabel is the number of passed milestones, in addresses and beside a point; a question mark where the place is unknown.
func passedLabel(s forecast.Standing) string {
	if s.Unknown {
		return "?"
	}
	return strconv.Itoa(s.Passed)
}

// place names a number of passed milestones in a sentence.
func (v *reliabilityView) place(s forecast.Standing) string {
	switch {
	case s.Unknown:
		return v.T("calibration.unknown_place")
	case s.Passed == 0:
		return v.T("calibration.at_start")
	}
	return v.T("calibration.after", s.Passed)
}

func (v *reliabilityView) standingName(s forecast.Standing) parts.Cell {
	if s.Unknown {
		return parts.Cell{Text: "? " + v.T("calibration.unknown"), Small: v.T("calibration.unknown_small")}
	}
	c := parts.Cell{Text: strconv.Itoa(s.Passed) + ". " + v.T("calibration.opened")}
	if required := v.process.Current().Required; s.Passed > 0 && s.Passed <= len(required) {
		c.Text = strconv.Itoa(s.Passed) + ". " + v.model.MilestoneName(v.process.ID, required[s.Passed-1])
	}
	if s.Stalled {
		c.Small = v.T("charts.square.stalled")
	}
	return c
}

func (v *reliabilityView) dealsAt(s forecast.Standing) string {
	stalled := ""
	if s.Stalled {
		stalled = "1"
	}
	return v.href(urls.CalibrationDealsPath, "passed", passedLabel(s), "stalled", stalled)
}

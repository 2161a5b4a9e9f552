package activities

import (
	"regexp"
	"strings"

	"milstolpe/process"
)

// Lists have what is planned for a deal in one cell, a line each: the day and the time of day where there are any, and what it is. A dash
// stands before a text that would else be read as more than it is: "2026-12-01 14:30 Call Maja", "– 2026 budget".
var (
	beginsWithDay  = regexp.MustCompile(`^(\d{4}-\d{2}-\d{2})(\s|$)`)
	beginsWithTime = regexp.MustCompile(`^(\d{1,2}[:.]\d{2})(\s|$)`)
)

const dash = "– "

// Line is the activity as a line of such a cell.
func (a Activity) Line() string {
	text := strings.Join(strings.Fields(a.Text), " ")
	if strings.HasPrefix(text, dash) || a.Due.IsZero() && beginsWithDay.MatchString(text) || !a.Due.IsZero() && a.Time == "" && beginsWithTime.MatchString(text) {
		text = dash + text
	}
	var words []string
	if !a.Due.IsZero() {
		words = append(words, a.Due.String())
	}
	if a.Time != "" {
		words = append(words, string(a.Time))
	}
	return strings.Join(append(words, text), " ")
}

// Lines are the activities that stand as such a cell.
func Lines(list []Planned) string {
	lines := make([]string, len(list))
	for i, p := range list {
		lines[i] = p.Line()
	}
	return strings.Join(lines, "\n")
}

// ParseLines reads such a cell.
func ParseLines(text string) (list []Activity, err error) {
	for line := range strings.Lines(text) {
		line = strings.Join(strings.Fields(line), " ")
		if line == "" {
			continue
		}
		a, err := parseLine(line)
		if err != nil {
			return nil, err
		}
		list = append(list, a)
	}
	return list, nil
}

func parseLine(line string) (a Activity, err error) {
	if day := beginsWithDay.FindStringSubmatch(line); day != nil {
		if a.Due, err = process.ParseDate(day[1]); err != nil {
			return a, err
		}
		line = strings.TrimSpace(line[len(day[1]):])
		if clock := beginsWithTime.FindStringSubmatch(line); clock != nil {
			if a.Time, err = process.ParseTimeOfDay(clock[1]); err != nil {
				return a, err
			}
			line = strings.TrimSpace(line[len(clock[1]):])
		}
	}
	a.Text = strings.TrimPrefix(line, dash)
	return a, process.CheckText("", a.Text, 1, process.MaxName)
}

package report

import (
	"slices"
	"strings"

	"milstolpe/process"
	"milstolpe/process/forecast"
	"milstolpe/process/picklists"
)

// groupingNamed is by what to split: a word of ours, or the name of one of the team's own lists.
func groupingNamed(lists *picklists.Book, flag, by string) (forecast.Grouping, error) {
	words := []forecast.Grouping{forecast.BySeller, forecast.ByProcess, forecast.ByCustomer, forecast.ByMilestone}
	if slices.Contains(words, forecast.Grouping(by)) { // a list that has such a name goes by its identity
		return forecast.Grouping(by), nil
	}
	for _, l := range lists.Lists() {
		if process.FoldName(by) == process.FoldName(l.Name) || by == string(forecast.ByList(l.ID)) {
			return forecast.ByList(l.ID), nil
		}
		words = append(words, forecast.Grouping(l.Name))
	}
	return oneOf(flag, "by", by, words...)
}

// PicksNamed reads choices of the team's own lists by their names, such as Region=North; Region= asks for deals without one.
func PicksNamed(lists *picklists.Book, flag string, only []string) (picks process.Picks, err error) {
	for _, one := range only {
		name, choice, _ := strings.Cut(one, "=")
		l, ok := lists.ListByName(name)
		if !ok || l.Retired {
			var names []string
			for _, l := range lists.Lists() {
				names = append(names, l.Name)
			}
			if len(names) == 0 {
				return "", process.Wrong("only", "cli.no_lists")
			}
			return "", process.Wrong("only", "cli.bad_choice", flag+"only", name, strings.Join(names, ", "))
		}
		c, ok := l.ByName(choice)
		if !ok && strings.TrimSpace(choice) != "" {
			var names []string
			for _, c := range l.Choices {
				names = append(names, c.Name)
			}
			return "", process.Wrong("only", "cli.bad_choice", l.Name, choice, strings.Join(names, ", "))
		}
		picks = picks.With(l.ID, c.ID)
	}
	return picks, nil
}

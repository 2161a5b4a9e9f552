package report

import (
	"errors"
	"strings"

	"milstolpe/process"
	"milstolpe/process/forecast"
	"milstolpe/process/picklists"
	"milstolpe/process/sales"
)

// Question is what can be asked of forecast against actual, as somebody types it at a command line, or another program sends it. Empty texts
// take the default: quarters, from the first deal to today.
type Question struct {
	Period, From, To string
	Lead             int
	By               string
	Process          string
	Only             []string // choices of the team's own lists: Region=North
	Source           string

	Flag string // stands before the name of what is wrong: "--", or nothing
}

// Processes are those of a team.
type Processes interface {
	Lists() *picklists.Book
	Processes() []*sales.Process
	ProcessByName(name string) (*sales.Process, bool)
}

// Query checks what was asked, all of it at once.
func (q Question) Query(t Processes) (out forecast.Query, err error) {
	var faults process.Problems
	out.Lead = q.Lead
	if q.Period != "" {
		out.Kind, err = process.ParsePeriodKind(q.Period)
		collect(&faults, err)
	}
	out.From, err = GivenDay(q.Flag+"from", q.From)
	collect(&faults, err)
	out.To, err = GivenDay(q.Flag+"to", q.To)
	collect(&faults, err)
	out.By, err = groupingNamed(t.Lists(), q.Flag, q.By)
	collect(&faults, err)
	out.Scope.Picks, err = PicksNamed(t.Lists(), q.Flag, q.Only)
	collect(&faults, err)
	out.Source, err = oneOf(q.Flag, "source", q.Source, forecast.Sources...)
	collect(&faults, err)
	if q.Process != "" {
		proc, err := ProcessNamed(t, q.Process)
		collect(&faults, err)
		if err == nil {
			out.Scope.Process = proc.ID
		}
	}
	return out, faults.OrNil()
}

// collect adds what is wrong to the faults.
func collect(faults *process.Problems, err error) {
	var one *process.Error
	var many process.Problems
	switch {
	case errors.As(err, &many):
		*faults = append(*faults, many...)
	case errors.As(err, &one):
		*faults = append(*faults, one)
	}
}

// GivenDay reads a day that may be left out.
func GivenDay(field, text string) (process.Date, error) {
	if text == "" {
		return 0, nil
	}
	d, err := process.ParseDate(text)
	var wrong *process.Error
	if errors.As(err, &wrong) {
		wrong.Field = field + " " + text
	}
	return d, err
}

// oneOf reads a word that may be left out.
func oneOf[T ~string](flag, name, text string, choices ...T) (T, error) {
	if text == "" {
		return "", nil
	}
	var names []string
	for _, c := range choices {
		if text == string(c) {
			return c, nil
		}
		names = append(names, string(c))
	}
	return "", process.Wrong(name, "cli.bad_choice", flag+name, text, strings.Join(names, ", "))
}

// ProcessNamed finds the process that is meant: by its name, or the only one where no name is given.
func ProcessNamed(t Processes, name string) (*sales.Process, error) {
	if name != "" {
		if proc, ok := t.ProcessByName(name); ok {
			return proc, nil
		}
		return nil, process.Wrong("process", "cli.no_such_process", name, processNames(t.Processes()))
	}
	var published []*sales.Process
	for _, proc := range t.Processes() {
		if proc.Current() != nil {
			published = append(published, proc)
		}
	}
	switch len(published) {
	case 0:
		return nil, process.Wrong("process", "process.none_published")
	case 1:
		return published[0], nil
	}
	return nil, process.Wrong("process", "cli.which_process", processNames(t.Processes()))
}

// processNames lists the published processes, for a person who has to choose.
func processNames(all []*sales.Process) string {
	var names []string
	for _, proc := range all {
		if proc.Current() != nil {
			names = append(names, "\""+proc.Name()+"\"")
		}
	}
	return strings.Join(names, ", ")
}

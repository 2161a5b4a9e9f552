package wording

import (
	"cmp"
	"slices"

	"milstolpe/handlers/i18n"
	"milstolpe/process"
	"milstolpe/process/forecast"
	"milstolpe/process/sales"
)

// Names tell what customers and sellers are called; a team does.
type Names interface {
	Customer(id process.CustomerID) string
	Person(id process.PersonID) string
}

// Processes are the team's processes.
type Processes interface {
	Process(id process.ProcessID) (*sales.Process, bool)
	Processes() []*sales.Process
}

// DealName is what a deal is called where its customer is not named beside it: customer and name, or the one of them that there is, or
// the other system's id.
func DealName(names Names, d *sales.Deal) string {
	customer, name := names.Customer(d.Now.Customer), d.Now.Name
	if customer != "" && name != "" && customer != name {
		return customer + ", " + name
	}
	return cmp.Or(name, customer, d.Now.Ref, string(d.ID))
}

// PublishedProcesses are those that a deal can follow, because they have a published version.
func PublishedProcesses(team Processes) []*sales.Process {
	return slices.DeleteFunc(team.Processes(), func(p *sales.Process) bool { return p.Current() == nil })
}

// Limits of lists that are not shown whole. A list of more rows than the first is cut. Where it has groups, all of them together show about
// as many rows as the second, and each at least as many as the third.
const (
	MaxRows      = 120
	GroupedRows  = 60
	MinGroupRows = 5
)

// CountPublished counts the processes that deals can follow.
func CountPublished(team Processes) (n int) {
	for _, p := range team.Processes() {
		if p.Current() != nil {
			n++
		}
	}
	return n
}

// MilestoneName is what a milestone is called in the newest version that has it; its key if no version has it.
func MilestoneName(team Processes, id process.ProcessID, key process.MilestoneID) string {
	if proc, ok := team.Process(id); ok {
		versions := proc.Versions()
		for i := len(versions) - 1; i >= 0; i-- {
			if ms, ok := versions[i].Definition.Milestone(key); ok {
				return ms.Name
			}
		}
	}
	return string(key)
}

// WaitingText says in a few words how long a deal has been where it is, or that it has stalled or soon will.
func WaitingText(t *i18n.Text, d *forecast.DealToday) string {
	switch {
	case d.Stalled:
		return t.T("deals.state_stalled", d.Waited)
	case d.StallsSoon():
		return t.T("deals.state_soon", d.StallsIn)
	case d.Waited == 0:
		return t.T("deals.state_today")
	}
	return t.T("deals.state_here", d.Waited)
}

// ProcessLang is the language of the templates for new processes: "sv", or "en" for every other language.
func ProcessLang(t *i18n.Text) string { return t.Lang.Pick("sv", "en") }

package example

import "milstolpe/process"

// course is how a kind of deal really goes at the buyers. Nobody in the company knows these numbers; the program is there to find out.
type course struct {
	stages    []stage
	optional  []option
	stays     float64 // median days that a deal which will be lost stands still before its end is known
	lingers   float64 // share of the lost that drag on for months instead
	value     float64 // median in kronor
	spread    float64
	withdrawn float64 // share of the deals past their second milestone in which it is taken back
	reopened  float64 // share of the deals without a decision that come back
}

// stage is the way to the next required milestone, and after the last of them to the order.
type stage struct {
	key    process.MilestoneID
	goesOn float64 // share of the buyers that get there
	wait   float64 // median days
	named  bool    // the buyer likes to name a day for it beforehand
}

// option is a milestone that a buyer may reach on the way. One that has nothing to do with how it ends has the same share in both.
type option struct {
	key            process.MilestoneID
	after          int // stages passed
	ifWon, ifLost  float64
	wait           float64
	onlySinceLater bool // the second version of the process brought it
}

var newBusiness = course{
	stages: []stage{
		{key: "need_described", goesOn: 0.64, wait: 12},
		{key: "budget_set_aside", goesOn: 0.75, wait: 20, named: true},
		{key: "decision_path_described", goesOn: 0.87, wait: 17},
		{key: "solution_approved", goesOn: 0.9, wait: 21, named: true},
		{key: "terms_accepted", goesOn: 0.92, wait: 16, named: true},
		{goesOn: 0.95, wait: 11},
	},
	optional: []option{
		{key: "site_opened", after: 1, ifWon: 0.5, ifLost: 0.5, wait: 6},
		{key: "internal_meeting", after: 2, ifWon: 0.8, ifLost: 0.25, wait: 6},
		{key: "own_people_named", after: 4, ifWon: 0.5, ifLost: 0.35, wait: 6, onlySinceLater: true},
	},
	stays: 38, lingers: 0.32, value: 205_000, spread: 0.42, withdrawn: 0.07, reopened: 0.07,
}

var renewals = course{
	stages: []stage{
		{key: "year_reviewed", goesOn: 0.9, wait: 15},
		{key: "need_confirmed", goesOn: 0.9, wait: 17, named: true},
		{key: "renewal_terms_accepted", goesOn: 0.92, wait: 15, named: true},
		{goesOn: 0.97, wait: 9},
	},
	optional: []option{{key: "colleague_brought", after: 1, ifWon: 0.4, ifLost: 0.36, wait: 8}},
	stays:    40, lingers: 0.25, value: 74_000, spread: 0.35, withdrawn: 0.02, reopened: 0.03,
}

// length is how long such a deal takes from its opening to the order, in days.
func (c *course) length() (days float64) {
	for _, s := range c.stages {
		days += s.wait * 1.15 // the mean of a wait is above its median
	}
	return days
}

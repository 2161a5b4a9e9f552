package handlers

import (
	"milstolpe/process"
	"milstolpe/process/counting"
)

// Texts that go by the length of the periods, by what a table is split, and by what can be told.
var (
	periodCounts = map[process.PeriodKind]string{
		process.Week: "outcome.count.week", process.Month: "outcome.count.month", process.Quarter: "outcome.count.quarter", process.Year: "outcome.count.year",
	}
	thePeriods = map[process.PeriodKind]string{
		process.Week: "outcome.the.week", process.Month: "outcome.the.month", process.Quarter: "outcome.the.quarter", process.Year: "outcome.the.year",
	}
	kindWords = map[process.PeriodKind]string{
		process.Week: "outcome.kind.week", process.Month: "outcome.kind.month", process.Quarter: "outcome.kind.quarter", process.Year: "outcome.kind.year",
	}
	periodHeads = map[process.PeriodKind]string{
		process.Week: "outcome.head.week", process.Month: "outcome.head.month", process.Quarter: "outcome.head.quarter", process.Year: "outcome.head.year",
	}
	byPeriods = map[process.PeriodKind]string{
		process.Week: "outcome.periods.week", process.Month: "outcome.periods.month", process.Quarter: "outcome.periods.quarter", process.Year: "outcome.periods.year",
	}
	byGroups = map[process.Grouping]string{
		process.BySeller: "outcome.groups.seller", process.ByProcess: "outcome.groups.process", process.ByCustomer: "outcome.groups.customer",
		process.ByMilestone: "outcome.next.title",
	}
	groupHeads = map[process.Grouping]string{
		process.BySeller: "outcome.head.seller", process.ByProcess: "outcome.head.process", process.ByCustomer: "outcome.head.customer",
		process.ByMilestone: "outcome.next.head",
	}
	groupWords = map[process.Grouping]string{
		process.BySeller: "outcome.by.seller", process.ByProcess: "outcome.by.process", process.ByCustomer: "outcome.by.customer",
		process.ByMilestone: "outcome.by.milestone",
	}
	noGroups = map[process.Grouping]string{
		process.BySeller: "outcome.no.seller", process.ByProcess: "outcome.no.process", process.ByCustomer: "outcome.no.customer",
		process.ByMilestone: "outcome.next.all_passed",
	}
	leanTexts = map[counting.Lean]string{
		counting.CannotTellLean: "outcome.cannot_tell", counting.NoLean: "outcome.lean.none", counting.TooHigh: "outcome.lean.high", counting.TooLow: "outcome.lean.low",
	}
	evidenceTexts = map[process.Leaning]string{
		"": "outcome.cannot_tell", process.CannotTell: "outcome.cannot_tell", process.LeansHigh: "outcome.evidence.fewer", process.LeansLow: "outcome.evidence.more",
	}
	endTexts = map[process.Outcome]string{
		process.Won: "outcome.end.won", process.Lost: "outcome.end.lost", process.NoDecision: "outcome.end.no_decision",
		process.Withdrew: "outcome.end.withdrew", process.Void: "outcome.end.void",
	}
)

package handlers

import (
	"milstolpe/process"
	"milstolpe/process/counting"
	"milstolpe/process/forecast"
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
	byGroups = map[forecast.Grouping]string{
		forecast.BySeller: "outcome.groups.seller", forecast.ByProcess: "outcome.groups.process", forecast.ByCustomer: "outcome.groups.customer",
		forecast.ByMilestone: "outcome.next.title",
	}
	groupHeads = map[forecast.Grouping]string{
		forecast.BySeller: "outcome.head.seller", forecast.ByProcess: "outcome.head.process", forecast.ByCustomer: "outcome.head.customer",
		forecast.ByMilestone: "outcome.next.head",
	}
	groupWords = map[forecast.Grouping]string{
		forecast.BySeller: "outcome.by.seller", forecast.ByProcess: "outcome.by.process", forecast.ByCustomer: "outcome.by.customer",
		forecast.ByMilestone: "outcome.by.milestone",
	}
	noGroups = map[forecast.Grouping]string{
		forecast.BySeller: "outcome.no.seller", forecast.ByProcess: "outcome.no.process", forecast.ByCustomer: "outcome.no.customer",
		forecast.ByMilestone: "outcome.next.all_passed",
	}
	leanTexts = map[counting.Lean]string{
		counting.CannotTellLean: "outcome.cannot_tell", counting.NoLean: "outcome.lean.none", counting.TooHigh: "outcome.lean.high", counting.TooLow: "outcome.lean.low",
	}
	evidenceTexts = map[forecast.Leaning]string{
		"": "outcome.cannot_tell", forecast.CannotTell: "outcome.cannot_tell", forecast.LeansHigh: "outcome.evidence.fewer", forecast.LeansLow: "outcome.evidence.more",
	}
	endTexts = map[process.Outcome]string{
		process.Won: "outcome.end.won", process.Lost: "outcome.end.lost", process.NoDecision: "outcome.end.no_decision",
		process.Withdrew: "outcome.end.withdrew", process.Void: "outcome.end.void",
	}
)

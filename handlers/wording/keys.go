package wording

import (
	"milstolpe/process"
	"milstolpe/process/conflicts"
	"milstolpe/process/forecast"
	"milstolpe/process/stats"
)

// Keys of texts that depend on the length of the periods, on what a table is split by, on what can be told about a bias, and on how a deal
// ended. A value that a map does not have gives the empty key.
var (
	PeriodCountKeys = map[process.PeriodKind]string{
		process.Week: "outcome.count.week", process.Month: "outcome.count.month", process.Quarter: "outcome.count.quarter", process.Year: "outcome.count.year",
	}
	ThePeriodKeys = map[process.PeriodKind]string{
		process.Week: "outcome.the.week", process.Month: "outcome.the.month", process.Quarter: "outcome.the.quarter", process.Year: "outcome.the.year",
	}
	PeriodKindKeys = map[process.PeriodKind]string{
		process.Week: "outcome.kind.week", process.Month: "outcome.kind.month", process.Quarter: "outcome.kind.quarter", process.Year: "outcome.kind.year",
	}
	PeriodHeadKeys = map[process.PeriodKind]string{
		process.Week: "outcome.head.week", process.Month: "outcome.head.month", process.Quarter: "outcome.head.quarter", process.Year: "outcome.head.year",
	}
	ByPeriodKeys = map[process.PeriodKind]string{
		process.Week: "outcome.periods.week", process.Month: "outcome.periods.month", process.Quarter: "outcome.periods.quarter", process.Year: "outcome.periods.year",
	}
	ByGroupKeys = map[forecast.Grouping]string{
		forecast.BySeller: "outcome.groups.seller", forecast.ByProcess: "outcome.groups.process", forecast.ByCustomer: "outcome.groups.customer",
		forecast.ByMilestone: "outcome.next.title",
	}
	GroupHeadKeys = map[forecast.Grouping]string{
		forecast.BySeller: "outcome.head.seller", forecast.ByProcess: "outcome.head.process", forecast.ByCustomer: "outcome.head.customer",
		forecast.ByMilestone: "outcome.next.head",
	}
	GroupNameKeys = map[forecast.Grouping]string{
		forecast.BySeller: "outcome.by.seller", forecast.ByProcess: "outcome.by.process", forecast.ByCustomer: "outcome.by.customer",
		forecast.ByMilestone: "outcome.by.milestone",
	}
	NoGroupKeys = map[forecast.Grouping]string{
		forecast.BySeller: "outcome.no.seller", forecast.ByProcess: "outcome.no.process", forecast.ByCustomer: "outcome.no.customer",
		forecast.ByMilestone: "outcome.next.all_passed",
	}
	BiasKeys = map[stats.Bias]string{
		stats.CannotTellLean: "outcome.cannot_tell", stats.NoLean: "outcome.lean.none", stats.TooHigh: "outcome.lean.high", stats.TooLow: "outcome.lean.low",
	}
	WinBiasKeys = map[forecast.Leaning]string{
		"": "outcome.cannot_tell", forecast.CannotTell: "outcome.cannot_tell", forecast.LeansHigh: "outcome.evidence.fewer", forecast.LeansLow: "outcome.evidence.more",
	}
	OutcomeEndKeys = map[process.Outcome]string{
		process.Won: "outcome.end.won", process.Lost: "outcome.end.lost", process.NoDecision: "outcome.end.no_decision",
		process.Withdrew: "outcome.end.withdrew", process.Void: "outcome.end.void",
	}
)

// FieldKeys are the texts that name the fields of a deal on its page, where they are in conflict.
var FieldKeys = map[conflicts.Field]string{
	conflicts.Name: "deal.field_name", conflicts.Customer: "deal.field_customer", conflicts.Seller: "deal.field_seller",
	conflicts.Value: "deal.field_value", conflicts.ExpectedClose: "deal.field_expected_close",
	conflicts.Opened: "deal.field_opened", conflicts.Source: "deal.field_source", conflicts.Choice: "file.kind_choice",
	conflicts.NextStep: "deal.field_next_step", conflicts.Outcome: "deal.field_outcome", conflicts.Promise: "deal.field_promised",
	conflicts.Opinion: "deal.field_opinion", conflicts.Plan: "deal.field_plan", conflicts.Role: "deal.field_role",
	conflicts.Reached: "file.kind_reached",
}

// OutcomeKeys are the texts for how a deal ended.
var OutcomeKeys = map[process.Outcome]string{
	process.Won: "deals.outcome_won", process.Lost: "deals.outcome_lost", process.NoDecision: "deals.outcome_no_decision",
	process.Withdrew: "deals.outcome_withdrew", process.Void: "deals.outcome_invalid",
}

// AllPassed stands in addresses for the group of deals that have passed all milestones, in place of the key of their next one.
const AllPassed = "-"

// MaxGroups is how many customers a table lists, those with the largest amounts.
const MaxGroups = 30

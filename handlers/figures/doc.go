// Package figures has what the pages about forecasts and outcomes share for printing numbers: whole amounts that add up, the list of
// deals behind a number, and the sentence on deals that no forecast can count.
//
// Begin with rounding.go. NewAmounts makes Amounts, which writes the model's amounts, which are floats in minor units of the reporting
// currency; its largest-remainder rounding makes the parts of a printed total add up to it. Amounts also rounds a whole period
// report and lists the deals of a DrillDown (drilldown.go). DealListPage (drilldown_deals.go) is a page of its own, for counts rather
// than amounts.
//
// Traps: amounts stay in minor units after rounding, although they are then whole major ones. Print amounts with the methods named
// Rounded..., not by rounding to minor units first, which would round twice. Parts must be rounded together with the total that is
// printed over them, or a reader who adds them up gets another number. The fields of a RoundedReport differ by up to a unit from those of the
// PeriodReport that it embeds.
package figures

package forecasts

import (
	"cmp"
	"math"
	"slices"

	"milstolpe/handlers/i18n"
	"milstolpe/handlers/parts"
	"milstolpe/handlers/urls"
	"milstolpe/handlers/wording"
	"milstolpe/process"
	"milstolpe/process/forecast"
)

// forecastGroups is the forecast split by seller, customer or process. Its columns add up.
type forecastGroups struct {
	Title, Head, Unit string
	By                parts.FilterGroup
	Rows              []forecastRow
	Sum               forecastRow
	NoBreak           bool // names are short enough to stand on one line
	Fresh             bool // there is a column of what is expected from deals not yet opened
	Targets           bool
	Note              string
}

type forecastRow struct {
	Name          parts.Cell
	Won, Open     parts.Cell
	New, Forecast string
	Range         string
	Target, Gap   string
}

// part is one group with its amounts in minor units.
type forecastPart struct {
	key, name string
	report    *forecast.PeriodReport
}

func (f *forecastView) groups() forecastGroups {
	by := f.ask.grouping()
	lists := f.model.Team().Lists()
	title, head, _, none := wording.Groups(f.Amounts.Text, lists, by)
	g := forecastGroups{
		Title: title, Head: head, Unit: f.Unit(f.Currency), By: parts.FilterGroup{Label: f.T("outcome.by")},
		NoBreak: by == forecast.BySeller, Fresh: f.rounded.Unopened != 0,
	}
	for _, k := range append([]forecast.Grouping{forecast.BySeller, forecast.ByCustomer, forecast.ByProcess, forecast.ByMilestone}, wording.ByLists(lists)...) {
		_, _, offer, _ := wording.Groups(f.Amounts.Text, lists, k)
		g.By.Words = append(g.By.Words, parts.Choice(k == by, offer, f.ask.href(urls.ForecastPath, "by", string(k))+"#groups"))
	}
	parts, columns, rest := f.columns(by)
	for i, p := range parts {
		g.Rows = append(g.Rows, f.groupRow(p, by, columns[0][i], columns[1][i], columns[2][i]))
	}
	totals := f.totals()
	if rest != [3]float64{} {
		others := none
		if len(parts) == wording.MaxGroups {
			others = f.T("forecast.groups.others")
		}
		g.Rows = append(g.Rows, f.amountRow(others, rest[0], rest[1], rest[2]))
	}
	g.Sum = f.amountRow(f.T("outcome.all"), totals[0], totals[1], totals[2])
	if correction := f.rounded.CorrectionRounded; correction != 0 {
		row := f.amountRow(f.T("outcome.bars.correction"), 0, 0, 0)
		row.Won.Text, row.Open.Text, row.New, row.Forecast = i18n.Dash, i18n.Dash, i18n.Dash, f.RoundedDelta(correction)
		g.Rows = append(g.Rows, row)
		g.Sum.Forecast = f.RoundedAmount(f.rounded.ForecastRounded)
	}
	g.Sum.Won.Href, g.Sum.Open.Href = "", ""
	if f.ranged(f.report) {
		g.Sum.Range = f.Range(f.MoneyOf(f.Round(f.rounded.Range.P10)), f.MoneyOf(f.Round(f.rounded.Range.P90)))
	}
	if ranges := slices.DeleteFunc(slices.Clone(g.Rows), func(r forecastRow) bool { return r.Range == i18n.Dash }); len(ranges) > 1 {
		g.Note = f.T("forecast.groups.note")
	}
	f.addTarget(&g.Sum, f.ask.scope(), f.rounded.ForecastRounded)
	g.Targets = by == forecast.BySeller && slices.ContainsFunc(append(g.Rows, g.Sum), func(r forecastRow) bool { return r.Target != "" })
	return g
}

// totals are what is won, expected from open deals, and from deals not yet opened: the columns of the table.
func (f *forecastView) totals() [3]float64 {
	return [3]float64{f.rounded.WonSoFarRounded, f.rounded.Open, f.rounded.Unopened}
}

// columns are the groups with their amounts as they are printed, and what is left of the totals: that of deals without a seller, or of
// customers that are not listed.
func (f *forecastView) columns(by forecast.Grouping) (parts []forecastPart, columns [3][]float64, rest [3]float64) {
	parts = f.parts(by)
	for _, p := range parts {
		for i, amount := range []float64{p.report.WonSoFar, p.report.Pipeline, p.report.NewMoney.Mean} {
			columns[i] = append(columns[i], amount)
		}
	}
	for i, total := range f.totals() {
		sum := 0.0
		for _, x := range columns[i] {
			sum += x
		}
		// Less than a krona for each group is rounding.
		if rest[i] = total - f.Round(sum); math.Abs(rest[i]) <= float64(len(parts))*f.MinorPerMajor {
			rest[i] = 0
		}
		columns[i] = f.LargestRemainder(columns[i], total-rest[i])
	}
	return parts, columns, rest
}

// printedAs finds what the table prints for the group that a list of deals was opened from, column by column, so that the list adds up to the
// same. It answers false for a list that was not opened from there.
func (f *forecastView) printedAs() (amounts [3]float64, ok bool) {
	by := f.ask.grouping()
	whole, key := f.ask, f.ask.Seller
	switch by {
	case forecast.ByCustomer:
		whole.Customer, key = "", f.ask.Customer
	case forecast.ByProcess:
		whole.Process, key = "", f.ask.Process
	case forecast.ByMilestone:
		whole.Next, key = "", f.ask.Next
	case forecast.BySeller:
		whole.Seller = ""
	default:
		list, _ := by.List()
		choice, asked := process.Picks(f.ask.Pick).Of(list)
		whole.Pick, key = string(process.Picks(f.ask.Pick).Without(list)), string(choice)
		if !asked {
			return amounts, false
		}
	}
	if _, of := by.List(); f.ask.By == "" || key == "" && !of {
		return amounts, false
	}
	parts, columns, _ := newForecastView(f.Text, f.reports, whole).columns(by)
	for i, p := range parts {
		if p.key == key {
			return [3]float64{columns[0][i], columns[1][i], columns[2][i]}, true
		}
	}
	return amounts, false
}

// parts are the groups that have something in the forecast. Sellers and processes stand by name; of customers the largest.
func (f *forecastView) parts(by forecast.Grouping) []forecastPart {
	sizes := map[string]float64{}
	for _, p := range f.report.Parts {
		key := groupKey(by, p)
		if p.Open {
			sizes[key] += p.Expected()
		}
	}
	for _, d := range f.wonDeals() {
		sizes[groupKey(by, d)] += d.Brought
	}
	f.addIdle(by, sizes)
	list, ofList := by.List()
	if !ofList {
		delete(sizes, "") // no scope means everything, so these are what is left over
	}
	var parts []forecastPart
	for key := range sizes {
		parts = append(parts, forecastPart{key: key, name: cmp.Or(f.groupName(by, key), key)})
	}
	order := f.milestoneOrder()
	in, _ := f.model.Team().Lists().List(list)
	slices.SortFunc(parts, func(a, b forecastPart) int {
		if by == forecast.ByCustomer && sizes[a.key] != sizes[b.key] {
			return cmp.Compare(sizes[b.key], sizes[a.key])
		}
		if ofList {
			return cmp.Compare(in.Place(process.ChoiceID(a.key)), in.Place(process.ChoiceID(b.key)))
		}
		if by == forecast.ByMilestone {
			return cmp.Compare(order[a.key], order[b.key])
		}
		return cmp.Or(f.Compare(a.name, b.name), cmp.Compare(a.key, b.key))
	})
	if by == forecast.ByCustomer {
		parts = parts[:min(len(parts), wording.MaxGroups)]
	}
	for i := range parts {
		parts[i].report = f.reports.Forecast(f.period(), f.day, f.scopeOf(by, parts[i].key))
	}
	return slices.DeleteFunc(parts, func(p forecastPart) bool { return p.report.Forecast == 0 && p.report.OpenDeals == 0 })
}

// addIdle adds the sellers and processes that have nothing open: something may be expected of their deals to come.
func (f *forecastView) addIdle(by forecast.Grouping, sizes map[string]float64) {
	switch by {
	case forecast.BySeller:
		for _, id := range f.model.Team().People() {
			sizes[string(id)] += 0
		}
	case forecast.ByProcess:
		for _, p := range f.model.Team().Processes() {
			sizes[string(p.ID)] += 0
		}
	case forecast.ByCustomer, forecast.ByMilestone:
	}
}

func (f *forecastView) groupRow(p forecastPart, by forecast.Grouping, won, open, fresh float64) forecastRow {
	row := f.amountRow(p.name, won, open, fresh)
	param, key := groupParams[by], p.key
	if list, of := by.List(); of {
		param, key = "pick", string(process.Picks(f.ask.Pick).With(list, process.ChoiceID(p.key)))
	}
	row.Name.Href = f.ask.href(urls.ForecastPath, param, key, "by", "")
	if p.report.WonSoFarDeals > 0 {
		row.Won.Href = f.ask.href(urls.ForecastDealsPath, param, key, "by", string(by), "part", "won")
	}
	if p.report.OpenDeals > 0 {
		row.Open.Href, row.Open.Small = f.ask.href(urls.ForecastDealsPath, param, key, "by", string(by), "part", "open"), f.T("outcome.deals", p.report.OpenDeals)
	}
	if f.ranged(p.report) {
		row.Range = f.Range(f.MoneyOf(f.Round(p.report.Range.P10)), f.MoneyOf(f.Round(p.report.Range.P90)))
	}
	if by == forecast.BySeller {
		f.addTarget(&row, f.scopeOf(by, p.key), won+open+fresh)
	}
	return row
}

func (f *forecastView) amountRow(name string, won, open, fresh float64) forecastRow {
	return forecastRow{
		Name: parts.Cell{Text: name}, Won: parts.Cell{Text: f.RoundedAmount(won)}, Open: parts.Cell{Text: f.RoundedAmount(open)}, New: f.RoundedAmount(fresh),
		Forecast: f.RoundedAmount(won + open + fresh), Range: i18n.Dash,
	}
}

func (f *forecastView) addTarget(row *forecastRow, in forecast.Scope, forecast float64) {
	if target, ok := f.target(in); ok {
		row.Target, row.Gap = f.RoundedAmount(target), f.RoundedDelta(forecast-f.Round(target))
	}
}

// wonDeals are the deals that are already won in the period, as known on the day.
func (f *forecastView) wonDeals() []*forecast.DealContribution {
	return f.model.WonSoFar(f.report, f.ask.scope())
}

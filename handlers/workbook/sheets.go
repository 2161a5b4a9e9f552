package workbook

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"milstolpe/handlers/i18n"
	"milstolpe/handlers/sheet"
	"milstolpe/process"
	"milstolpe/process/forecast"
	"milstolpe/process/importer/columns"
	"milstolpe/process/money"
	"milstolpe/process/sales"
)

// column is one column over rows of T: its name for formulas, which is never changed, and its cell for a row.
type column[T any] struct {
	name string
	cell func(T) sheet.Value
}

// table makes a sheet of rows. What is called is what the names of columns begin with.
func table[T any](t *i18n.Text, called string, rows []T, list []column[T]) sheet.BookSheet {
	s := sheet.BookSheet{Table: sheet.Table{Name: t.T("workbook." + called)}, Named: "milstolpe_" + called}
	for _, c := range list {
		s.Headers = append(s.Headers, t.T("workbook.col."+c.name))
		s.Names = append(s.Names, called+"_"+c.name)
	}
	for _, r := range rows {
		cells := make([]sheet.Value, len(list))
		for i, c := range list {
			cells[i] = c.cell(r)
		}
		s.Rows = append(s.Rows, cells)
	}
	return s
}

// book makes the sheets of one team, as it stands today, in one language.
type book struct {
	t      *i18n.Text
	m      *forecast.Model
	team   *sales.Team
	words  sheet.Vocabulary
	places int // decimals of the reporting currency
}

func newBook(t *i18n.Text, team *sales.Team, today process.Date) *book {
	words := sheet.English
	if t.Lang == i18n.Swedish {
		words = sheet.Swedish
	}
	return &book{t, forecast.NewModel(team, today), team, words, money.Digits(team.Currency())}
}

// Make makes the live workbook of a team, as it stands at a moment.
func Make(t *i18n.Text, team *sales.Team, dataset string, now time.Time) (sheet.Book, error) {
	now = now.In(team.Location())
	b := newBook(t, team, process.DateOf(now))
	outcome, err := b.outcomeSheet()
	if err != nil {
		return sheet.Book{}, err
	}
	return sheet.Book{
		Mark:   mark{dataset, t.Lang}.String(),
		Sheets: []sheet.BookSheet{table(t, "deals", b.dealRows(), b.dealColumns()), b.forecastSheet(), outcome, b.aboutSheet(now)},
	}, nil
}

func share(x float64) sheet.Value { return sheet.Percent(100*x, 1) }

// dealRow is one deal, with its chance while it is open.
type dealRow struct {
	*sales.Deal
	today forecast.DealToday
	open  bool
}

// value is what a deal was won for, or else what it is worth.
func (d dealRow) value() *money.Amount {
	if c := d.Now.Close; c != nil && c.Value != nil {
		return c.Value
	}
	return d.Now.Value
}

// worth is that in the reporting currency, with the rate of the day that counts.
func (b *book) worth(d dealRow) (minor float64, rated bool) {
	value, day := d.value(), b.m.Today()
	if value == nil {
		return 0, false
	}
	if c := d.Now.Close; c != nil {
		day = c.On
	}
	amount, rated := b.team.Rates().Convert(*value, day)
	return float64(amount.Minor), rated
}

// ifOpen is a cell that only an open deal has.
func ifOpen(cell func(dealRow) sheet.Value) func(dealRow) sheet.Value {
	return func(d dealRow) sheet.Value {
		if !d.open {
			return sheet.Value{}
		}
		return cell(d)
	}
}

// ifEnded is a cell that only a deal has that has ended.
func ifEnded(cell func(dealRow) sheet.Value) func(dealRow) sheet.Value {
	return func(d dealRow) sheet.Value {
		if d.Now.Close == nil {
			return sheet.Value{}
		}
		return cell(d)
	}
}

func (b *book) dealRows() (rows []dealRow) {
	for _, d := range b.team.Deals() {
		row := dealRow{Deal: d}
		row.today, row.open = b.m.DealToday(d)
		rows = append(rows, row)
	}
	return rows
}

// dealColumns are those of the sheet of deals. A new one comes last.
func (b *book) dealColumns() []column[dealRow] {
	return []column[dealRow]{
		{"id", func(d dealRow) sheet.Value { return sheet.Text(cmp.Or(d.Now.Ref, string(d.ID))) }},
		{"name", func(d dealRow) sheet.Value { return sheet.Text(d.Now.Name) }},
		{"customer", func(d dealRow) sheet.Value { return sheet.Text(b.team.Customer(d.Now.Customer)) }},
		{"contact", func(d dealRow) sheet.Value { return sheet.Text(b.contact(d)) }},
		{"seller", func(d dealRow) sheet.Value { return sheet.Text(b.team.Person(d.Now.Seller)) }},
		{"process", func(d dealRow) sheet.Value { return sheet.Text(b.processName(d)) }},
		{"value", func(d dealRow) sheet.Value { return sheet.Amount(d.value()) }},
		{"currency", func(d dealRow) sheet.Value {
			if v := d.value(); v != nil {
				return sheet.Text(v.Currency)
			}
			return sheet.Value{}
		}},
		{"worth", func(d dealRow) sheet.Value { return b.sumIf(b.worth(d)) }},
		{"opened", func(d dealRow) sheet.Value { return sheet.Day(d.Now.Opened) }},
		{"expected_close", func(d dealRow) sheet.Value { return sheet.Day(d.Now.ExpectedClose) }},
		{"status", func(d dealRow) sheet.Value {
			if c := d.Now.Close; c != nil {
				return sheet.Text(b.words.Outcomes[c.Outcome])
			}
			return sheet.Text(b.words.Outcomes[columns.StillOpen])
		}},
		{"closed", ifEnded(func(d dealRow) sheet.Value { return sheet.Day(d.Now.Close.On) })},
		{"reason", ifEnded(func(d dealRow) sheet.Value { return sheet.Text(d.Now.Close.Reason) })},
		{"next_milestone", ifOpen(func(d dealRow) sheet.Value {
			if d.today.Unknown || d.today.Next == "" {
				return sheet.Value{}
			}
			return sheet.Text(b.m.MilestoneName(d.Process(), d.today.Next))
		})},
		{"passed", ifOpen(func(d dealRow) sheet.Value {
			if d.today.Unknown {
				return sheet.Value{}
			}
			return sheet.Whole(d.today.Passed)
		})},
		{"since", ifOpen(func(d dealRow) sheet.Value { return sheet.Day(d.today.Since) })},
		{"stalled", ifOpen(func(d dealRow) sheet.Value {
			if d.today.Stalled {
				return sheet.Whole(1)
			}
			return sheet.Whole(0)
		})},
		{"chance", ifOpen(func(d dealRow) sheet.Value { return share(d.today.Chance.Chance) })},
		{"chance_low", ifOpen(func(d dealRow) sheet.Value { return share(d.today.Low) })},
		{"chance_high", ifOpen(func(d dealRow) sheet.Value { return share(d.today.High) })},
		{"expected", ifOpen(func(d dealRow) sheet.Value {
			_, rated := b.worth(d)
			return b.sumIf(d.today.Expected(), rated)
		})},
		{"likely_close", ifOpen(func(d dealRow) sheet.Value { return sheet.Day(d.today.Likely) })},
		{"next_activity", ifOpen(func(d dealRow) sheet.Value { return sheet.Text(planned(d)) })},
		{"next_activity_due", ifOpen(func(d dealRow) sheet.Value { return sheet.Day(d.Now.NextStep.Due) })},
	}
}

// planned are our next activities.
func planned(d dealRow) string {
	var texts []string
	for _, p := range d.Activities().Planned() {
		texts = append(texts, p.Text)
	}
	return strings.Join(texts, "; ")
}

// contact is the first of the people at the buyer who is not erased.
func (b *book) contact(d dealRow) string {
	for _, id := range d.Contacts() {
		if c, ok := b.team.Contact(id); ok && !c.Erased {
			return c.Name
		}
	}
	return ""
}

func (b *book) processName(d dealRow) string {
	if p, ok := b.team.Process(d.Process()); ok {
		return p.Name()
	}
	return ""
}

// forecastRow is a period that is running or comes next: of all, or of one seller.
type forecastRow struct {
	what, seller string
	period       *forecast.PeriodReport
	target       float64
	hasTarget    bool
}

// periodRows are what the first rows of the forecast are about, for ever.
var periodRows = []struct {
	name string
	kind process.PeriodKind
	next bool
}{
	{"month", process.Month, false}, {"quarter", process.Quarter, false}, {"next_quarter", process.Quarter, true}, {"year", process.Year, false},
}

// forecastSheet has those, and below them this quarter, seller by seller.
func (b *book) forecastSheet() sheet.BookSheet {
	var rows []forecastRow
	today, calendar := b.m.Today(), b.team.Calendar()
	for _, p := range periodRows {
		period := calendar.Period(p.kind, today)
		if p.next {
			period = period.Next()
		}
		rows = append(rows, b.forecastRow(b.t.T("workbook.row."+p.name), "", period))
	}
	for _, id := range b.sellers() {
		rows = append(rows, b.forecastRow(b.t.T("workbook.row.quarter"), id, calendar.Period(process.Quarter, today)))
	}
	s := table(b.t, "forecast", rows, b.forecastColumns())
	for i, p := range periodRows {
		for j, c := range b.forecastColumns() {
			s.Cells = append(s.Cells, sheet.NamedCell{Name: p.name + "_" + c.name, Row: i, Column: j})
		}
	}
	return s
}

// sellers are those who have a deal now, in the order in which they came.
func (b *book) sellers() []process.PersonID {
	has := map[process.PersonID]bool{}
	for _, d := range b.m.OpenDeals(b.m.Today()) {
		has[d.Now.Seller] = true
	}
	return slices.DeleteFunc(slices.Clone(b.team.People()), func(id process.PersonID) bool { return !has[id] })
}

func (b *book) forecastRow(what string, seller process.PersonID, p process.Period) forecastRow {
	row := forecastRow{what: what, seller: b.team.Person(seller), period: b.m.Forecast(p, forecast.Scope{Seller: seller})}
	if t, _, ok := b.team.Calls().TargetFor(p.Label(), seller); ok {
		amount, rated := b.team.Rates().Convert(t.Amount, b.m.Today())
		row.target, row.hasTarget = float64(amount.Minor), rated
	}
	return row
}

// forecastColumns are those of the sheet of forecasts. A new one comes last.
func (b *book) forecastColumns() []column[forecastRow] {
	return []column[forecastRow]{
		{"what", func(r forecastRow) sheet.Value { return sheet.Text(r.what) }},
		{"seller", func(r forecastRow) sheet.Value { return sheet.Text(r.seller) }},
		{"period", func(r forecastRow) sheet.Value { return sheet.Text(r.period.Period.Label()) }},
		{"start", func(r forecastRow) sheet.Value { return sheet.Day(r.period.Period.Start) }},
		{"end", func(r forecastRow) sheet.Value { return sheet.Day(r.period.Period.End) }},
		{"won", func(r forecastRow) sheet.Value { return b.sum(r.period.WonSoFar) }},
		{"won_deals", func(r forecastRow) sheet.Value { return sheet.Whole(r.period.WonSoFarDeals) }},
		{"pipeline", func(r forecastRow) sheet.Value { return b.sum(r.period.Pipeline) }},
		{"open_deals", func(r forecastRow) sheet.Value { return sheet.Whole(r.period.OpenDeals) }},
		{"not_yet_opened", func(r forecastRow) sheet.Value { return b.sumIf(r.period.NewMoney.Mean, r.period.NewMoney.Known) }},
		{"correction", func(r forecastRow) sheet.Value { return b.sumIf(r.period.Correction, r.period.Corrected()) }},
		{"forecast", func(r forecastRow) sheet.Value { return b.sum(r.period.Uncorrected() + r.period.Correction) }},
		{"forecast_deals", func(r forecastRow) sheet.Value { return sheet.Number(r.period.ForecastDeals, 1) }},
		{"p10", func(r forecastRow) sheet.Value { return b.sumIf(r.period.Range.P10, r.period.RangeShown) }},
		{"p50", func(r forecastRow) sheet.Value { return b.sumIf(r.period.Range.P50, r.period.RangeShown) }},
		{"p90", func(r forecastRow) sheet.Value { return b.sumIf(r.period.Range.P90, r.period.RangeShown) }},
		{"target", func(r forecastRow) sheet.Value { return b.sumIf(r.target, r.hasTarget) }},
	}
}

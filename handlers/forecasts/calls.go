package forecasts

import (
	"net/url"
	"slices"
	"strings"

	"milstolpe/handlers/figures"
	"milstolpe/handlers/parts"
	"milstolpe/handlers/urls"
	"milstolpe/handlers/web"
	"milstolpe/process"
	"milstolpe/process/calls"
	"milstolpe/process/forecast"
	"milstolpe/process/money"
	"milstolpe/process/sales"
)

func callsRoutes(r *web.Router) {
	r.Get(urls.CallsPath, showCalls)
	r.Post(urls.CallsPath, makeCall)
	r.Post(urls.CallsPath+"/target", setTarget)
	r.Template("calls", callsPage{})
}

// callsPage has people's own numbers for one period, layer by layer, beside what the milestones say. They never enter the forecast.
type callsPage struct {
	web.Page
	Period   string
	Name     process.Period
	Back     parts.Cell // to the forecast of the period
	Filters  []parts.FilterGroup
	Rows     []callRow
	Sum      callRow
	Reasons  []callReason
	Form     callForm
	Target   targetForm
	Currency string
	Sellers  []parts.Option
	Settle   int // numbers that people have entered without seeing each other's
	Faults   parts.FieldErrors
	NoRate   figures.RateNote
}

// callRow is the whole team, or one seller's deals. Empty cells are numbers that nobody has entered.
type callRow struct {
	Name       string
	Target     callCell
	Milestones parts.Cell // leads to the deals behind it
	Layers     []callCell
}

// callCell is a number with who entered it and when; a sum of others' numbers is nobody's.
type callCell struct{ Amount, By, Reason string }

// callReason is why somebody's number differs from the layer below.
type callReason struct{ Whose, Reason string }

type callForm struct {
	Period string `form:"period" validate:"required"`
	Layer  string `form:"layer" validate:"required"`
	Seller string `form:"seller"`
	Amount string `form:"amount" validate:"required"`
	Reason string `form:"reason"`

	Base []string `form:"base"` // the events behind all numbers that the page showed
}

type targetForm struct {
	Period string `form:"period" validate:"required"`
	Seller string `form:"target_seller"`
	Amount string `form:"target" validate:"required"`

	Base []string `form:"base"`
}

func showCalls(v *web.Request) error {
	page, err := buildCallsPage(v, v.QueryParam("period"), callForm{Layer: string(process.SellerLayer)}, targetForm{}, parts.FieldErrors{})
	if err != nil {
		return err
	}
	return v.Render("calls", page)
}

func buildCallsPage(v *web.Request, label string, form callForm, target targetForm, faults parts.FieldErrors) (callsPage, error) {
	page := callsPage{Page: v.Page(urls.Forecasts, v.T("calls.title")), Form: form, Target: target, Faults: faults}
	err := v.Reports(func(r *web.ReportCache) error {
		team := r.Model.Team()
		p, err := team.Calendar().ParsePeriod(label)
		if err != nil {
			p = team.Calendar().Period(process.Quarter, v.Today)
		}
		page.Period, page.Name, page.Currency = p.Label(), p, team.Currency()
		page.Form.Period, page.Target.Period = page.Period, page.Period
		page.Back = parts.Cell{Text: v.Text.PeriodName(p), Href: urls.ForecastPath + "?period=" + url.QueryEscape(page.Period)}
		var periods parts.FilterGroup
		for q, n := team.Calendar().Period(p.Kind, v.Today), 0; n < 5; q, n = q.Next(), n+1 {
			periods.Words = append(periods.Words, parts.Choice(q == p, v.Text.Period(q), urls.CallsPath+"?period="+url.QueryEscape(q.Label())))
		}
		page.Filters = []parts.FilterGroup{periods}
		page.Sellers = []parts.Option{parts.OptionOf("", v.T("calls.whole_team"))}
		people := team.People()
		slices.SortFunc(people, func(a, b process.PersonID) int { return v.Text.Compare(team.Person(a), team.Person(b)) })
		for _, id := range people {
			page.Sellers = append(page.Sellers, parts.OptionOf(string(id), team.Person(id)))
		}
		c := callTable{Request: v, forecastView: newForecastView(v.Text, r, forecastQuery{Period: page.Period, By: string(forecast.BySeller)})}
		page.Rows, page.Sum = c.fill(people)
		page.Reasons = callReasons(v, append(slices.Clone(page.Rows), page.Sum))
		page.NoRate = figures.NotCounted(v.Text, r.Model, min(p.Start, v.Today), page.Path)
		page.Settle = callConflicts(team.OtherConflicts(), page.Period)
		if form.Base == nil {
			page.Form.Base = callsBase(team.Calls(), page.Period, append(people, ""))
		}
		if target.Base == nil {
			page.Target.Base = targetsBase(team.Calls(), page.Period, append(people, ""))
		}
		return nil
	})
	return page, err
}

func callReasons(v *web.Request, rows []callRow) (list []callReason) {
	for _, row := range rows {
		for i, c := range row.Layers {
			if c.Reason != "" {
				list = append(list, callReason{v.T("calls.layer."+string(process.Layers[i])) + ", " + row.Name, c.Reason})
			}
		}
	}
	return list
}

// callTable is the table of the page. Its columns add up: the milestones are the amounts that the forecast's own table prints, and a layer's sum
// is that of the numbers above it.
type callTable struct {
	*web.Request
	*forecastView
}

// fill makes a row for everybody who has or has had deals, or of whom a number was given, one for what is no seller's, and the sum.
func (c callTable) fill(people []process.PersonID) (rows []callRow, sum callRow) {
	sellers, columns, _ := c.columns(forecast.BySeller)
	printed, said := map[process.PersonID]float64{}, 0.0
	for i, p := range sellers {
		printed[process.PersonID(p.key)] = columns[0][i] + columns[1][i] + columns[2][i]
	}
	had := c.haveHadDeals()
	sums, spoken := make([]float64, len(process.Layers)), make([]bool, len(process.Layers))
	for _, id := range people {
		amount, in := printed[id]
		row, layers, called := c.row(id, amount)
		if !in && !had[id] && !called && row.Target.Amount == "" {
			continue
		}
		for i, x := range layers {
			sums[i] += x
			spoken[i] = spoken[i] || row.Layers[i].Amount != ""
		}
		said += amount
		rows = append(rows, row)
	}
	all := c.rounded.ForecastRounded
	if rest := all - said; rest != 0 {
		rows = append(rows, callRow{Name: c.T("calls.no_sellers"), Milestones: parts.Cell{Text: c.RoundedDelta(rest)}, Layers: make([]callCell, len(process.Layers))})
	}
	sum, _, _ = c.row("", all)
	for i := range sum.Layers {
		if sum.Layers[i].Amount == "" && spoken[i] {
			sum.Layers[i].Amount = c.RoundedAmount(sums[i])
		}
	}
	return rows, sum
}

// row is what was said of one seller's deals, or (empty) the whole team's: each layer's own number, and the one that holds where it gave none.
func (c callTable) row(seller process.PersonID, amount float64) (row callRow, holds []float64, called bool) {
	team := c.model.Team()
	row = callRow{Name: team.Person(seller), Milestones: parts.Cell{Text: c.RoundedAmount(amount)}}
	if seller == "" {
		row.Name = c.T("calls.whole_team")
	}
	if amount != 0 {
		ask := c.ask
		if ask.Seller = string(seller); seller == "" {
			ask.By = ""
		}
		row.Milestones.Href = ask.href(urls.ForecastDealsPath, "part", "all")
	}
	if t, ids, ok := team.Calls().TargetFor(c.period().Label(), seller); ok {
		row.Target = callCell{Amount: c.Amount(t.Amount), By: c.enteredBy(ids)}
	}
	for _, layer := range process.Layers {
		var cell callCell
		if call, ids, ok := team.Calls().CallOn(c.period().Label(), layer, seller, c.Request.Today); ok {
			cell, called = callCell{c.Amount(call.Amount), c.enteredBy(ids), call.Reason}, true
			converted, _ := team.Rates().Convert(call.Amount, c.Request.Today)
			amount = float64(converted.Minor)
		}
		row.Layers, holds = append(row.Layers, cell), append(holds, amount)
	}
	return row, holds, called
}

// enteredBy says whose number it is that stands, the last of its events, and since when.
func (c callTable) enteredBy(ids []process.EventID) string {
	last := ids[len(ids)-1]
	return parts.JoinDots([]string{c.model.Team().RecordedBy(last), c.DayNear(process.DateOf(last.At().In(c.Now.Location())), c.Request.Today)})
}

// haveHadDeals are those whose deals are or were.
func (c callTable) haveHadDeals() map[process.PersonID]bool {
	had := map[process.PersonID]bool{}
	for _, d := range c.model.Team().Deals() {
		had[d.Now.Seller] = true
	}
	return had
}

func makeCall(v *web.Request) error {
	var f callForm
	err := v.Read(&f)
	var events []process.Event
	if err == nil {
		events, err = recordCall(v, f)
	}
	return afterCall(v, events, err, f.Period, f, targetForm{}, v.T("calls.saved"))
}

func recordCall(v *web.Request, f callForm) ([]process.Event, error) {
	typed, err := web.ReadAmount(v.Text, "amount", f.Amount, v.FileInfo.Currency)
	if err != nil {
		return nil, err
	}
	amount := *typed // the form asks for one
	call := calls.Call{
		Period: f.Period, Layer: process.Layer(f.Layer), Seller: process.PersonID(f.Seller), Amount: amount, Reason: strings.TrimSpace(f.Reason),
	}
	below := amount
	err = v.Model(func(m *forecast.Model) error {
		p, err := m.Team().Calendar().ParsePeriod(f.Period)
		if err != nil {
			return err
		}
		below = figures.Minor(m.LayerBelow(p, call.Layer, call.Seller, v.Today), amount.Currency)
		return nil
	})
	if err != nil {
		return nil, err
	}
	// The layer below is shown in whole units: entering that is agreeing with it.
	if v.Text.Amount(below) == v.Text.Amount(amount) {
		below = amount
	}
	base := web.DecodeBaseOf(callThing(call.Layer, call.Seller), f.Base)
	return v.Act(func(team *sales.Team) ([]process.Fact, error) {
		return team.Calls().MakeCall(call, below, base, team.Calendar(), v.Today)
	})
}

func setTarget(v *web.Request) error {
	var f targetForm
	err := v.Read(&f)
	var events []process.Event
	if err == nil {
		var amount *money.Amount
		if amount, err = web.ReadAmount(v.Text, "target", f.Amount, v.FileInfo.Currency); err == nil {
			events, err = v.Act(func(team *sales.Team) ([]process.Fact, error) {
				target := calls.Target{Period: f.Period, Seller: process.PersonID(f.Seller), Amount: *amount}
				return team.Calls().SetTarget(target, web.DecodeBaseOf(f.Seller, f.Base), team.Calendar(), v.Today)
			})
		}
	}
	return afterCall(v, events, err, f.Period, callForm{}, f, v.T("calls.target_saved"))
}

func afterCall(v *web.Request, events []process.Event, err error, period string, form callForm, target targetForm, said string) error {
	if faults, mine := v.FormErrors(err); mine {
		page, err := buildCallsPage(v, period, form, target, faults)
		if err != nil {
			return err
		}
		return v.Reject(faults, "calls", page)
	}
	if err != nil {
		return err
	}
	return v.DoneWithUndo(urls.CallsPath+"?period="+url.QueryEscape(period), events, said)
}

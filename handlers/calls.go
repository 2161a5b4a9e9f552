package handlers

import (
	"net/url"
	"slices"
	"strings"

	"milstolpe/process"
	"milstolpe/process/forecast"
	"milstolpe/process/money"
	"milstolpe/process/sales"
)

const callsPath = "/forecast/calls"

func callsRoutes(r *routes) {
	r.get(callsPath, showCalls)
	r.post(callsPath, makeCall)
	r.post(callsPath+"/target", setTarget)
	r.template("calls", callsPage{})
}

// callsPage has people's own numbers for one period, layer by layer, beside what the milestones say. They never enter the forecast.
type callsPage struct {
	Page
	Period   string
	Name     process.Period
	Back     Cell // to the forecast of the period
	Filters  []FilterGroup
	Rows     []callRow
	Reasons  []callReason
	Form     callForm
	Target   targetForm
	Currency string
	Sellers  []Option
	Faults   Faults
}

// callRow is the whole team, or one seller's deals. Empty cells are numbers that nobody has entered.
type callRow struct {
	Name, Target string
	Milestones   Cell // leads to the deals behind it
	Layers       []callCell
}

type callCell struct{ Amount, Reason string }

// callReason is why somebody's number differs from the layer below.
type callReason struct{ Whose, Reason string }

type callForm struct {
	Period string `form:"period" validate:"required"`
	Layer  string `form:"layer" validate:"required"`
	Seller string `form:"seller"`
	Amount string `form:"amount" validate:"required"`
	Reason string `form:"reason"`
}

type targetForm struct {
	Period string `form:"period" validate:"required"`
	Seller string `form:"target_seller"`
	Amount string `form:"target" validate:"required"`
}

func showCalls(v *visit) error {
	page, err := v.callsPage(v.QueryParam("period"), callForm{Layer: string(process.SellerLayer)}, targetForm{}, Faults{})
	if err != nil {
		return err
	}
	return v.show("calls", page)
}

func (v *visit) callsPage(label string, form callForm, target targetForm, faults Faults) (callsPage, error) {
	page := callsPage{Page: v.page(Forecasts, v.t("calls.title")), Form: form, Target: target, Faults: faults}
	err := v.model(func(m *forecast.Model) error {
		team := m.Team()
		p, err := team.Calendar().ParsePeriod(label)
		if err != nil {
			p = team.Calendar().Period(process.Quarter, v.today)
		}
		page.Period, page.Name, page.Currency = p.Label(), p, team.Currency()
		page.Form.Period, page.Target.Period = page.Period, page.Period
		page.Back = Cell{Text: v.text.PeriodName(p), Href: forecastURL + "?period=" + url.QueryEscape(page.Period)}
		var periods FilterGroup
		for q, n := team.Calendar().Period(p.Kind, v.today), 0; n < 5; q, n = q.Next(), n+1 {
			periods.Words = append(periods.Words, choice(q == p, v.text.Period(q), callsPath+"?period="+url.QueryEscape(q.Label())))
		}
		page.Filters = []FilterGroup{periods}
		page.Sellers = []Option{option("", v.t("calls.whole_team"))}
		page.Rows = []callRow{v.callRow(m, p, "")}
		sellers := sellersWithDeals(m)
		slices.SortFunc(sellers, func(a, b process.PersonID) int { return v.text.Compare(team.Person(a), team.Person(b)) })
		for _, id := range sellers {
			page.Sellers = append(page.Sellers, option(string(id), team.Person(id)))
			page.Rows = append(page.Rows, v.callRow(m, p, id))
		}
		page.Reasons = v.callReasons(page.Rows)
		return nil
	})
	return page, err
}

func (v *visit) callReasons(rows []callRow) (list []callReason) {
	for _, row := range rows {
		for i, c := range row.Layers {
			if c.Reason != "" {
				list = append(list, callReason{v.t("calls.layer."+string(process.Layers[i])) + ", " + row.Name, c.Reason})
			}
		}
	}
	return list
}

func sellersWithDeals(m *forecast.Model) []process.PersonID {
	seen := map[process.PersonID]bool{}
	for _, d := range m.OpenDeals(m.Today()) {
		seen[d.Now.Seller] = true
	}
	delete(seen, "")
	list := make([]process.PersonID, 0, len(seen))
	for id := range seen {
		list = append(list, id)
	}
	return list
}

func (v *visit) callRow(m *forecast.Model, p process.Period, seller process.PersonID) callRow {
	team := m.Team()
	said := m.Forecast(p, forecast.Scope{Seller: seller}).Forecast
	row := callRow{Name: team.Person(seller), Milestones: Cell{Text: v.rounded(said, team.Currency())}}
	if said > 0 {
		ask := forecastAsk{Period: p.Label(), Seller: string(seller)}
		row.Milestones.Href = ask.href(forecastDealsPath, "part", "all")
	}
	if seller == "" {
		row.Name = v.t("calls.whole_team")
	}
	if t, _, ok := team.TargetFor(p.Label(), seller); ok {
		row.Target = v.text.Amount(t.Amount)
	}
	for _, layer := range process.Layers {
		var cell callCell
		if c, _, ok := team.CallOn(p.Label(), layer, seller, v.today); ok {
			cell = callCell{v.text.Amount(c.Amount), c.Reason}
		} else if sum, said := m.LayerTotal(p, layer, v.today); said && seller == "" {
			cell = callCell{Amount: v.rounded(sum, team.Currency())}
		}
		row.Layers = append(row.Layers, cell)
	}
	return row
}

// rounded writes minor units as whole major ones, without the currency.
func (v *visit) rounded(minor float64, currency string) string {
	return v.text.Amount(money.New(int64(minor), currency))
}

func makeCall(v *visit) error {
	var f callForm
	err := v.read(&f)
	var events []process.Event
	if err == nil {
		events, err = v.recordCall(f)
	}
	return v.afterCall(events, err, f.Period, f, targetForm{}, v.t("calls.saved"))
}

func (v *visit) recordCall(f callForm) ([]process.Event, error) {
	typed, err := readAmount(v.text, "amount", f.Amount, v.brief.currency)
	if err != nil {
		return nil, err
	}
	amount := *typed // the form asks for one
	call := sales.Call{
		Period: f.Period, Layer: process.Layer(f.Layer), Seller: process.PersonID(f.Seller), Amount: amount, Reason: strings.TrimSpace(f.Reason),
	}
	var below money.Amount
	err = v.model(func(m *forecast.Model) error {
		p, err := m.Team().Calendar().ParsePeriod(f.Period)
		if err != nil {
			return err
		}
		below = money.New(int64(m.LayerBelow(p, call.Layer, call.Seller, v.today)), amount.Currency)
		return nil
	})
	if err != nil {
		return nil, err
	}
	// The layer below is shown in whole units: entering that is agreeing with it.
	if v.text.Amount(below) == v.text.Amount(amount) {
		below = amount
	}
	return v.act(func(team *sales.Team) ([]process.Fact, error) { return team.MakeCall(call, below, nil, v.today) })
}

func setTarget(v *visit) error {
	var f targetForm
	err := v.read(&f)
	var events []process.Event
	if err == nil {
		var amount *money.Amount
		if amount, err = readAmount(v.text, "target", f.Amount, v.brief.currency); err == nil {
			events, err = v.act(func(team *sales.Team) ([]process.Fact, error) {
				return team.SetTarget(sales.Target{Period: f.Period, Seller: process.PersonID(f.Seller), Amount: *amount}, nil, v.today)
			})
		}
	}
	return v.afterCall(events, err, f.Period, callForm{}, f, v.t("calls.target_saved"))
}

func (v *visit) afterCall(events []process.Event, err error, period string, form callForm, target targetForm, said string) error {
	if faults, mine := v.faults(err); mine {
		page, err := v.callsPage(period, form, target, faults)
		if err != nil {
			return err
		}
		return v.again(faults, "calls", page)
	}
	if err != nil {
		return err
	}
	return v.done(callsPath+"?period="+url.QueryEscape(period), events, said)
}

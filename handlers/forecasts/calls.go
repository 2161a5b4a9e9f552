package forecasts

import (
	"net/url"
	"slices"
	"strings"

	"milstolpe/handlers/parts"
	"milstolpe/handlers/urls"
	"milstolpe/handlers/web"
	"milstolpe/process"
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
	Reasons  []callReason
	Form     callForm
	Target   targetForm
	Currency string
	Sellers  []parts.Option
	Faults   parts.FieldErrors
}

// callRow is the whole team, or one seller's deals. Empty cells are numbers that nobody has entered.
type callRow struct {
	Name, Target string
	Milestones   parts.Cell // leads to the deals behind it
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

func showCalls(v *web.Request) error {
	page, err := buildCallsPage(v, v.QueryParam("period"), callForm{Layer: string(process.SellerLayer)}, targetForm{}, parts.FieldErrors{})
	if err != nil {
		return err
	}
	return v.Render("calls", page)
}

func buildCallsPage(v *web.Request, label string, form callForm, target targetForm, faults parts.FieldErrors) (callsPage, error) {
	page := callsPage{Page: v.Page(urls.Forecasts, v.T("calls.title")), Form: form, Target: target, Faults: faults}
	err := v.Model(func(m *forecast.Model) error {
		team := m.Team()
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
		page.Rows = []callRow{newCallRow(v, m, p, "")}
		sellers := sellersWithDeals(m)
		slices.SortFunc(sellers, func(a, b process.PersonID) int { return v.Text.Compare(team.Person(a), team.Person(b)) })
		for _, id := range sellers {
			page.Sellers = append(page.Sellers, parts.OptionOf(string(id), team.Person(id)))
			page.Rows = append(page.Rows, newCallRow(v, m, p, id))
		}
		page.Reasons = callReasons(v, page.Rows)
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

func newCallRow(v *web.Request, m *forecast.Model, p process.Period, seller process.PersonID) callRow {
	team := m.Team()
	said := m.Forecast(p, forecast.Scope{Seller: seller}).Forecast
	row := callRow{Name: team.Person(seller), Milestones: parts.Cell{Text: rounded(v, said, team.Currency())}}
	if said > 0 {
		ask := forecastQuery{Period: p.Label(), Seller: string(seller)}
		row.Milestones.Href = ask.href(urls.ForecastDealsPath, "part", "all")
	}
	if seller == "" {
		row.Name = v.T("calls.whole_team")
	}
	if t, _, ok := team.TargetFor(p.Label(), seller); ok {
		row.Target = v.Text.Amount(t.Amount)
	}
	for _, layer := range process.Layers {
		var cell callCell
		if c, _, ok := team.CallOn(p.Label(), layer, seller, v.Today); ok {
			cell = callCell{v.Text.Amount(c.Amount), c.Reason}
		} else if sum, said := m.LayerTotal(p, layer, v.Today); said && seller == "" {
			cell = callCell{Amount: rounded(v, sum, team.Currency())}
		}
		row.Layers = append(row.Layers, cell)
	}
	return row
}

// rounded writes minor units as whole major ones, without the currency.
func rounded(v *web.Request, minor float64, currency string) string {
	return v.Text.Amount(money.New(int64(minor), currency))
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
	call := sales.Call{
		Period: f.Period, Layer: process.Layer(f.Layer), Seller: process.PersonID(f.Seller), Amount: amount, Reason: strings.TrimSpace(f.Reason),
	}
	var below money.Amount
	err = v.Model(func(m *forecast.Model) error {
		p, err := m.Team().Calendar().ParsePeriod(f.Period)
		if err != nil {
			return err
		}
		below = money.New(int64(m.LayerBelow(p, call.Layer, call.Seller, v.Today)), amount.Currency)
		return nil
	})
	if err != nil {
		return nil, err
	}
	// The layer below is shown in whole units: entering that is agreeing with it.
	if v.Text.Amount(below) == v.Text.Amount(amount) {
		below = amount
	}
	return v.Act(func(team *sales.Team) ([]process.Fact, error) { return team.MakeCall(call, below, nil, v.Today) })
}

func setTarget(v *web.Request) error {
	var f targetForm
	err := v.Read(&f)
	var events []process.Event
	if err == nil {
		var amount *money.Amount
		if amount, err = web.ReadAmount(v.Text, "target", f.Amount, v.FileInfo.Currency); err == nil {
			events, err = v.Act(func(team *sales.Team) ([]process.Fact, error) {
				return team.SetTarget(sales.Target{Period: f.Period, Seller: process.PersonID(f.Seller), Amount: *amount}, nil, v.Today)
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

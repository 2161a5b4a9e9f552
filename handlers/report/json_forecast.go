package report

import (
	"encoding/json"

	"milstolpe/process"
	"milstolpe/process/forecast"
	"milstolpe/process/picklists"
	"milstolpe/process/stats"
	"milstolpe/process/winloss"
)

// reportJSON is forecast against actual for other programs. Amounts are in major units of the reporting currency.
type reportJSON struct {
	Currency   string       `json:"currency"`
	PeriodKind string       `json:"period_kind"`
	Lead       int          `json:"lead"`
	Periods    []periodJSON `json:"periods"`
	Summary    summaryJSON  `json:"summary"`
	Groups     []groupJSON  `json:"groups,omitempty"`
}

type periodJSON struct {
	Period            string        `json:"period"`
	Start             process.Date  `json:"start"`
	End               process.Date  `json:"end"`
	AsOf              process.Date  `json:"as_of"`
	CalibratedOn      *process.Date `json:"calibrated_on"`
	Complete          bool          `json:"complete"`
	Source            string        `json:"source"`
	OpenDeals         int           `json:"open_deals"`
	Pipeline          amount        `json:"pipeline"`
	NotYetOpened      *amount       `json:"not_yet_opened"`
	Correction        *amount       `json:"correction"`
	CorrectionDeals   *chance       `json:"correction_deals"`
	Forecast          *amount       `json:"forecast"`
	ForecastDeals     *chance       `json:"forecast_deals"`
	P10               amount        `json:"p10"`
	P50               amount        `json:"p50"`
	P90               amount        `json:"p90"`
	RangeFactor       figure        `json:"range_factor"`
	Tau               figure        `json:"tau"`
	Actual            *amount       `json:"actual"`
	ActualDeals       *int          `json:"actual_deals"`
	Naive             *amount       `json:"naive"`
	Bridge            *bridgeJSON   `json:"bridge"`
	Check             *amount       `json:"check"`
	Brier             *figure       `json:"brier"`
	LostForecast      amount        `json:"lost_forecast"`
	LostForecastDeals chance        `json:"lost_forecast_deals"`
	LostActual        *amount       `json:"lost_actual"`
	LostActualDeals   *int          `json:"lost_actual_deals"`
}

// bridgeJSON leads from forecast to actual. Late is there only for a noted forecast of whose day something became known afterwards.
type bridgeJSON struct {
	WonBeyond  amount  `json:"won_beyond"`
	Value      amount  `json:"value"`
	Currency   amount  `json:"currency"`
	Outside    amount  `json:"outside"`
	Lost       amount  `json:"lost"`
	Slipped    amount  `json:"slipped"`
	Newcomers  amount  `json:"newcomers"`
	Correction amount  `json:"correction"`
	Late       *amount `json:"late,omitempty"`
}

// summaryJSON scores the complete periods that had a forecast. Inside is a number of periods; the two after it are shares of them.
type summaryJSON struct {
	Periods   int     `json:"periods"`
	Bias      *figure `json:"bias"`
	WAPE      *figure `json:"wape"`
	NaiveWAPE *figure `json:"naive_wape"`
	Inside    int     `json:"inside"`
	Within10  *figure `json:"within_10"`
	Within25  *figure `json:"within_25"`
	Brier     *figure `json:"brier"`
	Skill     *figure `json:"skill"`
}

// groupJSON is the same for part of the deals. Its first member is named by what the report is split by.
type groupJSON struct {
	By      forecast.Grouping
	Name    *string // null for the deals that have none
	Fit     *fitJSON
	Periods []periodJSON
	Summary summaryJSON
}

// MarshalJSON writes {"seller":"Anna","periods":[…],"summary":{…}}.
func (g groupJSON) MarshalJSON() ([]byte, error) {
	head, err := json.Marshal(map[forecast.Grouping]*string{g.By: g.Name})
	if err != nil {
		return nil, err
	}
	body, err := json.Marshal(struct {
		Periods []periodJSON `json:"periods"`
		Summary summaryJSON  `json:"summary"`
		Fit     *fitJSON     `json:"fit,omitempty"`
	}{g.Periods, g.Summary, g.Fit})
	if err != nil {
		return nil, err
	}
	return append(append(head[:len(head)-1], ','), body[1:]...), nil
}

func newReportJSON(r *forecast.Report) reportJSON {
	c := amountsOf(r.Currency)
	out := reportJSON{
		Currency: r.Currency, PeriodKind: r.Query.Kind.String(), Lead: r.Query.Lead,
		Periods: periodsJSON(r.Periods, c), Summary: newSummaryJSON(r.Summary),
	}
	fits := fitsOf(r)
	for _, g := range r.Groups {
		out.Groups = append(out.Groups, groupJSON{
			By: r.Query.By, Name: groupName(r.Query.By, g), Fit: fits[g.Key], Periods: periodsJSON(g.Periods, c), Summary: newSummaryJSON(g.Summary),
		})
	}
	return out
}

// fitJSON is how the chances of the deals of a choice of one of the team's own lists compare with what came, over all complete periods.
type fitJSON struct {
	OpenDeals int     `json:"open_deals"` // an open deal counts once in each period
	Won       int     `json:"won"`
	Expected  chance  `json:"expected"`
	Beside    *string `json:"beside_others"` // won_more, won_fewer; null: cannot be told
}

// fitsOf are those of a report by a list.
func fitsOf(r *forecast.Report) map[string]*fitJSON {
	id, ofList := r.Query.By.List()
	if !ofList {
		return nil
	}
	fits := map[string]*fitJSON{}
	names := map[stats.Departure]string{stats.WonMore: "won_more", stats.WonFewer: "won_fewer"}
	for _, f := range winloss.FitByChoice(r, &picklists.List{ID: id}) {
		fits[string(f.Choice)] = &fitJSON{f.Deals, f.Won, chance(f.Promised), knownText(names[f.Beside])}
	}
	return fits
}

// groupName is what other programs know a group by: a milestone by its key, everything else by its name.
func groupName(by forecast.Grouping, g *forecast.Group) *string {
	if by == forecast.ByMilestone {
		return knownText(g.Key)
	}
	return knownText(g.Name)
}

func periodsJSON(periods []*forecast.PeriodReport, c amounts) []periodJSON {
	list := make([]periodJSON, 0, len(periods))
	for _, p := range periods {
		list = append(list, newPeriodJSON(p, c))
	}
	return list
}

func newPeriodJSON(p *forecast.PeriodReport, c amounts) periodJSON {
	out := periodJSON{
		Period: p.Period.Label(), Start: p.Period.Start, End: p.Period.End, AsOf: p.AsOf, CalibratedOn: knownDay(p.CalibratedOn),
		Complete: p.Complete, Source: string(p.Source), OpenDeals: p.OpenDeals, Pipeline: c.of(p.Pipeline),
		NotYetOpened: c.known(p.NewMoney.Mean, p.NewMoney.Known), Correction: c.known(p.Correction, p.Corrected()), CorrectionDeals: knownChance(p.CorrectionDeals, p.WeightDeals < 1),
		Forecast: c.known(p.Forecast, p.HasForecast), ForecastDeals: knownChance(p.ForecastDeals, p.HasForecast),
		P10: c.of(p.Range.P10), P50: c.of(p.Range.P50), P90: c.of(p.Range.P90), RangeFactor: figure(p.RangeFactor), Tau: figure(p.Tau), Naive: c.ptr(p.Naive),
		LostForecast: c.of(p.LostForecast), LostForecastDeals: chance(p.LostForecastDeals),
	}
	if !p.Complete {
		return out
	}
	out.Actual, out.ActualDeals = c.known(p.Actual, true), &p.ActualDeals
	out.LostActual, out.LostActualDeals = c.known(p.LostActual, true), &p.LostActualDeals
	out.Bridge, out.Brier = newBridgeJSON(p.Bridge, c), knownFigure(p.Brier)
	out.Check = c.known(check(p), true)
	return out
}

// check is what is left of forecast + bars − actual. Without a forecast the bars lead from nothing.
func check(p *forecast.PeriodReport) float64 {
	if !p.HasForecast {
		return p.Bridge.Check(0, p.Actual)
	}
	return p.Bridge.Check(p.Forecast, p.Actual)
}

func newBridgeJSON(b forecast.Bridge, c amounts) *bridgeJSON {
	out := &bridgeJSON{
		WonBeyond: c.of(b.WonBeyond), Value: c.of(b.Value), Currency: c.of(b.Currency), Outside: c.of(b.Outside),
		Lost: c.of(b.Lost), Slipped: c.of(b.Slipped), Newcomers: c.of(b.Newcomers), Correction: c.of(b.Correction),
	}
	if b.Late != 0 {
		out.Late = c.known(b.Late, true)
	}
	return out
}

func newSummaryJSON(s forecast.Summary) summaryJSON {
	out := summaryJSON{
		Periods: s.Periods, Bias: knownFigure(s.Bias), WAPE: knownFigure(s.WAPE), NaiveWAPE: knownFigure(s.NaiveWAPE), Inside: s.Inside,
	}
	if s.Periods > 0 {
		within10, within25 := float64(s.Within10)/float64(s.Periods), float64(s.Within25)/float64(s.Periods)
		out.Within10, out.Within25 = knownFigure(&within10), knownFigure(&within25)
	}
	if s.Brier != nil {
		out.Brier = knownFigure(&s.Brier.Score)
		if s.Brier.Skilled {
			out.Skill = knownFigure(&s.Brier.Skill)
		}
	}
	return out
}

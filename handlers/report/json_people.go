package report

import (
	"milstolpe/process/forecast"
	"milstolpe/process/winloss"
)

// staircaseJSON is forecast value added, step by step from the bottom. Gains are how much lower a step's usual miss is than the other's.
type staircaseJSON struct {
	PeriodKind string     `json:"period_kind"`
	Lead       int        `json:"lead"`
	Steps      []stepJSON `json:"steps"`
}

type stepJSON struct {
	Step      forecast.Step  `json:"step"`
	Periods   int            `json:"periods"`
	WAPE      *figure        `json:"wape"`
	Bias      *figure        `json:"bias"`
	Below     *forecast.Step `json:"below"`
	OverNaive *gainJSON      `json:"over_naive"`
	OverBelow *gainJSON      `json:"over_below"`
}

type gainJSON struct {
	Periods int     `json:"periods"`
	Gain    *figure `json:"gain"`
	Verdict string  `json:"verdict"` // adds, takes_away or cannot_tell
}

func newStaircaseJSON(q forecast.Query, steps []forecast.StepScore) staircaseJSON {
	out := staircaseJSON{PeriodKind: q.Kind.String(), Lead: q.Lead, Steps: []stepJSON{}}
	for i := range steps {
		s := &steps[i]
		step := stepJSON{
			Step: s.Step, Periods: s.Periods, WAPE: knownFigure(s.WAPE), Bias: knownFigure(s.Bias), OverNaive: newGainJSON(s.OverNaive), OverBelow: newGainJSON(s.OverBelow),
		}
		if s.Below != "" {
			step.Below = &s.Below
		}
		out.Steps = append(out.Steps, step)
	}
	return out
}

func newGainJSON(g forecast.Gain) *gainJSON {
	if g.Periods == 0 {
		return nil
	}
	return &gainJSON{g.Periods, knownFigure(g.Gain), valueWord(g.Verdict)}
}

// sellersJSON is how sellers' own numbers lean, in the order of their identities, and how the team and each of them work.
type sellersJSON struct {
	Sellers []sellerJSON  `json:"sellers"`
	SameWay []sameWayJSON `json:"same_way"`
}

type sellerJSON struct {
	Seller *string `json:"seller"`
	Calls  struct {
		Periods int              `json:"periods"`
		Bias    *figure          `json:"bias"`
		Leaning forecast.Leaning `json:"leaning"`
	} `json:"calls"`
	Values struct {
		Deals   int              `json:"deals"`
		Bias    *figure          `json:"bias"`
		Leaning forecast.Leaning `json:"leaning"`
	} `json:"values"`
	Dates struct {
		Deals   int              `json:"deals"`
		Days    *figure          `json:"days"`
		Leaning forecast.Leaning `json:"leaning"` // high: later than said
	} `json:"dates"`
	Evidence struct {
		Deals   int              `json:"deals"`
		Z       *figure          `json:"z"`
		Leaning forecast.Leaning `json:"leaning"` // high: their milestones lead to fewer wins than others'
	} `json:"evidence"`
}

// sameWayJSON counts how the process is followed: by the team (no seller) and by each seller.
type sameWayJSON struct {
	Seller       *string `json:"seller"`
	Closed       int     `json:"closed"`
	InOrder      int     `json:"in_order"`
	Waived       int     `json:"waived"`
	Withdrawn    int     `json:"withdrawn"`
	Milestones   int     `json:"milestones"`
	WithEvidence int     `json:"with_evidence"`
	RecordedDays *int    `json:"days_to_recording"` // median; null where nothing was recorded as it happened
	Reopened     int     `json:"reopened"`
	Open         int     `json:"open"`
	Stalled      int     `json:"stalled"`
}

func newSellersJSON(m *forecast.Model, leanings []forecast.SellerLeaning) sellersJSON {
	t := m.Team()
	out := sellersJSON{Sellers: []sellerJSON{}, SameWay: []sameWayJSON{}}
	for _, l := range leanings {
		s := sellerJSON{Seller: knownText(t.Person(l.Seller))}
		s.Calls.Periods, s.Calls.Bias, s.Calls.Leaning = l.Calls, knownFigure(l.CallBias), l.CallLeaning
		s.Values.Deals, s.Values.Bias, s.Values.Leaning = l.Values, knownFigure(l.ValueBias), l.ValueLeaning
		s.Dates.Deals, s.Dates.Days, s.Dates.Leaning = l.Dates, knownFigure(l.DateDays), l.DateLeaning
		s.Evidence.Deals, s.Evidence.Z, s.Evidence.Leaning = l.Deals, knownFigure(l.Z), l.Evidence
		out.Sellers = append(out.Sellers, s)
	}
	for _, w := range winloss.AdherenceOn(m, m.Today()) {
		s := sameWayJSON{
			Seller: knownText(t.Person(w.Seller)), Closed: w.Closed, InOrder: w.InOrder, Waived: w.Waived, Withdrawn: w.Withdrawn,
			Milestones: w.Marks, WithEvidence: w.Evidence, Reopened: w.Reopened, Open: w.Open, Stalled: w.Stalled,
		}
		if w.Recorded > 0 {
			s.RecordedDays = &w.RecordDays
		}
		out.SameWay = append(out.SameWay, s)
	}
	return out
}

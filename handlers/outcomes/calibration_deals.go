package outcomes

import (
	"math"

	"milstolpe/handlers/i18n"
	"milstolpe/handlers/parts"
	"milstolpe/handlers/urls"
	"milstolpe/handlers/web"
	"milstolpe/handlers/wording"
	"milstolpe/process"
	"milstolpe/process/forecast"
)

// calibrationDealsPage lists the deals behind a point of the diagram.
type calibrationDealsPage struct {
	web.Page
	Heading   string
	Back      parts.Cell
	Lead      string
	Unit      string
	Rows      []calibrationDeal
	Count     string
	Said, Won string
}

type calibrationDeal struct {
	Name               parts.Cell
	Seller, Day, Value string
	Chance, Ended      string
}

func showCalibrationDeals(v *web.Request) error {
	var ask calibrationAsk
	if err := v.Query(&ask); err != nil {
		return err
	}
	page := calibrationDealsPage{Page: v.Page(urls.Outcome, v.T("calibration.title"))}
	err := v.Reports(func(r *web.ReportCache) error { return page.fill(v.Text, r, ask) })
	if err != nil {
		return err
	}
	return v.Render("calibration_deals", page)
}

func (p *calibrationDealsPage) fill(t *i18n.Text, reports *web.ReportCache, ask calibrationAsk) error {
	v, ok := newReliabilityView(t, reports, ask)
	if !ok {
		return process.Missing("outcome.no_such_number")
	}
	deals, heading := v.chosen()
	if len(deals) == 0 {
		return process.Missing("outcome.no_such_number")
	}
	p.Heading, p.Title, p.Print, p.Unit = heading, heading, heading, v.Unit(v.Currency)
	p.Back = parts.Cell{Text: t.T("calibration.title"), Href: v.href(urls.CalibrationPath)}
	said, won := 0.0, 0
	for i := range deals {
		d := &deals[i]
		said += d.Chance
		if d.Won {
			won++
		}
		p.Rows = append(p.Rows, v.dealRow(d))
	}
	n := float64(len(deals))
	p.Count, p.Said, p.Won = t.T("outcome.deals", len(deals)), t.Percent(said/n), t.Percent(float64(won)/n)
	p.Lead = t.T("calibration.deals.lead", p.Count, p.Said, p.Won)
	return nil
}

func (v *reliabilityView) dealRow(d *forecast.DiagramDeal) calibrationDeal {
	team := v.model.Team()
	row := calibrationDeal{
		Name: parts.Cell{Text: wording.DealName(team, d.Deal), Href: urls.DealPath(d.Deal.ID)}, Seller: team.Person(d.Deal.SellerOn(d.AsOf)), Day: v.ISO(d.AsOf),
		Value: v.RoundedAmount(d.Value), Chance: v.Chance(d.Chance),
	}
	if c := d.Deal.CloseOn(process.FarFuture); c != nil {
		row.Ended = v.T(wording.OutcomeEndKeys[c.Outcome], v.Day(c.On))
	}
	return row
}

// chosen are the deals of the standing, or of the side of the median, that is asked for.
func (v *reliabilityView) chosen() (deals []forecast.DiagramDeal, heading string) {
	for i := range v.diagram.Points {
		p := &v.diagram.Points[i]
		if v.ask.Side == "" {
			if passedLabel(p.Standing) == v.ask.Passed && p.Standing.Stalled == (v.ask.Stalled == "1") {
				name := v.standingName(p.Standing)
				return p.Deals, name.Text + withComma(name.Small)
			}
			continue
		}
		for _, d := range p.Deals {
			if (d.Value > v.diagram.Median) == (v.ask.Side == "above") {
				deals = append(deals, d)
			}
		}
	}
	key := "calibration.below"
	if v.ask.Side == "above" {
		key = "calibration.above"
	}
	return deals, i18n.UpperFirst(v.T(key, v.Whole(v.MoneyOf(math.Round(v.diagram.Median)))))
}

func withComma(text string) string {
	if text == "" {
		return ""
	}
	return ", " + text
}

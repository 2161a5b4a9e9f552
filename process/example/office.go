package example

import (
	"math"
	"slices"

	"milstolpe/process"
	"milstolpe/process/calls"
	"milstolpe/process/meeting"
	"milstolpe/process/money"
	"milstolpe/process/sales"
)

// found writes the first day: the file, the sellers, the processes, the rate.
func (c *company) found() {
	c.write(0, 7*60+30, manager, func(_ *sales.Team, m sales.Env) ([]process.Fact, error) {
		return process.NewTeamFacts(process.NewTeamInput{Dataset: m.NewID(), Settings: map[process.Setting]string{
			process.CompanySetting: c.t.Company, process.CurrencySetting: "SEK", process.TimeZoneSetting: "Europe/Stockholm",
			process.CalibrationSetting: "month", process.WinsOfTenSetting: "4", process.FiscalYearSetting: "1",
		}}, m.Today)
	})
	for i := range sellers {
		c.write(0, 7*60+35, manager, func(t *sales.Team, m sales.Env) ([]process.Fact, error) {
			_, facts, err := t.AddPerson(sellers[i].name, m)
			return facts, err
		})
	}
	c.publish(0, &c.newBusiness, c.t.newBusiness, c.t.Notes[0])
	c.publish(0, &c.renewals, c.t.renewals, c.t.Notes[2])
	c.publish(c.workday(changeDay), &c.newBusiness, c.t.later, c.t.Notes[1])
	c.regions()
	for i, rate := range []float64{0.97, 0.945, 0.965, 0.98} {
		c.write(c.workday(290*i), 7*60+50, manager, func(t *sales.Team, m sales.Env) ([]process.Fact, error) {
			return t.Rates().Set("NOK", rate, 0, nil, m.Today)
		})
	}
}

func (c *company) publish(day int, id *process.ProcessID, def process.Definition, note string) {
	c.write(day, 7*60+40, manager, func(t *sales.Team, m sales.Env) (facts []process.Fact, err error) {
		*id, facts, err = t.Publish(*id, def, note, m)
		return facts, err
	})
}

// quarters writes targets when a quarter is about to begin, and what people say then about how it will end.
func (c *company) quarters() {
	calendar := process.Calendar{}
	d := c.dice.fork("quarters", 0)
	p := calendar.Period(process.Quarter, c.first)
	for n := 0; p.AsOf(0).Sub(c.first) <= c.last+30; n, p = n+1, p.Next() {
		day := max(0, p.AsOf(0).Sub(c.first)-d.between(2, 6))
		for day > 0 && c.workday(day) != day {
			day--
		}
		c.targets(day, n, p)
		if n > 0 {
			c.calls(day, p, d)
		}
	}
}

// targets grow by the year; the team's is their sum.
func (c *company) targets(day, quarter int, p process.Period) {
	total := 0.0
	set := func(who process.PersonID, kronor float64, t *sales.Team, m sales.Env) ([]process.Fact, error) {
		return t.Calls().SetTarget(calls.Target{Period: p.Label(), Seller: who, Amount: money.FromMajor(kronor, "SEK")}, nil, t.Calendar(), m.Today)
	}
	for i, kronor := range []float64{800_000, 600_000, 700_000, 550_000} {
		kronor = math.Round(kronor*(1+0.08*float64(quarter/4))/10_000) * 10_000
		total += kronor
		c.write(day, 8*60+i, manager, func(t *sales.Team, m sales.Env) ([]process.Fact, error) {
			who, _ := t.PersonByName(sellers[i].name)
			return set(who, kronor, t, m)
		})
	}
	c.write(day, 8*60+9, manager, func(t *sales.Team, m sales.Env) ([]process.Fact, error) { return set("", total, t, m) })
}

// calls are people's own numbers: they sense something of what will come, and lean in their own way.
func (c *company) calls(day int, p process.Period, d *rng) {
	sum := 0.0
	for i := range sellers {
		usual := c.wonIn(i, 0, max(1, day)) / math.Max(1, float64(day)) * 91
		sense := 0.55*c.wonIn(i, p.Start.Sub(c.first), p.End.Sub(c.first)) + 0.45*usual
		kronor := math.Round(sense*d.around(sellers[i].call, 0.25)/10_000) * 10_000
		sum += kronor
		c.call(day, process.SellerLayer, sellers[i].name, sellers[i].name, p, kronor, pick(d, c.t.SellerCalls))
	}
	ofManager := math.Round(sum*d.around(0.92, 0.1)/10_000) * 10_000
	c.call(day, process.ManagerLayer, manager, "", p, ofManager, pick(d, c.t.ManagerCalls))
	c.call(day, process.DirectorLayer, director, "", p, math.Round(ofManager*d.around(0.9, 0.06)/10_000)*10_000, pick(d, c.t.DirectorCalls))
}

// meetings are the sales meetings of the last weeks: on Mondays the manager goes through all open deals, and writes down what is agreed.
func (c *company) meetings() {
	for back := 42; back > 0; back -= 7 {
		monday := (c.first.AddDays(c.last+1) - process.Date(back)).Monday()
		c.write(monday.Sub(c.first), 9*60+30, manager, func(t *sales.Team, m sales.Env) ([]process.Fact, error) {
			var agreed []process.EventID
			for _, d := range t.Deals() {
				if d.Now.Close != nil {
					continue
				}
				for _, a := range meeting.Standing(d, nextOf(d)) {
					agreed = append(agreed, a.Event)
				}
			}
			return meeting.Hold(t, "", agreed, m.Today)
		})
	}
}

// nextOf is the first required milestone that a deal lacks.
func nextOf(d *sales.Deal) process.MilestoneID {
	v := d.Version()
	if v == nil {
		return ""
	}
	for i := range v.Definition.Milestones {
		ms := &v.Definition.Milestones[i]
		if _, there := d.MarkOn(ms.Key, process.FarFuture); ms.Required && !there {
			return ms.Key
		}
	}
	return ""
}

func (c *company) call(day int, layer process.Layer, by, seller string, p process.Period, kronor float64, reason string) {
	minute := 16*60 + 10*slices.Index(process.Layers, layer)
	c.write(day, minute, by, func(t *sales.Team, m sales.Env) ([]process.Fact, error) {
		var who process.PersonID
		if seller != "" {
			who, _ = t.PersonByName(seller)
		}
		return t.Calls().MakeCall(calls.Call{
			Period: p.Label(), Layer: layer, Seller: who, Amount: money.FromMajor(kronor, "SEK"), Reason: reason,
		}, money.New(-1, "SEK"), nil, t.Calendar(), m.Today)
	})
}

// wonIn is what a seller wins between two days, in kronor.
func (c *company) wonIn(seller, from, to int) (kronor float64) {
	for _, one := range c.deals {
		if one.outcome == process.Won && one.seller == seller && one.end >= from && one.end <= to && one.alive() {
			value := one.worth
			if one.customer.foreign {
				value *= kronaPerNOK
			}
			kronor += value
		}
	}
	return kronor
}

// regions makes the company's own list: where in the Nordic countries a customer is.
func (c *company) regions() {
	c.write(0, 7*60+55, manager, func(t *sales.Team, m sales.Env) ([]process.Fact, error) {
		_, facts, err := t.Lists().Add(c.t.Region, c.t.Regions, process.Stamp{Known: m.Today})
		return facts, err
	})
}

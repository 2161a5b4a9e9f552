package sales

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"milstolpe/process"
	"milstolpe/process/money"
)

type targetKey struct {
	Period string
	Seller process.PersonID
}

type callKey struct {
	period string
	layer  process.Layer
	seller process.PersonID
}

// Target is what the team (no seller) or a seller is to sell in a period.
type Target struct {
	Period string
	Seller process.PersonID
	Amount money.Amount
}

// Call is somebody's own number for a period.
type Call struct {
	Period string
	Layer  process.Layer
	Seller process.PersonID
	Amount money.Amount
	Reason string
}

// TargetFor is the target of a period, for a seller or (empty) the team, and the events behind it.
func (t *Team) TargetFor(period string, seller process.PersonID) (Target, []process.EventID, bool) {
	f, ok := t.targets[targetKey{period, seller}]
	if !ok {
		return Target{}, nil, false
	}
	v, ok := f.On(process.FarFuture, t.Retractions())
	return v, entryIDs(f.HeadsOn(process.FarFuture, t.Retractions())), ok
}

// CallOn is a person's own number as known on the day, and the events behind it.
func (t *Team) CallOn(period string, layer process.Layer, seller process.PersonID, day process.Date) (Call, []process.EventID, bool) {
	f, ok := t.calls[callKey{period, layer, seller}]
	if !ok {
		return Call{}, nil, false
	}
	v, ok := f.On(day, t.Retractions())
	return v, entryIDs(f.HeadsOn(day, t.Retractions())), ok
}

// NotedForecasts are the forecasts that were noted, in the order of their keys.
func (t *Team) NotedForecasts() []Entry[process.ForecastNoted] {
	var list []Entry[process.ForecastNoted]
	for _, e := range t.noted {
		if e.EffectiveOn(process.FarFuture, t.Retractions()) {
			list = append(list, e)
		}
	}
	return list
}

// RateOn is what one unit of the currency is worth in the reporting currency with the rate known on the day; before the first rate
// became known, with the first (model, section 9). Without any rate it answers false.
func (t *Team) RateOn(currency string, day process.Date) (float64, bool) {
	if currency == t.Currency() {
		return 1, true
	}
	f, ok := t.rates[currency]
	if !ok {
		return 0, false
	}
	return f.FirstOrOn(day, t.Retractions())
}

// RateHeads are the events behind the rate of a currency, for the base of the next one; more than one is a clash.
func (t *Team) RateHeads(currency string) []process.EventID {
	if f, ok := t.rates[currency]; ok {
		return entryIDs(f.HeadsOn(process.FarFuture, t.Retractions()))
	}
	return nil
}

// RateEntries are all rates of a currency, in the order of their keys.
func (t *Team) RateEntries(currency string) []Entry[float64] {
	if f, ok := t.rates[currency]; ok {
		return f.Entries()
	}
	return nil
}

// Currencies are the foreign currencies that have a rate.
func (t *Team) Currencies() []string { return SortedKeys(t.rates) }

// Convert gives an amount in the reporting currency with the rate known on the day, rounded to its minor unit. An amount whose
// currency has no rate is worth nothing yet, and the answer says so.
func (t *Team) Convert(a money.Amount, day process.Date) (money.Amount, bool) {
	to := t.Currency()
	if a.Currency == to {
		return a, true
	}
	rate, ok := t.RateOn(a.Currency, day)
	if !ok {
		return money.New(0, to), false
	}
	shift := math.Pow10(money.Digits(to) - money.Digits(a.Currency))
	return money.New(int64(math.Round(float64(a.Minor)*rate*shift)), to), true
}

// MakeCall records somebody's own number for a period (model, section 11). Below is the layer below, which stands if nothing is entered;
// another number asks for a reason. Base is what the form was made from; nil means what stands now.
func (t *Team) MakeCall(c Call, below money.Amount, base []process.EventID, today process.Date) ([]process.Fact, error) {
	var p process.Problems
	if !slices.Contains(process.Layers, c.Layer) {
		p.Add("layer", "call.bad_layer", string(c.Layer))
	}
	if _, err := t.Calendar().ParsePeriod(c.Period); err != nil {
		p.Add("period", "period.unreadable", c.Period)
	}
	checkValue(&p, &c.Amount)
	if c.Amount != below && strings.TrimSpace(c.Reason) == "" {
		p.Add("reason", "call.reason_required")
	}
	p.Text("reason", c.Reason, 0, process.MaxText)
	if err := p.OrNil(); err != nil {
		return nil, err
	}
	have, heads, ok := t.CallOn(c.Period, c.Layer, c.Seller, process.FarFuture)
	if ok && have == c && !resolves(base, heads) {
		return nil, nil
	}
	return []process.Fact{&process.CallMade{
		Stamp: process.Stamp{Known: today, Base: orHeads(base, heads)}, Period: c.Period, Layer: c.Layer, Seller: c.Seller, Amount: c.Amount,
		Reason: strings.TrimSpace(c.Reason),
	}}, nil
}

// SetTarget says what the team (no seller) or a seller is to sell in a period.
func (t *Team) SetTarget(target Target, base []process.EventID, today process.Date) ([]process.Fact, error) {
	var p process.Problems
	if _, err := t.Calendar().ParsePeriod(target.Period); err != nil {
		p.Add("period", "period.unreadable", target.Period)
	}
	checkValue(&p, &target.Amount)
	if err := p.OrNil(); err != nil {
		return nil, err
	}
	have, heads, ok := t.TargetFor(target.Period, target.Seller)
	if ok && have == target && !resolves(base, heads) {
		return nil, nil
	}
	return []process.Fact{&process.TargetSet{
		Stamp: process.Stamp{Known: today, Base: orHeads(base, heads)}, Period: target.Period, Seller: target.Seller, Amount: target.Amount,
	}}, nil
}

// Targets are all targets that stand, by period and then seller; the team's own first.
func (t *Team) Targets() []Target {
	var list []Target
	for _, f := range t.targets {
		if v, ok := f.On(process.FarFuture, t.Retractions()); ok {
			list = append(list, v)
		}
	}
	slices.SortFunc(list, func(a, b Target) int { return cmp.Or(cmp.Compare(a.Period, b.Period), cmp.Compare(a.Seller, b.Seller)) })
	return list
}

// CallersFor are the sellers who have ever called the period, by its label such as 2026-Q1; taken-back calls count too.
func (t *Team) CallersFor(period string) []process.PersonID {
	seen := map[process.PersonID]bool{}
	for key := range t.calls {
		if key.period == period && key.seller != "" {
			seen[key.seller] = true
		}
	}
	return SortedKeys(seen)
}

// Calls are all calls that stand, each with the day from which it is known, by period, layer and seller.
func (t *Team) Calls() []Entry[Call] {
	var list []Entry[Call]
	for _, f := range t.calls {
		if e, ok := f.entryOn(process.FarFuture, t.Retractions()); ok {
			list = append(list, e)
		}
	}
	slices.SortFunc(list, func(a, b Entry[Call]) int {
		return cmp.Or(
			cmp.Compare(a.Value.Period, b.Value.Period), cmp.Compare(slices.Index(process.Layers, a.Value.Layer), slices.Index(process.Layers, b.Value.Layer)),
			cmp.Compare(a.Value.Seller, b.Value.Seller),
		)
	})
	return list
}

// ValueOn is the deal's value on the day in minor units of the reporting currency, with the rate known then; 0 without a value.
func (t *Team) ValueOn(d *Deal, day process.Date) float64 {
	v := d.ValueOn(day)
	if v == nil {
		return 0
	}
	a, _ := t.Convert(*v, day)
	return float64(a.Minor)
}

// ClosedValue is what a won deal brought, in minor units of the reporting currency with the rate known on its close date.
func (t *Team) ClosedValue(d *Deal, c *Close) float64 {
	v := c.Value
	if v == nil {
		v = d.ValueOn(c.Known)
	}
	if v == nil {
		return 0
	}
	a, _ := t.Convert(*v, c.On)
	return float64(a.Minor)
}

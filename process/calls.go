package process

import (
	"slices"
	"strings"

	"milstolpe/process/money"
)

// MakeCall records somebody's own number for a period (model, section 11). Below is the layer below, which stands if nothing is entered;
// another number asks for a reason. Base is what the form was made from; nil means what stands now.
func (t *Team) MakeCall(c Call, below money.Amount, base []EventID, today Date) ([]Fact, error) {
	var p Problems
	if !slices.Contains(Layers, c.Layer) {
		p.Add("layer", "call.bad_layer", string(c.Layer))
	}
	if _, err := t.Calendar().ParsePeriod(c.Period); err != nil {
		p.Add("period", "period.unreadable", c.Period)
	}
	checkValue(&p, &c.Amount)
	if c.Amount != below && strings.TrimSpace(c.Reason) == "" {
		p.Add("reason", "call.reason_required")
	}
	p.text("reason", c.Reason, 0, maxText)
	if err := p.OrNil(); err != nil {
		return nil, err
	}
	have, heads, ok := t.CallOn(c.Period, c.Layer, c.Seller, FarFuture)
	if ok && have == c {
		return nil, nil
	}
	return []Fact{&CallMade{
		Stamp: Stamp{Known: today, Base: orHeads(base, heads)}, Period: c.Period, Layer: c.Layer, Seller: c.Seller, Amount: c.Amount,
		Reason: strings.TrimSpace(c.Reason),
	}}, nil
}

// SetTarget says what the team (no seller) or a seller is to sell in a period.
func (t *Team) SetTarget(target Target, base []EventID, today Date) ([]Fact, error) {
	var p Problems
	if _, err := t.Calendar().ParsePeriod(target.Period); err != nil {
		p.Add("period", "period.unreadable", target.Period)
	}
	checkValue(&p, &target.Amount)
	if err := p.OrNil(); err != nil {
		return nil, err
	}
	have, heads, ok := t.TargetFor(target.Period, target.Seller)
	if ok && have == target {
		return nil, nil
	}
	return []Fact{&TargetSet{
		Stamp: Stamp{Known: today, Base: orHeads(base, heads)}, Period: target.Period, Seller: target.Seller, Amount: target.Amount,
	}}, nil
}

// LayerTotal is what a layer says of a period as known on the day, in minor units of the reporting currency: its whole-team call if
// there is one, otherwise the sum over sellers of its call or else the layer below's. It answers false when nobody of that layer has
// said anything.
func (m *Model) LayerTotal(p Period, layer Layer, asOf Date) (float64, bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.layerTotal(p, layer, asOf)
}

func (m *Model) layerTotal(p Period, layer Layer, asOf Date) (float64, bool) {
	if v, ok := m.call(p, layer, "", asOf); ok {
		return v, true
	}
	sum, said := 0.0, false
	for _, seller := range m.sellersOn(p, asOf) {
		v, ok := m.callOrBelow(p, layer, seller, asOf)
		sum += v
		said = said || ok
	}
	return sum, said
}

// callOrBelow is what a layer says of one seller's deals, or else the layer below; at the bottom stand the milestones. It tells whether
// the layer itself said it.
func (m *Model) callOrBelow(p Period, layer Layer, seller PersonID, asOf Date) (float64, bool) {
	if v, ok := m.call(p, layer, seller, asOf); ok {
		return v, true
	}
	if at := slices.Index(Layers, layer); at > 0 {
		v, _ := m.callOrBelow(p, Layers[at-1], seller, asOf)
		return v, false
	}
	return m.period(p, asOf, m.leadOf(p, asOf), Scope{Seller: seller}).Forecast, false
}

// LayerBelow is what stands below a layer for a seller's deals, or (empty) the team's, and is shown before a number is entered.
func (m *Model) LayerBelow(p Period, layer Layer, seller PersonID, asOf Date) float64 {
	m.mu.Lock()
	defer m.mu.Unlock()
	at := slices.Index(Layers, layer)
	if seller != "" {
		if at > 0 {
			v, _ := m.callOrBelow(p, Layers[at-1], seller, asOf)
			return v
		}
		return m.period(p, asOf, m.leadOf(p, asOf), Scope{Seller: seller}).Forecast
	}
	for ; at > 0; at-- {
		if v, ok := m.layerTotal(p, Layers[at-1], asOf); ok {
			return v
		}
	}
	return m.period(p, asOf, m.leadOf(p, asOf), Scope{}).Forecast
}

func (m *Model) call(p Period, layer Layer, seller PersonID, asOf Date) (float64, bool) {
	c, _, ok := m.team.CallOn(p.Label(), layer, seller, asOf)
	if !ok {
		return 0, false
	}
	a, _ := m.team.Convert(c.Amount, asOf)
	return float64(a.Minor), true
}

// sellersOn are the sellers who had open deals on the day, or a call for the period.
func (m *Model) sellersOn(p Period, asOf Date) []PersonID {
	seen := map[PersonID]bool{}
	for _, part := range m.outlook(asOf, p.Start, p.End).parts {
		seen[part.Seller] = true
	}
	for key := range m.team.calls {
		if key.Period == p.Label() && key.Seller != "" {
			seen[key.Seller] = true
		}
	}
	delete(seen, "")
	return sortedKeys(seen)
}

// leadOf is how many periods lie between the one that begins next after the day and p.
func (m *Model) leadOf(p Period, asOf Date) (lead int) {
	for q := p; q.Start > asOf+1 && lead < 520; q = q.Previous() {
		lead++
	}
	return lead
}

// crmTotal is what the other CRM's percentages say of a period as known on the day: Σ v × percentage over the open deals that were
// expected to close in it. It answers false where no open deal has a percentage.
func (m *Model) crmTotal(p Period, asOf Date) (sum float64, said bool) {
	for _, part := range m.outlook(asOf, p.Start, p.End).parts {
		percent, ok := part.Deal.OpinionOn(asOf)
		said = said || ok
		if ok && p.Contains(part.Deal.ExpectedCloseOn(asOf)) {
			sum += part.Value * percent / 100
		}
	}
	return sum, said
}

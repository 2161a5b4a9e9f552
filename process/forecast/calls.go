package forecast

import (
	"slices"

	"milstolpe/process"
	"milstolpe/process/sales"
)

// LayerTotal is what a layer says of a period as known on the day, in minor units of the reporting currency: its whole-team call if
// there is one, otherwise the sum over sellers of its call or else the layer below's. It answers false when nobody of that layer has
// said anything.
func (m *Model) LayerTotal(p process.Period, layer process.Layer, asOf process.Date) (float64, bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.layerTotal(p, layer, asOf)
}

func (m *Model) layerTotal(p process.Period, layer process.Layer, asOf process.Date) (float64, bool) {
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
func (m *Model) callOrBelow(p process.Period, layer process.Layer, seller process.PersonID, asOf process.Date) (float64, bool) {
	if v, ok := m.call(p, layer, seller, asOf); ok {
		return v, true
	}
	if at := slices.Index(process.Layers, layer); at > 0 {
		v, _ := m.callOrBelow(p, process.Layers[at-1], seller, asOf)
		return v, false
	}
	return m.period(p, asOf, m.leadOf(p, asOf), Scope{Seller: seller}).Forecast, false
}

// LayerBelow is what stands below a layer for a seller's deals, or (empty) the team's, and is shown before a number is entered.
func (m *Model) LayerBelow(p process.Period, layer process.Layer, seller process.PersonID, asOf process.Date) float64 {
	m.mu.Lock()
	defer m.mu.Unlock()
	at := slices.Index(process.Layers, layer)
	if seller != "" {
		if at > 0 {
			v, _ := m.callOrBelow(p, process.Layers[at-1], seller, asOf)
			return v
		}
		return m.period(p, asOf, m.leadOf(p, asOf), Scope{Seller: seller}).Forecast
	}
	for ; at > 0; at-- {
		if v, ok := m.layerTotal(p, process.Layers[at-1], asOf); ok {
			return v
		}
	}
	return m.period(p, asOf, m.leadOf(p, asOf), Scope{}).Forecast
}

func (m *Model) call(p process.Period, layer process.Layer, seller process.PersonID, asOf process.Date) (float64, bool) {
	c, _, ok := m.team.CallOn(p.Label(), layer, seller, asOf)
	if !ok {
		return 0, false
	}
	a, _ := m.team.Convert(c.Amount, asOf)
	return float64(a.Minor), true
}

// sellersOn are the sellers who had open deals on the day, or a call for the period.
func (m *Model) sellersOn(p process.Period, asOf process.Date) []process.PersonID {
	seen := map[process.PersonID]bool{}
	for _, part := range m.contributionsOf(asOf, p.Start, p.End).parts {
		seen[part.Seller] = true
	}
	for _, seller := range m.team.CallersFor(p.Label()) {
		seen[seller] = true
	}
	delete(seen, "")
	return sales.SortedKeys(seen)
}

// leadOf is how many periods lie between the one that begins next after the day and p.
func (m *Model) leadOf(p process.Period, asOf process.Date) (lead int) {
	for q := p; q.Start > asOf+1 && lead < 520; q = q.Previous() {
		lead++
	}
	return lead
}

// crmTotal is what the other CRM's percentages say of a period as known on the day: Σ v × percentage over the open deals that were
// expected to close in it. It answers false where no open deal has a percentage.
func (m *Model) crmTotal(p process.Period, asOf process.Date) (sum float64, said bool) {
	for _, part := range m.contributionsOf(asOf, p.Start, p.End).parts {
		percent, ok := part.Deal.OpinionOn(asOf)
		said = said || ok
		if ok && p.Contains(part.Deal.ExpectedCloseOn(asOf)) {
			sum += part.Value * percent / 100
		}
	}
	return sum, said
}

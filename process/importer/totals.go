package importer

import (
	"slices"
	"strings"

	"milstolpe/process"
	"milstolpe/process/importer/columns"
	"milstolpe/process/money"
	"milstolpe/process/sales"
)

// OutcomeTotal is what the rows with one outcome come to, to be held against the list: how many there are, and the sum in each currency.
type OutcomeTotal struct {
	Outcome process.Outcome // StillOpen for those that have not ended
	Deals   int
	Sums    []money.Amount
}

// Amounts are the sums as an export writes them.
func (t OutcomeTotal) Amounts() (texts []string) {
	for _, a := range t.Sums {
		texts = append(texts, a.Decimal()+" "+a.Currency)
	}
	return texts
}

// Totals are those of the deals that the list brings, whether they are new or known, in the order of the outcomes and open ones last.
func (p *Plan) Totals() (totals []OutcomeTotal) {
	deals := map[process.Outcome]int{}
	sums := map[process.Outcome]map[string]money.Amount{}
	for i := range p.Deals {
		d := &p.Deals[i]
		if d.Verdict == RowFails || d.Verdict == RowSkipped {
			continue
		}
		o := d.Outcome
		if o == "" {
			o = columns.StillOpen
		}
		if deals[o]++; sums[o] == nil {
			sums[o] = map[string]money.Amount{}
		}
		number, currency, _ := strings.Cut(d.Value, " ")
		if a, err := money.Parse(number, currency); err == nil {
			a.Minor += sums[o][currency].Minor
			sums[o][currency] = a
		}
	}
	for _, o := range append(slices.Clone(process.Outcomes), columns.StillOpen) {
		if deals[o] == 0 {
			continue
		}
		t := OutcomeTotal{Outcome: o, Deals: deals[o]}
		for _, currency := range sales.SortedKeys(sums[o]) {
			t.Sums = append(t.Sums, sums[o][currency])
		}
		totals = append(totals, t)
	}
	return totals
}
